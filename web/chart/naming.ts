/** Names of cities: each beside the stations of its own, so that none is read as another's. */
import { boxAround, gapTo, nearest, widthOf, type Box } from './boxes.ts'
import type { Placed } from './placing.ts'
import type { Size, Spot } from './projection.ts'
import { isFree, slideFree, type Taken } from './wording.ts'

/** On whose ground a spot is: the city's own, another city's, or nobody's of this event. */
export type Ground = 'own' | 'foreign' | 'none'
/** A city to be named: its stations on the map, and where its name would stand if it had none. */
export type Nameless = { id: string; text: string; own: readonly Placed[]; at: Spot; ground: (spot: Spot) => Ground }
/** `align`: on which side of its box the word stands, the one towards its stations; `lead`: a line to the nearest of them where it is not plain whose name it is. */
export type CityWord = { id: string; text: string; box: Box; align: 'start' | 'middle' | 'end'; lead: string | null }

export const CITY_HEIGHT = 20
/** Room around a name for the shape of a severity and a frame. */
export const TAG = { width: 42, height: 8 }
/** How far from its stations a name is looked for; further where there is no room so near. */
const REACHES = [45, 140, 400]
const STEP = 5
/** Nearer than this a name needs no line if its own stations are by CLEAR nearer than others'; better by WELL. */
const NEAR = 26
const CLEAR = 10
const WELL = 30
const AWAY: Record<Ground, number> = { own: 0, none: 4, foreign: 18 }

/** `middle`: of its stations. `others`: stations of other cities. */
type Asked = { city: Nameless; middle: Spot; others: readonly Placed[]; taken: Taken<Placed>; size: Size }

function closest(box: Box, marks: readonly Placed[]): { mark: Placed | null; gap: number } {
  let [found, gap]: [Placed | null, number] = [null, Infinity]
  for (const mark of marks) {
    const far = gapTo(box, mark)
    if (far < gap) [found, gap] = [mark, far]
  }
  return { mark: found, gap }
}

/** How near a line between two spots passes a third. */
function passes(from: Spot, to: Spot, spot: Spot): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((spot.x - from.x) * dx + (spot.y - from.y) * dy) / length))
  return Math.hypot(from.x + share * dx - spot.x, from.y + share * dy - spot.y)
}

const unclear = (own: number, other: number): boolean => own > NEAR || own + CLEAR > other

const centreOf = (box: Box): Spot => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 })

/** What speaks against a box in itself: the way to its own stations, and any place but above them. */
function farness(box: Box, { city, middle }: Asked): number {
  const centre = centreOf(box)
  const { mark, gap } = closest(box, city.own)
  if (mark === null) return Math.hypot(centre.x - city.at.x, centre.y - city.at.y)
  const beside = centre.y > mark.at.y + mark.radius ? 7 : Math.abs(centre.y - mark.at.y) < mark.radius ? 4 : 0
  return gap + beside + Math.abs(centre.x - middle.x) / 12
}

/** What speaks against it because of others: their stations as near, a line across them, their ground. */
function confusion(box: Box, { city, others }: Asked): number {
  const { mark, gap } = closest(box, city.own)
  if (mark === null) return 0
  const other = closest(box, others).gap
  const from = nearest(box, mark.at)
  const plain = !unclear(gap, other)
  const crossed = !plain && others.some(({ at, radius }) => passes(from, mark.at, at) < radius + 2)
  return (plain ? 0 : 12) + 1.5 * Math.max(0, gap + WELL - other) + (crossed ? 200 : 0) + AWAY[city.ground(centreOf(box))]
}

function middleOf({ own, at }: Nameless): Spot {
  if (own.length === 0) return at
  return { x: own.reduce((sum, mark) => sum + mark.at.x, 0) / own.length, y: own.reduce((sum, mark) => sum + mark.at.y, 0) / own.length }
}

const sizeOf = ({ text }: Nameless): [number, number] => [widthOf(text, CITY_HEIGHT) + TAG.width, CITY_HEIGHT + TAG.height]

type Field = { left: number; right: number; top: number; bottom: number }

/** Where names of a city may stand: `reach` around its stations. */
function fieldOf({ own, at }: Nameless, reach: number): Field {
  const spots = own.length === 0 ? [at] : own.map((mark) => mark.at)
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)]
  return { left: Math.min(...xs) - reach, right: Math.max(...xs) + reach, top: Math.min(...ys) - reach, bottom: Math.max(...ys) + reach }
}

/** All boxes that touch a field, in a fixed order. */
function* boxesIn({ left, right, top, bottom }: Field, [width, height]: readonly [number, number]): Generator<Box> {
  for (let y = top - height / 2; y <= bottom + height / 2; y += STEP)
    for (let x = left - width / 2; x <= right + width / 2; x += STEP) yield boxAround({ x, y }, width, height)
}

/** The box that the least speaks against; what is cheap to know is asked first. */
function bestIn(asked: Asked, field: Field): Box | undefined {
  let [best, least]: [Box | undefined, number] = [undefined, Infinity]
  for (const box of boxesIn(field, sizeOf(asked.city))) {
    const far = farness(box, asked)
    if (far >= least || !isFree(box, asked.taken, asked.size)) continue
    const cost = far + confusion(box, asked)
    if (cost < least) [best, least] = [box, cost]
  }
  return best
}

/** Only what is so near that it could matter is looked at: a region has a hundred stations. */
function bestBox(asked: Asked): Box {
  for (const reach of REACHES) {
    const field = fieldOf(asked.city, reach)
    const far = sizeOf(asked.city)[0] + WELL
    const matters = ({ at: { x, y } }: Placed): boolean => x > field.left - far && x < field.right + far && y > field.top - far && y < field.bottom + far
    const { marks, boxes } = asked.taken
    const found = bestIn({ ...asked, others: asked.others.filter(matters), taken: { marks: marks.filter(matters), boxes } }, field)
    if (found !== undefined) return found
  }
  return slideFree(boxAround(asked.middle, ...sizeOf(asked.city)), asked.taken, asked.size)
}

function wordOf(box: Box, { city: { id, text, own }, others }: Asked): CityWord {
  const { mark, gap } = closest(box, own)
  if (mark === null) return { id, text, box, align: 'middle', lead: null }
  const from = nearest(box, mark.at)
  const share = mark.radius / Math.max(mark.radius, Math.hypot(from.x - mark.at.x, from.y - mark.at.y))
  const to = { x: mark.at.x + (from.x - mark.at.x) * share, y: mark.at.y + (from.y - mark.at.y) * share }
  return {
    id, text, box, align: mark.at.x < box.left ? 'start' : mark.at.x > box.right ? 'end' : 'middle',
    lead: unclear(gap, closest(box, others).gap) ? `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}` : null,
  }
}

/** Names every city, those in the densest places first, then each once more, knowing all the others. */
export function placeNames(cities: readonly Nameless[], taken: Taken<Placed>, size: Size): CityWord[] {
  const all = cities.map((city) => {
    const [middle, others] = [middleOf(city), taken.marks.filter((mark) => !city.own.includes(mark))]
    return { city, middle, others, crowd: others.filter(({ at }) => Math.hypot(at.x - middle.x, at.y - middle.y) < 120).length }
  }).sort((a, b) => b.crowd - a.crowd || (a.city.id < b.city.id ? -1 : 1))
  const placed = new Map<string, CityWord>()
  for (const each of [...all, ...all]) {
    const boxes = [...taken.boxes, ...[...placed.values()].filter(({ id }) => id !== each.city.id).map(({ box }) => box)]
    const asked: Asked = { ...each, taken: { marks: taken.marks, boxes }, size }
    placed.set(each.city.id, wordOf(bestBox(asked), asked))
  }
  return cities.flatMap(({ id }) => placed.get(id) ?? [])
}

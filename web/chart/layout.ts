/** Everything about the map that does not change with the air: outlines, and a place for each mark and word. */
import type { Area, Station } from '../../shared/event.ts'
import type { Boundary, Point } from './boundaries/decode.ts'
import { gcj02 } from './datum.ts'
import { placeMarks, placeWords, slideFree, widthOf, type Box, type Placed, type PlacedWord, type Word } from './placing.ts'
import { frameOf, meets, pathOf, project, within, type Projection, type Size, type Spot } from './projection.ts'
import { cityOf, frameFor, outlinesOf, stationPoint, type Places } from './territory.ts'

export type Outline = { id: string; path: string }
/** A city beyond the frame: its word stands at the edge, `turn` degrees clockwise from north towards it. */
export type Beyond = { id: string; text: string; at: Spot; turn: number; arrow: number }
export type MapLayout = {
  around: Outline[]; event: Outline[]; hosts: Outline[]; venues: Outline[]
  /** Outline of each area that can be hatched, by id. */
  areas: Readonly<Record<string, string>>
  /** Lines back to the city where its name had to go far from it. */
  leads: Outline[]
  marks: Placed[]; cities: PlacedWord[]; words: PlacedWord[]; beyond: Beyond[]; perKilometre: number
}
export type Language = 'zh' | 'en'
type Asked = { places: Places; boundaries: readonly Boundary[]; size: Size; language: Language }

export const MARK = 15
const MINOR = 6.5
const REACH = 50
export const CITY_HEIGHT = 20
const WORD_HEIGHT = 16
/** Room around a city's name for the shape of a severity and a frame. */
export const TAG = { width: 42, height: 8 }

/** Where the event takes place: a zone of ours, or a district that is itself a host. */
const isVenue = (area: Area): boolean => area.kind !== 'city' && (area.circle !== undefined || area.role === 'host')

/** 北京市 is 北京 on a map. */
export const shortName = (area: Area, language: Language): string =>
  (language === 'en' || area.name.zh.length < 3 ? area.name[language] : area.name.zh.replace(/(市|盟)$/, ''))

const circle = (centre: Spot, radius: number): string =>
  `M${(centre.x - radius).toFixed(1)} ${centre.y.toFixed(1)}a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(2 * radius).toFixed(1)} 0a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(-2 * radius).toFixed(1)} 0Z`

function outlineOf(area: Area, asked: Asked, projection: Projection): string {
  if (area.circle !== undefined) {
    const { centre, radius } = area.circle
    return circle(projection.spot(gcj02(centre)), radius * projection.perKilometre)
  }
  return outlinesOf(area, asked.boundaries).map(({ rings }) => pathOf(rings, projection)).join('')
}

/** Evaluating stations first, then by id: who comes first stays nearest to its place. */
function marksOf({ places, size }: Asked, projection: Projection): Placed[] {
  const order = (station: Station): string => `${station.evaluates ? 0 : 1}${station.id}`
  const stations = [...places.stations].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  const wanted = stations
    .map((station) => ({ id: station.id, at: projection.spot(stationPoint(station)), radius: station.evaluates ? MARK : MINOR }))
    .filter(({ at }) => within(at, size))
  return placeMarks(wanted, size, REACH)
}

/** Where a city's name would best stand: above its stations. */
function anchorOf(city: Area, { places, boundaries }: Asked, projection: Projection): Spot | null {
  const own = places.stations.filter((station) => cityOf(station.area, places.areas)?.id === city.id && station.evaluates)
  const points: readonly Point[] = own.length > 0 ? own.map(stationPoint) : outlinesOf(city, boundaries).flatMap(({ rings }) => rings.flat())
  const frame = frameOf(points)
  if (frame === null) return null
  const middle = projection.spot([(frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2])
  return { x: middle.x, y: middle.y - MARK - CITY_HEIGHT - 2 }
}

const inside = ({ x, y }: Spot, { width, height }: Size): Spot => ({ x: Math.min(Math.max(x, 50), width - 50), y: Math.min(Math.max(y, 20), height - 20) })

type Anchored = { area: Area; at: Spot }

/** Cities outside the frame, each at the edge in its direction, one after the other where there is room. */
function beyondOf(far: readonly Anchored[], { size, language }: Asked, marks: readonly Placed[]): { beyond: Beyond[]; boxes: Box[] } {
  const centre = { x: size.width / 2, y: size.height / 2 }
  const beyond: Beyond[] = []
  const boxes: Box[] = []
  for (const { area, at } of far) {
    const text = shortName(area, language)
    const half = widthOf(text, WORD_HEIGHT) / 2 + 34
    const [dx, dy] = [at.x - centre.x, at.y - centre.y]
    const share = Math.min((centre.x - half - 14) / Math.max(Math.abs(dx), 1), (centre.y - 16) / Math.max(Math.abs(dy), 1))
    const [x, y] = [centre.x + dx * share, centre.y + dy * share]
    const box = slideFree({ left: x - half - 10, right: x + half + 10, top: y - 13, bottom: y + 13 }, { marks, boxes }, size)
    boxes.push(box)
    beyond.push({ id: area.id, text, at: { x, y: (box.top + box.bottom) / 2 }, turn: (Math.atan2(dx, -dy) * 180) / Math.PI, arrow: dx < 0 ? -half : half })
  }
  return { beyond, boxes }
}

function leadOf({ id, box, at }: PlacedWord): Outline[] {
  const from = { x: Math.max(box.left, Math.min(at.x, box.right)), y: Math.max(box.top, Math.min(at.y, box.bottom)) }
  const far = Math.hypot(at.x - from.x, at.y - from.y) > 24
  return far ? [{ id, path: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${at.x.toFixed(1)} ${(at.y + MARK + CITY_HEIGHT).toFixed(1)}` }] : []
}

function namesOf(asked: Asked, projection: Projection, marks: readonly Placed[]): Pick<MapLayout, 'cities' | 'leads' | 'words' | 'beyond'> {
  const { places: { areas }, size, language } = asked
  const cities = areas.filter((area) => area.kind === 'city')
    .flatMap((area) => { const at = anchorOf(area, asked, projection); return at === null ? [] : [{ area, at }] })
  const drawn = new Set(marks.flatMap(({ id }) => cityOf(asked.places.stations.find((station) => station.id === id)?.area ?? '', areas)?.id ?? []))
  const near = ({ area, at }: Anchored): boolean => drawn.has(area.id) || within(at, size, 4)
  const { beyond, boxes } = beyondOf(cities.filter((city) => !near(city)), asked, marks)
  const names = cities.filter(near)
    .map(({ area, at }): Word => ({ id: area.id, text: shortName(area, language), at: inside(at, size), height: CITY_HEIGHT, must: true, extra: TAG }))
  const placed = placeWords(names, { marks, boxes }, size)
  const venues = areas.filter(isVenue).flatMap((area): Word[] => {
    const at = besides(area, asked, projection)
    return at === null ? [] : [{ id: area.id, text: area.name[language], at, height: WORD_HEIGHT, must: true }]
  })
  return { beyond, cities: placed, leads: placed.flatMap(leadOf), words: placeWords(venues, { marks, boxes: [...boxes, ...placed.map(({ box }) => box)] }, size) }
}

/** A zone's word stands to the right of it, a district's at its corner: what lies inside stays free. */
function besides(area: Area, { boundaries }: Asked, projection: Projection): Spot | null {
  if (area.circle !== undefined) {
    const at = projection.spot(gcj02(area.circle.centre))
    return { x: at.x + area.circle.radius * projection.perKilometre + WORD_HEIGHT * 2.6, y: at.y }
  }
  const frame = frameOf(outlinesOf(area, boundaries).flatMap(({ rings }) => rings.flat()))
  return frame === null ? null : projection.spot([(frame[0] + frame[2]) / 2, frame[3]])
}

/** Draws what is fixed; null where the event has no place at all. */
export function layOut(asked: Asked): MapLayout | null {
  const { places, boundaries, size } = asked
  const frame = frameFor(places, boundaries)
  if (frame === null || size.width < 80 || size.height < 80) return null
  const projection = project(frame, size, 26)
  const seen = boundaries.filter(({ rings }) => { const box = frameOf(rings.flat()); return box !== null && meets(box, projection.frame) })
  const inSight = { ...asked, boundaries: seen }
  const drawn = (list: readonly Boundary[]): Outline[] => list.map(({ adcode, rings }) => ({ id: adcode, path: pathOf(rings, projection) }))
  const cities = places.areas.filter((area) => area.kind === 'city')
  const own = new Set(cities.flatMap((city) => outlinesOf(city, seen)))
  const marks = marksOf(inSight, projection)
  const areas = Object.fromEntries(places.areas.map((area) => [area.id, outlineOf(area, inSight, projection)]))
  return {
    around: drawn(seen.filter((each) => !own.has(each))), event: drawn([...own]),
    hosts: drawn(cities.filter(({ role }) => role === 'host').flatMap((city) => outlinesOf(city, seen))),
    venues: places.areas.filter(isVenue).map(({ id }) => ({ id, path: areas[id] ?? '' })),
    areas, marks, ...namesOf(inSight, projection, marks), perKilometre: projection.perKilometre,
  }
}

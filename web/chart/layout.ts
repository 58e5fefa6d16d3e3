/** Everything about the map that does not change with the air: outlines, and a place for each mark and word. */
import type { Area, Station } from '../../shared/event.ts'
import { beyondOf, type Beyond } from './beyond.ts'
import type { Boundary, Point } from './boundaries/decode.ts'
import { boxAround, widthOf } from './boxes.ts'
import { gcj02 } from './datum.ts'
import { CITY_HEIGHT, placeNames, type CityWord, type Ground as Whose, type Nameless } from './naming.ts'
import { badgeSpot, placeMarks, type Placed } from './placing.ts'
import { frameOf, meets, pathOf, project, within, type Projection, type Size, type Spot } from './projection.ts'
import { cityOf, frameFor, holds, isVenue, outlinesOf, stationPoint, type Places } from './territory.ts'
import { placeWords, type PlacedWord, type Word } from './wording.ts'

export type Outline = { id: string; path: string }
/** A city's ground: its whole outline, and the parts that lines divide it into. */
export type Ground = { id: string; host: boolean; path: string; parts: Outline[] }
/** A station's mark; `badge`: where its sign of doubt would stand. */
export type Mark = Placed & { badge: Spot }
export type MapLayout = {
  around: Outline[]; grounds: Ground[]; venues: Outline[]
  /** Outline of each area that can be hatched, by id. */
  areas: Readonly<Record<string, string>>
  marks: Mark[]; cities: CityWord[]; words: PlacedWord[]; beyond: Beyond[]; perKilometre: number
}
export type Language = 'zh' | 'en'
type Asked = { places: Places; boundaries: readonly Boundary[]; size: Size; language: Language }
/** What is asked for, and how degrees become units. */
type Drawing = Asked & { projection: Projection }

export const MARK = 15
const MINOR = 6.5
const REACH = 90
const WORD_HEIGHT = 16


/** 北京市 is 北京 on a map. */
export const shortName = (area: Area, language: Language): string =>
  (language === 'en' || area.name.zh.length < 3 ? area.name[language] : area.name.zh.replace(/(市|盟)$/, ''))

const circle = (centre: Spot, radius: number): string =>
  `M${(centre.x - radius).toFixed(1)} ${centre.y.toFixed(1)}a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(2 * radius).toFixed(1)} 0a${radius.toFixed(1)} ${radius.toFixed(1)} 0 1 0 ${(-2 * radius).toFixed(1)} 0Z`

function outlineOf(area: Area, { boundaries, projection }: Drawing): string {
  if (area.circle !== undefined) {
    const { centre, radius } = area.circle
    return circle(projection.spot(gcj02(centre)), radius * projection.perKilometre)
  }
  return outlinesOf(area, boundaries).map(({ rings }) => pathOf(rings, projection)).join('')
}

type Whereabouts = (city: Area) => { own: (spot: Spot) => boolean; whose: (spot: Spot) => Whose }

/** Ground is told in squares of so many units: nobody sees less, and each is asked for many times. */
const SQUARE = 4

/** For each city, whether a spot is on its ground, on that of another city, or on none of theirs. */
function groundsOf({ places, boundaries, projection }: Drawing): Whereabouts {
  const cities = places.areas.filter(({ kind }) => kind === 'city').map((city) => ({ id: city.id, has: holds(outlinesOf(city, boundaries)) }))
  const known = new Map<number, string | null>()
  const owner = ({ x, y }: Spot): string | null => {
    const [column, row] = [Math.round(x / SQUARE), Math.round(y / SQUARE)]
    const key = column * 1e5 + row
    const found = known.get(key)
    if (found !== undefined) return found
    const point = projection.point({ x: column * SQUARE, y: row * SQUARE })
    const id = cities.find(({ has }) => has(point))?.id ?? null
    known.set(key, id)
    return id
  }
  return ({ id }) => ({ own: (spot) => owner(spot) === id, whose: (spot) => { const on = owner(spot); return on === id ? 'own' : on === null ? 'none' : 'foreign' } })
}

/** Evaluating stations first, then by id: who comes first stays nearest to its place. */
function marksOf({ places, size, projection }: Drawing, groundOf: Whereabouts): Placed[] {
  const order = (station: Station): string => `${station.evaluates ? 0 : 1}${station.id}`
  const stations = [...places.stations].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  const wanted = stations.map((station) => {
    const city = cityOf(station.area, places.areas)
    const home = city === undefined ? () => false : groundOf(city).own
    return { id: station.id, at: projection.spot(stationPoint(station)), radius: station.evaluates ? MARK : MINOR, home }
  }).filter(({ at }) => within(at, size))
  return placeMarks(wanted, size, REACH)
}

/** Where a city's name would best stand: above its stations. */
function anchorOf(city: Area, { places, boundaries, projection }: Drawing): Spot | null {
  const own = places.stations.filter((station) => cityOf(station.area, places.areas)?.id === city.id && station.evaluates)
  const points: readonly Point[] = own.length > 0 ? own.map(stationPoint) : outlinesOf(city, boundaries).flatMap(({ rings }) => rings.flat())
  const frame = frameOf(points)
  if (frame === null) return null
  const middle = projection.spot([(frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2])
  return { x: middle.x, y: middle.y - MARK - CITY_HEIGHT - 2 }
}

/** The words of zones at their places, the names of cities at their stations, those of others at the edge of the map. */
function wordsOf(drawing: Drawing, groundOf: Whereabouts, marks: readonly Placed[]): Pick<MapLayout, 'words' | 'cities' | 'beyond'> {
  const { places: { areas, stations }, size, language } = drawing
  const areaOf = new Map(stations.map(({ id, area }) => [id, area]))
  const named = areas.filter((area) => area.kind === 'city').flatMap((area): Nameless[] => {
    const at = anchorOf(area, drawing)
    const own = marks.filter(({ id, full }) => full && cityOf(areaOf.get(id) ?? '', areas)?.id === area.id)
    return at === null ? [] : [{ id: area.id, text: shortName(area, language), own, at, ground: groundOf(area).whose }]
  })
  const near = ({ own, at }: Nameless): boolean => own.length > 0 || within(at, size, 4)
  const rings = ringsOf(drawing)
  const words = placeWords(venuesOf(drawing), { marks: [...marks, ...rings], boxes: [] }, size)
  const boxes = [...words.map(({ box }) => box), ...rings.map(({ at, radius }) => boxAround(at, 2 * radius, 2 * radius))]
  const cities = placeNames(named.filter(near), { marks, boxes }, size)
  const beyond = beyondOf(named.filter((city) => !near(city)), { marks, boxes: [...boxes, ...cities.map(({ box }) => box)] }, size)
  return { words, cities, beyond }
}

/** A zone's word stands beside it, best to the right, a district's at its upper edge: what lies inside stays free. */
function besides(area: Area, { boundaries, projection, language }: Drawing): Spot[] {
  if (area.circle === undefined) {
    const frame = frameOf(outlinesOf(area, boundaries).flatMap(({ rings }) => rings.flat()))
    return frame === null ? [] : [projection.spot([(frame[0] + frame[2]) / 2, frame[3]])]
  }
  const { x, y } = projection.spot(gcj02(area.circle.centre))
  const radius = area.circle.radius * projection.perKilometre + 4
  const [across, down] = [radius + widthOf(area.name[language], WORD_HEIGHT) / 2, radius + WORD_HEIGHT / 2]
  return [{ x: x + across, y }, { x, y: y - down }, { x: x - across, y }, { x, y: y + down }]
}

/** The rings of zones, which no word may cross. */
const ringsOf = ({ places, projection }: Drawing): { at: Spot; radius: number }[] => places.areas.flatMap(({ circle: ring }) =>
  (ring === undefined ? [] : [{ at: projection.spot(gcj02(ring.centre)), radius: ring.radius * projection.perKilometre + 2 }]))

const venuesOf = (drawing: Drawing): Word[] => drawing.places.areas.filter(isVenue)
  .map((area) => ({ id: area.id, text: area.name[drawing.language], at: besides(area, drawing), height: WORD_HEIGHT, must: true }))

/** Draws what is fixed; null where the event has no place at all. */
export function layOut(asked: Asked): MapLayout | null {
  const { places, boundaries, size } = asked
  const frame = frameFor(places, boundaries)
  if (frame === null || size.width < 80 || size.height < 80) return null
  const projection = project(frame, size, 26)
  const seen = boundaries.filter(({ rings }) => { const box = frameOf(rings.flat()); return box !== null && meets(box, projection.frame) })
  const drawing: Drawing = { ...asked, boundaries: seen, projection }
  const drawn = (list: readonly Boundary[]): Outline[] => list.map(({ adcode, rings }) => ({ id: adcode, path: pathOf(rings, projection) }))
  const areas = Object.fromEntries(places.areas.map((area) => [area.id, outlineOf(area, drawing)]))
  const cities = places.areas.filter((area) => area.kind === 'city').map((area) => ({ area, outlines: outlinesOf(area, seen) }))
  const own = new Set(cities.flatMap(({ outlines }) => outlines))
  const groundOf = groundsOf(drawing)
  const marks = marksOf(drawing, groundOf)
  const names = wordsOf(drawing, groundOf, marks)
  const boxes = [...names.words, ...names.cities].map(({ box }) => box)
  return {
    around: drawn(seen.filter((each) => !own.has(each))),
    grounds: cities.map(({ area, outlines }) => ({ id: area.id, host: area.role === 'host', path: areas[area.id] ?? '', parts: drawn(outlines) })),
    venues: places.areas.filter(isVenue).map(({ id }) => ({ id, path: areas[id] ?? '' })),
    areas, marks: marks.map((mark) => ({ ...mark, badge: badgeSpot(mark, marks, boxes) })), ...names, perKilometre: projection.perKilometre,
  }
}

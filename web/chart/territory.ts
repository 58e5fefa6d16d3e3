/** Which outlines belong to which area of the event, and the frame that the map shows. */
import type { Area, Station } from '../../shared/event.ts'
import type { EventInfo } from '../../shared/wire.ts'
import { gcj02 } from './datum.ts'
import type { Boundary, Point, Ring } from './boundaries/decode.ts'
import { frameOf, type Frame } from './projection.ts'

/** The part of the event's description that the map is drawn from. */
export type Places = Pick<EventInfo, 'areas' | 'stations'>

/** A municipality or province is all areas whose code begins alike; others are one outline. */
export function outlinesOf(area: Area, boundaries: readonly Boundary[]): Boundary[] {
  const { adcode } = area
  if (adcode === undefined) return []
  return boundaries.filter((each) => (adcode.endsWith('0000') ? each.adcode.startsWith(adcode.slice(0, 2)) : each.adcode === adcode))
}

/** The city that an area is or is in; undefined where it is in none. */
export function cityOf(id: string, areas: readonly Area[]): Area | undefined {
  let area = areas.find((each) => each.id === id)
  for (let up = 0; area !== undefined && area.kind !== 'city' && up < 4; up += 1) {
    const { parent } = area
    area = areas.find((each) => each.id === parent)
  }
  return area?.kind === 'city' ? area : undefined
}

/** Where the event takes place: a zone of ours, or a district that is itself a host. */
export const isVenue = (area: Area): boolean => area.kind !== 'city' && (area.circle !== undefined || area.role === 'host')

export const stationPoint = ({ longitude, latitude }: Station): Point => gcj02([longitude, latitude])

const pointsOf = (boundaries: readonly Boundary[]): Point[] => boundaries.flatMap(({ rings }) => rings.flat())

/** Hosts whole, and every station of the cities that are not mere neighbours; everything where no role is given. */
export function frameFor({ areas, stations }: Places, boundaries: readonly Boundary[]): Frame | null {
  const hosts = areas.filter((area) => area.role === 'host')
  const inFrame = stations.filter((station) => hosts.length === 0 || (cityOf(station.area, areas)?.role ?? 'neighbour') !== 'neighbour')
  return frameOf([...pointsOf(hosts.flatMap((host) => outlinesOf(host, boundaries))), ...inFrame.map(stationPoint)])
}

/** Whether a point is within one of some outlines: a ray to the west crosses its ring an odd number of times. */
export function holds(boundaries: readonly Boundary[]): (point: Point) => boolean {
  const rings = boundaries.flatMap((each) => each.rings).map((ring) => ({ ring, frame: frameOf(ring) }))
  const crosses = (ring: Ring, [x, y]: Point): boolean => {
    let is = false
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
      const [[x1, y1], [x2, y2]] = [ring[at] ?? [0, 0], ring[last] ?? [0, 0]]
      if ((y1 > y) !== (y2 > y) && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) is = !is
    }
    return is
  }
  return (point) => rings.some(({ ring, frame }) =>
    frame !== null && point[0] >= frame[0] && point[0] <= frame[2] && point[1] >= frame[1] && point[1] <= frame[3] && crosses(ring, point))
}

/** Where stations go so that none hides another. Depends on places only, never on values: nothing on the map jumps. */
import { gapTo, type Box } from './boxes.ts'
import { within, type Size, type Spot } from './projection.ts'

/** `home`: whether a spot is in the city of the mark, where it stays if there is room. */
export type Wanted = { id: string; at: Spot; radius: number; home?: (spot: Spot) => boolean }
/** `full` has room for its text; otherwise a dot. */
export type Placed = { id: string; at: Spot; from: Spot; radius: number; full: boolean }

const DOT = 6
const GAP = 1.5
const TURN = 0.6

const apart = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Spots around one, from near to far, in a fixed order. */
export function* around(at: Spot, furthest: number): Generator<Spot> {
  yield at
  for (let far = 4; far <= furthest; far += 4) {
    const steps = Math.max(8, Math.round((2 * Math.PI * far) / 6))
    for (let step = 0; step < steps; step += 1) {
      const angle = (2 * Math.PI * step) / steps + TURN
      yield { x: at.x + far * Math.cos(angle), y: at.y + far * Math.sin(angle) }
    }
  }
}

export function firstOf(spots: Iterable<Spot>, fits: (spot: Spot) => boolean): Spot | undefined {
  for (const spot of spots) if (fits(spot)) return spot
  return undefined
}

/** Moves each mark, first come first served, to the nearest free spot; what finds none within reach becomes a dot beside the others. */
export function placeMarks(wanted: readonly Wanted[], size: Size, reach: number): Placed[] {
  const placed: Placed[] = []
  const find = (at: Spot, radius: number, { furthest, home }: { furthest: number; home?: Wanted['home'] }): Spot | undefined =>
    firstOf(around(at, furthest), (spot) =>
      within(spot, size, radius + 1) && placed.every((other) => apart(spot, other.at) >= radius + other.radius + GAP) && (home?.(spot) ?? true))
  const without: Wanted[] = []
  for (const each of wanted) {
    const { id, at, radius, home } = each
    const found = find(at, radius, { furthest: reach, home }) ?? find(at, radius, { furthest: reach })
    if (found === undefined) without.push(each)
    else placed.push({ id, at: found, from: at, radius, full: true })
  }
  for (const { id, at, radius } of without) {
    const small = Math.min(radius, DOT)
    placed.push({ id, at: find(at, small, { furthest: reach * 2 }) ?? at, from: at, radius: small, full: false })
  }
  return placed
}

const BADGE = 8.5
const BESIDE = 0.8

/** Where the sign of doubt stands at a mark's rim: in the first direction, from the upper right on, in which it covers no other mark and no name, else the freest. */
export function badgeSpot(mark: Placed, marks: readonly Placed[], boxes: readonly Box[]): Spot {
  const far = mark.radius * BESIDE * Math.SQRT2
  const spots = Array.from({ length: 8 }, (_, turn) => (turn * Math.PI) / 4 - Math.PI / 4)
    .map((angle): Spot => ({ x: mark.at.x + far * Math.cos(angle), y: mark.at.y + far * Math.sin(angle) }))
  const others = marks.filter(({ id, at }) => id !== mark.id && apart(at, mark.at) < 4 * mark.radius)
  const room = (spot: Spot): number => Math.min(GAP, ...others.map(({ at, radius }) => apart(spot, at) - radius - BADGE), ...boxes.map((box) => gapTo(box, { at: spot, radius: BADGE })))
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best))
}

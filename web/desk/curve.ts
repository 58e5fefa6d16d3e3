/** Hourly means as a drawing: pure figures to paths, in a box of a given size. */
import type { SeriesBody } from '../../shared/api.ts'
import { HOUR } from '../../shared/time.ts'

export type Point = { start: number; value: number | null; valid: boolean; revised: boolean }
export type Box = { width: number; height: number; left: number; right: number; top: number; bottom: number }
export type Frame = { from: number; to: number; top: number; x: (at: number) => number; y: (value: number) => number }

export const pointsOf = (series: SeriesBody): Point[] =>
  series.points.map(({ start, value, valid, revision }) => ({ start: Date.parse(start), value, valid, revised: revision > 1 }))

/** Hours of a curve that are asked for, and after an alert's period those that are shown of what came of it. */
export const SPAN = 72 * HOUR
const AFTER = 6 * HOUR

type Timed = { period: { start: number; end: number | null } }
/** Whether an alert's period lies further back than a curve up to now reaches. */
export const isPast = ({ period: { start } }: Timed, now: number): boolean => start < now - SPAN

/** Where the curve of an alert ends: now; or where its period lies further back than that reaches, some hours after it. */
export function untilOf(alert: Timed, now: number): number {
  const { start, end } = alert.period
  const last = isPast(alert, now) ? Math.min(now, (end ?? start) + AFTER) : now
  return Math.ceil(last / HOUR) * HOUR
}

const STEPS = [10, 20, 25, 50, 100, 200, 250, 500]

/** A scale that starts at zero, has room above what it must show, and ends on a round figure; at most five lines. */
export function ticksFor(most: number): number[] {
  const step = STEPS.find((each) => each * 4.5 >= most) ?? 500
  const count = Math.max(2, Math.ceil((most * 1.05) / step))
  return Array.from({ length: count + 1 }, (_, n) => n * step)
}

export function frameOf(box: Box, span: { from: number; to: number; top: number }): Frame {
  const { from, to, top } = span
  const wide = box.width - box.left - box.right
  const high = box.height - box.top - box.bottom
  return {
    from, to, top,
    x: (at) => box.left + ((at - from) / (to - from)) * wide,
    y: (value) => box.top + (1 - Math.max(0, value) / top) * high,
  }
}

const round = (n: number): string => n.toFixed(1)

/** A line through the middles of the hours, broken where there is no value: a gap is never bridged. */
export function lineOf(points: readonly Point[], frame: Frame): string {
  let open = false
  return points.map(({ start, value }) => {
    const move = open ? 'L' : 'M'
    open = value !== null
    return value === null ? '' : `${move}${round(frame.x(start + HOUR / 2))} ${round(frame.y(value))}`
  }).join('')
}

/** Values that stand alone between two gaps have no line, and are drawn as dots. */
export const lonely = (points: readonly Point[]): Point[] =>
  points.filter((point, n) => point.value !== null && (points[n - 1]?.value ?? null) === null && (points[n + 1]?.value ?? null) === null)

export type Limits = { start: number; values: readonly (number | null)[] }

/** A limit as it stepped, hour by hour; nothing where none held. */
export function stepsOf(limits: Limits, frame: Frame): string {
  let last: number | null = null
  return limits.values.map((value, n) => {
    const start = limits.start + n * HOUR
    const before = last
    last = value
    if (value === null || start + HOUR <= frame.from || start >= frame.to) { last = null; return '' }
    const [x1, x2, y] = [round(frame.x(Math.max(start, frame.from))), round(frame.x(Math.min(start + HOUR, frame.to))), round(frame.y(value))]
    return before === null ? `M${x1} ${y}H${x2}` : before === value ? `H${x2}` : `V${y}H${x2}`
  }).join('')
}

/** Heights of two labels that stand beside their lines, moved apart where they would lie on each other; the first stays above at a tie. */
export function apart(first: number, second: number, gap: number): [number, number] {
  const near = gap - Math.abs(first - second)
  if (near <= 0) return [first, second]
  return first <= second ? [first - near / 2, second + near / 2] : [first + near / 2, second - near / 2]
}

export type Summary = { last: Point | null; highest: Point | null; missing: number }
export function summaryOf(points: readonly Point[]): Summary {
  const had = points.filter((point) => point.value !== null)
  const highest = had.reduce<Point | null>((most, point) => (most === null || (point.value ?? 0) > (most.value ?? 0) ? point : most), null)
  return { last: had.at(-1) ?? null, highest, missing: points.length - had.length }
}

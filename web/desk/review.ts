/** A station's hours as a reviewer sees them, and what may be said of them. */
import type { SeriesBody } from '../../shared/api.ts'
import { may, type Role } from '../../shared/roles.ts'
import type { HandLevel, HandVerdict } from '../../shared/quality/hand.ts'
import type { Reason } from '../../shared/fact.ts'
import { HOUR } from '../../shared/time.ts'

/** An hour of a station: its mean and what it is worth. */
export type HourRow = { start: number; value: number | null; validity: string; level: string; revision: number; reasons: readonly Reason[] }
/** A verdict that somebody wants to set on the hours from one instant to another. */
export type ReviewWish = { station: string; pollutant: string; from: number; to: number; verdict: HandVerdict; level: HandLevel; reason: string }

export const rowsOf = ({ points }: SeriesBody): HourRow[] => points.map(({ start, value, validity = 'missing', level = 'automatic', revision, reasons = [] }) =>
  ({ start: Date.parse(start), value, validity, level, revision, reasons }))

/** To doubt is for whoever watches; all else, and what is signed, is a leader's word (as the server has it). */
export const mayReview = (role: Role, verdict: HandVerdict, level: HandLevel): boolean =>
  may(role, verdict === 'suspect' && level === 'reviewed' ? 'doubt' : 'review')

/** Rows of a stretch that a verdict can be about: those with a value. */
export const reviewable = (rows: readonly HourRow[], { from, to }: { from: number; to: number }): HourRow[] =>
  rows.filter(({ start, value, validity }) => start >= from && start < to && (value !== null || validity === 'invalid'))

/** The stretch after a click on an hour: it alone; or, held down, all from where it began. */
export function stretchTo(start: number, had: { from: number; to: number } | null, extend: boolean): { from: number; to: number } {
  if (!extend || had === null) return { from: start, to: start + HOUR }
  return { from: Math.min(had.from, start), to: Math.max(had.to, start + HOUR) }
}

/** Notices about data: how long they are news at the desk, and their words. */
import type { Reason } from '../../shared/fact.ts'
import type { Noticed } from '../../shared/situation.ts'
import { HOUR } from '../../shared/time.ts'
import type { Say } from './say.ts'

/** Event time: a day, so that the next shift sees what this one did not get to. */
const NEWS = 24 * HOUR

/** Notices of the last day, the latest first. */
export const recentNotices = (notices: readonly Noticed[], now: number): Noticed[] => notices.filter(({ at }) => at > now - NEWS)

/** A notice in words, with its figures; stations by their names. */
export function noticeSaid(reason: Reason, { text, has, figure, place }: Say): string {
  const values = Object.fromEntries(Object.entries(reason).map(([part, value]) =>
    [part, typeof value === 'number' ? figure(value) : part === 'with' && typeof value === 'string' ? place(value) : String(value)]))
  return has(`desk.notice.${reason.code}`) ? text(`desk.notice.${reason.code}`, values) : reason.code
}

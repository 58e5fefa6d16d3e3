/** Why nothing may be done on a page now, in words. What is clicked while it is barred is refused, never kept for later. */
import type { Live } from '../live.ts'
import type { Session } from '../session.ts'
import type { Say } from './say.ts'

/** Null: it may be done, as far as the page and who is signed in go. */
export function barredBy({ text }: Say, { past, situation, event, stale, link }: Live, session: Session | null): string | null {
  if (past !== null) return text('desk.past.barred')
  // Without the event's description nobody knows its areas and levels: a dialog opened now would stay empty.
  if (situation.value === null || event.value === null) return text('desk.barred.nothing')
  if (link.value === 'refused') return text('desk.barred.ended')
  if (stale.value !== null || link.value !== 'connected') return text('desk.barred.stale')
  return session === null ? text('desk.barred.session') : null
}

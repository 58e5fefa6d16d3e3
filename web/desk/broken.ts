/** That the page is out of touch with its server, and since when; null: it is not. */
import type { LinkState } from '../link.ts'
import type { Say } from './say.ts'

type Touch = { stale: { since: number | null } | null; link: LinkState; now: number | null }

export function brokenSaid({ text, when }: Say, { stale, link, now }: Touch): string | null {
  // First of all: whoever is no longer admitted hears nothing either, and can mend it.
  if (link === 'refused' || link === 'over') return text(`desk.band.${link}`)
  if (stale !== null) return stale.since === null ? text('desk.band.never') : text('desk.band.stale', { when: when(stale.since, now ?? stale.since) })
  return link === 'disconnected' ? text('desk.band.disconnected') : null
}

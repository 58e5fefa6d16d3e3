/** Which alerts the list shows, and in which order: what needs somebody first. */
import { isCovered as covers } from '../../shared/alert-fold.ts'
import { SEVERITIES } from '../../shared/event.ts'
import type { Alert } from '../../shared/situation.ts'
import { underGraver } from '../../shared/weaker.ts'

export const FILTERS = ['open', 'covered', 'all'] as const
export type Filter = (typeof FILTERS)[number]

/** Returned and withdrawn alerts wait for a person too, but nothing is wrong any more. */
const RANK = { unacknowledged: 0, returned: 1, withdrawn: 1, acknowledged: 2, closed: 3 } as const satisfies Record<Alert['state'], number>

/** Shelved or suppressed: it is listed and marked, and disturbs nobody. */
export const isCovered = (alert: Alert): boolean => alert.state !== 'closed' && covers(alert)

const order = (a: Alert, b: Alert): number =>
  Number(isCovered(a)) - Number(isCovered(b))
  || RANK[a.state] - RANK[b.state]
  || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
  || a.raisedAt - b.raisedAt
  || a.id.localeCompare(b.id)

export const listed = (alerts: readonly Alert[], filter: Filter): Alert[] =>
  underGraver(alerts.filter((alert) => filter === 'all' || (filter === 'covered' ? isCovered(alert) : alert.state !== 'closed')).sort(order))

export const needsPerson = (alert: Alert): boolean => RANK[alert.state] < 2
export const isUnacknowledged = (alert: Alert): boolean => alert.state === 'unacknowledged' && !isCovered(alert)

/** The sound calls for these until somebody acknowledges them. */
export const sounding = (alerts: readonly Alert[]): Alert[] =>
  alerts.filter((alert) => isUnacknowledged(alert) && alert.severity === 'critical')

/**
 * The one `step` further from the one in hand, in the `order` the person saw when taking it: whoever acknowledges and goes on
 * meets the one that stood below, although the acknowledged one has moved down meanwhile.
 */
export function neighbour(list: readonly Alert[], hand: { id: string | null; order: readonly string[] }, step: 1 | -1): string | null {
  const now = list.map((alert) => alert.id)
  const seen = hand.order.indexOf(hand.id ?? '')
  const beyond = seen < 0 ? [] : step === 1 ? hand.order.slice(seen + 1) : hand.order.slice(0, seen).reverse()
  const next = beyond.find((id) => now.includes(id))
  if (next !== undefined) return next
  const at = now.indexOf(hand.id ?? '')
  return now[Math.min(Math.max(at + step, 0), now.length - 1)] ?? null
}

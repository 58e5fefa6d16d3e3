/** Which alerts the list shows, and in which order: what needs somebody first. */
import { SEVERITIES } from '../../shared/event.ts'
import type { Alert } from '../../shared/situation.ts'

export const FILTERS = ['open', 'all'] as const
export type Filter = (typeof FILTERS)[number]

/** Returned and withdrawn alerts wait for a person too, but nothing is wrong any more. */
const RANK = { unacknowledged: 0, returned: 1, withdrawn: 1, acknowledged: 2, closed: 3 } as const satisfies Record<Alert['state'], number>

const order = (a: Alert, b: Alert): number =>
  RANK[a.state] - RANK[b.state]
  || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
  || a.raisedAt - b.raisedAt
  || a.id.localeCompare(b.id)

export const listed = (alerts: readonly Alert[], filter: Filter): Alert[] =>
  alerts.filter((alert) => filter === 'all' || alert.state !== 'closed').sort(order)

export const needsPerson = (alert: Alert): boolean => RANK[alert.state] < 2
export const isUnacknowledged = (alert: Alert): boolean => alert.state === 'unacknowledged'

/** The sound calls for these until somebody acknowledges them. */
export const sounding = (alerts: readonly Alert[]): Alert[] =>
  alerts.filter((alert) => alert.state === 'unacknowledged' && alert.severity === 'critical' && !alert.shelved && !alert.suppressed)

/** The one `step` further from the one in hand; it may have left the list meanwhile, then from where it was. */
export function neighbour(list: readonly Alert[], hand: { id: string | null; was: number }, step: 1 | -1): string | null {
  const at = list.findIndex((alert) => alert.id === hand.id)
  const next = at >= 0 ? at + step : step === 1 ? hand.was : hand.was - 1
  return list[Math.min(Math.max(next, 0), list.length - 1)]?.id ?? null
}

/** In a flood alerts of one city and rule stand under one row, which says how many: none is dropped. */
import type { Alert } from '../../shared/situation.ts'

/** `alerts`: all of them, in the list's order; one: it stands for itself. */
export type Row = { key: string; alerts: Alert[] }

/** Fewer than so many of a kind are shown one by one. */
const MANY = 3

/** Rows of a list; `cityOf`: the city of a place. Groups stand where their first alert does. */
export function rowsOf(list: readonly Alert[], { flood, cityOf }: { flood: boolean; cityOf: (place: string) => string | null }): Row[] {
  const single = (alert: Alert): Row => ({ key: alert.id, alerts: [alert] })
  if (!flood) return list.map(single)
  const groups = new Map<string, Row>()
  for (const alert of list) {
    const { kind, severity, state, shelved, suppressed } = alert
    const key = ['flood', cityOf(alert.place) ?? alert.place, kind, severity, state, shelved || suppressed].join('|')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { key, alerts: [alert] })
    else known.alerts.push(alert)
  }
  return [...groups.values()].flatMap((row) => (row.alerts.length >= MANY ? [row] : row.alerts.map(single)))
}

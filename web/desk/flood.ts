/** In a flood alerts of one city and rule stand under one row, which says how many: none is dropped. */
import type { Alert } from '../../shared/situation.ts'

/** `alerts`: all of them, in the list's order; one: it stands for itself. */
export type Row = { key: string; alerts: Alert[] }

/** Fewer than so many of a kind are shown one by one. */
const MANY = 3

type Flood = { flood: boolean; cityOf: (place: string) => string | null }

/** Rows of a list; `cityOf`: the city of a place. A group stands where its first alert does, all else where it stood. */
export function rowsOf(list: readonly Alert[], { flood, cityOf }: Flood): Row[] {
  const single = (alert: Alert): Row => ({ key: alert.id, alerts: [alert] })
  if (!flood) return list.map(single)
  const groupOf = ({ place, kind, severity, state, shelved, suppressed }: Alert): string =>
    ['flood', cityOf(place) ?? place, kind, severity, state, shelved || suppressed].join('|')
  const groups = new Map<string, Alert[]>()
  for (const alert of list) {
    const known = groups.get(groupOf(alert))
    if (known === undefined) groups.set(groupOf(alert), [alert])
    else known.push(alert)
  }
  return list.flatMap((alert) => {
    const key = groupOf(alert)
    const alerts = groups.get(key) ?? []
    return alerts.length < MANY ? [single(alert)] : alerts[0] === alert ? [{ key, alerts }] : []
  })
}

/** A list in the order in which its rows show it: the next alert is the one below. */
export const inRows = (list: readonly Alert[], given: Flood): Alert[] => rowsOf(list, given).flatMap(({ alerts }) => alerts)

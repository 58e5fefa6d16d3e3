/** What whoever signs a shift ticks: each alert that asks, or all of one city and rule where there are many. */
import type { Alert } from '../../shared/situation.ts'
import { rowsOf } from './flood.ts'
import type { Say } from './say.ts'

/** `names`: what is ticked, each alert in the occurrence that was read: another one is read anew. */
export type Box = { key: string; names: string[]; said: string }

export const nameOf = ({ id, occurrence }: Pick<Alert, 'id' | 'occurrence'>): string => `${id}#${occurrence}`

/** So many alerts are read one by one. */
const READ_SINGLY = 12

export function boxesOf(alerts: readonly Alert[], { say, cityOf }: { say: Say; cityOf: (place: string) => string | null }): Box[] {
  const said = ([first, ...more]: Alert[]): string => {
    if (first === undefined) return ''
    if (more.length === 0) return `${say.alert(first.id, null)} · ${say.text('desk.handover.name')}`
    return `${say.place(cityOf(first.place) ?? first.place)} ${say.text(`kind.${first.kind}`)} · ${say.text('desk.handover.nameAll', { n: more.length + 1 })}`
  }
  return rowsOf(alerts, { flood: alerts.length > READ_SINGLY, cityOf }).map((row) => ({ key: row.key, names: row.alerts.map(nameOf), said: said(row.alerts) }))
}

/** The alerts of the wall: which come first, how a flood is put together, what the plan suggests. */
import { isCovered } from '../../shared/alert-fold.ts'
import type { AlertKind, Area, Measure, Severity, Station } from '../../shared/event.ts'
import type { Alert, AlertState, Room } from '../../shared/situation.ts'
import { underGraver } from '../../shared/weaker.ts'
import { isVenue } from '../chart/territory.ts'
import { cityOf, placeOf } from './places.ts'

const states: Record<AlertState, number> = { unacknowledged: 0, acknowledged: 1, returned: 2, withdrawn: 2, closed: 3 }
const severities: Record<Severity, number> = { critical: 0, warning: 1, notice: 2 }

/** Since when an alert is what it is: a silence since the last word, anything else since it was raised. */
export const sinceOf = (alert: Alert): number => (alert.kind === 'silent' ? alert.period.start : alert.raisedAt)

const quiet = (alert: Alert): number => (isCovered(alert) ? 1 : 0)

/** Open alerts: shelved and suppressed ones last, unacknowledged first, then by severity, then the oldest; a weaker one under the graver of its period. */
export function alertList(alerts: Room['alerts']): Alert[] {
  return underGraver(Object.values(alerts).filter((alert) => alert.state !== 'closed').sort((a, b) =>
    quiet(a) - quiet(b) || states[a.state] - states[b.state] || severities[a.severity] - severities[b.severity]
    || sinceOf(a) - sinceOf(b) || (a.id < b.id ? -1 : 1)))
}

/** One card: an alert, or several of one city, rule and state; `alert` is the worst of them. */
export type Card = { key: string; alert: Alert; count: number; city: string | null; places: string[] }

export const FLOOD = 12

/** Of two alerts of a group the one that its card tells of: the higher figure, else the first. */
const worse = (one: Alert, other: Alert): Alert => ((other.value ?? -Infinity) > (one.value ?? -Infinity) ? other : one)

/** Every alert on its own card; past twelve, those of one city, rule and state share one. None is dropped. */
export function cards(list: readonly Alert[], places: { areas: readonly Area[]; stations: readonly Station[] }): Card[] {
  if (list.length <= FLOOD) return list.map((alert) => ({ key: alert.id, alert, count: 1, city: null, places: [alert.place] }))
  const groups = new Map<string, Card>()
  for (const alert of list) {
    const city = placeOf(alert.place, places).city?.id ?? alert.place
    const key = [city, alert.kind, alert.severity, alert.state, quiet(alert)].join('|')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { key, alert, count: 1, city, places: [alert.place] })
    else groups.set(key, { ...known, alert: worse(known.alert, alert), count: known.count + 1, places: [...known.places, alert.place] })
  }
  return [...groups.values()]
}

/** Measures that the plan proposes for a kind of alert. */
export const suggestions = (kind: AlertKind, measures: readonly Measure[]): Measure[] => measures.filter(({ suggestedBy }) => suggestedBy.includes(kind))

/** Where the map tells of an alert: at the area itself where its name stands there, as that of a venue does, else at its city. */
function toldAt(place: string, areas: readonly Area[]): string | undefined {
  const area = areas.find(({ id }) => id === place)
  return area !== undefined && isVenue(area) ? area.id : cityOf(place, areas)?.id
}

/** The worst unacknowledged severity by city or venue; silence is a matter of data and no exceedance. */
export function alarmsByPlace(alerts: Room['alerts'], areas: readonly Area[]): Record<string, Severity> {
  const worst: Record<string, Severity> = {}
  for (const alert of alertList(alerts)) {
    const city = toldAt(alert.place, areas)
    if (city === undefined || alert.kind === 'silent' || alert.state !== 'unacknowledged' || quiet(alert) === 1) continue
    const known = worst[city]
    if (known === undefined || severities[alert.severity] < severities[known]) worst[city] = alert.severity
  }
  return worst
}

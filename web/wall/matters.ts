/** What the timeline and the map show of the situation. */
import type { AirCells, HeaderCell, StationCell, TimelineCell } from '../../shared/air.ts'
import { HOUR } from '../../shared/time.ts'
import type { EventInfo } from '../../shared/wire.ts'
import type { StationShown } from '../chart/station.ts'
import type { Stretch, Tone as LineTone } from '../chart/timeline.ts'
import { figure } from '../words/said.ts'
import type { Row } from './board.ts'
import { isOld, stationPeriod } from './freshness.ts'

export const headerOf = (air: AirCells): HeaderCell | null => (air['header']?.kind === 'header' ? air['header'] : null)

/** The cities that matter: the hosts, and the two worst of the others. */
export function curvesOf(rows: readonly Row[], air: AirCells, pollutant: string): { city: Row['city']; tone: LineTone; cell: TimelineCell }[] {
  const hosts = rows.filter(({ pinned }) => pinned).slice(0, 2)
  const others = rows.filter(({ pinned, cell }) => !pinned && cell !== null && cell.day.mean !== null).slice(0, 2)
  return [...hosts, ...others].flatMap((row, at) => {
    const cell = air[`timeline:${row.city.id}:${pollutant}`]
    if (cell?.kind !== 'timeline') return []
    const severe = row.tone === 'warning' || row.tone === 'critical' ? row.tone : null
    return [{ city: row.city, cell, tone: row.pinned ? (at === 0 ? 'host' : 'second') : (severe ?? 'plain') }]
  })
}

/** Windows of key dates that touch a span, cut to it. */
export const stretchesIn = (event: EventInfo, span: { from: number; to: number }, language: 'zh' | 'en'): Stretch[] =>
  event.keyDates.filter(({ start, end }) => start < span.to && end > span.from)
    .map(({ name, start, end }) => ({ name: name[language], from: Math.max(start, span.from), to: Math.min(end, span.to) }))

/** The classes of the standard that judges an instant; none where it has no index. */
export const classesAt = ({ standards }: Pick<EventInfo, 'standards'>, at: number): EventInfo['standards'][number]['classes'] =>
  (standards.findLast(({ start }) => start <= at) ?? standards[0])?.classes ?? []

/** What a value is shown in where the standard has no classes: no colour that could be taken for one. */
export const UNCLASSED = '#ffffff'

/** A station on the map: coloured only by a class the server gave to data that is not too old. */
export function stationsShown(event: EventInfo, air: AirCells, now: number): Record<string, StationShown> {
  return Object.fromEntries(event.stations.map(({ id }): [string, StationShown] => {
    const cell = air[`station:${id}`]
    if (cell?.kind !== 'station' || cell.silent || isOld(cell.heard, now, stationPeriod(air, id))) return [id, nothing]
    return [id, shownHour(classesAt(event, cell.hour?.start ?? now), cell)]
  }))
}

const nothing: StationShown = { text: '', colour: null, suspect: false }

function shownHour(classes: ReturnType<typeof classesAt>, { aqiClass, hour }: StationCell): StationShown {
  const unclassed = classes.length === 0 && hour !== null
  if (aqiClass === null && !unclassed) return nothing
  const mean = hour?.mean ?? null
  return { text: mean === null ? '' : figure(mean, 'PM2.5'), colour: unclassed ? UNCLASSED : (classes[(aqiClass ?? 0) - 1]?.colour ?? null), suspect: hour?.suspect ?? false, reasons: hour?.reasons ?? [] }
}

/** The shortest readings anyone sends; an hour where nothing is known. */
export const shortestPeriod = (air: AirCells): number =>
  Math.min(HOUR, ...Object.values(air).flatMap((cell) => (cell.kind === 'station' ? [stationPeriod(air, cell.station)] : [])))

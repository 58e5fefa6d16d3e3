/** When a number is too old to act on: shown grey, with its age. */
import type { AirCells } from '../../shared/air.ts'
import type { Area, Station } from '../../shared/event.ts'
import { upFrom } from '../../shared/network.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'

/** Hourly readings are due within two hours of the last one's end, readings of minutes within a quarter of an hour. */
const DUE_HOURLY = 2 * HOUR
const DUE_MINUTELY = 15 * MINUTE

export const dueAfter = (period: number): number => (period >= HOUR ? DUE_HOURLY : DUE_MINUTELY)

/** How old the newest reading is; null where there never was one. */
export const ageOf = (freshest: number | null, now: number): number | null => (freshest === null ? null : Math.max(0, now - freshest))

export function isOld(freshest: number | null, now: number, period: number): boolean {
  const age = ageOf(freshest, now)
  return age === null || age > dueAfter(period)
}

/** How long the readings of a station are: its shortest newest one; an hour where nothing is known. */
export function stationPeriod(air: AirCells, station: string): number {
  const cell = air[`station:${station}`]
  if (cell?.kind !== 'station') return HOUR
  const lengths = Object.values(cell.latest).map(({ start, end }) => end - start)
  return Math.min(HOUR, ...lengths)
}

/** How long the readings of each area are: the shortest of the evaluating stations in it. */
export function cityPeriods(air: AirCells, places: { areas: readonly Area[]; stations: readonly Station[] }): Readonly<Record<string, number>> {
  const periods: Record<string, number> = {}
  for (const station of places.stations) {
    if (!station.evaluates) continue
    for (const { id } of upFrom(station.area, (area) => places.areas.find((each) => each.id === area))) periods[id] = Math.min(periods[id] ?? HOUR, stationPeriod(air, station.id))
  }
  return periods
}

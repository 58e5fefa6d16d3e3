/** The cities board: which city comes when, and how each of its figures is to be taken. */
import type { AirCells, CityCell, EndedCell, RunningCell, Standing } from '../../shared/air.ts'
import type { Area } from '../../shared/event.ts'
import { isPartial, percentOf } from '../../shared/completeness.ts'
import type { Mark } from '../../shared/fact.ts'
import { HOUR } from '../../shared/time.ts'
import type { EventInfo } from '../../shared/wire.ts'
import { ageOf, cityPeriods, isOld } from './freshness.ts'

/** `old`: nothing new for too long, or never anything; then no other tone holds. `none`: no figure to speak of. */
export type Tone = 'old' | 'none' | 'calm' | 'warning' | 'critical'
export type Row = { city: Area; cell: CityCell | null; pinned: boolean; tone: Tone; hourTone: Tone; age: number | null }

const tones: Partial<Record<Standing, Tone>> = { exceeded: 'critical', locked: 'critical', projected: 'warning' }
const urgency: Record<Standing, number> = {
  exceeded: 0, locked: 0, projected: 1, tight: 2, impossible: 3, unknown: 3, clear: 4, met: 4, unlimited: 5,
}
const NO_DATA = 3

const toneOf = ({ mean, standing }: Pick<RunningCell, 'mean' | 'standing'>): Tone => (mean === null ? 'none' : (tones[standing] ?? 'calm'))
/** The running hour; where nothing of it has come yet, the last ended one. */
export const hourShown = (cell: CityCell): RunningCell | EndedCell => (cell.hour.mean === null ? (cell.lastHour ?? cell.hour) : cell.hour)
const share = ({ mean, limit }: RunningCell): number => (mean === null || limit === null ? 0 : mean / limit.max)

/** The pollutants that the board has figures of, those under a limit first. */
export function pollutantsOf(air: AirCells): string[] {
  const limited = air['header']?.kind === 'header' ? air['header'].limits.map(({ pollutant }) => pollutant) : []
  const present = Object.values(air).flatMap((cell) => (cell.kind === 'city' ? [cell.pollutant] : []))
  const first = limited.filter((pollutant) => present.includes(pollutant))
  return [...new Set(first.length > 0 ? first : present)]
}

function rowOf(city: Area, cell: CityCell | null, told: { now: number; period: number }): Row {
  const age = ageOf(cell?.freshest ?? null, told.now)
  const old = cell === null || isOld(cell.freshest, told.now, told.period)
  return {
    city, cell, pinned: city.role === 'host', age,
    tone: old ? 'old' : toneOf(cell.day), hourTone: old ? 'old' : toneOf(hourShown(cell)),
  }
}

const rank = ({ cell, tone }: Row): number => (cell === null || tone === 'old' ? NO_DATA : Math.min(urgency[cell.day.standing], urgency[hourShown(cell).standing]))
const closeness = ({ cell }: Row): number => (cell === null ? 0 : Math.max(share(cell.day), share(cell.hour)))

/** All cities, and other areas that are judged: hosts first as the event lists them, then whoever is worst off, then whoever is nearest to the limit. */
export function boardRows(event: Pick<EventInfo, 'areas' | 'stations'>, air: AirCells, asked: { pollutant: string; now: number }): Row[] {
  const periods = cityPeriods(air, event)
  const rows = event.areas.filter(({ id, kind }) => kind === 'city' || air[`city:${id}:${asked.pollutant}`] !== undefined).map((city) => {
    const cell = air[`city:${city.id}:${asked.pollutant}`]
    return rowOf(city, cell?.kind === 'city' ? cell : null, { now: asked.now, period: periods[city.id] ?? HOUR })
  })
  const others = rows.filter((row) => !row.pinned).sort((a, b) => rank(a) - rank(b) || closeness(b) - closeness(a))
  return [...rows.filter((row) => row.pinned), ...others]
}

/** Marks that all figures share are said once, above; the others beside their own. */
export function marksApart(rows: readonly Row[]): { common: Mark[]; own: (row: Row) => Mark[] } {
  const lists = rows.flatMap(({ cell }) => (cell === null || cell.day.mean === null ? [] : [cell.day.marks]))
  const common = (lists[0] ?? []).filter((mark) => lists.every((list) => list.includes(mark)))
  return { common, own: ({ cell }) => (cell?.day.marks ?? []).filter((mark) => !common.includes(mark)) }
}

/** How much of what a shown mean should rest on is there, in whole percent, cut off; null where nothing is missing or no mean is shown. */
export function shareOf(cell: CityCell | null): number | null {
  const day = cell?.day
  if (day === undefined || day.mean === null || !isPartial(day.completeness)) return null
  return Math.floor(percentOf(day.completeness) ?? 0)
}

/** How a bar is drawn: shares of its whole width, with the limit always at the same place. */
export const LIMIT_AT = 2 / 3
export function barOf(running: RunningCell): { length: number; beyond: boolean } | null {
  if (running.mean === null || running.limit === null) return null
  const length = Math.max(0, (running.mean / running.limit.max) * LIMIT_AT)
  return { length: Math.min(length, 1), beyond: length > 1 }
}

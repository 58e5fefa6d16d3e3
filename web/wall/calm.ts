/** What a wall without alerts may say: that there are none is only known where there is air to judge. */
import type { AirCells, HeaderCell } from '../../shared/air.ts'
import type { Area } from '../../shared/event.ts'
import type { EventInfo } from '../../shared/wire.ts'
import { boardRows, pollutantsOf } from './board.ts'

/** `none`: nothing is over; otherwise why that cannot be said. */
export type Verdict = 'none' | 'evaluating' | 'noData'

export function verdictOf(header: HeaderCell | null, old: boolean): Verdict {
  if (header === null || header.evaluating) return 'evaluating'
  return old ? 'noData' : 'none'
}

export type Nearest = { city: Area; pollutant: string; mean: number; limit: number }

/** The city whose day is nearest to its limit; null where no city has both. */
export function nearestOf(event: Pick<EventInfo, 'areas' | 'stations'>, air: AirCells, now: number): Nearest | null {
  const found = pollutantsOf(air).flatMap((pollutant) => boardRows(event, air, { pollutant, now }).flatMap(({ city, cell, tone }): Nearest[] => {
    const { mean, rounded, limit } = cell?.day ?? { mean: null, rounded: null, limit: null }
    return tone === 'old' || mean === null || limit === null ? [] : [{ city, pollutant, mean: rounded ?? mean, limit: limit.max }]
  }))
  return found.reduce<Nearest | null>((best, each) => (best === null || each.mean / each.limit > best.mean / best.limit ? each : best), null)
}

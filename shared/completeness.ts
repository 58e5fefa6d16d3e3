/**
 * How much of what was expected is there. Expected are the periods that the stations in force had to deliver by then, each at
 * its own rhythm: never the rows that came. Hours count in minutes, days in hours.
 */
import type { Completeness } from './air.ts';
import type { Tally } from './average.ts';
import type { CityDay } from './city.ts';
import type { Series } from './ledger.ts';
import { HOUR } from './time.ts';

const WHOLE_HOUR = 60;

/**
 * Minutes of the period that a station sends: what it sent in this hour, else in the one before; of several the shortest. One
 * that was heard in neither is expected at its `configured` rhythm.
 */
export function rhythmOf(series: Series | undefined, start: number, configured = WHOLE_HOUR): number {
  for (const at of [start, start - HOUR]) {
    const hour = series?.hours.get(at);
    const [shortest] = hour?.slots ?? [];
    if (shortest !== undefined) return shortest.minutes;
    if (hour !== undefined && (hour.own !== null || hour.frozen !== null)) return WHOLE_HOUR;
  }
  return Math.min(WHOLE_HOUR, configured);
}

/** Valid parts of all stations in a tally. */
function valid(tally: Tally): number {
  let parts = 0;
  for (let n = 1; n < tally.counts.length; n += 1) parts += n * (tally.counts[n] ?? 0);
  return parts;
}

/** What may be ahead of its time is no more than was expected. */
const of = (had: number, expected: number): Completeness => ({ valid: Math.min(had, expected), expected });

/** Of a city's hour, `gone` minutes into it: a station that sends whole hours owes nothing before the hour is over. */
export function hourCompleteness(tally: Tally, rhythms: readonly number[], gone: number): Completeness {
  return of(valid(tally), rhythms.reduce((sum, minutes) => sum + Math.floor(gone / minutes) * minutes, 0));
}

/** Of an ended hour: sixty minutes of each evaluating station. */
export const endedHour = (tally: Tally, evaluating: number): Completeness => of(valid(tally), WHOLE_HOUR * evaluating);

/** Of a city's day, `closed` hours into it. */
export const dayCompleteness = (day: CityDay, closed: number): Completeness => of(valid(day.tally), closed * day.evaluators.size);

/** Whether anything that was expected is not there. */
export const isPartial = (of: Completeness): boolean => of.valid < of.expected;

/** The share in percent, to one decimal and never rounded up: 100 is said only where nothing is missing. Null where nothing was expected. */
export const percentOf = ({ valid: had, expected }: Completeness): number | null =>
  (expected === 0 ? null : Math.floor((had * 1000) / expected) / 10);

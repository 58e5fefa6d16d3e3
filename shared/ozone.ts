/**
 * The day's maximum 8-hour mean of ozone (HJ 663-2013): of the running means that end at 08:00 to 24:00, each with at least
 * six of its eight hours (GB 3095 table 4), the largest. Station first, then city.
 */
import type { CityMean } from './average.ts';
import { type HourMean, movingMeans, overStations, type Window } from './moving.ts';
import { compare, type Rational, roundMicro } from './rounding.ts';

/** GB 3095 table 4: six hourly means in each eight hours. */
export const EIGHT_HOURS: Window = { length: 8, need: 6 };
/** HJ 663-2013: of the seventeen running means of a day this many must be valid. */
const WINDOWS = 14;

/**
 * One station's day. `max` in millionths, null where the day is not valid; `at` counts the hours of the day up to the end of
 * the largest mean (8 to 24; the first of equals). `reason`: enough running means; or fewer, but over the limit already, which
 * no further hour could undo; or too few.
 */
export type OzoneDay = {
  max: Rational | null; at: number | null; windows: { valid: number; of: number };
  reason: 'enough-windows' | 'over-limit' | 'too-few-windows';
};

/** The day of a station from its hours, in order, and the limit of the 8-hour mean in µg/m³. */
export function ozoneDay(hours: readonly HourMean[], limit: number): OzoneDay {
  const means = movingMeans(hours, EIGHT_HOURS).slice(EIGHT_HOURS.length - 1);
  let max: Rational | null = null;
  let at: number | null = null;
  let valid = 0;
  for (const [i, { mean }] of means.entries()) {
    if (mean === null) continue;
    valid += 1;
    if (max !== null && compare(mean, max) <= 0) continue;
    max = mean;
    at = i + EIGHT_HOURS.length;
  }
  const windows = { valid, of: means.length };
  if (valid >= WINDOWS) return { max, at, windows, reason: 'enough-windows' };
  const over = max !== null && roundMicro(max, 0) > limit;
  return over ? { max, at, windows, reason: 'over-limit' } : { max: null, at: null, windows, reason: 'too-few-windows' };
}

/** The city's day: the mean of its stations' maxima, where enough of its evaluating stations have one. */
export const ozoneCity = (days: readonly OzoneDay[], of: { evaluating: number; share: number }): CityMean =>
  overStations(days.map(({ max }) => max), of);

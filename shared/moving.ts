/**
 * Moving means: each hour with those before it, as the 8-hour mean of ozone and the 24-hour mean of a real-time report
 * (HJ 633-2012 4.2) are. Exact; an hour that is missing is missing from its window, the window is none the shorter.
 */
import { type CityMean, COMMON, enough } from './average.ts';
import { meanOfRationals, type Rational } from './rounding.ts';

/** A valid hour's mean, in millionths × COMMON, so that sums of hours are whole numbers; null where it is not valid. */
export type HourMean = bigint | null;
/** How many hours a window has, and how many of them must be valid. */
export type Window = { length: number; need: number };
/** `mean` in millionths, null where too few hours are valid; `valid` of `of` hours. */
export type Moving = { mean: Rational | null; valid: number; of: number };

/** 24-hour moving means ask for as many hours as a day does (GB 3095 table 4). */
export const ROLLING_24: Window = { length: 24, need: 20 };

/** The mean of an hour of `n` valid minutes and their sum of value × minutes, where those are enough. */
export const hourMean = ({ n, sum }: { n: number; sum: number }, need: number): HourMean =>
  (n < need ? null : BigInt(sum) * (COMMON / BigInt(n)));

/** For each of some hours in order, the mean of the window that ends with it. Hours before the first count as missing. */
export function movingMeans(hours: readonly HourMean[], { length, need }: Window): Moving[] {
  let sum = 0n;
  let valid = 0;
  return hours.map((hour, at) => {
    const leaves = hours[at - length] ?? null;
    if (leaves !== null) { sum -= leaves; valid -= 1; }
    if (hour !== null) { sum += hour; valid += 1; }
    return { mean: valid < need ? null : { num: sum, den: COMMON * BigInt(valid) }, valid, of: length };
  });
}

/** The mean of a city from its stations' own ones; null where too few of its evaluating stations have one. */
export function overStations(means: readonly (Rational | null)[], { evaluating, share }: { evaluating: number; share: number }): CityMean {
  const valid = means.filter((mean) => mean !== null);
  return { mean: enough(valid.length, evaluating, share) ? meanOfRationals(valid) : null, stations: valid.length };
}

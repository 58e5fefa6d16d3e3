/** What the rest of an hour or day may still average, in the exact form of the semantics page ("剩余均值"). */
import { ableStations, COMMON, type Tally } from './average.ts';
import { compare, floorDiv, type Rational } from './rounding.ts';

/** The largest mean that still rounds to the limit, in millionths; `inclusive` where the tie rounds down to an even last digit. */
export type Ceiling = { raw: bigint; inclusive: boolean };

const MILLION = 1_000_000;

/**
 * GB/T 8170: 75 → below 75.5; 60 → up to and with 60.5. `places` are the decimals that are judged (CO 1, others 0); a limit
 * finer than those is met by the last judged figure below it (75.5 as 75).
 */
export function ceilingOf(max: number, places: number): Ceiling {
  const unit = MILLION / 10 ** places;
  const digit = Math.floor(Math.round(max * MILLION) / unit);
  return { raw: BigInt(digit * unit + unit / 2), inclusive: digit % 2 === 0 };
}

/**
 * `exact`: the mean that the rest may have at most, in millionths. `tenths`: the largest multiple of 0.1 that, kept by all
 * stations, still meets the limit (0.1 more fails); negative where the limit is locked.
 */
export type Budget = { exact: Rational; tenths: number; locked: boolean };

/**
 * The budget of a city's period with `left` parts to come; null where no part is left or no station can be valid.
 * A station that is ahead of the clock (its hour, or five minutes at once, came early) has fewer to come.
 */
export function budgetOf(tally: Tally, left: number, state: { silent: number; ceiling: Ceiling }): Budget | null {
  const able = ableStations(tally, left, state.silent);
  if (left <= 0 || able === 0) return null;
  const { raw, inclusive } = state.ceiling;
  let had = 0n;
  let weight = left >= tally.need ? BigInt(state.silent) * COMMON : 0n;
  for (let n = Math.max(1, tally.need - left); n < tally.counts.length; n += 1) {
    const here = tally.counts[n] ?? 0;
    if (here === 0) continue;
    const rest = Math.min(left, tally.counts.length - 1 - n);
    const share = COMMON / BigInt(n + rest);
    had += (tally.sums[n] ?? 0n) * share;
    weight += BigInt(here * rest) * share;
  }
  if (weight === 0n) return null;
  const num = BigInt(able) * raw * COMMON * tally.scale - had;
  const exact = { num, den: tally.scale * weight };
  return { exact, tenths: tenthsOf(exact, inclusive), locked: inclusive ? num < 0n : num <= 0n };
}

/** What `left` further values may average, where `had` of them came to `sum` (millionths) and the mean of all must keep under a ceiling; null where none is left. */
export function restOf({ sum, had, left }: { sum: Rational; had: number; left: number }, { raw, inclusive }: Ceiling): Budget | null {
  if (left <= 0) return null;
  const num = raw * BigInt(had + left) * sum.den - sum.num;
  const exact = { num, den: sum.den * BigInt(left) };
  return { exact, tenths: tenthsOf(exact, inclusive), locked: inclusive ? num < 0n : num <= 0n };
}

function tenthsOf(exact: Rational, inclusive: boolean): number {
  const unit = exact.den * 100_000n;
  const steps = inclusive ? floorDiv(exact.num, unit) : -floorDiv(-exact.num, unit) - 1n;
  return Number(steps) / 10;
}

/** Whether a recent mean, kept on, would exceed the limit. */
export function wouldExceed(budget: Budget, recent: Rational, ceiling: Ceiling): boolean {
  const order = compare(budget.exact, recent);
  return ceiling.inclusive ? order < 0 : order <= 0;
}

/** Whether little is left: the budget is under 1.2 times the recent mean. */
export const isTight = (budget: Budget, recent: Rational): boolean =>
  compare(budget.exact, { num: recent.num * 12n, den: recent.den * 10n }) < 0;

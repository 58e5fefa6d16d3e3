/** What is still allowed of a year's target: so many more days, or so much on the average of the rest. */
import { ceilingOf, restOf } from './budget.ts';
import { add, type Rational, roundHalfEven } from './rounding.ts';

/** A share of days in percent, to one decimal (domain 2.4); null of none. */
export const shareOf = (some: number, all: number): number | null =>
  (all === 0 ? null : Number(roundHalfEven(BigInt(some * 100), BigInt(all), 1)) / 10);

/**
 * `left`: days of the year to come. `allowed`: how many of them may still be of the bad kind (of a mean: what they may average
 * at most, to a tenth; a tenth more fails); null where the target is out of reach whatever comes, and where no day is left.
 */
export type Allowed = { left: number; allowed: number | null; reachable: boolean };
type Counted = { counted: number; valid: number; left: number };

/** The largest number of further bad days that `meets`, which more of them can only fail; -1 where even none does not. */
function most(left: number, meets: (bad: number) => boolean): number {
  let allowed = -1;
  while (allowed < left && meets(allowed + 1)) allowed += 1;
  return allowed;
}

const allowedOf = (left: number, allowed: number): Allowed => ({ left, allowed: allowed < 0 || left === 0 ? null : allowed, reachable: allowed >= 0 });

/** How many days to come may be no good days, if all of them count and the share must reach `min` percent. */
export function badDaysAllowed({ counted: good, valid, left }: Counted, min: number): Allowed {
  return allowedOf(left, most(left, (bad) => (shareOf(good + left - bad, valid + left) ?? 0) >= min));
}

/** How many days to come may be of heavy pollution, if all of them count and the share must keep within `max` percent. */
export function heavyDaysAllowed({ counted: heavy, valid, left }: Counted, max: number): Allowed {
  return allowedOf(left, most(left, (more) => (shareOf(heavy + more, valid + left) ?? 0) <= max));
}

/** What the rest of the year may average at most, for the mean of all daily means to keep within `max` at so many decimals. */
export function restMeanAllowed(means: readonly Rational[], left: number, of: { max: number; places: number }): Allowed {
  const sum = means.reduce<Rational>((total, mean) => add(total, mean), { num: 0n, den: 1n });
  const ceiling = ceilingOf(of.max, of.places);
  const rest = restOf({ sum, had: means.length, left }, ceiling);
  if (rest !== null) return { left, allowed: rest.locked ? null : rest.tenths, reachable: !rest.locked };
  const order = sum.num - ceiling.raw * sum.den * BigInt(means.length);
  return { left, allowed: null, reachable: means.length > 0 && (ceiling.inclusive ? order <= 0n : order < 0n) };
}

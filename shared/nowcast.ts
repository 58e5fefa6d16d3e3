/** The US NowCast of particles: a mean of the last twelve hours that leans to the newest the more they differ. */
import { compare, type Rational } from './rounding.ts';

const HOURS = 12;
const ZERO: Rational = { num: 0n, den: 1n };
const HALF: Rational = { num: 1n, den: 2n };

/**
 * How much each hour weighs beside the one after it: 1 − (max − min) / max, which is min / max, and never below a half.
 * Where no hour is above nought nothing differs by a share: all weigh the same.
 */
function weightOf(values: readonly Rational[]): Rational {
  const most = values.reduce((max, each) => (compare(each, max) > 0 ? each : max));
  const least = values.reduce((min, each) => (compare(each, min) < 0 ? each : min));
  if (compare(most, ZERO) <= 0) return { num: 1n, den: 1n };
  const share = { num: least.num * most.den, den: least.den * most.num };
  return compare(share, HALF) < 0 ? HALF : share;
}

/**
 * The NowCast of hourly means, newest first, null for a missing one; those past the twelfth do not count. Exact; null with
 * fewer than two valid ones among the latest three (EPA-454/B-24-002, NowCast).
 */
export function nowcast(hours: readonly (Rational | null)[]): Rational | null {
  const latest = hours.slice(0, HOURS);
  if (latest.slice(0, 3).filter((each) => each !== null).length < 2) return null;
  const { num: p, den: q } = weightOf(latest.filter((each) => each !== null));
  let sum = ZERO;
  let weights = 0n;
  latest.forEach((each, age) => {
    if (each === null) return;
    // Weights w^age on a common denominator q^11.
    const weight = p ** BigInt(age) * q ** BigInt(HOURS - 1 - age);
    sum = { num: sum.num * each.den + weight * each.num * sum.den, den: sum.den * each.den };
    weights += weight;
  });
  return { num: sum.num, den: sum.den * weights };
}

/** Percentiles as HJ 663-2013 appendix A has them: between the two nearest ranks in proportion, exact. */
import { add, compare, type Rational } from './rounding.ts';

/**
 * The p-th percentile (p a whole percentage) of daily means: sorted ascending, k = 1 + (n − 1) · p/100, s the whole part of
 * k, X(s) + (X(s+1) − X(s)) · (k − s). Null of none.
 */
export function percentileOf(values: readonly Rational[], p: number): Rational | null {
  const sorted = [...values].sort(compare);
  const steps = (sorted.length - 1) * p;
  const low = sorted[Math.floor(steps / 100)];
  if (low === undefined) return null;
  const high = sorted[Math.floor(steps / 100) + 1] ?? low;
  const part = BigInt(steps % 100);
  return add({ num: low.num * (100n - part), den: low.den * 100n }, { num: high.num * part, den: high.den * 100n });
}

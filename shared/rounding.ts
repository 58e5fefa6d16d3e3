/** Exact fractions, and GB/T 8170: rounded once, at the end, a tie to the even digit. */

/** `num / den`, `den` positive; not reduced. */
export type Rational = { num: bigint; den: bigint };

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const ten = (places: number): bigint => 10n ** BigInt(places);

/** Largest integer that is not above `num / den` (den > 0). */
export function floorDiv(num: bigint, den: bigint): bigint {
  const q = num / den;
  return num % den !== 0n && num < 0n ? q - 1n : q;
}

/** `num / den` to `places` decimals by GB/T 8170, as an integer of 10^-places; negatives by absolute value. */
export function roundHalfEven(num: bigint, den: bigint, places: number): bigint {
  const scaled = abs(num) * ten(places);
  const q = scaled / den;
  const twice = (scaled % den) * 2n;
  const up = twice > den || (twice === den && q % 2n === 1n);
  const size = up ? q + 1n : q;
  return num < 0n ? -size : size;
}

/** A rational in millionths of a unit, rounded to `places` decimals of that unit, as a number. */
export function roundMicro(value: Rational, places: number): number {
  return Number(roundHalfEven(value.num, value.den * 1_000_000n, places)) / 10 ** places;
}

/** A shown figure to `places` decimals by GB/T 8170. It has six decimals at most, so nothing is lost on the way to whole millionths. */
export const roundShown = (value: number, places: number): number => roundMicro({ num: BigInt(Math.round(value * 1_000_000)), den: 1n }, places);

export function add(a: Rational, b: Rational): Rational {
  return a.den === b.den ? { num: a.num + b.num, den: a.den } : { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

/** The mean of some fractions; null of none. */
export function meanOfRationals(values: readonly Rational[]): Rational | null {
  if (values.length === 0) return null;
  const sum = values.reduce(add);
  return { num: sum.num, den: sum.den * BigInt(values.length) };
}

/** -1, 0 or 1. */
export function compare(a: Rational, b: Rational): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The composite index of ambient air (环境空气质量综合指数, HJ 663-2013 and the practice since): the sum of C/S over the six
 * pollutants, C the year's mean or percentile, S the limit of grade II. All weigh the same; lower is better.
 */
import { limitsOn } from './effective.ts';
import { type Pollutant, POLLUTANTS } from './event.ts';
import { add, type Rational, roundHalfEven } from './rounding.ts';
import type { Average, Standard } from './standard.ts';

/** Which limit each pollutant is divided by: the year's where there is one; the day's for CO, the 8 hours' for O3. */
const BASES: Readonly<Record<Pollutant, Average>> = { 'PM2.5': 'year', PM10: 'year', SO2: 'year', NO2: 'year', CO: 'day', O3: '8-hours' };

/** The limit of grade II that holds on a day, or null where the standard has none. */
export function gradeTwo(standard: Standard, of: { pollutant: Pollutant; average: Average; day: string }): number | null {
  return limitsOn(standard, of.day).find(({ pollutant, average, grade }) => grade === 2 && pollutant === of.pollutant && average === of.average)?.max ?? null;
}

/** `value` and each part to two decimals, by GB/T 8170, each rounded once; null and the pollutants that lack a figure or a limit. */
export type Composite = {
  value: number | null; parts: Partial<Record<Pollutant, number>>; lacking: Pollutant[];
};

const two = ({ num, den }: Rational): number => Number(roundHalfEven(num, den, 2)) / 100;

/** The index from each pollutant's figure (millionths of its unit) and the standard of a day. */
export function compositeOf(figures: Readonly<Partial<Record<Pollutant, Rational | null>>>, of: { standard: Standard; day: string }): Composite {
  const parts: Composite['parts'] = {};
  const lacking: Pollutant[] = [];
  let sum: Rational = { num: 0n, den: 1n };
  for (const pollutant of POLLUTANTS) {
    const figure = figures[pollutant] ?? null;
    const base = gradeTwo(of.standard, { pollutant, average: BASES[pollutant], day: of.day });
    if (figure === null || base === null) { lacking.push(pollutant); continue; }
    const part = { num: figure.num, den: figure.den * BigInt(Math.round(base * 1_000_000)) };
    parts[pollutant] = two(part);
    sum = add(sum, part);
  }
  return { value: lacking.length === 0 ? two(sum) : null, parts, lacking };
}

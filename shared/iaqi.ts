/** One mean read in a standard's table: its index in whole numbers throughout, so that no binary fraction ever decides. */
import { microOfNumber } from './decimal.ts';
import type { Name, Pollutant } from './event.ts';
import { floorDiv, type Rational, roundHalfEven } from './rounding.ts';
import type { Breakpoints, Cut, Scale } from './scale.ts';
import type { Average, Standard } from './standard.ts';

/** A mean to be read in a column; `value` in millionths of µg/m³ (CO: mg/m³), not yet rounded. */
export type Concentration = { pollutant: Pollutant; average: Average; value: Rational };
type Answer = { clause: Name; iaqi: number } | { clause: Name; use: Average; atLeast: number | null };
/** The average whose index takes the place of this one; `atLeast` where that one is below its own scale. */
export type Instead = { figure: number; clause: Name; use: Average; atLeast: number | null };
/**
 * The index; or the average whose index takes its place (HJ 633-2012: SO2 1 h and O3 8 h above 800). `figure` is the
 * rounded concentration in the table's unit that was read, `clause` what gives the answer.
 */
export type Iaqi = { figure: number; clause: Name; iaqi: number } | Instead;

type Pair = readonly [number, number];
/** A list of points or of steps as steps. */
export function stepsOf(list: readonly Cut[]): (Pair | null)[] {
  const points = list.filter((each) => typeof each === 'number');
  if (points.length === 0) return list.map((step) => (typeof step === 'number' ? null : step));
  return points.slice(1).map((to, at): Pair => [points[at] ?? to, to]);
}

type Step = { low: bigint; high: bigint; from: bigint; to: bigint };
const known = new WeakMap<Breakpoints, Step[]>();

/** The steps of a column that it has, in units of its last decimal. */
function stepsIn(scale: Scale, column: Breakpoints): Step[] {
  const found = known.get(column);
  if (found !== undefined) return found;
  const size = 10 ** scale.rounding.concentration.places[column.pollutant];
  const indices = stepsOf(scale.iaqi);
  const steps = stepsOf(column.at).flatMap((step, at): Step[] => {
    const of = indices[at];
    if (step === null || of === undefined || of === null) return [];
    return [{ low: BigInt(Math.round(step[0] * size)), high: BigInt(Math.round(step[1] * size)), from: BigInt(of[0]), to: BigInt(of[1]) }];
  });
  known.set(column, steps);
  return steps;
}

/** A mean in the table's unit, rounded as the standard says, in units of its last decimal; below zero counts as zero. */
function rounded(scale: Scale, { pollutant, value }: Concentration): bigint {
  const { rule, places } = scale.rounding.concentration;
  const unit = BigInt(microOfNumber(scale.units[pollutant]?.is ?? 1) ?? 1_000_000);
  const den = value.den * unit;
  const number = places[pollutant];
  const units = rule === 'truncate' ? floorDiv(value.num * 10n ** BigInt(number), den) : roundHalfEven(value.num, den, number);
  return units > 0n ? units : 0n;
}

/** The point of a step that belongs to a concentration: `up` to the next whole number, else the nearest, a half upwards. */
function interpolated({ low, high, from, to }: Step, concentration: bigint, rule: Scale['rounding']['iaqi']['rule']): number {
  const num = (to - from) * (concentration - low);
  const den = high - low;
  return Number(from + (rule === 'up' ? -floorDiv(-num, den) : floorDiv(2n * num + den, 2n * den)));
}

function aboveColumn(scale: Scale, column: Breakpoints, concentration: bigint): Answer | null {
  const { above } = column;
  if ('use' in above) return { use: above.use, atLeast: above.atLeast ?? null, clause: above.clause };
  if ('iaqi' in above) return { iaqi: above.iaqi, clause: above.clause };
  const last = stepsIn(scale, column).at(-1);
  return last === undefined ? null : { iaqi: interpolated(last, concentration, scale.rounding.iaqi.rule), clause: above.clause };
}

/** The column of a pollutant and average; null where the standard has none, or no index. */
export const columnOf = ({ index }: Standard, pollutant: Pollutant, average: Average): Breakpoints | null =>
  index?.breakpoints.find((each) => each.pollutant === pollutant && each.average === average) ?? null;

/**
 * The individual index of one mean: the concentration rounded, interpolated, rounded again (HJ 633-2012 6.2, HJ 633-2026
 * 4.2.2 and 4.2.6; EPA-454/B-24-002). Null where the standard has no such column, or the mean is below its first step.
 */
export function iaqiOf(standard: Standard, mean: Concentration): Iaqi | null {
  const { index: scale } = standard;
  const column = columnOf(standard, mean.pollutant, mean.average);
  if (scale === undefined || column === null) return null;
  const concentration = rounded(scale, mean);
  const figure = Number(concentration) / 10 ** scale.rounding.concentration.places[mean.pollutant];
  const step = stepsIn(scale, column).find(({ high }) => concentration <= high);
  if (step === undefined) {
    const over = aboveColumn(scale, column, concentration);
    return over === null ? null : { ...over, figure };
  }
  return concentration < step.low ? null : { iaqi: interpolated(step, concentration, scale.rounding.iaqi.rule), figure, clause: column.clause };
}

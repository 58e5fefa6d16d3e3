/** IAQI, AQI, primary pollutants and classes by a standard, in whole numbers throughout: no binary fraction ever decides. */
import type { Name, Pollutant } from './event.ts';
import { roundHalfEven, type Rational } from './rounding.ts';
import type { AirClass, Average, Breakpoints, Standard } from './standard.ts';

/** A mean to be read in a standard's table; `value` in millionths of the unit (µg/m³, CO mg/m³), not yet rounded. */
export type Concentration = { pollutant: Pollutant; average: Average; value: Rational };
/** The index; or the average whose index takes its place (HJ 633-2012: SO2 1 h and O3 8 h above 800). */
export type Iaqi = { iaqi: number } | { use: Average };

/** `ceil(num / den)`, neither negative. */
const ceilDiv = (num: bigint, den: bigint): bigint => (num + den - 1n) / den;

function inColumn(standard: Standard, column: Breakpoints, value: Rational): Iaqi {
  const places = standard.rounding.concentration.places[column.pollutant];
  const scaled = (figure: number): bigint => BigInt(Math.round(figure * 10 ** places));
  const rounded = roundHalfEven(value.num, value.den * 1_000_000n, places);
  const concentration = rounded > 0n ? rounded : 0n;
  const above = column.at.findIndex((figure, at) => at > 0 && concentration <= scaled(figure));
  if (above < 0) return 'use' in column.above ? { use: column.above.use } : { iaqi: column.above.iaqi };
  const low = scaled(column.at[above - 1] ?? 0);
  const high = scaled(column.at[above] ?? 0);
  const from = BigInt(standard.iaqi[above - 1] ?? 0);
  const to = BigInt(standard.iaqi[above] ?? 0);
  return { iaqi: Number(from + ceilDiv((to - from) * (concentration - low), high - low)) };
}

/**
 * The individual index of one mean: the concentration rounded by GB/T 8170, interpolated, rounded up (HJ 633-2012 6.2,
 * HJ 633-2026 4.2.2 and 4.2.6). Below zero counts as zero; null where the standard has no such column.
 */
export function iaqiOf(standard: Standard, { pollutant, average, value }: Concentration): Iaqi | null {
  const column = standard.breakpoints.find((each) => each.pollutant === pollutant && each.average === average);
  return column === undefined ? null : inColumn(standard, column, value);
}

/** The class that an index belongs to. */
export function classOf(standard: Standard, iaqi: number): AirClass {
  const { list } = standard.classes;
  const found = list.find((each) => each.upTo === null || iaqi <= each.upTo) ?? list.at(-1);
  if (found === undefined) throw new Error('a standard without classes');
  return found;
}

/** The level, 1 to 6, of an hour of PM2.5, read by the daily breakpoints (practice since 2014, HJ 633-2026 4.2.4). */
export function hourClass(standard: Standard, value: Rational): 1 | 2 | 3 | 4 | 5 | 6 | null {
  const index = iaqiOf(standard, { pollutant: 'PM2.5', average: standard.realTimePm.breakpoints, value });
  return index === null || 'use' in index ? null : (classOf(standard, index.iaqi).level as 1 | 2 | 3 | 4 | 5 | 6);
}

/** The AQI of some indices, its class, and the pollutants that make it (all that are equal; none at 50 and below). */
export function aqiOf(standard: Standard, indices: readonly { pollutant: Pollutant; iaqi: number }[]): { aqi: number; class: AirClass; primary: Pollutant[] } | null {
  if (indices.length === 0) return null;
  const aqi = Math.max(...indices.map((each) => each.iaqi));
  const primary = aqi > standard.primary.above ? indices.filter((each) => each.iaqi === aqi).map((each) => each.pollutant) : [];
  return { aqi, class: classOf(standard, aqi), primary };
}

/** The classes as PM2.5 concentrations (µg/m³), best first: `upTo` still belongs to a class, null for the last. */
export function pmClasses(standard: Standard): { level: number; name: Name; colour: string; upTo: number | null }[] {
  const column = standard.breakpoints.find((each) => each.pollutant === 'PM2.5' && each.average === 'day');
  return standard.classes.list.map(({ level, name, colour, upTo }) => {
    const at = upTo === null ? -1 : standard.iaqi.indexOf(upTo);
    return { level, name, colour, upTo: column?.at[at] ?? null };
  });
}

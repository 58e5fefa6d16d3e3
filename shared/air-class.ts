/** Classes of air quality by a standard's index; a standard without one has none. */
import type { Name } from './event.ts';
import { columnOf, iaqiOf, stepsOf } from './iaqi.ts';
import type { Rational } from './rounding.ts';
import type { AirClass, Scale, Standard } from './standard.ts';

/** The class that an index belongs to. */
export function classOf({ classes: { list } }: Scale, iaqi: number): AirClass {
  const found = list.find((each) => each.upTo === null || iaqi <= each.upTo) ?? list.at(-1);
  if (found === undefined) throw new Error('a standard without classes');
  return found;
}

/** A class by its level, best first. */
export type Level6 = 1 | 2 | 3 | 4 | 5 | 6;

/**
 * The level, 1 to 6, of an hour of PM2.5, read by the daily breakpoints (practice since 2014, HJ 633-2026 4.2.4). It is the
 * class of that hour's mean whatever mean the standard's real-time report takes. Null where the standard has no index.
 */
export function hourClass(standard: Standard, value: Rational): Level6 | null {
  const { index: scale } = standard;
  if (scale === undefined) return null;
  const index = iaqiOf(standard, { pollutant: 'PM2.5', average: scale.realTimePm.breakpoints, value });
  return index === null || 'use' in index ? null : (classOf(scale, index.iaqi).level as Level6);
}

/** The classes as PM2.5 concentrations (µg/m³), best first: `upTo` still belongs to a class, null for the last. None without an index. */
export function pmClasses(standard: Standard): { level: number; name: Name; colour: string; upTo: number | null }[] {
  const { index: scale } = standard;
  if (scale === undefined) return [];
  const column = stepsOf(columnOf(standard, 'PM2.5', 'day')?.at ?? []);
  const ends = stepsOf(scale.iaqi).map((step) => step?.[1]);
  return scale.classes.list.map(({ level, name, colour, upTo }) => ({ level, name, colour, upTo: upTo === null ? null : (column[ends.indexOf(upTo)]?.[1] ?? null) }));
}

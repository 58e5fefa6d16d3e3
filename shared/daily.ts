/** The daily figures of a city that a year's indicators are made of: its means, its maximum 8-hour mean of ozone, its AQI. */
import { dailyAqi, type PlaceMean } from './aqi.ts';
import { dayMeans } from './day-means.ts';
import { type Pollutant, POLLUTANTS } from './event.ts';
import type { Ledger } from './ledger.ts';
import type { Rational } from './rounding.ts';
import type { Standard } from './standard.ts';

/**
 * A day's AQI. Where a pollutant is missing the others make it only if they are over 100 already; else it is none, for the
 * missing one might be worse (HJ 633-2026 5.3; HJ 633-2012 is silent, so the same is our default there).
 */
export type DayAqi = { aqi: number | null; primary: Pollutant[]; missing: Pollutant[] };
/** `values`: exact means in millionths of the unit, O3's the maximum 8-hour mean; none where a city's day is not valid. */
export type DayFigures = { date: string; values: Partial<Record<Pollutant, Rational>>; aqi: DayAqi };

/** Above this a day counts with pollutants missing (HJ 633-2026 5.3), and is no good day (HJ 633 table 2). */
const GOOD = 100;

/** The AQI of a day from its means. */
export function dayAqi(standard: Standard, means: readonly PlaceMean[]): DayAqi {
  const found = dailyAqi(standard, { means });
  const missing = POLLUTANTS.filter((pollutant) => found?.individual.every((each) => each.pollutant !== pollutant) ?? true);
  if (found === null || found.aqi === null || (missing.length > 0 && found.aqi <= GOOD)) return { aqi: null, primary: [], missing };
  return { aqi: found.aqi, primary: found.primary, missing };
}

/** The figures of one closed day of a city, of which the ledger keeps every pollutant. */
export function dayFigures(ledger: Ledger, city: string, of: { date: string; standard: Standard }): DayFigures {
  const means = dayMeans(ledger, city, of);
  const values: DayFigures['values'] = {};
  for (const { pollutant, average, value } of means) if (average === (pollutant === 'O3' ? '8-hours' : 'day')) values[pollutant] = value;
  return { date: of.date, values, aqi: dayAqi(of.standard, means) };
}

/** Whether a day with an AQI is a good one (优良, at most 100), and whether it is of heavy pollution (above 200): HJ 633 table 2. */
export const isGood = (aqi: number): boolean => aqi <= GOOD;
export const isHeavy = (aqi: number): boolean => aqi > 200;

/** The daily figures of a city that a year's indicators are made of: its means, its maximum 8-hour mean of ozone, its AQI. */
import { aqiOf, type Concentration, iaqiOf } from './aqi.ts';
import type { CityDay } from './city.ts';
import { dayMean } from './city-day.ts';
import { gradeTwo } from './composite.ts';
import { type Pollutant, POLLUTANTS } from './event.ts';
import type { Ledger, Series } from './ledger.ts';
import { type HourMean, hourMean, overStations } from './moving.ts';
import { type OzoneDay, ozoneCity, ozoneDay } from './ozone.ts';
import { compare, type Rational } from './rounding.ts';
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

type Values = { values: DayFigures['values']; ozoneHour: Rational | null };

/** The index of one pollutant's day; ozone above its 8-hour scale is read from its largest hour (HJ 633-2012 table 1 note 3). */
function indexOf(standard: Standard, pollutant: Pollutant, { values, ozoneHour }: Values): number | null {
  const value = values[pollutant];
  if (value === undefined) return null;
  const of: Concentration = { pollutant, average: pollutant === 'O3' ? '8-hours' : 'day', value };
  const index = iaqiOf(standard, of);
  if (index === null) return null;
  if (!('use' in index)) return index.iaqi;
  const instead = ozoneHour === null ? null : iaqiOf(standard, { pollutant, average: index.use, value: ozoneHour });
  return instead === null || 'use' in instead ? null : instead.iaqi;
}

/** The AQI of a day from its figures. */
export function dayAqi(standard: Standard, of: Values): DayAqi {
  const indices = POLLUTANTS.map((pollutant) => ({ pollutant, iaqi: indexOf(standard, pollutant, of) }));
  const missing = indices.filter(({ iaqi }) => iaqi === null).map(({ pollutant }) => pollutant);
  const found = aqiOf(standard, indices.flatMap(({ pollutant, iaqi }) => (iaqi === null ? [] : [{ pollutant, iaqi }])));
  if (found === null || (missing.length > 0 && found.aqi <= GOOD)) return { aqi: null, primary: [], missing };
  return { aqi: found.aqi, primary: found.primary, missing };
}

const isMore = (one: Rational, other: Rational | null): boolean => other === null || compare(one, other) > 0;

/** The largest valid hour of a station's day. */
function largestHour(hours: readonly (Rational | null)[]): Rational | null {
  return hours.reduce<Rational | null>((most, hour) => (hour !== null && isMore(hour, most) ? hour : most), null);
}

/** Ozone of a city's day from its stations: the mean of their maxima of 8 hours, and of their largest hours. */
function ozoneOf(ledger: Ledger, day: CityDay, limit: number): { eight: Rational | null; hour: Rational | null } {
  const { hourMinutes: need, stationShare: share } = ledger.setup.method;
  const eights: OzoneDay[] = [];
  const hours: (Rational | null)[] = [];
  for (const station of day.evaluators) {
    const series: Series | undefined = ledger.seriesOf(station, 'O3');
    const found = day.hours.map((start) => series?.hours.get(start));
    eights.push(ozoneDay(found.map((hour): HourMean => (hour === undefined ? null : hourMean(hour, need))), limit));
    hours.push(largestHour(found.map((hour) => (hour === undefined || hour.n < need ? null : { num: BigInt(hour.sum), den: BigInt(hour.n) }))));
  }
  const of = { evaluating: day.evaluators.size, share };
  return { eight: ozoneCity(eights, of).mean, hour: overStations(hours, of).mean };
}

/** The figures of one closed day of a city, of which the ledger keeps every pollutant. */
export function dayFigures(ledger: Ledger, city: string, of: { date: string; standard: Standard }): DayFigures {
  const { date, standard } = of;
  const values: DayFigures['values'] = {};
  let ozoneHour: Rational | null = null;
  for (const pollutant of POLLUTANTS) {
    const air = ledger.air(city, pollutant);
    if (air === undefined) continue;
    const day = ledger.peekDay(air, date);
    const limit = gradeTwo(standard, { pollutant: 'O3', average: '8-hours', day: date });
    const ozone = pollutant === 'O3' && limit !== null ? ozoneOf(ledger, day, limit) : null;
    if (ozone !== null) ozoneHour = ozone.hour;
    const mean = pollutant === 'O3' ? (ozone?.eight ?? null) : dayMean(ledger.setup.method, { air, day }).mean;
    if (mean !== null) values[pollutant] = mean;
  }
  return { date, values, aqi: dayAqi(standard, { values, ozoneHour }) };
}

/** Whether a day with an AQI is a good one (优良, at most 100), and whether it is of heavy pollution (above 200): HJ 633 table 2. */
export const isGood = (aqi: number): boolean => aqi <= GOOD;
export const isHeavy = (aqi: number): boolean => aqi > 200;

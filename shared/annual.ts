/**
 * The indicators of a year, or of a part of one, from a city's daily figures: share of good days, days of heavy pollution,
 * means, percentiles, composite index. Exact until rounded, once, at the end; each says how many days it rests on, and is null
 * with the reason where those are not enough.
 */
import { shareOf } from './allowed.ts';
import { type Composite, compositeOf } from './composite.ts';
import { type DayFigures, isGood, isHeavy } from './daily.ts';
import { type Pollutant, POLLUTANTS } from './event.ts';
import { percentileOf } from './percentile.ts';
import { meanOfRationals, type Rational, roundMicro } from './rounding.ts';
import type { Standard } from './standard.ts';
import { type DayCount, type Shortfall, type Sufficiency, sufficiencyOf } from './sufficiency.ts';

/** Decimals of a figure over days (domain 2.4): PM2.5 one (practice of 2026), CO one as its days have, the others none. */
export const periodPlaces = (pollutant: Pollutant): number => (pollutant === 'PM2.5' || pollutant === 'CO' ? 1 : 0);

/** HJ 663-2013 table 1: the percentile of the daily means that is assessed; of O3 that of the daily maxima of 8 hours. */
export const PERCENTILES: Readonly<Record<Pollutant, number>> = { 'PM2.5': 95, PM10: 95, SO2: 98, NO2: 98, O3: 90, CO: 95 };
/** Pollutants whose year is assessed by its mean (GB 3095 table 1 has a limit of the year for them). */
export const BY_MEAN = ['PM2.5', 'PM10', 'SO2', 'NO2'] as const;

/** A figure in µg/m³ (CO mg/m³), or a share in percent; null with the reason. */
export type Figure = { value: number | null; days: DayCount; reason: Shortfall | null };
/** A share of the days with an AQI, and how many they are. */
export type DayShare = Figure & { count: number };

/** A stretch of days with the exact values of its valid ones. */
export type Stretch = {
  dates: readonly string[]; aqi: Sufficiency; good: number; heavy: number;
  pollutants: Readonly<Record<Pollutant, { values: Rational[]; enough: Sufficiency }>>;
};

/** Gathers the days asked for out of those that are known. */
export function stretchOf(dates: readonly string[], known: ReadonlyMap<string, DayFigures>): Stretch {
  const days = dates.flatMap((date) => known.get(date) ?? []);
  const rated = days.flatMap(({ date, aqi: { aqi } }) => (aqi === null ? [] : [{ date, aqi }]));
  const of = (pollutant: Pollutant) => {
    const valid = days.flatMap(({ date, values }) => { const value = values[pollutant]; return value === undefined ? [] : [{ date, value }]; });
    return { values: valid.map(({ value }) => value), enough: sufficiencyOf(dates, new Set(valid.map(({ date }) => date))) };
  };
  return {
    dates, aqi: sufficiencyOf(dates, new Set(rated.map(({ date }) => date))),
    good: rated.filter(({ aqi }) => isGood(aqi)).length, heavy: rated.filter(({ aqi }) => isHeavy(aqi)).length,
    pollutants: { 'PM2.5': of('PM2.5'), PM10: of('PM10'), SO2: of('SO2'), NO2: of('NO2'), O3: of('O3'), CO: of('CO') },
  };
}

/** The exact mean of a stretch, in millionths; null where it has too few days. */
export function exactMean({ pollutants }: Stretch, pollutant: Pollutant): Rational | null {
  const { values, enough } = pollutants[pollutant];
  return enough.reason === null ? meanOfRationals(values) : null;
}

/** The exact percentile of a stretch that is assessed, in millionths; null where it has too few days. */
export function exactPercentile({ pollutants }: Stretch, pollutant: Pollutant): Rational | null {
  const { values, enough } = pollutants[pollutant];
  return enough.reason === null ? percentileOf(values, PERCENTILES[pollutant]) : null;
}

function figureOf(exact: Rational | null, { days, reason }: Sufficiency, pollutant: Pollutant): Figure {
  return { value: exact === null ? null : roundMicro(exact, periodPlaces(pollutant)), days, reason };
}

function dayShare(count: number, { days, reason }: Sufficiency): DayShare {
  return { value: reason === null ? shareOf(count, days.valid) : null, count, days, reason };
}

/** The indicators of a stretch. `means` of the pollutants that are assessed by one; `percentiles` of all. */
export type Indicators = {
  goodDays: DayShare; heavyDays: DayShare;
  means: Partial<Record<Pollutant, Figure>>;
  percentiles: Partial<Record<Pollutant, Figure & { percentile: number }>>;
  composite: Composite;
};

/** The standard gives the limits of grade II that the composite index divides by: those of the stretch's last day. */
export function indicatorsOf(stretch: Stretch, standard: Standard): Indicators {
  const { pollutants, aqi, good, heavy, dates } = stretch;
  const means = Object.fromEntries(BY_MEAN.map((pollutant) => [pollutant, figureOf(exactMean(stretch, pollutant), pollutants[pollutant].enough, pollutant)]));
  const percentiles = Object.fromEntries(POLLUTANTS.map((pollutant) => [pollutant, {
    ...figureOf(exactPercentile(stretch, pollutant), pollutants[pollutant].enough, pollutant), percentile: PERCENTILES[pollutant],
  }]));
  const assessed = Object.fromEntries(POLLUTANTS.map((pollutant) => [
    pollutant, pollutant === 'O3' || pollutant === 'CO' ? exactPercentile(stretch, pollutant) : exactMean(stretch, pollutant),
  ]));
  return {
    goodDays: dayShare(good, aqi), heavyDays: dayShare(heavy, aqi), means, percentiles,
    composite: compositeOf(assessed, { standard, day: dates.at(-1) ?? '' }),
  };
}

/**
 * The mean of a city's day by the order that the event chose (`summary.cityMean`). Both are daily means of GB 3095 3.10;
 * where data are missing they differ: 24 hours at 100 beside 20 at 50 are 75 by station days, 79 by city hours.
 * Whoever judges, shows or sums up a day takes its mean from here.
 */
import { type CityMean, enough, meanOf, newTally, type Tally } from './average.ts';
import type { CityAir, CityDay } from './city.ts';
import type { Method } from './event.ts';
import type { Rational } from './rounding.ts';

/** What a day's mean is made of: `of` stations by their days, or one series, the city's own hours. */
export type DayParts = { tally: Tally; of: number };
type At = { air: CityAir; day: CityDay };

/** A day has 25 hours at most, where clocks change. */
const LONGEST_DAY = 25;

/** The sum of fractions as one; those of one denominator are added first, so that it stays short. */
function sumOf(means: readonly Rational[]): Rational {
  const byDen = new Map<bigint, bigint>();
  for (const { num, den } of means) byDen.set(den, (byDen.get(den) ?? 0n) + num);
  let sum: Rational = { num: 0n, den: 1n };
  for (const [den, num] of byDen) sum = { num: sum.num * den + num * sum.den, den: sum.den * den };
  return sum;
}

/** The valid hours of a city before `closedTo` as one series: as if the city were one station. */
export function cityHours({ air, day }: At, { dayHours, stationShare }: Method, closedTo = air.closedTo): Tally {
  const means = day.hours.flatMap((start) => {
    const hour = start < closedTo ? air.hours.get(start) : undefined;
    if (hour === undefined) return [];
    const { mean, stations } = meanOf(hour.tally);
    return mean !== null && enough(stations, day.evaluators.size, stationShare) ? [mean] : [];
  });
  const { num, den } = sumOf(means);
  const tally = newTally(LONGEST_DAY, dayHours, den);
  if (means.length > 0) {
    tally.counts[means.length] = 1;
    tally.sums[means.length] = num;
  }
  return tally;
}

/** What the mean of a day is made of. City hours are added up when somebody asks, at most once for each change (`moveDay`). */
export function dayParts(method: Method, at: At): DayParts {
  const { day } = at;
  if (method.cityMean === 'station-day-first') return { tally: day.tally, of: day.evaluators.size };
  return { tally: (day.cityHours ??= cityHours(at, method)), of: Math.min(1, day.evaluators.size) };
}

/** Stations that a day's mean rests on: those with a valid day, or, by city hours, those with a valid hour in it. */
export function dayStations(method: Method, day: CityDay): number {
  const from = method.cityMean === 'station-day-first' ? day.tally.need : 1;
  let stations = 0;
  for (let n = from; n < day.tally.counts.length; n += 1) stations += day.tally.counts[n] ?? 0;
  return stations;
}

/** The mean of a closed day, in millionths; null where it is not valid (domain 2.3, 2.4). */
export function dayMean(method: Method, at: At): CityMean {
  const { tally, of } = dayParts(method, at);
  const { mean, stations } = meanOf(tally);
  return { mean: enough(stations, of, method.stationShare) ? mean : null, stations: dayStations(method, at.day) };
}

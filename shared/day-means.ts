/** The means of a city's civil day that its AQI and a year's indicators are made of. */
import { dailyColumns, type PlaceMean } from './aqi.ts';
import type { CityAir, CityDay } from './city.ts';
import { dayMean } from './city-day.ts';
import { gradeTwo } from './composite.ts';
import type { Pollutant } from './event.ts';
import type { Ledger } from './ledger.ts';
import { type HourMean, hourMean } from './moving.ts';
import { validMean } from './outlook.ts';
import { ozoneCity, ozoneDay } from './ozone.ts';
import { compare, type Rational } from './rounding.ts';
import type { Standard } from './standard.ts';

/** The day's peak: the highest valid hour of a day that has as many valid hours as a day's mean needs: a rule of ours, the standards name none. */
function peakHour({ setup: { method } }: Ledger, air: CityAir, day: CityDay): Rational | null {
  const means = day.hours.flatMap((start) => {
    const tally = air.hours.get(start)?.tally;
    return (tally === undefined ? null : validMean(tally, day, method.stationShare)) ?? [];
  });
  return means.length < method.dayHours ? null : means.reduce((most, each) => (compare(each, most) > 0 ? each : most));
}

/** The maximum 8-hour mean of a day (ozone; carbon monoxide where a standard asks for it): station by station, then the city. A day of too few running means is valid only over `limit`. */
function eightHours(ledger: Ledger, day: CityDay, { pollutant, limit }: { pollutant: Pollutant; limit: number }): Rational | null {
  const { hourMinutes: need, stationShare: share } = ledger.setup.method;
  const days = [...day.evaluators].map((station) => {
    const series = ledger.seriesOf(station, pollutant);
    return ozoneDay(day.hours.map((start): HourMean => { const hour = series?.hours.get(start); return hour === undefined ? null : hourMean(hour, need); }), limit);
  });
  return ozoneCity(days, { evaluating: day.evaluators.size, share }).mean;
}

/**
 * The valid means of one closed day: every pollutant's day, ozone's maximum of eight hours, and others' and peak hours as far
 * as the standard's index asks for them, since such a one costs two dozen means. Those that are not valid are left out.
 */
export function dayMeans(ledger: Ledger, city: string, of: { date: string; standard: Standard }): PlaceMean[] {
  const { date, standard } = of;
  const limit = (pollutant: Pollutant): number => gradeTwo(standard, { pollutant, average: '8-hours', day: date }) ?? Infinity;
  const asked = (by: string): Pollutant[] => dailyColumns(standard).filter(({ average }) => average === by).map(({ pollutant }) => pollutant);
  const [byHour, byEight] = [asked('hour'), asked('8-hours')];
  return ledger.airs.filter((air) => air.city === city).flatMap((air): PlaceMean[] => {
    const pollutant = air.pollutant as Pollutant;
    const day = ledger.peekDay(air, date);
    const found = [
      { average: 'day' as const, value: dayMean(ledger.setup.method, { air, day }).mean },
      { average: 'hour' as const, value: byHour.includes(pollutant) ? peakHour(ledger, air, day) : null },
      { average: '8-hours' as const, value: pollutant === 'O3' || byEight.includes(pollutant) ? eightHours(ledger, day, { pollutant, limit: limit(pollutant) }) : null },
    ];
    return found.flatMap(({ average, value }) => (value === null ? [] : [{ pollutant, average, value }]));
  });
}

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

/** The highest valid hour of a day that has as many valid hours as a day's mean needs: a rule of ours, the standards name none. */
function highestHour({ setup: { method } }: Ledger, air: CityAir, day: CityDay): Rational | null {
  const means = day.hours.flatMap((start) => {
    const tally = air.hours.get(start)?.tally;
    return (tally === undefined ? null : validMean(tally, day, method.stationShare)) ?? [];
  });
  return means.length < method.dayHours ? null : means.reduce((most, each) => (compare(each, most) > 0 ? each : most));
}

/** Ozone's maximum 8-hour mean of a day: station by station, then the city. A day of too few running means is valid only over `limit`. */
function eightHours(ledger: Ledger, day: CityDay, limit: number): Rational | null {
  const { hourMinutes: need, stationShare: share } = ledger.setup.method;
  const days = [...day.evaluators].map((station) => {
    const series = ledger.seriesOf(station, 'O3');
    return ozoneDay(day.hours.map((start): HourMean => { const hour = series?.hours.get(start); return hour === undefined ? null : hourMean(hour, need); }), limit);
  });
  return ozoneCity(days, { evaluating: day.evaluators.size, share }).mean;
}

/**
 * The valid means of one closed day: every pollutant's day, ozone's maximum of eight hours, and highest hours as far as the
 * standard's index asks for them, since such a one costs two dozen means. Those that are not valid are left out.
 */
export function dayMeans(ledger: Ledger, city: string, of: { date: string; standard: Standard }): PlaceMean[] {
  const { date, standard } = of;
  const limit = gradeTwo(standard, { pollutant: 'O3', average: '8-hours', day: date }) ?? Infinity;
  const byHour = dailyColumns(standard).filter(({ average }) => average === 'hour').map(({ pollutant }) => pollutant);
  return ledger.airs.filter((air) => air.city === city).flatMap((air): PlaceMean[] => {
    const pollutant = air.pollutant as Pollutant;
    const day = ledger.peekDay(air, date);
    const found = [
      { average: 'day' as const, value: dayMean(ledger.setup.method, { air, day }).mean },
      { average: 'hour' as const, value: byHour.includes(pollutant) ? highestHour(ledger, air, day) : null },
      { average: '8-hours' as const, value: pollutant === 'O3' ? eightHours(ledger, day, limit) : null },
    ];
    return found.flatMap(({ average, value }) => (value === null ? [] : [{ pollutant, average, value }]));
  });
}

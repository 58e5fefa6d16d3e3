/** A city's real-time AQI: of its last closed hour, from that hour's means, the running 8 and 24 hours and the NowCast, by the standard of its day. */
import { type Aqi, type MeanOf, type PlaceMean, realTimeAqi } from './aqi.ts';
import type { CityAir } from './city.ts';
import type { Pollutant } from './event.ts';
import type { Ledger } from './ledger.ts';
import { type HourMean, hourMean, movingMeans, overStations, ROLLING_24, type Window } from './moving.ts';
import { nowcast } from './nowcast.ts';
import { validMean } from './outlook.ts';
import { EIGHT_HOURS } from './ozone.ts';
import type { Rational } from './rounding.ts';
import type { Standard } from './standard.ts';
import { HOUR } from './time.ts';

/** Hours that the NowCast looks back on. */
const NOWCAST = 12;

/** The city's own mean of the hour so many hours before `start`; null where it is not valid. */
function hourAgo({ setup: { method } }: Ledger, air: CityAir, start: number): Rational | null {
  const hour = air.hours.get(start);
  return hour === undefined ? null : validMean(hour.tally, hour.day, method.stationShare);
}

/** The mean of the hours that end with `start`, station by station, then the city's. */
function moving(ledger: Ledger, air: CityAir, { start, span }: { start: number; span: Window }): Rational | null {
  const { hourMinutes: need, stationShare: share } = ledger.setup.method;
  const { evaluators } = ledger.hour(air, start).day;
  const means = [...evaluators].map((station) => {
    const hours = ledger.known(station, air.pollutant)?.hours;
    const list = Array.from({ length: span.length }, (_, i): HourMean => {
      const hour = hours?.get(start - (span.length - 1 - i) * HOUR);
      return hour === undefined ? null : hourMean(hour, need);
    });
    return movingMeans(list, span).at(-1)?.mean ?? null;
  });
  return overStations(means, { evaluating: evaluators.size, share }).mean;
}

function meansOf(ledger: Ledger, air: CityAir, start: number): PlaceMean[] {
  const pollutant = air.pollutant as Pollutant;
  const found: [MeanOf, Rational | null][] = [
    ['hour', hourAgo(ledger, air, start)],
    ['8-hours', moving(ledger, air, { start, span: EIGHT_HOURS })],
    ['24-hours', moving(ledger, air, { start, span: ROLLING_24 })],
    ['nowcast', nowcast(Array.from({ length: NOWCAST }, (_, ago) => hourAgo(ledger, air, start - ago * HOUR)))],
  ];
  return found.flatMap(([average, value]) => (value === null ? [] : [{ pollutant, average, value }]));
}

/** The last hour that is closed for all of the city's pollutants; null where it has none. */
export function lastHour(ledger: Ledger, city: string): number | null {
  const airs = ledger.airs.filter((air) => air.city === city);
  return airs.length === 0 ? null : Math.min(...airs.map(({ closedTo }) => closedTo)) - HOUR;
}

/** The real-time AQI of the hour that starts at `start`. Null: the standard has no index. */
export function cityNow(ledger: Ledger, city: string, { start, standard, notMonitored }: { start: number; standard: Standard; notMonitored: readonly Pollutant[] }): Aqi | null {
  const means = ledger.airs.filter((air) => air.city === city).flatMap((air) => meansOf(ledger, air, start));
  return realTimeAqi(standard, { means, notMonitored });
}

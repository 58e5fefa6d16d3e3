/** What a summary rests on: the station-hours of its range, counted, and written down so that anyone can hash them again. */
import type { CityAir } from './city.ts';
import { textOfMicro } from './decimal.ts';
import { hourValidity, type StationHour } from './hour.ts';
import type { Ledger } from './ledger.ts';
import { roundHalfEven } from './rounding.ts';
import type { Validity } from './reading.ts';

/** Station-hours: expected ones, those with no value that counts, those that count although suspect, and invalid ones. */
export type DataCount = { readings: number; missing: number; suspect: number; invalid: number };

type StationHourAt = { station: string; pollutant: string; start: number; hour: StationHour | undefined; first: boolean };

function* stationHours(ledger: Ledger, airs: readonly CityAir[], days: readonly string[]): Generator<StationHourAt> {
  const [from] = days;
  for (const air of airs) {
    for (const date of days) {
      const day = ledger.day(air, date);
      for (const station of day.evaluators) {
        const series = ledger.series.get(`${station}|${air.pollutant}`);
        for (const start of day.hours) yield { station, pollutant: air.pollutant, start, hour: series?.hours.get(start), first: date === from && start === day.start };
      }
    }
  }
}

/** The first hour of a range is not judged beside the hour before it: readings outside the range never change a summary. */
function validityIn(ledger: Ledger, { hour, first }: StationHourAt): Validity {
  if (hour === undefined) return 'missing';
  const need = ledger.setup.method.hourMinutes;
  return first && !hour.suspect && hour.n >= need ? 'valid' : hourValidity(hour, need);
}

export function countReadings(ledger: Ledger, airs: readonly CityAir[], days: readonly string[]): DataCount {
  const count: DataCount = { readings: 0, missing: 0, suspect: 0, invalid: 0 };
  for (const at of stationHours(ledger, airs, days)) {
    const validity = validityIn(ledger, at);
    count.readings += 1;
    if (validity === 'missing' || validity === 'invalid') count.missing += 1;
    if (validity === 'suspect') count.suspect += 1;
    if (validity === 'invalid') count.invalid += 1;
  }
  return count;
}

const byKey = (a: StationHourAt, b: StationHourAt): number =>
  compareText(a.station, b.station) || compareText(a.pollutant, b.pollutant) || a.start - b.start;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The hours that were used as canonical CSV (`station,pollutant,start,period,value,flag`), sorted by station, pollutant
 * and start, LF, no header. An hour made of minutes stands with its mean to six decimals and no flag.
 */
export function canonicalRows(ledger: Ledger, airs: readonly CityAir[], days: readonly string[]): string {
  const used = [...stationHours(ledger, airs, days)].filter(({ hour }) => hour !== undefined && hour.n >= ledger.setup.method.hourMinutes).sort(byKey);
  return used.map(({ station, pollutant, start, hour }) => {
    const { value, flag } = hour === undefined ? { value: '', flag: '' } : written(hour);
    return `${station},${pollutant},${ledger.setup.civil.iso(start)},PT1H,${value},${flag}\n`;
  }).join('');
}

function written(hour: StationHour): { value: string; flag: string } {
  const own = hour.own;
  if (own !== null && own.value !== null && own.worth.validity !== 'invalid') return { value: textOfMicro(own.value), flag: own.flag };
  return { value: textOfMicro(Number(roundHalfEven(BigInt(hour.sum), BigInt(hour.n), 0))), flag: '' };
}

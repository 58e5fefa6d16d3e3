/** What a summary rests on: the station-hours of its range, counted, and written down so that anyone can hash them again. */
import type { CityAir } from './city.ts';
import { textOfMicro } from './decimal.ts';
import { hourValidity, levelByHand, type StationHour } from './hour.ts';
import type { Ledger, Series } from './ledger.ts';
import { type Bounds, UNBOUNDED } from './quality/look.ts';
import { hourIndex } from './quality/track.ts';
import { roundHalfEven } from './rounding.ts';
import type { Validity } from './reading.ts';
import { remembered } from './remembered.ts';
import { addDays } from './time.ts';

/** Station-hours: expected ones, those with no value that counts, those that count although suspect, and invalid ones. */
export type DataCount = { readings: number; missing: number; suspect: number; invalid: number };

/** Station-hours by the level of the verdict that somebody set on them; and those that make the means, of which so many are verified. */
export type ReviewCount = { reviewed: number; verified: number; used: number; usedVerified: number };

/** What one station and pollutant adds: its counts, and its rows. */
export type Evidence = { count: DataCount; review: ReviewCount; rows: string };
export const noData = (): DataCount => ({ readings: 0, missing: 0, suspect: 0, invalid: 0 });
export const noReview = (): ReviewCount => ({ reviewed: 0, verified: 0, used: 0, usedVerified: 0 });

/** The hours that a station stands for where it is judged, by day: once, however many places it is in. */
type Stretch = { station: string; pollutant: string; days: Map<string, readonly number[]> };

function stretches(ledger: Ledger, airs: readonly CityAir[], days: readonly string[]): Stretch[] {
  const found = new Map<string, Stretch>();
  for (const air of airs) {
    for (const date of days) {
      const { evaluators, hours } = ledger.peekDay(air, date);
      for (const station of evaluators) {
        const key = `${station}|${air.pollutant}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { station, pollutant: air.pollutant, days: new Map([[date, hours]]) });
        else known.days.set(date, hours);
      }
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.station, b.station) || compareText(a.pollutant, b.pollutant));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** At its ends a range is judged as if nothing lay beyond them: readings outside the range never change a summary. */
function validityIn(ledger: Ledger, { watched }: Series, { hour, bounds }: { hour: StationHour; bounds: Bounds }): Validity {
  const need = ledger.setup.method.hourMinutes;
  const index = hourIndex(hour.start);
  if (watched === null || hour.suspect || levelByHand(hour) !== null || hour.n < need || !ledger.review.reachesOut(index, bounds)) return hourValidity(hour, need);
  return ledger.review.remarks(watched, index, bounds)?.some((remark) => remark.suspect) === true ? 'suspect' : 'valid';
}

function counted(count: DataCount, validity: Validity): void {
  count.readings += 1;
  if (validity === 'missing' || validity === 'invalid') count.missing += 1;
  if (validity === 'suspect') count.suspect += 1;
  if (validity === 'invalid') count.invalid += 1;
}

function reviewed(count: ReviewCount, hour: StationHour, need: number): void {
  const level = levelByHand(hour);
  if (level !== null) count[level] += 1;
  if (hour.n < need) return;
  count.used += 1;
  if (level === 'verified') count.usedVerified += 1;
}

function boundsOf({ setup: { civil } }: Ledger, days: readonly string[]): Bounds {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return UNBOUNDED;
  return { from: hourIndex(civil.at(first)), to: hourIndex(civil.at(addDays(last, 1))) };
}

/**
 * Station by station what a summary rests on: how many hours of what worth, and the hours that were used as canonical CSV
 * (`station,pollutant,start,period,value,flag`), which come sorted by station, pollutant and start, LF, no header. An hour
 * made of minutes stands with its mean to six decimals and no flag.
 */
export function* evidenceOf(ledger: Ledger, airs: readonly CityAir[], days: readonly string[]): Generator<Evidence> {
  const need = ledger.setup.method.hourMinutes;
  const bounds = boundsOf(ledger, days);
  const namesOf = remembered((hours: readonly number[]) => hours.map((start) => ledger.setup.civil.iso(start)));
  for (const { station, pollutant, days: lists } of stretches(ledger, airs, days)) {
    const series = ledger.known(station, pollutant);
    const evidence: Evidence = { count: noData(), review: noReview(), rows: '' };
    for (const list of lists.values()) {
      const names = namesOf(list);
      for (const [at, start] of list.entries()) {
        const hour = series?.hours.get(start);
        counted(evidence.count, series === undefined || hour === undefined ? 'missing' : validityIn(ledger, series, { hour, bounds }));
        if (hour !== undefined) reviewed(evidence.review, hour, need);
        if (hour === undefined || hour.n < need) continue;
        evidence.rows += `${station},${pollutant},${names[at] ?? ''},PT1H,${written(hour)}\n`;
      }
    }
    yield evidence;
  }
}

/** Value and flag of an hour that was used. */
function written(hour: StationHour): string {
  const own = hour.own;
  if (own !== null && own.value !== null && own.worth.validity !== 'invalid') return `${textOfMicro(own.value)},${own.flag}`;
  return `${textOfMicro(Number(roundHalfEven(BigInt(hour.sum), BigInt(hour.n), 0)))},`;
}

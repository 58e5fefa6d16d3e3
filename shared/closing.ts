/** When the hours of a city close, and what is known of those that have. */
import { meanOf } from './average.ts';
import { type CityAir, type CityHour, EMPTY_SHADE, moveDay, shadeOf } from './city.ts';
import type { Fact } from './fact.ts';
import type { Ledger } from './ledger.ts';
import { HOUR } from './time.ts';

/** When the next hour of a city can close: at once where it is whole, else when it has settled. */
export function closesAt(ledger: Ledger, air: CityAir): number {
  const hour = ledger.hour(air, air.closedTo);
  const end = hour.start + HOUR;
  return hour.whole >= hour.day.evaluators.size && hour.day.evaluators.size > 0 ? end : end + ledger.setup.settle;
}

/** Closes every hour of a city that is due by `now`, in order; answers with those it closed. */
export function closeDue(ledger: Ledger, air: CityAir, now: number): CityHour[] {
  const closed: CityHour[] = [];
  while (closesAt(ledger, air) <= now) closed.push(closeNext(ledger, air));
  return closed;
}

function closeNext(ledger: Ledger, air: CityAir): CityHour {
  const hour = ledger.hour(air, air.closedTo);
  const need = ledger.setup.method.hourMinutes;
  hour.closedWith = meanOf(hour.tally).mean;
  for (const station of hour.day.evaluators) {
    const own = ledger.known(station, air.pollutant)?.hours.get(hour.start);
    if (own !== undefined) moveDay(hour.day, station, { was: EMPTY_SHADE, is: shadeOf(own, need), need });
  }
  air.closedTo = hour.start + HOUR;
  ledger.settled += 1;
  return hour;
}

/** Remembers of a station's closed hour that it was changed after the fact, before this start; `revision`: of the reading, where no fact tells of it. */
export function changedBefore(ledger: Ledger, { station, pollutant, start, revision = 1 }: { station: string; pollutant: string; start: number; revision?: number }): void {
  const hour = ledger.setup.civil.hour(start);
  for (const air of ledger.known(station, pollutant)?.airs ?? []) {
    if (hour >= air.closedTo) continue;
    const closed = ledger.hour(air, hour);
    closed.changedBefore = true;
    if (revision === 1) closed.revision += 1;
  }
}

/** Once every reading is taken back from the disk: what closed hours say now is what they closed with, but for those that `facts` say were revised or reviewed. */
export function recall(ledger: Ledger, facts: readonly Fact[]): void {
  ledger.judgeContext();
  for (const fact of facts) {
    if (fact.kind === 'readings-revised') for (const { station, pollutant, start } of fact.changes) changedBefore(ledger, { station, pollutant, start });
    if (fact.kind === 'readings-reviewed') for (const { start, late } of fact.readings) if (late) changedBefore(ledger, { station: fact.station, pollutant: fact.pollutant, start });
  }
  for (const air of ledger.airs) for (const hour of air.hours.values()) if (hour.start < air.closedTo) hour.closedWith = meanOf(hour.tally).mean;
}

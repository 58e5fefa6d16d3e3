/** What leaves memory and store after a while: single minutes of old hours. Hours and the journal stay. */
import { freezeHour, sumsToKeep } from './hour.ts';
import type { Ledger } from './ledger.ts';
import type { HandLevel } from './quality/hand.ts';
import type { Quantity } from './reading.ts';
import { HOUR } from './time.ts';

export type OldHour = { station: string; pollutant: Quantity; start: number; sum: number; minutes: number; suspect: number; invalid: number; level?: HandLevel };

/** The sums of every hour before `before` that still has its single minutes. */
export function oldHours(ledger: Ledger, before: number): OldHour[] {
  const old: OldHour[] = [];
  for (const series of ledger.series.values()) {
    for (const hour of series.hours.values()) {
      if (hour.start >= before || hour.slots.length === 0) continue;
      old.push({ station: series.station.id, pollutant: series.pollutant as Quantity, start: hour.start, ...sumsToKeep(hour) });
    }
  }
  return old;
}

/** Lets go of single minutes before `before`, once their sums are durable. */
export function letGo(ledger: Ledger, before: number): void {
  for (const series of ledger.series.values()) {
    for (const hour of series.hours.values()) if (hour.start < before && hour.slots.length > 0) freezeHour(hour);
  }
  for (const air of ledger.airs) {
    for (const hour of air.hours.values()) if (hour.start < before + 6 * HOUR) hour.minutes = null;
  }
}

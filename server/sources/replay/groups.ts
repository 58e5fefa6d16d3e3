/** Cuts recorded readings into what is delivered together: everything whose period ends at the same instant. */
import { MINUTE } from '../../../shared/time.ts';
import type { Reading } from '../../../shared/reading.ts';

/** Readings to be delivered in one call at the event instant `at`. */
export type Delivery = { at: number; readings: Reading[] };

const endOf = (reading: Reading): number => reading.start + reading.minutes * MINUTE;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: Reading, b: Reading): number =>
  compare(a.station, b.station) || compare(a.pollutant, b.pollutant) || a.start - b.start;

/**
 * Deliveries in the order of time; in each by station, pollutant and start. The order of the file does not matter, but
 * for one thing: rows of the same key keep it, because the later one is a revision of the earlier.
 */
export function* deliveries(readings: Iterable<Reading>): Generator<Delivery, void, undefined> {
  const groups = new Map<number, Reading[]>();
  for (const reading of readings) {
    const at = endOf(reading);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [reading]);
    else group.push(reading);
  }
  for (const at of [...groups.keys()].sort((a, b) => a - b)) {
    const group = groups.get(at) ?? [];
    groups.delete(at);
    yield { at, readings: group.sort(byPlace) };
  }
}

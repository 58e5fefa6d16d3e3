/** A readings store that keeps nothing: for a report from files, which nobody asks afterwards what it was given. */
import type { KeptReading } from '../../shared/reading.ts';
import type { Kept, ReadingsStore } from './store.ts';

const DONE: Promise<Kept> = Promise.resolve({ ok: true });

async function* nothing(): AsyncGenerator<KeptReading[]> {
  await Promise.resolve();
  yield* [];
}

export const forgetfulReadings = (): ReadingsStore => ({
  keep: () => DONE, compact: () => DONE, note: () => DONE, noted: () => Promise.resolve(null),
  latest: nothing, revisions: () => Promise.resolve([]), hourSums: () => Promise.resolve([]),
  extent: () => Promise.resolve({ end: null, rows: 0 }), close: () => Promise.resolve(),
});

/** What a start takes back from the disk: the averages from the readings, the room from the journal. */
import type { Sides } from '../../shared/beside.ts';
import type { Fact } from '../../shared/fact.ts';
import type { Ledger } from '../../shared/ledger.ts';
import type { KeptReading } from '../../shared/reading.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import type { LatestQuery, ReadingsStore } from '../readings/store.ts';

/** When the room first opened, event time; undefined: it does so now. */
export const openedAt = (past: readonly Fact[]): number | undefined => past.find(({ kind }) => kind === 'journal-opened')?.at;

/** `lacks`: a further revision of a reading that is told elsewhere and not kept, in its place; or null. */
type Wanted = { upTo: number; lacks?: (kept: KeptReading) => KeptReading | null; sides?: Sides | undefined };

/** Every reading that was kept, and of periods that end until `upTo`. */
export async function loadAll(ledger: Ledger, store: ReadingsStore, wanted: Wanted): Promise<number> {
  const { end } = await store.extent();
  return end === null ? 0 : await loadReadings(ledger, store, { from: 0, to: end + HOUR, ...wanted });
}

/** Every hour and every single minute that is kept, of periods that start in a range and end until `upTo`. */
export async function loadReadings(ledger: Ledger, store: ReadingsStore, { upTo, lacks, sides, ...query }: LatestQuery & Wanted): Promise<number> {
  let loaded = 0;
  for (const sum of await store.hourSums(query)) ledger.loadSum(sum);
  for await (const chunk of store.latest(query)) {
    for (const reading of chunk) {
      if (reading.start + reading.minutes * MINUTE > upTo) continue;
      ledger.load(lacks?.(reading) ?? reading);
      sides?.load(reading);
      loaded += 1;
    }
  }
  return loaded;
}

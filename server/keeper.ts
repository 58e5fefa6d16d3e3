/**
 * The end of the path: what was averaged is owed to the store until the store has it. A refused batch is not forgotten
 * (it is in the averages already); it goes first the next time, and nobody is answered before it is durable.
 */
import type { KeptReading } from '../shared/reading.ts';
import type { Kept, ReadingsStore } from './readings/store.ts';

/** Readings owed beyond this are no longer taken: the source keeps them and sends again. */
const MOST_OWED = 500_000;

export type Keeper = {
  /** Resolves when these and all given before are durable, or with why they are not. */
  keep: (readings: readonly KeptReading[]) => Promise<Kept>;
  /** Readings that are shown and not yet durable. */
  owed: () => number;
  /** Whether the store has refused what is owed. */
  refused: () => boolean;
  /** Whether more can be owed. */
  hasRoom: () => boolean;
  /** Waits for what is on its way. */
  settled: () => Promise<void>;
};

export function createKeeper(store: Pick<ReadingsStore, 'keep'>): Keeper {
  let waiting: (readonly KeptReading[])[] = [];
  const state = { owed: 0, refused: false };
  let current: Promise<Kept> = Promise.resolve({ ok: true });
  let next: Promise<Kept> | null = null;

  const flush = async (): Promise<Kept> => {
    await current;
    next = null;
    const batch = waiting.flat();
    waiting = [];
    if (batch.length === 0) return state.owed === 0 ? { ok: true } : current;
    current = store.keep(batch);
    const kept = await current;
    state.refused = !kept.ok;
    if (kept.ok) state.owed -= batch.length;
    else waiting.unshift(batch);
    return kept;
  };
  return {
    keep(readings) {
      if (readings.length > 0) waiting.push(readings);
      state.owed += readings.length;
      next ??= flush();
      return next;
    },
    owed: () => state.owed, refused: () => state.refused, hasRoom: () => state.owed < MOST_OWED,
    async settled() { await (next ?? current); },
  };
}

/**
 * A replay: a run of discrete events under its own clock. All readings whose period ends at an instant are delivered in one
 * call at it, after every timer due before; rows from before the start are loaded at once, as history.
 */
import type { Reading } from '../shared/reading.ts';
import { MINUTE } from '../shared/time.ts';
import type { ReplayClock } from './clock.ts';
import type { Delivery as Post, Receipt } from './http/ports.ts';

/** Readings that come together at an event instant. */
export type Batch = { at: number; readings: Reading[] };

export type Play = {
  clock: ReplayClock; receive: (post: Post) => Promise<Receipt>;
  /** How long the last periods take to close. */
  settle: number;
  /** Where an earlier run got to: deliveries up to and with it are in the store. */
  done: number | null;
  /** Called after each delivery that is durable. */
  reached?: (at: number) => Promise<void>;
  /** Waits, in machine time, until event time may go on to an instant; absent: as fast as it goes. */
  pace?: (at: number) => Promise<void>;
};

const SOURCE = 'replay';
/** How long a delivery that cannot be made durable waits for the disk. */
const RETRY = 1000;

const post = (readings: readonly Reading[]): Post => ({ source: SOURCE, readings, indexes: readings.map((_, i) => i), rejected: [] });

/** A replay does not go on past what it could not keep. */
async function deliver(play: Play, readings: readonly Reading[]): Promise<void> {
  for (let receipt = await play.receive(post(readings)); !receipt.ok; receipt = await play.receive(post(readings))) {
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
}

/** Plays batches in order of time, then lets the last periods close and the clock stand. */
export async function playAll(play: Play, batches: Iterable<Batch>): Promise<void> {
  const { clock, done } = play;
  const start = clock.now();
  const history: Reading[] = [];
  let last = start;
  let loaded = false;
  const loadHistory = async (): Promise<void> => {
    loaded = true;
    if (history.length > 0 && done === null) await deliver(play, history);
  };
  for (const { at, readings } of batches) {
    if (at <= start && done === null) {
      history.push(...readings);
      continue;
    }
    if (!loaded) await loadHistory();
    if (done !== null && at <= done) continue;
    await play.pace?.(at);
    await clock.set(at);
    await deliver(play, readings);
    await play.reached?.(at);
    last = at;
  }
  if (!loaded) await loadHistory();
  await clock.set(last + play.settle + MINUTE);
  clock.stand();
}

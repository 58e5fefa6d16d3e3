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
  /** Whether it is to end before its time; a later run goes on from there. */
  stopped?: () => boolean;
};

const SOURCE = 'replay';
/** How long a delivery that cannot be made durable waits for the disk. */
const RETRY = 1000;

const post = (readings: readonly Reading[]): Post => ({ source: SOURCE, readings, indexes: readings.map((_, i) => i), rejected: [] });

/** A replay does not go on past what it could not keep. */
async function deliver(play: Play, readings: readonly Reading[]): Promise<void> {
  for (let receipt = await play.receive(post(readings)); !receipt.ok && play.stopped?.() !== true; receipt = await play.receive(post(readings))) {
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
}

/** Does it the first time only. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

/** Plays batches in order of time, then lets the last periods close and the clock stand. Answers whether it came to the end. */
export async function playAll(play: Play, batches: Iterable<Batch>): Promise<boolean> {
  const { clock, done } = play;
  const start = clock.now();
  const history: Reading[] = [];
  let last = start;
  const loadHistory = once(async () => {
    if (history.length > 0 && done === null) await deliver(play, history);
  });
  for (const { at, readings } of batches) {
    last = at;
    if (done === null ? at <= start : at <= done) {
      history.push(...readings);
      continue;
    }
    await loadHistory();
    await play.pace?.(at);
    if (play.stopped?.() === true) return false;
    if (at > clock.now()) await clock.set(at);
    await deliver(play, readings);
    await play.reached?.(at);
  }
  await loadHistory();
  // A replay that was at its end before stands where it stood.
  await clock.set(Math.max(clock.now(), last + play.settle + MINUTE));
  clock.stand();
  return play.stopped?.() !== true;
}

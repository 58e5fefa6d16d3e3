/** A past moment of a house, worked out again from what is kept: readings by their arrival, the room by its facts. */
import { MINUTES_KEPT } from '../../shared/check.ts';
import { closeAll } from '../../shared/known.ts';
import type { Bench } from '../../shared/judge.ts';
import { DAY } from '../../shared/time.ts';
import { benchOf } from '../engine.ts';
import type { Refused } from '../http/ports.ts';
import type { ReadingsStore } from '../readings/store.ts';
import type { House } from './house.ts';
import { loadReadings, openedAt } from './rebuild.ts';

/** Instants, `[from, to)`, and the past moment. */
export type Past = { from: number; to: number; at: number };
/** As much of a house as its averages are made from. */
type Kept = Pick<House, 'config' | 'air' | 'clock' | 'store' | 'journal'>;
export type Known<T> = { ok: true; known: T } | Refused;

const refused = (status: 400 | 409, code: 'bad-request' | 'no-longer-known', detail: string): Refused => ({ ok: false, status, code, detail });

/**
 * Of an hour whose minutes were dropped only its last sum is kept. Nothing can have come for it later than its minutes are
 * taken, so from then on that sum is what was known; before, nobody can tell any more.
 */
async function forgotten(store: ReadingsStore, { from, to, at }: Past): Promise<number | null> {
  const sums = await store.hourSums({ from, to });
  const hidden = sums.filter(({ start }) => start < at && start + MINUTES_KEPT + DAY > at);
  return hidden.reduce<number | null>((first, { start }) => Math.min(first ?? start, start), null);
}

/** The journal opens with one of its first facts. */
const FIRST_FACTS = 10;

/** The averages around a span of time, as they were known at a past moment. */
export async function benchAsKnownAt({ config, air, clock, store, journal }: Kept, asked: Past): Promise<Known<Bench>> {
  const { civil } = config;
  if (asked.at > clock.now()) return refused(400, 'bad-request', `asKnownAt ${civil.iso(asked.at)} is ahead of the event's clock, ${civil.iso(clock.now())}`);
  // A day more on both sides: hours are judged beside their neighbours.
  const range = { from: asked.from - DAY, to: asked.to + DAY };
  const lost = await forgotten(store, { ...range, at: asked.at });
  if (lost !== null) {
    return refused(409, 'no-longer-known', `single minutes of ${civil.iso(lost)} and after were dropped since, and with them what of them had come by ${civil.iso(asked.at)}`);
  }
  const bench = benchOf(config, { air, now: asked.at, opened: openedAt(await journal.read(0, FIRST_FACTS)) });
  await loadReadings(bench.ledger, store, { ...range, knownAt: asked.at, upTo: Infinity });
  closeAll(bench.ledger, asked.at);
  return { ok: true, known: bench };
}

/** What goes on beside the path: how far event time has come, what the disk refused, minutes that are old. */
import { MINUTES_KEPT } from '../../shared/check.ts';
import { letGo, oldHours } from '../../shared/retain.ts';
import { HOUR } from '../../shared/time.ts';
import type { Board } from '../board.ts';
import type { Log } from '../http/ports.ts';
import { noteTime } from './folder.ts';
import type { House } from './house.ts';

const SECOND = 1000;
/** Machine time that a note is ahead, so that a server that is killed between two of them goes on after its last word, not before. */
const AHEAD = 1500;

/** Single minutes older than seven event days leave store and memory; their hours stay. */
export async function retain({ bench, store, clock }: House, log: Log): Promise<void> {
  const before = bench.calendar.civil.hour(clock.now() - MINUTES_KEPT) - HOUR;
  const sums = oldHours(bench.ledger, before);
  if (sums.length === 0) return;
  const kept = await store.compact(before, sums);
  if (kept.ok) { letGo(bench.ledger, before); bench.sides?.letGo(before); }
  else log.warn({ reason: kept.reason }, 'old minutes could not be dropped; tried again later');
}

/** Starts it; the returned function stops it, having noted the time a last time. */
export function upkeep(house: House, board: Board, log: Log): () => Promise<void> {
  const { store, clock, keeper, sequencer } = house;
  // What has come until then is durable first: whoever goes on from there must not have to look back.
  const note = async (): Promise<void> => {
    const at = clock.now() + (clock.kind === 'simulated' ? clock.speed * AHEAD : 0);
    const written = await sequencer.durable(sequencer.head().seq);
    if (written.ok) await noteTime(store, at);
  };
  void note();
  const each = setInterval(() => {
    void note();
    if (keeper.owed() > 0) void keeper.keep([]);
    board.touched();
  }, SECOND);
  const seldom = setInterval(() => { void retain(house, log); }, 60 * SECOND);
  return async () => {
    clearInterval(each);
    clearInterval(seldom);
    await noteTime(store, clock.now());
  };
}

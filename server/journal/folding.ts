/** The journal folded from its file, by whoever may wait for it: a thread of its own, or `verify`. */
import type { Fact } from '../../shared/fact.ts';
import { Memory } from '../../shared/memory.ts';
import { emptyRoom, type Room } from '../../shared/situation.ts';
import type { Connection } from '../sqlite.ts';
import { type Folded, nothingFolded, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { factsAfter, factsBy, hashAt } from './lookup.ts';
import { NO_STOP, type PastRooms, type Stop } from './past-rooms.ts';

const PAGE = 5_000;
/** From how many on it is said how far it has come. */
const MANY = 100_000;

/** Takes facts that follow. */
export function foldOn(folded: Folded, facts: readonly Fact[]): void {
  folded.memory.take(facts);
  for (const { id } of facts) folded.ids.add(id);
  const last = facts.at(-1);
  if (last !== undefined) folded.head = { seq: last.seq, hash: last.hash };
}

/** `page`: what is done after each page. */
type Telling = { say?: (seq: number) => void; page?: () => void };

function foldAll(db: Connection, folded: Folded, { say = () => undefined, page = () => undefined }: Telling = {}): void {
  for (let told = folded.head.seq; ;) {
    const facts = factsAfter(db, folded.head.seq, PAGE);
    foldOn(folded, facts);
    page();
    if (folded.head.seq - told >= MANY) { told = folded.head.seq; say(told); }
    if (facts.length < PAGE) return;
  }
}

/** What lies beside the journal and is made from it as it is folded. */
type Beside = { checkpoint: string; past: PastRooms };

async function begunWith(db: Connection, checkpoint: string): Promise<Folded> {
  const found = await readCheckpoint(checkpoint, (seq) => hashAt(db, seq));
  return found?.ok === true ? found.folded : nothingFolded();
}

/** Folds on from the last checkpoint and writes the next, and leaves rooms of the past behind; answers of which fact it is. */
export async function checkpointed(db: Connection, { checkpoint, past }: Beside, say: (seq: number) => void): Promise<number> {
  const folded = await begunWith(db, checkpoint);
  const { seq } = folded.head;
  foldAll(db, folded, { say, page: () => { past.leave(() => folded.memory.room(), folded.head); } });
  if (folded.head.seq > seq) writeCheckpoint(checkpoint, folded);
  return folded.head.seq;
}

/** Event time: the moment, and from when on its air is wanted. */
export type Moment = { at: number; from: number };
/** `before`: a fact up to which all were of instants before `from`. */
export type Then = { room: Room; before: number };

/** The room as it was at a past moment of event time, folded from the last room kept of before; leaves further ones where none was near. */
export function roomAt(db: Connection, past: PastRooms, { at, from: since }: Moment): Then {
  const stops = past.stops();
  const { room, seq: from } = nearest(past, stops, at);
  const memory = new Memory({ room });
  let [seq, taken] = [from, 0];
  const foldTo = (end: number): void => {
    for (;;) {
      const facts = factsBy(db, { after: seq, upTo: end, at, limit: PAGE });
      memory.take(facts);
      taken += facts.length;
      const last = facts.at(-1);
      // Only what every fact so far made is a room of the journal.
      if (last !== undefined && last.seq === from + taken) past.leave(() => memory.room(), last);
      if (last === undefined || facts.length < PAGE) return;
      ({ seq } = last);
    }
  };
  for (const stop of stops.filter((each) => each.seq > from)) {
    // Nothing of it was before the moment: no need to look.
    if (stop.after > seq || stop.least <= at) foldTo(stop.seq);
    ({ seq } = stop);
  }
  foldTo(Number.MAX_SAFE_INTEGER);
  return { room: memory.room(), before: stops.findLast((stop) => stop.at < since)?.seq ?? 0 };
}

function nearest(past: PastRooms, stops: readonly Stop[], at: number): { room: Room; seq: number } {
  for (const stop of stops.filter((each) => each.at <= at).toReversed()) {
    const room = past.room(stop);
    if (room !== null) return { room, seq: stop.seq };
  }
  return { room: emptyRoom, seq: NO_STOP.seq };
}

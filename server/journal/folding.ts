/** The journal folded from its file, by whoever may wait for it: a thread of its own, or `verify`. */
import type { Fact } from '../../shared/fact.ts';
import { Memory } from '../../shared/memory.ts';
import type { Room } from '../../shared/situation.ts';
import type { Connection } from '../sqlite.ts';
import { type Folded, nothingFolded, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { factsAfter, hashAt } from './lookup.ts';

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

export function foldAll(db: Connection, folded: Folded, say: (seq: number) => void = () => undefined): void {
  for (let told = folded.head.seq; ;) {
    const facts = factsAfter(db, folded.head.seq, PAGE);
    foldOn(folded, facts);
    if (folded.head.seq - told >= MANY) { told = folded.head.seq; say(told); }
    if (facts.length < PAGE) return;
  }
}

async function begunWith(db: Connection, checkpoint: string): Promise<Folded> {
  const found = await readCheckpoint(checkpoint, (seq) => hashAt(db, seq));
  return found?.ok === true ? found.folded : nothingFolded();
}

/** Folds on from the last checkpoint and writes the next; answers of which fact it is. */
export async function checkpointed(db: Connection, checkpoint: string, say: (seq: number) => void): Promise<number> {
  const folded = await begunWith(db, checkpoint);
  const { seq } = folded.head;
  foldAll(db, folded, say);
  if (folded.head.seq > seq) writeCheckpoint(checkpoint, folded);
  return folded.head.seq;
}

/** The room as it was at a past moment of event time. */
export async function roomAt(db: Connection, checkpoint: string, at: number): Promise<Room> {
  const { memory, head } = await begunWith(db, checkpoint);
  // Where the checkpoint has facts of later, nobody can take them out again.
  const [past, from] = memory.room().at <= at ? [memory, head.seq] : [new Memory(), 0];
  for (let seq = from; ;) {
    const facts = factsAfter(db, seq, PAGE);
    past.take(facts.filter((fact) => fact.at <= at));
    seq = facts.at(-1)?.seq ?? seq;
    if (facts.length < PAGE) return past.room();
  }
}

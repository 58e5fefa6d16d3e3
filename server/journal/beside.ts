/** What was made from the journal and lies beside it, held against the journal: the checkpoint, the rooms of the past and the register. */
import { existsSync } from 'node:fs';
import type { Fact } from '../../shared/fact.ts';
import { type Connection, first } from '../sqlite.ts';
import { checkpointBeside, encoded, type Folded, nothingFolded, readCheckpoint } from './checkpoint.ts';
import { entriesOf } from './entries.ts';
import { foldOn } from './folding.ts';
import { factsAfter, hashAt } from './lookup.ts';
import { PastRooms, pastRoomsBeside, type Stop } from './past-rooms.ts';
import { Register, registerBeside } from './register.ts';
import { openToRead } from './schema.ts';

/** `said`: what is as it should be; what is not may be deleted, since it is made again. */
export type Beside = { said: string[]; problems: string[] };
const PAGE = 5_000;

export async function checkBeside(file: string): Promise<Beside> {
  const found: Beside = { said: [], problems: [] };
  const db = openToRead(file);
  try {
    const checkpoint = await theCheckpoint(db, checkpointBeside(file), found);
    const register = theRegister(db, registerBeside(file), found);
    const past = new PastRooms(pastRoomsBeside(file), db, { touches: false, tell: (reason) => { found.problems.push(`${reason}; delete it: it is made anew`); } });
    hold(db, { checkpoint, register, past, found });
    register?.close();
    past.close();
  } finally {
    db.close();
  }
  return found;
}

async function theCheckpoint(db: Connection, file: string, { said, problems }: Beside): Promise<Folded | null> {
  const read = await readCheckpoint(file, (seq) => hashAt(db, seq));
  if (read?.ok === true) return read.folded;
  if (read?.stale === true) said.push(`checkpoint: ${read.reason}, so the next start makes it anew`);
  else if (read !== null) problems.push(`${read.reason}; delete ${file}: a start makes it anew`);
  return null;
}

function theRegister(db: Connection, file: string, { problems }: Beside): Register | null {
  if (!existsSync(file)) return null;
  try {
    const register = Register.toRead(file);
    const reached = register.reached();
    if (reached === null || hashAt(db, reached.seq) === reached.hash) return register;
    register.close();
    problems.push(`the register is of another journal; delete ${file}: a start makes it anew`);
  } catch (error) {
    problems.push(`the register cannot be read (${error instanceof Error ? error.message : String(error)}); delete ${file}: a start makes it anew`);
  }
  return null;
}

type Held = { checkpoint: Folded | null; register: Register | null; past: PastRooms; found: Beside };
/** What is looked at once the journal is folded so far. */
type Look = { seq: number; look: (folded: Folded) => void };

/** Folds the journal as far as what was made of it goes, and asks for every fact as far as the register goes. */
function hold(db: Connection, { checkpoint, register, past, found }: Held): void {
  const stops = past.stops();
  const looks: Look[] = stops.map((stop) => ({ seq: stop.seq, look: pastLook(db, { stop, past, found }) }));
  if (checkpoint !== null) looks.push({ seq: checkpoint.head.seq, look: (folded) => { tell(found, bytesOf(folded).equals(bytesOf(checkpoint)), `the checkpoint of fact ${checkpoint.head.seq}`); } });
  looks.sort((a, b) => a.seq - b.seq);
  const folded = nothingFolded();
  const reached = register?.reached()?.seq ?? 0;
  let [entries, lacking] = [0, 0];
  for (let seq = 0; looks.length > 0 || seq < reached;) {
    const facts = factsAfter(db, seq, PAGE);
    if (facts.length === 0) break;
    seq = facts.at(-1)?.seq ?? seq;
    foldThrough(folded, facts, looks);
    for (const fact of facts) {
      if (fact.seq > reached) break;
      const wanted = entriesOf(fact);
      entries += wanted.length;
      lacking += wanted.filter((entry) => register?.has(entry, fact.seq) !== true).length;
    }
  }
  if (register !== null) tell(found, lacking === 0 && register.size() === entries, `the register of ${reached} facts`);
  if (stops.length > 0 && found.problems.length === 0) found.said.push(`the ${stops.length} rooms of the past are what the journal makes of them`);
}

const bytesOf = (folded: Folded): Buffer => Buffer.concat(encoded(folded));

/** Takes what of the facts is still to be looked at, with a halt at each look. */
function foldThrough(folded: Folded, facts: readonly Fact[], looks: Look[]): void {
  const last = facts.at(-1)?.seq ?? 0;
  for (let next = looks[0]; next !== undefined && next.seq <= last; [next] = looks) {
    const { seq, look } = next;
    foldOn(folded, facts.filter((fact) => fact.seq > folded.head.seq && fact.seq <= seq));
    look(folded);
    looks.shift();
  }
  if (looks.length > 0) foldOn(folded, facts.filter((fact) => fact.seq > folded.head.seq));
}

function pastLook(db: Connection, { stop, past, found }: Pick<Held, 'past' | 'found'> & { stop: Stop }): Look['look'] {
  return ({ memory }) => {
    const [room, kept] = [memory.room(), past.room(stop)];
    const least = first(db, 'SELECT min(at) FROM fact WHERE seq > ? AND seq <= ?', [stop.after, stop.seq]);
    const same = kept === null || (JSON.stringify(kept) === JSON.stringify(room) && stop.at === room.at && stop.least === least);
    if (!same) tell(found, false, `the room of the past after fact ${stop.seq}`);
  };
}

function tell({ said, problems }: Beside, same: boolean, what: string): void {
  if (same) said.push(`${what} is what the journal makes of it`);
  else problems.push(`${what} is not what the journal makes of it; delete it: a start makes it anew`);
}

/** What was made from the journal and lies beside it, held against the journal: the checkpoint and the register. */
import { existsSync } from 'node:fs';
import type { Connection } from '../sqlite.ts';
import { checkpointBeside, encoded, type Folded, nothingFolded, readCheckpoint } from './checkpoint.ts';
import { entriesOf } from './entries.ts';
import { foldOn } from './folding.ts';
import { factsAfter, hashAt } from './lookup.ts';
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
    hold(db, { checkpoint, register, found });
    register?.close();
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

/** Folds the journal as far as the checkpoint goes, and asks for every fact as far as the register goes. */
function hold(db: Connection, { checkpoint, register, found }: { checkpoint: Folded | null; register: Register | null; found: Beside }): void {
  const folded = nothingFolded();
  const [upTo, reached] = [checkpoint?.head.seq ?? 0, register?.reached()?.seq ?? 0];
  let [entries, lacking] = [0, 0];
  for (let seq = 0; seq < Math.max(upTo, reached);) {
    const facts = factsAfter(db, seq, PAGE);
    if (facts.length === 0) break;
    seq = facts.at(-1)?.seq ?? seq;
    foldOn(folded, facts.filter((fact) => fact.seq <= upTo));
    for (const fact of facts) {
      if (fact.seq > reached) break;
      const wanted = entriesOf(fact);
      entries += wanted.length;
      lacking += wanted.filter((entry) => register?.has(entry, fact.seq) !== true).length;
    }
  }
  if (checkpoint !== null) tell(found, Buffer.concat(encoded(folded)).equals(Buffer.concat(encoded(checkpoint))), `the checkpoint of fact ${upTo}`);
  if (register !== null) tell(found, lacking === 0 && register.size() === entries, `the register of ${reached} facts`);
}

function tell({ said, problems }: Beside, same: boolean, what: string): void {
  if (same) said.push(`${what} is what the journal makes of it`);
  else problems.push(`${what} is not what the journal makes of it; delete it: a start makes it anew`);
}

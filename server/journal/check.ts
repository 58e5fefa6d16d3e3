/** Is the journal as it was written? Reads it as any other process may, also while a server writes it. */
import type { Air } from '../../shared/fact.ts';
import { link } from './chain.ts';
import { GENESIS } from './journal.ts';
import { openToRead } from './schema.ts';
import { first, rowsOf, textIn, type Connection } from '../sqlite.ts';

export type Checked = { facts: number; hash: string; problems: string[] };

/** Facts at a time, so that the server's log need not wait for us. */
const PAGE = 5_000;
const TRIGGERS = ['fact_is_counted', 'fact_is_never_changed', 'fact_is_never_deleted'];

/** A row as it is found: damage may have made anything of its columns. */
type FoundRow = [seq: number, id: string | null, at: number | null, kind: string | null, text: string | null, hash: string | null];
/** Where the chain is: the hash the last fact has, and the one it ought to have. */
type Link = { seq: number; found: string; expected: string };

/** `air`: that of the folder, of which every fact must be; null: nobody says. */
export function checkJournal(file: string, air: Air | null = null): Checked {
  const checked: Checked = { facts: 0, hash: GENESIS, problems: [] };
  let db: Connection | null = null;
  try {
    db = openToRead(file);
    checked.problems.push(...integrity(db), ...guards(db));
    checkChain(db, checked, air);
  } catch (error) {
    checked.problems.push(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    db?.close();
  }
  return checked;
}

function integrity(db: Connection): string[] {
  return (rowsOf(db, 'PRAGMA integrity_check') as [string][]).map(([said]) => said).filter((said) => said !== 'ok').map((said) => `the file is damaged: ${said}`);
}

function guards(db: Connection): string[] {
  const found = (rowsOf(db, `SELECT CAST(name AS BLOB) FROM sqlite_schema WHERE type = 'trigger'`) as [unknown][]).map(([name]) => textIn(name));
  return TRIGGERS.filter((name) => !found.includes(name)).map((name) => `the guard ${name} is gone from the file`);
}

function checkChain(db: Connection, checked: Checked, air: Air | null): void {
  // Asked first: a server that writes on while we read may only give more.
  const given = Number(first(db, 'SELECT seq FROM given') ?? 0);
  let last: Link = { seq: 0, found: GENESIS, expected: GENESIS };
  for (;;) {
    const rows = factsAfter(db, last.seq);
    for (const row of rows) {
      last = checkFact(row, last, checked.problems);
      checked.problems.push(...strangeAir(row, air));
    }
    checked.facts += rows.length;
    if (rows.length < PAGE) break;
  }
  if (given > last.seq) checked.problems.push(`${missing(last.seq + 1, given)}: the journal ends at fact ${last.seq}, but fact ${given} was written`);
  checked.hash = last.found;
}

const TEXTS = ['id', 'kind', 'text', 'hash'].map((name) => `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) END`);

/** A column of another type than it was written with is null. */
function factsAfter(db: Connection, seq: number): FoundRow[] {
  const select = `SELECT seq, CASE typeof(at) WHEN 'integer' THEN at END, ${TEXTS.join(', ')} FROM fact WHERE seq > ? ORDER BY seq LIMIT ?`;
  return (rowsOf(db, select, [seq, PAGE]) as [number, number | null, ...unknown[]][])
    .map(([number, at, id, kind, text, hash]) => [number, textIn(id), at, textIn(kind), textIn(text), textIn(hash)]);
}

function checkFact(row: FoundRow, last: Link, problems: string[]): Link {
  const [seq] = row;
  const text = row[4] ?? '';
  const hash = row[5] ?? '';
  if (seq !== last.seq + 1) problems.push(missing(last.seq + 1, seq - 1));
  const broken = shape(row);
  if (broken !== null) problems.push(`fact ${seq}: ${broken}`);
  const expected = link(last.found, text);
  // Where the last fact's hash was changed, this one still chains to what it was: one change, one complaint.
  const chains = hash === expected || hash === link(last.expected, text) || seq !== last.seq + 1;
  if (!chains) problems.push(`fact ${seq}: its hash is ${hash}, but its text and the fact before give ${expected}; the row was changed after it was written`);
  return { seq, found: hash, expected };
}

/** Nothing of an exercise, a replay or a simulation may stand in the journal of real air, nor the other way round. */
function strangeAir([seq, , , , text]: FoundRow, air: Air | null): string[] {
  const told = air === null || text === null ? null : /"air":"([a-z]+)"/.exec(text)?.[1] ?? 'no';
  return told === null || told === air ? [] : [`fact ${seq}: it is of ${told} air, in a folder of ${air} air`];
}

const missing = (from: number, to: number): string => (from === to ? `fact ${from} is missing` : `facts ${from} to ${to} are missing`);

/** What is wrong with the columns beside the text, or null. */
function shape([seq, id, at, kind, text, hash]: FoundRow): string | null {
  if (text === null || hash === null) return 'its text or its hash is no text';
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return 'its text is no JSON';
  }
  const columns: Record<string, unknown> = { seq, id, at, kind };
  const fact = (typeof told === 'object' ? told : null) as Record<string, unknown> | null;
  const strays = Object.keys(columns).filter((name) => fact?.[name] !== columns[name]);
  return strays.length === 0 ? null
    : strays.map((name) => `its ${name} is ${JSON.stringify(columns[name])}, but its text says ${JSON.stringify(fact?.[name])}`).join('; ');
}

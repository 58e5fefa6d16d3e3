/** The tables of the embedded readings store, and how a connection to it is opened. */
import Database from 'libsql';
import { type Connection, first, inTransaction, openOwn, rowsOf } from '../sqlite.ts';
import type { Family } from './packing.ts';

const VERSION = 3;

/** What is still to be shipped, in the order it came; written together with what it is about. `at` in machine time; `body`: packed readings, or a compaction as JSON. */
const outbox = 'CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, readings INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL);';

const tables = `
CREATE TABLE series (id INTEGER PRIMARY KEY, station TEXT NOT NULL, pollutant TEXT NOT NULL, UNIQUE (station, pollutant));
CREATE TABLE mark (id INTEGER PRIMARY KEY, flag TEXT NOT NULL, validity TEXT NOT NULL, why TEXT, source TEXT NOT NULL);
-- The tables of readings: how many readings each holds, and by when the last of their periods had ended.
CREATE TABLE day (family TEXT NOT NULL, day INTEGER NOT NULL, rows INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (day, family)) WITHOUT ROWID;
CREATE TABLE hour_sum (start INTEGER NOT NULL, series INTEGER NOT NULL, sum INTEGER NOT NULL, minutes INTEGER NOT NULL,
  suspect INTEGER NOT NULL, invalid INTEGER NOT NULL, level TEXT, PRIMARY KEY (start, series)) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
${outbox}
`;

/** What an older file lacks, by the version it is of. */
const LATER: Readonly<Record<number, string>> = { 0: tables, 1: `ALTER TABLE hour_sum ADD COLUMN level TEXT; ${outbox}`, 2: outbox };

/** One day's readings of a family; see `packing.ts` for the key and the entries. */
export const dayTable = (name: string): string => `CREATE TABLE ${name} (key INTEGER PRIMARY KEY, entries BLOB NOT NULL)`;

/**
 * The one connection that writes. WAL with `synchronous=FULL`: each commit is fsynced before it returns, so neither
 * `kill -9` nor a power cut takes back what was confirmed (NORMAL would lose the last commits with the power).
 * 8 KiB pages hold five full rows each with little waste.
 */
export function openToWrite(file: string): Connection {
  const db = openOwn(file);
  try {
    for (const pragma of ['busy_timeout=2000', 'page_size=8192', 'journal_mode=WAL', 'synchronous=FULL', 'fullfsync=1', 'wal_autocheckpoint=2000', 'journal_size_limit=0', 'cache_size=-16000'])
      db.pragma(pragma);
    const version = Number(first(db, 'PRAGMA user_version'));
    if (version > VERSION) throw new Error(`${file} was written by a newer version (${version}) than this one (${VERSION})`);
    // Written each time: a file that cannot be is told now, and not by the first reading or fact.
    inTransaction(db, () => { db.exec(`${LATER[version] ?? ''} PRAGMA user_version=${VERSION};`); });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A connection that reads; it sees each commit as soon as it is durable and never holds one up. */
export function openToRead(file: string): Connection {
  const db = new Database(file);
  for (const pragma of ['busy_timeout=2000', 'query_only=1', 'cache_size=-16000']) db.pragma(pragma);
  return db;
}

export type DayRow = [family: Family, day: number, rows: number, end: number];
export const daysKept = (db: Connection): DayRow[] => rowsOf(db, 'SELECT family, day, rows, "end" FROM day ORDER BY day, family') as DayRow[];

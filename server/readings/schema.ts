/** The tables of the embedded readings store, and how a connection to it is opened. */
import Database from 'libsql';
import type { Family } from './packing.ts';

export type Connection = InstanceType<typeof Database>;

const VERSION = 1;

const tables = `
CREATE TABLE series (id INTEGER PRIMARY KEY, station TEXT NOT NULL, pollutant TEXT NOT NULL, UNIQUE (station, pollutant));
CREATE TABLE mark (id INTEGER PRIMARY KEY, flag TEXT NOT NULL, validity TEXT NOT NULL, why TEXT, source TEXT NOT NULL);
-- The tables of readings: how many readings each holds, and by when the last of their periods had ended.
CREATE TABLE day (family TEXT NOT NULL, day INTEGER NOT NULL, rows INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (day, family)) WITHOUT ROWID;
CREATE TABLE hour_sum (start INTEGER NOT NULL, series INTEGER NOT NULL, sum INTEGER NOT NULL, minutes INTEGER NOT NULL,
  suspect INTEGER NOT NULL, invalid INTEGER NOT NULL, PRIMARY KEY (start, series)) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/** One day's readings of a family; see `packing.ts` for the key and the entries. */
export const dayTable = (name: string): string => `CREATE TABLE ${name} (key INTEGER PRIMARY KEY, entries BLOB NOT NULL)`;

/** One column's one value of a statement's first row. */
export function first(db: Connection, sql: string, params: unknown[] = []): unknown {
  const row = db.prepare(sql).raw().get(params) as unknown[] | undefined;
  return row?.[0];
}

export const rowsOf = (db: Connection, sql: string, params: unknown[] = []): unknown[] => db.prepare(sql).raw().all(params);

/**
 * A text that was selected as `CAST(… AS BLOB)`. Asked for a text that is no UTF-8, as on a damaged disk, libsql ends
 * the whole process; read as bytes it is merely wrong, and `verify` says so.
 */
export const textIn = (bytes: unknown): string | null => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : null);

/**
 * Runs `work` in a transaction. SQLite may already have rolled back by itself when the disk fails, so we ask
 * before we do, or the message of the rollback would hide the disk's.
 */
export function inTransaction<T>(db: Connection, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * The one connection that writes. WAL with `synchronous=FULL`: each commit is fsynced before it returns, so neither
 * `kill -9` nor a power cut takes back what was confirmed (NORMAL would lose the last commits with the power).
 * 8 KiB pages hold five full rows each with little waste.
 */
export function openToWrite(file: string): Connection {
  const db = new Database(file);
  try {
    for (const pragma of ['busy_timeout=2000', 'page_size=8192', 'journal_mode=WAL', 'synchronous=FULL', 'fullfsync=1', 'wal_autocheckpoint=2000', 'journal_size_limit=0', 'cache_size=-16000'])
      db.pragma(pragma);
    const version = Number(first(db, 'PRAGMA user_version'));
    if (version > VERSION) throw new Error(`${file} was written by a newer version (${version}) than this one (${VERSION})`);
    if (version === 0) inTransaction(db, () => { db.exec(`${tables} PRAGMA user_version=${VERSION};`); });
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

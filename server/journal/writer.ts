/** What the journal's writing thread does with the file. */
import { link } from './chain.ts';
import { GENESIS, type Head, type Written } from './journal.ts';
import { openToWrite, type FactRow } from './schema.ts';
import { inTransaction, rowsOf, textIn, type Connection } from '../sqlite.ts';

export type WriteAsks = { open: [null, Written]; write: [FactRow[], Written]; close: [null, null] };

export const headOf = (db: Connection): Head => {
  const [last] = rowsOf(db, 'SELECT seq, CAST(hash AS BLOB) FROM fact ORDER BY seq DESC LIMIT 1') as [number, unknown][];
  return last === undefined ? { seq: 0, hash: GENESIS } : { seq: last[0], hash: textIn(last[1]) ?? '' };
};

export class Writer {
  readonly #file: string;
  #db: Connection | null = null;
  #dirty = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** All of them or none, durable when it returns; a failure is a value. */
  write(rows: FactRow[]): Written {
    try {
      const db = this.#db ??= openToWrite(this.#file);
      inTransaction(db, () => { append(db, rows); });
      this.#dirty = true;
      return { ok: true };
    } catch (error) {
      // A connection that saw the disk fail may be in any state; the next write opens a new one, once the disk allows.
      this.close();
      return { ok: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Moves the log into the file; whoever still reads it merely puts that off. */
  checkpoint(): void {
    if (this.#db === null || !this.#dirty) return;
    try {
      this.#db.pragma('busy_timeout=50');
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
      this.#db.pragma('busy_timeout=2000');
      this.#dirty = false;
    } catch {
      // The next write meets the same disk and says so.
    }
  }

  close(): void {
    const db = this.#db;
    this.#db = null;
    db?.close();
  }
}

function append(db: Connection, rows: FactRow[]): void {
  let { seq, hash } = headOf(db);
  const insert = db.prepare('INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)');
  for (const row of rows) {
    if (row[0] <= seq && isWritten(db, row)) continue;
    if (row[0] !== seq + 1) throw new Error(`fact ${row[0]} does not follow fact ${seq}`);
    if (link(hash, row[4]) !== row[5]) throw new Error(`fact ${row[0]} does not chain to fact ${seq}`);
    run(insert, row);
    seq = row[0];
    hash = row[5];
  }
}

function run(insert: ReturnType<Connection['prepare']>, row: FactRow): void {
  try {
    insert.run(row);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
    throw isTaken ? new Error(`a fact with the id ${row[1]} is already there`, { cause: error }) : error;
  }
}

const isWritten = (db: Connection, [seq, , , , , hash]: FactRow): boolean =>
  rowsOf(db, 'SELECT seq FROM fact WHERE seq = ? AND hash = ?', [seq, hash]).length > 0;

/** What the embedded stores share: how a file of SQLite is opened, asked and written. */
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';

export type Connection = InstanceType<typeof Database>;

/** A connection to a file that is made where there is none: readable by its owner only, as are those that SQLite puts beside it. */
export function openOwn(file: string): Connection {
  closeSync(openSync(file, 'a', 0o600));
  return new Database(file);
}

export const rowsOf = (db: Connection, sql: string, params: unknown[] = []): unknown[] => db.prepare(sql).raw().all(params);

/** One column's one value of a statement's first row. */
export function first(db: Connection, sql: string, params: unknown[] = []): unknown {
  const row = db.prepare(sql).raw().get(params) as unknown[] | undefined;
  return row?.[0];
}

/**
 * A text that was selected as `CAST(… AS BLOB)`. Asked for a text that is no UTF-8, as on a damaged disk, libsql ends
 * the whole process; read as bytes it is merely wrong, and `verify` says so.
 */
export const textIn = (bytes: unknown): string | null => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : null);

/**
 * One write at a time, all of `work` or nothing of it, also against other processes. SQLite may already have rolled
 * back by itself when the disk fails, so we ask before we do, or the message of the rollback would hide the disk's.
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

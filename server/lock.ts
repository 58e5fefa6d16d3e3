/**
 * One server a data folder. A transaction that is begun and never ended on DIR/lock.sqlite is the lock: the operating
 * system frees it with the process, however that ends. (Nobody may open that file by other means in this process:
 * closing it would free the lock, by a rule of POSIX.)
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';

type Connection = InstanceType<typeof Database>;
export type Locked = { ok: true; release: () => void } | { ok: false; reason: string };
export type Holder = { pid: number; since: number };

/** Takes the folder, which it makes where there is none; `since` is machine time, for whoever comes second. */
export function lockFolder(dir: string, { pid, since }: Holder): Locked {
  let db: Connection | null = null;
  try {
    mkdirSync(dir, { recursive: true });
    db = new Database(path.join(dir, 'lock.sqlite'));
    db.pragma('busy_timeout=250');
    // By `exec` alone: a prepared statement that met a lock would hold on to its own share of the file.
    db.exec('BEGIN IMMEDIATE');
    db.exec('CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL, since INTEGER NOT NULL)');
    db.exec(`INSERT OR REPLACE INTO holder VALUES (1, ${pid}, ${since})`);
    // Committed, so that who comes second can read it, and begun anew: RESERVED lets others read and nobody write.
    db.exec('COMMIT');
    db.exec('BEGIN IMMEDIATE');
    const held = db;
    return { ok: true, release: () => { held.exec('ROLLBACK'); held.close(); } };
  } catch (error) {
    const reason = db !== null && isBusy(error) ? heldBy(db, dir) : `${dir} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    db?.close();
    return { ok: false, reason };
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

function heldBy(db: Connection, dir: string): string {
  const [row] = db.prepare('SELECT pid, since FROM holder').raw().all([]) as [number, number][];
  const by = row === undefined ? 'another server' : `process ${row[0]} since ${new Date(row[1]).toISOString()}`;
  return `${dir} is already served by ${by}`;
}

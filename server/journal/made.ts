/** A database beside the journal that is made from it: whoever deletes it loses nothing but the time to make it again. */
import { rmSync } from 'node:fs';
import { type Connection, first, inTransaction, openOwn } from '../sqlite.ts';

export type Made = { version: number; tables: string };

/** Opens it, or makes it; one of another version, or that cannot be read, is made anew, and `anew` told why. */
export function openMade<T>(file: string, made: Made, { use, anew = () => undefined }: { use: (db: Connection) => T; anew?: (reason: string) => void }): T {
  try {
    return used(opened(file, made), use);
  } catch (error) {
    if (!isDamage(error)) throw error;
    anew(error instanceof Error ? error.message : String(error));
    removeMade(file);
    return used(opened(file, made), use);
  }
}

export function removeMade(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

export const isDamage = (error: unknown): boolean => error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(String(error.code));

function used<T>(db: Connection, use: (db: Connection) => T): T {
  try {
    return use(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function opened(file: string, { version, tables }: Made): Connection {
  return used(openOwn(file), (db) => {
    // Not fsynced with each commit: what a power cut takes of it is made again from the journal.
    for (const pragma of ['busy_timeout=2000', 'journal_mode=WAL', 'synchronous=NORMAL']) db.pragma(pragma);
    const found = Number(first(db, 'PRAGMA user_version'));
    if (found !== 0 && found !== version) throw Object.assign(new Error(`${file} is of another version`), { code: 'SQLITE_ERROR' });
    if (found === 0) inTransaction(db, () => { db.exec(`${tables} PRAGMA user_version=${version};`); });
    return db;
  });
}

/** The journal's file, and how a connection to it is opened. */
import Database from 'libsql';
import { type Connection, first, inTransaction, openOwn } from '../sqlite.ts';

const VERSION = 1;

/**
 * `text` is the fact without its hash, in canonical JSON; the columns beside it repeat what is looked for. WITHOUT
 * ROWID, since a table with one holds a byte in each row that nothing ever reads, whose change no check could find.
 * `given` remembers the highest number ever given, so that a tail that was cut off is missed.
 */
const tables = `
CREATE TABLE fact (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE given (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
CREATE TRIGGER fact_is_counted AFTER INSERT ON fact BEGIN INSERT OR REPLACE INTO given VALUES (1, new.seq); END;
CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
`;

/** A row as it is written and read, in the order of the table's columns. */
export type FactRow = [seq: number, id: string, at: number, kind: string, text: string, hash: string];

/**
 * The one connection that writes. `synchronous=FULL`: the log is fsynced with each commit, before it returns.
 * `secure_delete`: no second copy of a fact is left behind where a page was split, so that the file has one of each.
 */
export function openToWrite(file: string): Connection {
  const db = openOwn(file);
  try {
    for (const pragma of ['busy_timeout=2000', 'journal_mode=WAL', 'synchronous=FULL', 'fullfsync=1', 'secure_delete=1', 'wal_autocheckpoint=1000', 'journal_size_limit=0'])
      db.pragma(pragma);
    const version = Number(first(db, 'PRAGMA user_version'));
    if (version > VERSION) throw new Error(`${file} was written by a newer version (${version}) than this one (${VERSION})`);
    // Written each time: a file that cannot be is told now, and not by the first reading or fact.
    inTransaction(db, () => { db.exec(`${version === 0 ? tables : ''} PRAGMA user_version=${VERSION};`); });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A connection that reads, and holds up nobody. */
export function openToRead(file: string): Connection {
  const db = new Database(file);
  for (const pragma of ['busy_timeout=2000', 'query_only=1']) db.pragma(pragma);
  return db;
}

/** The file of people and tokens: `DIR/access.sqlite`, read by the server and written by the commands at the same time. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Connection, openOwn } from '../sqlite.ts';

export type Sql = Connection;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS people (
    name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, created INTEGER NOT NULL, disabled INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES people(name), created INTEGER NOT NULL, seen INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, created INTEGER NOT NULL, revoked INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS planned (
    fact TEXT PRIMARY KEY, change TEXT NOT NULL, before TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS places (
    name TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (name, address)
  ) STRICT;`;

export const ACCESS = 'access.sqlite';
export const fileOf = (dir: string): string => path.join(dir, ACCESS);

/** What accounts of earlier versions lack: `totp` and `used` of a code, `issuer` and `subject` of whoever a provider vouches for, when they were `seen`, how many further `passwords` were set, and `codes` enrolled. */
const LATER = [['totp', 'TEXT'], ['used', 'INTEGER NOT NULL DEFAULT 0'], ['issuer', 'TEXT'], ['subject', 'TEXT'], ['seen', 'INTEGER'], ['passwords', 'INTEGER NOT NULL DEFAULT 0'], ['codes', 'INTEGER NOT NULL DEFAULT 0']] as const;

function withLater(sql: Sql): void {
  const columns = (sql.pragma('table_info(people)') as { name: string }[]).map(({ name }) => name);
  for (const [name, type] of LATER) if (!columns.includes(name)) sql.exec(`ALTER TABLE people ADD COLUMN ${name} ${type}`);
  sql.exec('CREATE UNIQUE INDEX IF NOT EXISTS vouched ON people (issuer, subject)');
}

/** Opens it, and makes it where there is none; what cannot be opened is said in a sentence, for whoever starts a command or a server. */
export function openDatabase(dir: string): Sql {
  try {
    mkdirSync(dir, { recursive: true });
    const sql = openOwn(fileOf(dir));
    // The other process may be writing: wait for it rather than fail.
    sql.pragma('busy_timeout = 5000');
    sql.pragma('journal_mode = WAL');
    sql.pragma('synchronous = FULL');
    sql.exec(SCHEMA);
    withLater(sql);
    return sql;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // `expected` tells the boot that the sentence is enough, and the stack of no use.
    throw Object.assign(new Error(`${fileOf(dir)} cannot be opened: ${reason}; look at who owns it and who may read and write it`, { cause: error }), { expected: true });
  }
}

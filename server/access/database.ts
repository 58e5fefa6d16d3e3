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
  ) STRICT;`;

/** Opens it, and makes it where there is none. */
export function openDatabase(dir: string): Sql {
  mkdirSync(dir, { recursive: true });
  const sql = openOwn(path.join(dir, 'access.sqlite'));
  // The other process may be writing: wait for it rather than fail.
  sql.pragma('busy_timeout = 5000');
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.exec(SCHEMA);
  return sql;
}

/** Sessions of people: they end when not used for a while, and after a shift in any case. */
import type { PersonRole } from '../../shared/roles.ts';
import type { Sql } from './database.ts';
import { hashOf, newSecret } from './secrets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After how long a session ends: unused (`idle`), and at all (`absolute`: a shift of twelve hours and its handover). */
export type SessionEnds = { idle: number; absolute: number };
export const SESSION_ENDS: SessionEnds = { idle: 8 * HOUR, absolute: 16 * HOUR };

/** A use is written down at most this often: a desk that asks ten times a second is no reason to write ten times. */
const TOUCH = MINUTE;

type Row = { name: string; role: PersonRole; created: number; seen: number };
export type Sessions = {
  begin: (name: string) => { secret: string; ends: number };
  /** Who has the session now; `use` counts it as used. */
  find: (secret: string, use: boolean) => { name: string; role: PersonRole } | null;
  end: (secret: string) => void;
  /** Every session of a person, but one that may go on, by its hash. */
  endAllOf: (name: string, keep?: string | null) => void;
};

/** Writes down that a session was used, and so its person seen. */
function toucher(sql: Sql): (name: string, hash: string, at: number) => void {
  const used = sql.prepare('UPDATE sessions SET seen = ? WHERE hash = ?');
  const seen = sql.prepare('UPDATE people SET seen = ? WHERE name = ?');
  return (name, hash, at) => {
    used.run(at, hash);
    seen.run(at, name);
  };
}

export function openSessions(sql: Sql, now: () => number, ends: SessionEnds = SESSION_ENDS): Sessions {
  const insert = sql.prepare('INSERT INTO sessions (hash, name, created, seen) VALUES (?, ?, ?, ?)');
  const find = sql.prepare(`SELECT s.name, p.role, s.created, s.seen FROM sessions s JOIN people p ON p.name = s.name
    WHERE s.hash = ? AND p.disabled IS NULL`);
  const drop = sql.prepare('DELETE FROM sessions WHERE hash = ?');
  const dropAll = sql.prepare('DELETE FROM sessions WHERE name = ? AND hash <> ?');
  const touch = toucher(sql);
  const dropEnded = sql.prepare('DELETE FROM sessions WHERE created <= ? OR seen <= ?');
  return {
    begin: (name) => {
      const secret = newSecret('session');
      const at = now();
      dropEnded.run(at - ends.absolute, at - ends.idle);
      insert.run(hashOf(secret), name, at, at);
      touch(name, hashOf(secret), at);
      return { secret, ends: at + ends.absolute };
    },
    find: (secret, use) => {
      const hash = hashOf(secret);
      const row = find.get(hash) as Row | undefined;
      const at = now();
      if (row === undefined || at >= row.created + ends.absolute || at >= row.seen + ends.idle) return null;
      if (use && at >= row.seen + Math.min(TOUCH, ends.idle / 2)) touch(row.name, hash, at);
      return { name: row.name, role: row.role };
    },
    end: (secret) => { drop.run(hashOf(secret)); },
    endAllOf: (name, keep = null) => { dropAll.run(name, keep ?? ''); },
  };
}

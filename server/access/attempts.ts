/** Tries to sign in, counted by account: `shared/tries.ts` has the rule. */
import { nameKey } from '../../shared/person-name.ts';
import { failedAgain, FORGOTTEN, together, type Tries, waitAfter } from '../../shared/tries.ts';
import type { Access } from './access.ts';
import type { Sql } from './database.ts';

/** Of names that nobody has there may be any number. */
const MOST = 10_000;
/** Of one account. */
const ADDRESSES = 50;

/** From where an account was signed in to: the latest such addresses. */
function openPlaces(sql: Sql, now: () => number): { has: (key: string, from: string) => boolean; add: (key: string, from: string) => void } {
  const find = sql.prepare('SELECT 1 FROM places WHERE name = ? AND address = ?');
  const put = sql.prepare('INSERT INTO places (name, address, at) VALUES (?, ?, ?) ON CONFLICT (name, address) DO UPDATE SET at = excluded.at');
  const drop = sql.prepare('DELETE FROM places WHERE name = ?1 AND address NOT IN (SELECT address FROM places WHERE name = ?1 ORDER BY at DESC LIMIT ?2)');
  return { has: (key, from) => find.get(key, from) !== undefined, add: (key, from) => { put.run(key, from, now()); drop.run(key, ADDRESSES); } };
}

export function openAttempts(sql: Sql, now: () => number): Pick<Access, 'attempt' | 'failures'> {
  const places = openPlaces(sql, now);
  /** By account, and where it was signed in to before, by address; strangers share one. */
  const rows = new Map<string, { key: string; tries: Tries }>();
  const keep = (id: string, key: string, tries: Tries): void => {
    rows.delete(id);
    rows.set(id, { key, tries });
    for (const [oldest, row] of rows) {
      if (rows.size <= MOST && now() - row.tries.last < FORGOTTEN) break;
      rows.delete(oldest);
    }
  };
  return {
    attempt: (name, from) => {
      const key = nameKey(name.slice(0, 64));
      const id = JSON.stringify([key, places.has(key, from) ? from : null]);
      const before = rows.get(id)?.tries;
      const wait = before === undefined ? 0 : waitAfter(before, now());
      if (wait > 0) return { wait };
      // Counted before it is looked at: a hundred at once are a hundred.
      const tries = failedAgain(before, now());
      keep(id, key, tries);
      return {
        wait: 0, failed: tries.count,
        succeeded: () => { rows.delete(id); places.add(key, from); },
        undecided: () => { const row = rows.get(id); if (row !== undefined) row.tries = { ...row.tries, count: row.tries.count - 1 }; },
      };
    },
    failures: (name) => { const key = nameKey(name); return together([...rows.values()].flatMap((row) => (row.key === key && row.tries.count > 0 ? [row.tries] : []))); },
  };
}

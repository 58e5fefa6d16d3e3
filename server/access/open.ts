/** Access over `DIR/access.sqlite`. Every question is asked of the file, so what a command changes holds at the next use. */
import type { Access, Caller } from './access.ts';
import { accountPart } from './accounts.ts';
import { inTransaction } from '../sqlite.ts';
import { openAttempts } from './attempts.ts';
import { openDatabase } from './database.ts';
import { onlyAdmin, openPeople } from './people.ts';
import { kindOf } from './secrets.ts';
import { openSessions, SESSION_ENDS, type SessionEnds, type Sessions } from './sessions.ts';
import { openTokens, type Tokens } from './tokens.ts';

export type AccessOptions = { dir: string; /** Machine time. */ now: () => number; sessions?: SessionEnds };

export function openAccess({ dir, now, sessions: ends = SESSION_ENDS }: AccessOptions): Access {
  const sql = openDatabase(dir);
  const [people, sessions, tokens] = [openPeople(sql, now), openSessions(sql, now, ends), openTokens(sql, now)];
  const { changes, changed } = watchChanges(sql.prepare('PRAGMA data_version'));
  const find = finder(sessions, tokens);

  return {
    signIn: async (name, password, code = null) => {
      const checked = await people.check(name, password, code);
      return checked.ok ? { ...checked, ...sessions.begin(checked.person.name) } : checked;
    },
    ...openAttempts(sql, now),
    ...accountPart({ sql, people, sessions, tokens, changed }, now),
    signOut: (secret) => { sessions.end(secret); changed(); },
    caller: (secret) => find(secret, true), standsFor: (secret) => find(secret, false),
    holds: (secret) => find(secret, false) !== null,
    changes,
    addPerson: people.add, called: (name) => people.bearer(name)?.name ?? null,
    lastAdmin: () => onlyAdmin(people.list()),
    people: people.list,
    addToken: tokens.add, newToken: tokens.make, tokens: tokens.list,
    empty: () => people.list().length === 0 && tokens.list().length === 0,
    found: async (some, keys) => {
      const hashed = await Promise.all(some.map(people.hashed));
      inTransaction(sql, () => { hashed.forEach(people.insert); keys.forEach(tokens.insert); });
    },
    close: () => { sql.close(); },
  };
}

/** Who a secret stands for; its prefix says where to look. */
function finder(sessions: Sessions, tokens: Tokens): (secret: string, use: boolean) => Caller | null {
  return (secret, use) => {
    const kind = kindOf(secret);
    if (kind === null) return null;
    if (kind === 'session') {
      const person = sessions.find(secret, use);
      return person === null ? null : { kind: 'person', ...person };
    }
    const token = tokens.find(secret);
    if (token?.kind !== kind) return null;
    return kind === 'source' ? { kind, source: token.name } : { kind, name: token.name, role: 'screen', token: token.id };
  };
}

/** SQLite's own count of what other connections committed, and ours of what we did. */
function watchChanges(version: { get: () => unknown }): { changes: () => number; changed: () => void } {
  let own = 0;
  return {
    changes: () => own + (version.get() as { data_version: number }).data_version,
    changed: () => { own += 1; },
  };
}

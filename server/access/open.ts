/** Access over `DIR/access.sqlite`. Every question is asked of the file, so what a command changes holds at the next use. */
import type { Access, Caller, VouchedIn } from './access.ts';
import { inTransaction } from '../sqlite.ts';
import { openDatabase } from './database.ts';
import { onlyAdmin, openPeople, type People } from './people.ts';
import { kindOf } from './secrets.ts';
import { openSessions, SESSION_ENDS, type SessionEnds, type Sessions } from './sessions.ts';
import { openTokens, type Tokens } from './tokens.ts';
import { type Found, openVouched } from './vouched.ts';

export type AccessOptions = { dir: string; /** Machine time. */ now: () => number; sessions?: SessionEnds };

export function openAccess({ dir, now, sessions: ends = SESSION_ENDS }: AccessOptions): Access {
  const sql = openDatabase(dir);
  const [people, sessions, tokens] = [openPeople(sql, now), openSessions(sql, now, ends), openTokens(sql, now)];
  const { changes, changed } = watchChanges(sql.prepare('PRAGMA data_version'));
  const [find, vouchedFor] = [finder(sessions, tokens), openVouched(sql, now)];

  return {
    signIn: async (name, password, code = null) => {
      const checked = await people.check(name, password, code);
      return checked.ok ? { ...checked, ...sessions.begin(checked.person.name) } : checked;
    },
    letIn: (vouched) => inTransaction(sql, () => { changed(); return vouchedIn(vouchedFor(vouched), sessions); }),
    setTotp: (name, secret) => inTransaction(sql, () => { changed(); sessions.endAllOf(name); return people.setTotp(name, secret); }),
    signOut: (secret) => { sessions.end(secret); changed(); },
    caller: (secret) => find(secret, true),
    holds: (secret) => find(secret, false) !== null,
    changes,
    addPerson: people.add,
    disablePerson: (name) => inTransaction(sql, () => { changed(); return shutOut(name, people, sessions); }),
    lastAdmin: () => onlyAdmin(people.list()),
    people: people.list,
    ...tokenPart(tokens, changed),
    empty: () => people.list().length === 0 && tokens.list().length === 0,
    found: async (some, keys) => {
      const hashed = await Promise.all(some.map(people.hashed));
      inTransaction(sql, () => { hashed.forEach(people.insert); keys.forEach(tokens.insert); });
    },
    close: () => { sql.close(); },
  };
}

const tokenPart = (tokens: Tokens, changed: () => void): Pick<Access, 'addToken' | 'revokeToken' | 'tokens'> =>
  ({ addToken: tokens.add, revokeToken: (id) => { changed(); return tokens.revoke(id); }, tokens: tokens.list });

/** A session for whom a provider vouches; whoever may no longer come in is out everywhere. */
function vouchedIn(found: Found, sessions: Sessions): VouchedIn {
  if (found.ok) return { ...found, ...sessions.begin(found.person.name) };
  if (found.name !== null) sessions.endAllOf(found.name);
  return { ok: false, why: found.why };
}

/** Disables a person and ends their sessions; never the only one who could let them in again. */
function shutOut(name: string, people: People, sessions: Sessions): boolean {
  if (onlyAdmin(people.list()) === name) return false;
  sessions.endAllOf(name);
  return people.disable(name);
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
    return kind === 'source' ? { kind, source: token.name } : { kind, name: token.name, role: 'screen' };
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

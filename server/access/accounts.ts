/** What may be changed of an account: each change whole, and with it the end of the sessions that it costs. */
import { inTransaction } from '../sqlite.ts';
import type { Access, VouchedIn } from './access.ts';
import type { Sql } from './database.ts';
import { onlyAdmin, type People } from './people.ts';
import type { Sessions } from './sessions.ts';
import { type Found, openVouched } from './vouched.ts';

type Parts = { sql: Sql; people: People; sessions: Sessions; /** Somebody may have lost a right. */ changed: () => void };
type AccountPart = Pick<Access, 'letIn' | 'setTotp' | 'knows' | 'setPassword' | 'setRole' | 'disablePerson' | 'enablePerson' | 'endSessions'>;

export function accountPart({ sql, people, sessions, changed }: Parts, now: () => number): AccountPart {
  const vouchedFor = openVouched(sql, now);
  const whole = <T>(work: () => T): T => inTransaction(sql, () => { changed(); return work(); });
  const isLast = (name: string): boolean => onlyAdmin(people.list()) === name;
  return {
    letIn: (vouched) => whole(() => vouchedIn(vouchedFor(vouched), sessions)),
    setTotp: (name, secret, { used = 0, keep } = {}) => whole(() => { sessions.endAllOf(name, keep); return people.setTotp(name, secret, used); }),
    knows: people.knows,
    setPassword: async (name, password, { keep } = {}) => {
      const made = await people.hash(password);
      return whole(() => { sessions.endAllOf(name, keep); return people.setHash(name, made); });
    },
    setRole: (name, role) => whole(() => !isLast(name) && people.setRole(name, role)),
    // Never the only one who could let them in again.
    disablePerson: (name) => whole(() => {
      if (isLast(name)) return false;
      sessions.endAllOf(name);
      return people.disable(name);
    }),
    enablePerson: async (name, password) => {
      const made = password === null ? null : await people.hash(password);
      return whole(() => people.enable(name, made));
    },
    endSessions: (name) => { whole(() => { sessions.endAllOf(name); }); },
  };
}

/** A session for whom a provider vouches; whoever may no longer come in is out everywhere. */
function vouchedIn(found: Found, sessions: Sessions): VouchedIn {
  if (found.ok) return { ...found, ...sessions.begin(found.person.name) };
  if (found.name !== null) sessions.endAllOf(found.name);
  return { ok: false, why: found.why };
}

/** What may be changed of accounts and tokens: each change whole, and with it the end of the sessions that it costs. */
import { inTransaction } from '../sqlite.ts';
import type { Access, VouchedIn } from './access.ts';
import type { Sql } from './database.ts';
import { onlyAdmin, type People } from './people.ts';
import { type Kept, openPlans } from './plans.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';
import { type Found, openVouched } from './vouched.ts';

type Parts = { sql: Sql; people: People; sessions: Sessions; tokens: Tokens; /** Somebody may have lost a right. */ changed: () => void };
type AccountPart = Pick<Access, 'letIn' | 'knows' | 'setTotp' | 'disablePerson' | 'revokeToken' | 'plan' | 'carryOut' | 'forget' | 'planned'>;

export function accountPart(parts: Parts, now: () => number): AccountPart {
  const { sql, people, sessions, changed } = parts;
  const vouchedFor = openVouched(sql, people, now);
  const put = putting(parts);
  const whole = <T>(work: () => T): T => inTransaction(sql, () => { changed(); return work(); });
  return {
    letIn: (vouched) => whole(() => vouchedIn(vouchedFor(vouched), sessions)),
    knows: people.knows,
    setTotp: (name, secret) => whole(() => put({ is: 'totp', name, secret, used: 0, keep: null })),
    disablePerson: (name) => whole(() => put({ is: 'disabled', name })),
    revokeToken: (id) => whole(() => put({ is: 'revoked', id })),
    ...openPlans({ sql, hash: people.hash, put: (change) => { changed(); return put(change); } }),
  };
}

/** Does a change, within somebody's transaction. */
function putting({ people, sessions, tokens }: Parts): (change: Kept) => boolean {
  // Never the only one who could let them in again.
  const isLast = (name: string): boolean => onlyAdmin(people.list()) === name;
  return (change) => {
    switch (change.is) {
      case 'added': return people.write(change);
      case 'role': return !isLast(change.name) && people.setRole(change.name, change.role);
      case 'password': sessions.endAllOf(change.name, change.keep); return people.setHash(change.name, change.hash);
      case 'disabled':
        if (isLast(change.name)) return false;
        sessions.endAllOf(change.name);
        return people.disable(change.name);
      case 'enabled': return people.enable(change.name, change.hash);
      case 'totp': sessions.endAllOf(change.name, change.keep); return people.setTotp(change.name, change.secret, change.used);
      case 'signed-out': sessions.endAllOf(change.name); return true;
      case 'token': return tokens.keep(change.made, change.hash);
      case 'revoked': return tokens.revoke(change.id);
    }
  };
}

/** A session for whom a provider vouches; whoever may no longer come in is out everywhere. */
function vouchedIn(found: Found, sessions: Sessions): VouchedIn {
  if (found.ok) return { ...found, ...sessions.begin(found.person.name) };
  if (found.name !== null) sessions.endAllOf(found.name);
  return { ok: false, why: found.why };
}

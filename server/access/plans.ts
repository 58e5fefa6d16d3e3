/**
 * A change of accounts or tokens that the journal is told of first. From before its fact is written until it holds, it waits here, whole and
 * durable: of a server that was killed in between the next start does what the journal knows of, and forgets the rest.
 */
import { inTransaction } from '../sqlite.ts';
import type { PersonRole } from '../../shared/roles.ts';
import type { Access, TokenInfo } from './access.ts';
import type { Sql } from './database.ts';
import { hashOf } from './secrets.ts';

/** As it is asked for. `keep`: the session that goes on, of whoever changes their own account; `used`: the step of the code that proved it. */
export type Change =
  | { is: 'added'; name: string; role: PersonRole; password: string }
  | { is: 'role'; name: string; role: PersonRole }
  | { is: 'password'; name: string; password: string; keep?: string }
  | { is: 'disabled' | 'signed-out'; name: string }
  | { is: 'enabled'; name: string; password: string | null }
  | { is: 'totp'; name: string; secret: string | null; used?: number; keep?: string }
  | { is: 'token'; made: TokenInfo & { secret: string } }
  | { is: 'revoked'; id: string };

/** As it is kept and done: passwords, sessions and tokens as hashes. */
export type Kept =
  | { is: 'added'; name: string; role: PersonRole; hash: string }
  | { is: 'role'; name: string; role: PersonRole }
  | { is: 'password'; name: string; hash: string; keep: string | null }
  | { is: 'disabled' | 'signed-out'; name: string }
  | { is: 'enabled'; name: string; hash: string | null }
  | { is: 'totp'; name: string; secret: string | null; used: number; keep: string | null }
  | { is: 'token'; made: TokenInfo; hash: string }
  | { is: 'revoked'; id: string };

const keeping = (secret: string | undefined): string | null => (secret === undefined ? null : hashOf(secret));

async function kept(change: Change, hash: (password: string) => Promise<string>): Promise<Kept> {
  switch (change.is) {
    case 'added': { const { password, ...rest } = change; return { ...rest, hash: await hash(password) }; }
    case 'password': return { is: 'password', name: change.name, hash: await hash(change.password), keep: keeping(change.keep) };
    case 'enabled': return { is: 'enabled', name: change.name, hash: change.password === null ? null : await hash(change.password) };
    case 'totp': return { is: 'totp', name: change.name, secret: change.secret, used: change.used ?? 0, keep: keeping(change.keep) };
    case 'token': { const { secret, ...made } = change.made; return { is: 'token', made, hash: hashOf(secret) }; }
    default: return change;
  }
}

type Parts = { sql: Sql; hash: (password: string) => Promise<string>; /** Does it, within a transaction; false: it cannot be done any more. */ put: (change: Kept) => boolean };
type Row = { change: string; before: string };

export function openPlans({ sql, hash, put }: Parts): Pick<Access, 'plan' | 'carryOut' | 'forget' | 'planned'> {
  const insert = sql.prepare('INSERT OR REPLACE INTO planned (fact, change, before) VALUES (?, ?, ?)');
  const find = sql.prepare('SELECT change, before FROM planned WHERE fact = ?');
  const drop = sql.prepare('DELETE FROM planned WHERE fact = ?');
  const all = sql.prepare('SELECT fact FROM planned ORDER BY rowid');
  const account = sql.prepare('SELECT role, password, disabled, totp FROM people WHERE name = ?').raw();
  /** What somebody else may have changed in between: their word is the later one. */
  const standing = (change: Kept): string => ('name' in change ? hashOf(JSON.stringify(account.get(change.name) ?? null)) : '');
  return {
    plan: async (fact, change) => {
      const made = await kept(change, hash);
      inTransaction(sql, () => { insert.run(fact, JSON.stringify(made), standing(made)); });
    },
    carryOut: (fact) => inTransaction(sql, () => {
      const row = find.get(fact) as Row | undefined;
      const change = row === undefined ? null : JSON.parse(row.change) as Kept;
      if (change === null || row?.before !== standing(change) || !put(change)) return false;
      drop.run(fact);
      return true;
    }),
    forget: (fact) => { drop.run(fact); },
    planned: () => (all.all() as { fact: string }[]).map(({ fact }) => fact),
  };
}

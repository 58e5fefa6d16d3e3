/** What the journal tells of who may come in: a fold of its facts from the one on that said what stands (`access-stands`). */
import type { Fact, FactOf } from './fact.ts';
import type { PersonRole } from './roles.ts';

/** `passwords`: how often a further one was set; `codes`: how often one was enrolled. Of none is anything else said. */
export type ToldAccount = { role: PersonRole; disabled: boolean; totp: boolean; passwords: number; codes: number };
/** `tokens`: whether each is in force. */
export type AccessTold = { accounts: Map<string, ToldAccount>; tokens: Map<string, FactOf<'access-stands'>['tokens'][number] & { inForce: boolean }> };

/** Of an account that has only just been added. */
export const NEW_ACCOUNT: Omit<ToldAccount, 'role'> = { disabled: false, totp: false, passwords: 0, codes: 0 };

function after(before: ToldAccount, { what, role }: FactOf<'account-changed'>): ToldAccount {
  const now = { ...before, role: role ?? before.role };
  switch (what) {
    case 'added': case 'role': case 'signed-out': return now;
    case 'password': return { ...now, passwords: now.passwords + 1 };
    case 'disabled': return { ...now, disabled: true };
    case 'enabled': return { ...now, disabled: false, passwords: now.passwords + 1 };
    case 'totp-on': return { ...now, totp: true, codes: now.codes + 1 };
    case 'totp-off': return { ...now, totp: false };
  }
}

function take(told: AccessTold, fact: Fact): void {
  if (fact.kind === 'account-changed') told.accounts.set(fact.account, after(told.accounts.get(fact.account) ?? { ...NEW_ACCOUNT, role: fact.role ?? 'auditor' }, fact));
  else if (fact.kind === 'token-changed') told.tokens.set(fact.token, { token: fact.token, of: fact.of, name: fact.name, inForce: fact.what === 'added' });
}

/** Null: it never said what stands, so that nobody can say what is new. Facts that were voided tell nothing. */
export function accessTold(facts: readonly Fact[]): AccessTold | null {
  const voided = new Set(facts.flatMap((fact) => (fact.kind === 'command-voided' ? [fact.of] : [])));
  const first = facts.findIndex(({ kind }) => kind === 'access-stands');
  const stands = facts[first];
  if (stands?.kind !== 'access-stands') return null;
  const told: AccessTold = {
    accounts: new Map(stands.accounts.map(({ account, ...rest }) => [account, rest])), tokens: new Map(stands.tokens.map((token) => [token.token, { ...token, inForce: true }])),
  };
  for (const fact of facts.slice(first + 1)) if (!voided.has(fact.id)) take(told, fact);
  return told;
}

/** What became of accounts and tokens since they were looked at, or told of, last: for changes that nobody announced. */
import { type AccessTold, NEW_ACCOUNT, type ToldAccount } from '../../shared/access-told.ts';
import type { FactOf } from '../../shared/fact.ts';
import type { Access, Person, TokenInfo } from './access.ts';

export type Book = { people: readonly Person[]; tokens: readonly TokenInfo[] };
type AccountFact = FactOf<'account-changed'>;
type TokenFact = FactOf<'token-changed'>;
/** Where it was done, on the server's own machine in any case: while the room looked on, or while it was down. */
type Where = Extract<AccountFact['way'], 'console' | 'down'>;

export const bookOf = (access: Pick<Access, 'people' | 'tokens'>): Book => ({ people: access.people(), tokens: access.tokens() });

/** What stands, in the words of the journal. */
export const standing = ({ people, tokens }: Book): FactOf<'access-stands'> => ({
  kind: 'access-stands',
  accounts: people.map(({ name: account, role, disabled, totp, passwords, codes }) => ({ account, role, disabled, totp, passwords, codes })),
  tokens: tokens.flatMap(({ id: token, kind: of, name, revoked }) => (revoked === null ? [{ token, of, name }] : [])),
});

/** All that is in the book, as if the journal had told of it. */
export const toldBy = ({ people, tokens }: Book): AccessTold => ({
  accounts: new Map(people.map((person) => [person.name, person])), tokens: new Map(tokens.map(({ id, kind, name, revoked }) => [id, { token: id, of: kind, name, inForce: revoked === null }])),
});

function ofPerson(before: ToldAccount | undefined, after: Person): AccountFact['what'][] {
  if (before === undefined) return ['added', ...ofPerson({ ...NEW_ACCOUNT, role: after.role }, after)];
  const comesBack = before.disabled && !after.disabled;
  const replaced = Math.max(0, after.passwords - before.passwords - (comesBack ? 1 : 0));
  const enrolled = Math.max(after.totp && !before.totp ? 1 : 0, after.codes - before.codes);
  return [
    ...(before.disabled === after.disabled ? [] : [comesBack ? 'enabled' as const : 'disabled' as const]), ...Array.from({ length: replaced }, () => 'password' as const),
    ...(before.role === after.role ? [] : ['role' as const]), ...Array.from({ length: enrolled }, () => 'totp-on' as const),
    ...(!after.totp && (before.totp || enrolled > 0) ? ['totp-off' as const] : []),
  ];
}

/** Of whom a provider vouches for the account and its role are its word; all else was done on the server's own machine. */
const wayOf = (what: AccountFact['what'], { vouched }: Person, where: Where): AccountFact['way'] => (vouched && (what === 'added' || what === 'role') ? 'sign-on' : where);

/** One that came and went while the room was down has opened nothing. */
function ofToken(inForce: boolean | undefined, { revoked }: TokenInfo, where: Where): TokenFact['what'][] {
  if (revoked === null) return inForce === true ? [] : ['added'];
  return inForce === true ? ['revoked'] : inForce === undefined && where === 'console' ? ['added', 'revoked'] : [];
}

/** Those that are there no longer: no command takes them away, so that whoever did knew the file. */
function gone(before: AccessTold, after: Book, way: Where): (AccountFact | TokenFact)[] {
  const [names, ids] = [new Set(after.people.map(({ name }) => name)), new Set(after.tokens.map(({ id }) => id))];
  return [
    ...[...before.accounts].filter(([name, { disabled }]) => !disabled && !names.has(name)).map(([account, { role }]): AccountFact => ({ kind: 'account-changed', account, what: 'disabled', role, by: null, way })),
    ...[...before.tokens.values()].filter(({ token, inForce }) => inForce && !ids.has(token)).map(({ token, of, name }): TokenFact => ({ kind: 'token-changed', token, of, name, what: 'revoked', by: null, way })),
  ];
}

export function changesBetween(before: AccessTold, after: Book, where: Where): (AccountFact | TokenFact)[] {
  return [
    ...after.people.flatMap((person) => ofPerson(before.accounts.get(person.name), person).map((what): AccountFact => ({ kind: 'account-changed', account: person.name, what, role: person.role, by: null, way: wayOf(what, person, where) }))),
    ...after.tokens.flatMap((token) => ofToken(before.tokens.get(token.id)?.inForce, token, where).map((what): TokenFact => ({ kind: 'token-changed', token: token.id, of: token.kind, name: token.name, what, by: null, way: where }))),
    ...gone(before, after, where),
  ];
}

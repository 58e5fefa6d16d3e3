/** What became of accounts and tokens between two looks at them, for changes that nobody announced. */
import type { FactOf } from '../../shared/fact.ts';
import type { Access, Person, TokenInfo } from './access.ts';

export type Book = { people: readonly Person[]; tokens: readonly TokenInfo[] };
type AccountFact = FactOf<'account-changed'>;
type TokenFact = FactOf<'token-changed'>;

export const bookOf = (access: Pick<Access, 'people' | 'tokens'>): Book => ({ people: access.people(), tokens: access.tokens() });

function ofPerson(before: Person | undefined, after: Person): AccountFact['what'][] {
  if (before === undefined) return ['added'];
  return [
    ...(before.disabled === after.disabled ? [] : [after.disabled ? 'disabled' as const : 'enabled' as const]),
    ...(before.role === after.role ? [] : ['role' as const]), ...(before.totp === after.totp ? [] : [after.totp ? 'totp-on' as const : 'totp-off' as const]),
  ];
}

/** Of whom a provider vouches for the account and its role are its word; all else was done on the server's own machine. */
const wayOf = (what: AccountFact['what'], { vouched }: Person): AccountFact['way'] => (vouched && (what === 'added' || what === 'role') ? 'sign-on' : 'console');

function ofToken(before: TokenInfo | undefined, { revoked }: TokenInfo): TokenFact['what'][] {
  return [...(before === undefined ? ['added' as const] : []), ...((before?.revoked ?? null) === null && revoked !== null ? ['revoked' as const] : [])];
}

export function changesBetween(before: Book, after: Book): (AccountFact | TokenFact)[] {
  const [people, tokens] = [new Map(before.people.map((each) => [each.name, each])), new Map(before.tokens.map((each) => [each.id, each]))];
  return [
    ...after.people.flatMap((person) => ofPerson(people.get(person.name), person).map((what): AccountFact => ({ kind: 'account-changed', account: person.name, what, role: person.role, by: null, way: wayOf(what, person) }))),
    ...after.tokens.flatMap((token) => ofToken(tokens.get(token.id), token).map((what): TokenFact => ({ kind: 'token-changed', token: token.id, of: token.kind, name: token.name, what, by: null, way: 'console' }))),
  ];
}

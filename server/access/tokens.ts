/** Tokens of sources (they write readings) and of screens (they see). Long-lived, revocable, shown once. */
import { Id } from '../../shared/event.ts';
import type { Added, NewToken, TokenInfo } from './access.ts';
import { nameKey } from '../../shared/person-name.ts';
import type { Sql } from './database.ts';
import { hashOf, newSecret, newTokenId } from './secrets.ts';

export type Tokens = {
  find: (secret: string) => (NewToken & { id: string }) | null;
  add: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  /** One that is not in force yet. */
  make: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  /** False: its name has been taken meanwhile. */
  keep: (made: TokenInfo, hash: string) => boolean;
  insert: (token: NewToken & { secret: string }) => TokenInfo;
  revoke: (id: string) => boolean;
  list: () => TokenInfo[];
};

/** What is wrong with a token's name, or null. A source's is an id of `sources.yaml`. */
function wrongWith({ kind, name }: NewToken): string | null {
  if (kind === 'source') return Id.safeParse(name).success ? null : 'a source is named by its id in sources.yaml';
  return /^[^\p{C}]{1,64}$/u.test(name) && name.trim() === name ? null : 'a screen has a name of 1 to 64 characters';
}

/** The screen's token in force whose name reads as this one: of two walls of one name nobody would know which is dark. */
export const takenBy = (tokens: readonly TokenInfo[], { kind, name }: NewToken): TokenInfo | undefined =>
  (kind === 'screen' ? tokens.find((token) => token.kind === 'screen' && token.revoked === null && nameKey(token.name) === nameKey(name)) : undefined);
export const screenTaken = ({ id, name }: TokenInfo): string => `there is already a screen called ${name}, with the token ${id}; give another name, or revoke that token first`;

export function openTokens(sql: Sql, now: () => number): Tokens {
  const find = sql.prepare('SELECT id, kind, name FROM tokens WHERE hash = ? AND revoked IS NULL');
  const insert = sql.prepare('INSERT INTO tokens (id, hash, kind, name, created) VALUES (?, ?, ?, ?, ?)');
  const revoke = sql.prepare('UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL');
  const all = sql.prepare('SELECT id, kind, name, created, revoked FROM tokens ORDER BY created, id');
  const made = ({ kind, name }: NewToken): TokenInfo => ({ id: newTokenId(), kind, name, created: now(), revoked: null });
  const list = (): TokenInfo[] => (all.all() as TokenInfo[]).map(({ id, kind, name, created, revoked }) => ({ id, kind, name, created, revoked }));
  const keep = ({ id, kind, name, created }: TokenInfo, hash: string): boolean => takenBy(list(), { kind, name }) === undefined && insert.run(id, hash, kind, name, created).changes > 0;
  const make = (token: NewToken): Added<TokenInfo & { secret: string }> => {
    const taken = takenBy(list(), token);
    const reason = wrongWith(token) ?? (taken === undefined ? null : screenTaken(taken));
    return reason === null ? { ok: true, added: { ...made(token), secret: newSecret(token.kind) } } : { ok: false, reason };
  };
  return {
    find: (secret) => {
      const row = find.get(hashOf(secret)) as (NewToken & { id: string }) | undefined;
      return row === undefined ? null : { id: row.id, kind: row.kind, name: row.name };
    },
    add: (token) => {
      const found = make(token);
      if (found.ok) keep(found.added, hashOf(found.added.secret));
      return found;
    },
    make, keep,
    insert: ({ secret, ...token }) => { const info = made(token); keep(info, hashOf(secret)); return info; },
    revoke: (id) => revoke.run(now(), id).changes > 0,
    list,
  };
}

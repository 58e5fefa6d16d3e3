/** Tokens of sources (they write readings) and of screens (they see). Long-lived, revocable, shown once. */
import { Id } from '../../shared/event.ts';
import type { Added, NewToken, TokenInfo } from './access.ts';
import type { Sql } from './database.ts';
import { hashOf, newSecret, newTokenId } from './secrets.ts';

export type Tokens = {
  find: (secret: string) => NewToken | null;
  add: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  /** One that is not in force yet. */
  make: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  keep: (made: TokenInfo, hash: string) => void;
  insert: (token: NewToken & { secret: string }) => TokenInfo;
  revoke: (id: string) => boolean;
  list: () => TokenInfo[];
};

/** What is wrong with a token's name, or null. A source's is an id of `sources.yaml`. */
function wrongWith({ kind, name }: NewToken): string | null {
  if (kind === 'source') return Id.safeParse(name).success ? null : 'a source is named by its id in sources.yaml';
  return /^[^\p{C}]{1,64}$/u.test(name) && name.trim() === name ? null : 'a screen has a name of 1 to 64 characters';
}

export function openTokens(sql: Sql, now: () => number): Tokens {
  const find = sql.prepare('SELECT kind, name FROM tokens WHERE hash = ? AND revoked IS NULL');
  const insert = sql.prepare('INSERT INTO tokens (id, hash, kind, name, created) VALUES (?, ?, ?, ?, ?)');
  const revoke = sql.prepare('UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL');
  const all = sql.prepare('SELECT id, kind, name, created, revoked FROM tokens ORDER BY created, id');
  const made = ({ kind, name }: NewToken): TokenInfo => ({ id: newTokenId(), kind, name, created: now(), revoked: null });
  const keep = ({ id, kind, name, created }: TokenInfo, hash: string): void => { insert.run(id, hash, kind, name, created); };
  const make = (token: NewToken): Added<TokenInfo & { secret: string }> => {
    const reason = wrongWith(token);
    return reason === null ? { ok: true, added: { ...made(token), secret: newSecret(token.kind) } } : { ok: false, reason };
  };
  return {
    find: (secret) => {
      const row = find.get(hashOf(secret)) as NewToken | undefined;
      return row === undefined ? null : { kind: row.kind, name: row.name };
    },
    add: (token) => {
      const found = make(token);
      if (found.ok) keep(found.added, hashOf(found.added.secret));
      return found;
    },
    make, keep,
    insert: ({ secret, ...token }) => { const info = made(token); keep(info, hashOf(secret)); return info; },
    revoke: (id) => revoke.run(now(), id).changes > 0,
    list: () => (all.all() as TokenInfo[]).map(({ id, kind, name, created, revoked }) => ({ id, kind, name, created, revoked })),
  };
}

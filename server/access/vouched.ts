/** People of a single sign-on: the provider says who they are and what they may do, at each sign-in anew. */
import type { Person, Vouched, VouchedIn } from './access.ts';
import type { Sql } from './database.ts';
import { isName, type Row, shown } from './people.ts';

/** `name`: of whoever is known and may no longer come in; null: nobody. */
export type Found = { ok: true; person: Person } | (Extract<VouchedIn, { ok: false }> & { name: string | null });

/** Letters of several scripts that look alike, in one name; and the name under which the room itself acts. */
const looksLikeAnother = (name: string): boolean => /^system$/i.test(name) || (/\p{Script=Latin}/u.test(name) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name));

/**
 * The account of whom a provider vouches for, made at the first sign-in. It keeps the name of that day, under which the journal
 * knows the person, whatever the provider calls them later; a name that somebody else has, in whatever case, is given to nobody.
 */
export function openVouched(sql: Sql, now: () => number): (vouched: Vouched) => Found {
  const find = sql.prepare('SELECT * FROM people WHERE issuer = ? AND subject = ?');
  const called = sql.prepare('SELECT 1 FROM people WHERE name = ? COLLATE NOCASE');
  const insert = sql.prepare("INSERT INTO people (name, role, password, created, issuer, subject) VALUES (?, ?, '', ?, ?, ?)");
  const turn = sql.prepare('UPDATE people SET role = ? WHERE name = ?');
  return ({ issuer, subject, name: claimed, role }) => {
    const name = claimed.trim().normalize('NFKC');
    const row = find.get(issuer, subject) as Row | undefined;
    if (row !== undefined && row.disabled !== null) return { ok: false, why: 'disabled', name: row.name };
    if (role === null) return { ok: false, why: 'no-role', name: row?.name ?? null };
    if (row !== undefined) {
      if (row.role !== role) turn.run(role, row.name);
      return { ok: true, person: shown({ ...row, role }) };
    }
    if (!isName(name) || looksLikeAnother(name)) return { ok: false, why: 'name-unusable', name: null };
    if (called.get(name) !== undefined) return { ok: false, why: 'name-taken', name: null };
    const created = now();
    insert.run(name, role, created, issuer, subject);
    return { ok: true, person: { name, role, disabled: false, created, totp: false, vouched: true, seen: null, passwords: 0, codes: 0 } };
  };
}

/** People of a single sign-on: the provider says who they are and what they may do, at each sign-in anew. */
import type { Person, Vouched, VouchedIn } from './access.ts';
import type { Sql } from './database.ts';
import { isName, plainName } from '../../shared/person-name.ts';
import { type People, type Row, shown } from './people.ts';

/** `name`: of whoever is known and may no longer come in; null: nobody. */
export type Found = { ok: true; person: Person } | (Extract<VouchedIn, { ok: false }> & { name: string | null });

/**
 * The account of whom a provider vouches for, made at the first sign-in. It keeps the name of that day, under which the journal
 * knows the person, whatever the provider calls them later; a name that reads as somebody else's is given to nobody.
 */
export function openVouched(sql: Sql, { bearer }: Pick<People, 'bearer'>, now: () => number): (vouched: Vouched) => Found {
  const find = sql.prepare('SELECT * FROM people WHERE issuer = ? AND subject = ?');
  const insert = sql.prepare("INSERT INTO people (name, role, password, created, issuer, subject) VALUES (?, ?, '', ?, ?, ?)");
  const turn = sql.prepare('UPDATE people SET role = ? WHERE name = ?');
  return ({ issuer, subject, name: claimed, role }) => {
    const name = plainName(claimed);
    const row = find.get(issuer, subject) as Row | undefined;
    if (row !== undefined && row.disabled !== null) return { ok: false, why: 'disabled', name: row.name };
    if (role === null) return { ok: false, why: 'no-role', name: row?.name ?? null };
    if (row !== undefined) {
      if (row.role !== role) turn.run(role, row.name);
      return { ok: true, person: shown({ ...row, role }) };
    }
    if (!isName(name)) return { ok: false, why: 'name-unusable', name: null };
    if (bearer(name) !== undefined) return { ok: false, why: 'name-taken', name: null };
    const created = now();
    insert.run(name, role, created, issuer, subject);
    return { ok: true, person: { name, role, disabled: false, created, totp: false, vouched: true, seen: null, passwords: 0, codes: 0 } };
  };
}

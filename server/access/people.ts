/** Accounts of people: a name, a role and an argon2id hash. */
import { hash, verify } from '@node-rs/argon2';
import { weakness } from '../../shared/password.ts';
import { bearerOf, isName, plainName } from '../../shared/person-name.ts';
import { PERSON_ROLES, type PersonRole } from '../../shared/roles.ts';
import type { Added, NewPerson, Person } from './access.ts';
import type { Sql } from './database.ts';
import { totpStep } from './totp.ts';

export type Row = { name: string; role: PersonRole; password: string; created: number; disabled: number | null; totp: string | null; used: number; issuer: string | null; seen: number | null; passwords: number; codes: number };
export type HashedPerson = { name: string; role: PersonRole; hash: string };

export const shown = ({ name, role, created, disabled, totp, issuer, seen, passwords, codes }: Row): Person =>
  ({ name, role, created, disabled: disabled !== null, totp: totp !== null, vouched: issuer !== null, seen, passwords, codes });

/** `needs-code`: the password is right, and the account wants a code beside it. */
export type Checked = { ok: true; person: Person } | { ok: false; why: 'bad-credentials' | 'needs-code' | 'bad-code' };

export const NAME_HAS = "has 1 to 64 letters and digits of any script, and after the first also blanks (not at its end) and . _ - @ ' ·; no Latin letters among Cyrillic or Greek ones, nothing unseen, and it is not the room's own, system";
export const nameTaken = (name: string, bearer: string): string => (name === bearer ? `there is already a person called ${name}` : `${name} reads as ${bearer}, who is there already`);

/** What is wrong with a new account, or null. */
function wrongWith(person: NewPerson): string | null {
  if (!isName(person.name)) return `"${person.name}" is no name: it ${NAME_HAS}`;
  if (!PERSON_ROLES.includes(person.role)) return `a role is one of ${PERSON_ROLES.join(', ')}`;
  return weakness(person.password, person.name);
}

/** The only admin with a password who may come in, if there is only one: a provider may be down, or think otherwise tomorrow. */
export function onlyAdmin(people: readonly Person[]): string | null {
  const admins = people.filter(({ role, disabled, vouched }) => role === 'admin' && !disabled && !vouched);
  return admins.length === 1 ? admins[0]?.name ?? null : null;
}

export type People = {
  /** The person, if the password is theirs, and the code where they have one, and they may still come in. */
  check: (name: string, password: string, code: string | null) => Promise<Checked>;
  /** Who is meant by a name, as it is typed. */
  bearer: (name: string) => Row | undefined;
  /** Whether the password is that person's, disabled or not. */
  knows: (name: string, password: string) => Promise<boolean>;
  /** Gives an account a code's secret, or none; codes up to the step `used` are used. */
  setTotp: (name: string, secret: string | null, used: number) => boolean;
  setRole: (name: string, role: PersonRole) => boolean;
  setHash: (name: string, hash: string) => boolean;
  /** Lets a disabled one in again, with the hash of a new password where there is one. */
  enable: (name: string, hash: string | null) => boolean;
  add: (person: NewPerson) => Promise<Added<Person>>;
  /** A new account, or a disabled one again. */
  write: (person: HashedPerson) => boolean;
  hashed: (person: NewPerson) => Promise<HashedPerson>;
  hash: (password: string) => Promise<string>;
  insert: (person: HashedPerson) => void;
  disable: (name: string) => boolean;
  list: () => Person[];
};

/** Whether somebody is who they say, by what they know. */
function checker(sql: Sql, bearer: (name: string) => Row | undefined, now: () => number): People['check'] {
  const use = sql.prepare('UPDATE people SET used = ? WHERE name = ? AND used < ?');
  // An unknown name costs as much time as a wrong password, so that names cannot be found out by the clock.
  const nobody = hash('nobody has this password');
  return async (name, password, code) => {
    const found = bearer(name);
    const known = found?.issuer === null ? found : undefined;
    const right = await verify(known?.password ?? await nobody, password);
    if (known === undefined || !right || known.disabled !== null) return { ok: false, why: 'bad-credentials' };
    if (known.totp === null) return { ok: true, person: shown(known) };
    if (code === null) return { ok: false, why: 'needs-code' };
    const step = totpStep({ name: known.name, secret: known.totp, code, now: now(), used: known.used });
    // Two at once with one code: the second finds it used.
    if (step === null || use.run(step, known.name, step).changes === 0) return { ok: false, why: 'bad-code' };
    return { ok: true, person: shown(known) };
  };
}

/** What may be changed of an enabled account with a password; false: there is none of that name, or it is so already. */
function changer(sql: Sql): Pick<People, 'setTotp' | 'setRole' | 'setHash' | 'enable'> {
  const own = 'disabled IS NULL AND issuer IS NULL';
  const totp = sql.prepare(`UPDATE people SET totp = ?, used = ?, codes = codes + (? IS NOT NULL) WHERE name = ? AND ${own}`);
  const role = sql.prepare(`UPDATE people SET role = ? WHERE name = ? AND role <> ? AND ${own}`);
  const secret = sql.prepare(`UPDATE people SET password = ?, passwords = passwords + 1 WHERE name = ? AND ${own}`);
  const enable = sql.prepare('UPDATE people SET disabled = NULL, password = ?, passwords = passwords + 1 WHERE name = ? AND disabled IS NOT NULL AND (issuer IS NULL) = ?');
  return {
    setTotp: (name, key, used) => totp.run(key, used, key, name).changes > 0,
    setRole: (name, to) => role.run(to, name, to).changes > 0,
    setHash: (name, made) => secret.run(made, name).changes > 0,
    enable: (name, made) => enable.run(made ?? '', name, made === null ? 0 : 1).changes > 0,
  };
}

function finder(sql: Sql): { row: (name: string) => Row | undefined; bearer: People['bearer'] } {
  const find = sql.prepare('SELECT * FROM people WHERE name = ?');
  const eldest = sql.prepare('SELECT * FROM people ORDER BY created, rowid');
  return { row: (name) => find.get(name) as Row | undefined, bearer: (name) => bearerOf(eldest.all() as Row[], name) };
}

export function openPeople(sql: Sql, now: () => number): People {
  const { row, bearer } = finder(sql);
  const all = sql.prepare('SELECT * FROM people ORDER BY name');
  const insert = sql.prepare('INSERT INTO people (name, role, password, created) VALUES (?, ?, ?, ?)');
  // A disabled name comes back as the same person with a new password: the way to replace a forgotten one.
  const write = sql.prepare(`INSERT INTO people (name, role, password, created) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password, passwords = passwords + 1, disabled = NULL WHERE disabled IS NOT NULL AND issuer IS NULL`);
  const disable = sql.prepare('UPDATE people SET disabled = ? WHERE name = ? AND disabled IS NULL');
  const hashed = async ({ name, role, password }: NewPerson): Promise<HashedPerson> => ({ name, role, hash: await hash(password) });
  const written = ({ name, role, hash: secret }: HashedPerson): boolean => (bearer(name)?.name ?? name) === name && write.run(name, role, secret, now()).changes > 0;

  return {
    check: checker(sql, bearer, now), bearer,
    knows: async (name, password) => { const found = row(name); return found?.issuer === null && verify(found.password, password); },
    ...changer(sql),
    add: async (asked) => {
      const person = { ...asked, name: row(asked.name)?.name ?? plainName(asked.name) };
      const { name } = person;
      const reason = wrongWith(person);
      if (reason !== null) return { ok: false, reason };
      if (!written(await hashed(person))) return { ok: false, reason: nameTaken(name, bearer(name)?.name ?? name) };
      const added = row(name);
      return added === undefined ? { ok: false, reason: 'the account was not kept' } : { ok: true, added: shown(added) };
    },
    write: written, hashed, hash: (password) => hash(password),
    insert: ({ name, role, hash: secret }) => { insert.run(name, role, secret, now()); },
    disable: (name) => disable.run(now(), name).changes > 0,
    list: () => (all.all() as Row[]).map(shown),
  };
}

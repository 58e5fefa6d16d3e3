/**
 * Who may come in, and as what. The journal knows first and the accounts change second: of a change without a trace nobody would
 * ever know, while one that was announced and did not come about is seen at once, and voided.
 */
import type { Access, Person } from '../access/access.ts';
import { NAME_HAS, nameTaken } from '../access/people.ts';
import type { Change } from '../access/plans.ts';
import { newPassword } from '../access/secrets.ts';
import { newTotp, totpAddress } from '../access/totp.ts';
import type { FactOf } from '../../shared/fact.ts';
import { weakness } from '../../shared/password.ts';
import type { AccountSetBody, TotpSetBody } from '../../shared/people.ts';
import { bearerOf, isName, plainName } from '../../shared/person-name.ts';
import type { PersonRole, Right } from '../../shared/roles.ts';
import type { AccountPorts, PersonAsked } from '../http/account-ports.ts';
import type { Asked, CommandResult, Refused } from '../http/ports.ts';
import { type AskedBefore, type CommandJournal, notDurable, overtaken } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

export type KeeperPorts = {
  access: Access; journal: CommandJournal; asked: AskedBefore;
  /** Event time, and machine time. */
  now: () => number; machine: () => number;
  /** Tells of what others have changed until now, and takes what is now for known. */
  watch: { look: () => void; take: () => void };
  /** For which a token may be made. */
  sources: readonly string[];
};

const refused = (status: Refused['status'], code: Refused['code'], detail: string): Refused => ({ ok: false, status, code, detail });
export function weak(password: string, name: string): Refused | null {
  const why = weakness(password, name);
  return why === null ? null : refused(400, 'weak-password', why);
}
export const bySignOn = (name: string): Refused => refused(409, 'by-sign-on', `${name} comes in by the single sign-on, which has their password and says what they may do`);
const lastAdmin = (name: string): Refused => refused(409, 'last-admin', `${name} is the only admin with a password who may come in; add another first`);
const unchanged = (detail: string): Refused => refused(409, 'account-unchanged', detail);

/** Plans a change, makes it durable in the journal, then does it; null: done. Killed in between, the next start ends what was begun (`Access.plan`). */
export async function settle(ports: KeeperPorts, body: FactOf<'account-changed'> | FactOf<'token-changed'>, change: Change): Promise<Refused | null> {
  const { access, journal, watch } = ports;
  const at = ports.now();
  const actor = body.by === null ? 'system' : `person:${body.by}`;
  const id = `${body.kind}:${'account' in body ? body.account : body.token}:${body.what}:${ports.machine()}`;
  // What others did before stands before it, and what they do while it is written is not lost.
  watch.look();
  await access.plan(id, change);
  const written = await journal.command([{ id, at, actor, body }]);
  const told = written.ok && written.facts.length > 0;
  let done = false;
  try {
    if (told) watch.look();
    done = told && access.carryOut(id);
  } finally {
    if (!done && (!told || await voided(journal, { fact: id, by: body.by ?? 'system', at, actor }))) access.forget(id);
  }
  if (done) watch.take();
  return done ? null : written.ok ? overtaken : notDurable;
}

/** Says of a fact that what it told did not come about; false: that cannot be said now, and the next start says it. */
export async function voided(journal: CommandJournal, { fact, by, at, actor }: { fact: string; by: string; at: number; actor: string }): Promise<boolean> {
  return (await journal.command([{ id: `command-voided:${fact}`, at, actor, body: { kind: 'command-voided', of: fact, by } }])).ok;
}

type Told = Omit<FactOf<'account-changed'>, 'kind' | 'account' | 'by' | 'way'>;
export const changed = (account: string, by: string, change: Told): FactOf<'account-changed'> => ({ kind: 'account-changed', account, by, way: 'desk', ...change });

type Command<A extends Asked, B> = (asked: A) => Promise<CommandResult<B>>;
type About<A extends PersonAsked, B> = (asked: A, person: Person) => Promise<CommandResult<B>>;

/** A command of whoever keeps the accounts, about one that is there; one after the other. */
export function about<A extends PersonAsked, B>({ access }: KeeperPorts, turns: Turns, work: About<A, B>): Command<A, B> {
  const right: Right = 'keep-accounts';
  return async (asked) => lacks(asked.role, right) ?? turns('accounts', () => {
    const person = access.people().find(({ name }) => name === asked.person);
    return person === undefined ? Promise.resolve(refused(404, 'unknown-person', `nobody is called ${asked.person}`)) : work(asked, person);
  });
}

const set = (name: string, password: string | null): CommandResult<AccountSetBody> => ({ ok: true, status: 200, body: { name, password } });

export const addPerson = (ports: KeeperPorts, turns: Turns): AccountPorts['addPerson'] => async ({ by, role, person: typed, as, password: given }) => lacks(role, 'keep-accounts') ?? turns('accounts', async () => {
  const [person, password] = [plainName(typed), given ?? newPassword()];
  if (!isName(person)) return refused(400, 'bad-name', `a name ${NAME_HAS}`);
  const bearer = bearerOf(ports.access.people(), person);
  if (bearer !== undefined) return refused(409, 'name-taken', `${nameTaken(person, bearer.name)}; a disabled one is enabled again`);
  const wrong = weak(password, person) ?? await settle(ports, changed(person, by, { what: 'added', role: as }), { is: 'added', name: person, role: as, password });
  return wrong ?? set(person, password);
});

export const setRole = (ports: KeeperPorts, turns: Turns): AccountPorts['setRole'] => about(ports, turns, async ({ by, as }: PersonAsked & { as: PersonRole }, { name, role, disabled, vouched }) => {
  if (vouched) return bySignOn(name);
  if (disabled || role === as) return unchanged(disabled ? `${name} is disabled` : `${name} is ${as} already`);
  if (ports.access.lastAdmin() === name) return lastAdmin(name);
  return await settle(ports, changed(name, by, { what: 'role', role: as }), { is: 'role', name, role: as }) ?? set(name, null);
});

export const setPassword = (ports: KeeperPorts, turns: Turns): AccountPorts['setPassword'] => about(ports, turns, async ({ by, password: given }: PersonAsked & { password: string | null }, { name, disabled, vouched, role }) => {
  if (vouched) return bySignOn(name);
  if (disabled) return unchanged(`${name} is disabled; enable them, which gives a new password`);
  if (name === by) return refused(409, 'own-account', 'one\'s own password is changed with the present one');
  const password = given ?? newPassword();
  return weak(password, name) ?? await settle(ports, changed(name, by, { what: 'password', role }), { is: 'password', name, password }) ?? set(name, password);
});

export const disablePerson = (ports: KeeperPorts, turns: Turns): AccountPorts['disablePerson'] => about(ports, turns, async ({ by }, { name, disabled, role }) => {
  if (disabled) return unchanged(`${name} is disabled already`);
  if (ports.access.lastAdmin() === name) return lastAdmin(name);
  return await settle(ports, changed(name, by, { what: 'disabled', role }), { is: 'disabled', name }) ?? set(name, null);
});

/** Whoever has a password comes back with a new one. */
export const enablePerson = (ports: KeeperPorts, turns: Turns): AccountPorts['enablePerson'] => about(ports, turns, async ({ by, password: given }: PersonAsked & { password: string | null }, { name, disabled, vouched, role }) => {
  if (!disabled) return unchanged(`${name} may come in already`);
  const password = vouched ? null : given ?? newPassword();
  return (password === null ? null : weak(password, name)) ?? await settle(ports, changed(name, by, { what: 'enabled', role }), { is: 'enabled', name, password }) ?? set(name, password);
});

export const endSessions = (ports: KeeperPorts, turns: Turns): AccountPorts['endSessions'] => about(ports, turns, async ({ by }, { name, role }) =>
  await settle(ports, changed(name, by, { what: 'signed-out', role }), { is: 'signed-out', name }) ?? set(name, null));

export const setTotp = (ports: KeeperPorts, turns: Turns): AccountPorts['setTotp'] => about(ports, turns, async ({ by, on }: PersonAsked & { on: boolean }, { name, role, disabled, vouched, totp }) => {
  if (vouched) return bySignOn(name);
  if (disabled || (!on && !totp)) return unchanged(disabled ? `${name} is disabled` : `${name} has no code`);
  if (name === by) return refused(409, 'own-account', 'one\'s own code is proved before it holds');
  const secret = on ? newTotp() : null;
  const wrong = await settle(ports, changed(name, by, { what: on ? 'totp-on' : 'totp-off', role }), { is: 'totp', name, secret });
  const body: TotpSetBody = { name, totp: secret === null ? null : { secret, address: totpAddress(name, secret) } };
  return wrong ?? { ok: true, status: 200, body };
});

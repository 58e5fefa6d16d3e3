/** Accounts and tokens over HTTP, and everybody's own account. Whatever makes a secret answers with it once. */
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { type AccountsBody, AddPersonBody, AddTokenBody, type MeBody, OwnPasswordBody, OwnTotpBody, OwnTotpOffBody, PasswordBody, RoleBody, type TokensBody, TotpBody } from '../../shared/people.ts';
import type { OwnAsked } from './account-ports.ts';
import { askedBy, bodyOf, jsonBody } from './asked.ts';
import { type Doors, sessionOf } from './caller.ts';
import { commanding, type Commanding } from './command.ts';
import type { CommandResult, HttpPorts } from './ports.ts';
import { refusal } from './problem.ts';
import { addressOf, throttle, tryAt } from './session.ts';

type Ports = Pick<HttpPorts, 'access' | 'accounts' | 'civil' | 'log'>;
const Nothing = z.object({}).nullish();

const people = ({ access, civil: { iso } }: Ports, doors: Doors): RequestHandler => (req, res) => {
  if (doors.person(req, res, 'see-accounts') === null) return;
  const last = access.lastAdmin();
  const failed = (name: string) => { const found = access.failures(name); return found === null ? null : { ...found, since: iso(found.since) }; };
  const body: AccountsBody = { people: access.people().map(({ created, seen, passwords: _, codes: __, ...person }) => ({ ...person, created: iso(created), seen: seen === null ? null : iso(seen), last: person.name === last, failed: failed(person.name) })) };
  res.json(body);
};

const tokens = ({ access, accounts, civil: { iso } }: Ports, doors: Doors): RequestHandler => (req, res) => {
  if (doors.person(req, res, 'see-accounts') === null) return;
  const body: TokensBody = { tokens: access.tokens().map(({ created, revoked, ...token }) => ({ ...token, created: iso(created), revoked: revoked === null ? null : iso(revoked) })), sources: [...accounts.sources] };
  res.json(body);
};

const me = ({ access }: Ports, doors: Doors): RequestHandler => (req, res) => {
  const person = doors.person(req, res, 'own-account');
  if (person === null) return;
  const found = access.people().find(({ name }) => name === person.name);
  const body: MeBody = { name: person.name, role: person.role, vouched: found?.vouched ?? false, totp: found?.totp ?? false };
  res.json(body);
};

const offered = ({ accounts }: Ports, doors: Doors): RequestHandler => (req, res) => {
  const person = doors.person(req, res, 'own-account');
  if (person !== null) res.json(accounts.newTotp(person.name));
};

type Owning<S extends z.ZodType> = { schema: S; ask: (asked: OwnAsked, body: z.output<S>) => Promise<CommandResult<object>> };

/** A change of one's own account: with the session that goes on, and the present password, at which a guess counts as one at the sign-in: whoever has found an open session knows no password yet. */
function owning<S extends z.ZodType<{ current: string }>>({ access, civil, log }: Ports, doors: Doors, { schema, ask }: Owning<S>): RequestHandler {
  return async (req, res) => {
    const person = doors.person(req, res, 'own-account');
    const body = person === null ? null : bodyOf(req, res, schema);
    const asked = person === null || body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const attempt = tryAt({ access }, { req, res, name: asked.by });
    if (attempt === null) return;
    const result = await ask({ ...asked, session: sessionOf(req) ?? '', current: body.current }, body);
    if (result.ok) attempt.succeeded();
    else if (result.code !== 'wrong-password') attempt.undecided();
    else log.warn({ account: asked.by, from: addressOf(req), failed: attempt.failed, why: result.code }, 'somebody signed in gave a wrong present password');
    if (result.ok) res.json(result.body);
    else refusal(res, result, civil.iso);
  };
}

function ownRoutes(ports: Ports, doors: Doors): Router {
  const { accounts } = ports;
  return Router()
    .get('/me', me(ports, doors))
    .get('/me/totp', offered(ports, doors))
    .use(jsonBody)
    .post(['/me/password', '/me/totp', '/me/totp/off'], throttle())
    .post('/me/password', owning(ports, doors, { schema: OwnPasswordBody, ask: (asked, { password }) => accounts.ownPassword({ ...asked, password }) }))
    .post('/me/totp', owning(ports, doors, { schema: OwnTotpBody, ask: (asked, { secret, code }) => accounts.ownTotp({ ...asked, secret, code }) }))
    .post('/me/totp/off', owning(ports, doors, { schema: OwnTotpOffBody, ask: (asked) => accounts.ownTotpOff(asked) }));
}

export function peopleRoutes(ports: Ports, doors: Doors): Router {
  const { accounts, civil } = ports;
  const keeping = <S extends z.ZodType>(schema: S, ask: Commanding<S, object>['ask']): RequestHandler<{ id?: string }> =>
    commanding(civil, doors, { right: 'keep-accounts', schema, ask, answer: (body) => body });
  return Router()
    .get('/people', people(ports, doors))
    .get('/tokens', tokens(ports, doors))
    .use(ownRoutes(ports, doors), jsonBody)
    .post('/people', keeping(AddPersonBody, ({ id: _, ...asked }, { name: person, role: as, password }) => accounts.addPerson({ ...asked, person, as, password })))
    .post('/people/:id/role', keeping(RoleBody, ({ id: person, ...asked }, { role: as }) => accounts.setRole({ ...asked, person, as })))
    .post('/people/:id/password', keeping(PasswordBody, ({ id: person, ...asked }, { password }) => accounts.setPassword({ ...asked, person, password })))
    .post('/people/:id/disable', keeping(Nothing, ({ id: person, ...asked }) => accounts.disablePerson({ ...asked, person })))
    .post('/people/:id/enable', keeping(PasswordBody, ({ id: person, ...asked }, { password }) => accounts.enablePerson({ ...asked, person, password })))
    .post('/people/:id/sign-out', keeping(Nothing, ({ id: person, ...asked }) => accounts.endSessions({ ...asked, person })))
    .post('/people/:id/totp', keeping(TotpBody, ({ id: person, ...asked }, { on }) => accounts.setTotp({ ...asked, person, on })))
    .post('/tokens', keeping(AddTokenBody, ({ id: _, ...asked }, body) => accounts.addToken({ ...asked, ...body })))
    .post('/tokens/:id/revoke', keeping(Nothing, ({ id: token, ...asked }) => accounts.revokeToken({ ...asked, token })));
}

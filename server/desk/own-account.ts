/** What a person changes of their own account, each time with the present password: a desk that was left alone is not enough. */
import { newTotp, totpAddress, totpStep } from '../access/totp.ts';
import type { AccountPorts, OwnAsked } from '../http/account-ports.ts';
import type { CommandResult, Refused } from '../http/ports.ts';
import type { Person } from '../access/access.ts';
import { bySignOn, changed, type KeeperPorts, settle, weak } from './accounts.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

type Done = { name: string };
const done = (name: string): CommandResult<Done> => ({ ok: true, status: 200, body: { name } });

/** Work on the asker's own account, once the password is theirs. */
function own<A extends OwnAsked>({ access }: KeeperPorts, turns: Turns, work: (asked: A, person: Person) => Promise<CommandResult<Done>>): (asked: A) => Promise<CommandResult<Done>> {
  return async (asked) => lacks(asked.role, 'own-account') ?? turns('accounts', async () => {
    const person = access.people().find(({ name, disabled }) => name === asked.by && !disabled);
    if (person === undefined) return { ok: false, status: 404, code: 'unknown-person', detail: `nobody called ${asked.by} may come in` };
    if (person.vouched) return bySignOn(person.name);
    if (!await access.knows(person.name, asked.current)) return { ok: false, status: 403, code: 'wrong-password', detail: 'the present password is wrong' };
    return work(asked, person);
  });
}

export const ownPassword = (ports: KeeperPorts, turns: Turns): AccountPorts['ownPassword'] => own(ports, turns, async ({ password, session: keep }: OwnAsked & { password: string }, { name, role }) =>
  weak(password, name) ?? await settle(ports, changed(name, name, { what: 'password', role }), { is: 'password', name, password, keep }) ?? done(name));

export const offeredTotp = (name: string): { secret: string; address: string } => { const secret = newTotp(); return { secret, address: totpAddress(name, secret) }; };

/** It holds once a code of it was right; that code is then used. */
export const ownTotp = (ports: KeeperPorts, turns: Turns): AccountPorts['ownTotp'] => own(ports, turns, async ({ secret, code, session: keep }: OwnAsked & { secret: string; code: string }, { name, role }) => {
  const used = totpStep({ name, secret, code, now: ports.machine(), used: 0 });
  const wrong: Refused = { ok: false, status: 403, code: 'bad-code', detail: 'the code is not one of this secret now' };
  if (used === null) return wrong;
  return await settle(ports, changed(name, name, { what: 'totp-on', role }), { is: 'totp', name, secret, used, keep }) ?? done(name);
});

export const ownTotpOff = (ports: KeeperPorts, turns: Turns): AccountPorts['ownTotpOff'] => own(ports, turns, async ({ session: keep }: OwnAsked, { name, role, totp }) => {
  if (!totp) return { ok: false, status: 409, code: 'account-unchanged', detail: `${name} has no code` };
  return await settle(ports, changed(name, name, { what: 'totp-off', role }), { is: 'totp', name, secret: null, keep }) ?? done(name);
});

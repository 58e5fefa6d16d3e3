/** Tokens of sources and screens: made, shown once, taken back. */
import type { FactOf } from '../../shared/fact.ts';
import type { AccountPorts } from '../http/account-ports.ts';
import type { TokenInfo } from '../access/access.ts';
import { screenTaken, takenBy } from '../access/tokens.ts';
import { type KeeperPorts, settle } from './accounts.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

type Told = Pick<TokenInfo, 'id' | 'kind' | 'name'>;
const changed = ({ id, kind, name }: Told, by: string, what: 'added' | 'revoked'): FactOf<'token-changed'> => ({ kind: 'token-changed', token: id, of: kind, name, what, by, way: 'desk' });

export const addToken = (ports: KeeperPorts, turns: Turns): AccountPorts['addToken'] => async ({ by, role, kind, name }) => lacks(role, 'keep-accounts') ?? turns('accounts', async () => {
  if (kind === 'source' && !ports.sources.includes(name)) return { ok: false, status: 400, code: 'unknown-source', detail: `"${name}" is no source of this event; there are ${ports.sources.join(', ')}` };
  const taken = takenBy(ports.access.tokens(), { kind, name });
  if (taken !== undefined) return { ok: false, status: 409, code: 'screen-taken', detail: screenTaken(taken) };
  const made = ports.access.newToken({ kind, name });
  if (!made.ok) return { ok: false, status: 400, code: 'bad-name', detail: made.reason };
  const { id, secret } = made.added;
  return await settle(ports, changed({ id, kind, name }, by, 'added'), { is: 'token', made: made.added }) ?? { ok: true, status: 200, body: { id, kind, name, secret } };
});

export const revokeToken = (ports: KeeperPorts, turns: Turns): AccountPorts['revokeToken'] => async ({ by, role, token: id }) => lacks(role, 'keep-accounts') ?? turns('accounts', async () => {
  const token = ports.access.tokens().find((each) => each.id === id && each.revoked === null);
  if (token === undefined) return { ok: false, status: 404, code: 'unknown-token', detail: `no token in force has the id ${id}` };
  return await settle(ports, changed(token, by, 'revoked'), { is: 'revoked', id }) ?? { ok: true, status: 200, body: { id } };
});

/** All that may be done to accounts and tokens, put together. */
import type { AccountPorts } from '../http/account-ports.ts';
import { addPerson, disablePerson, enablePerson, endSessions, type KeeperPorts, setPassword, setRole, setTotp } from './accounts.ts';
import { offeredTotp, ownPassword, ownTotp, ownTotpOff } from './own-account.ts';
import { createRepeats } from './repeats.ts';
import { addToken, revokeToken } from './tokens.ts';
import { createTurns } from './turns.ts';

/** What makes a secret is not remembered for a repeat: the secret would be too. */
export function createAccountDesk(ports: KeeperPorts): AccountPorts {
  const turns = createTurns();
  const once = createRepeats(ports.machine);
  return {
    addPerson: addPerson(ports, turns), setPassword: setPassword(ports, turns), enablePerson: enablePerson(ports, turns), setTotp: setTotp(ports, turns), addToken: addToken(ports, turns),
    setRole: once('person-role', setRole(ports, turns)), disablePerson: once('person-disable', disablePerson(ports, turns)), endSessions: once('person-sessions', endSessions(ports, turns)),
    revokeToken: once('token-revoke', revokeToken(ports, turns)),
    sources: ports.sources, newTotp: offeredTotp, ownPassword: ownPassword(ports, turns), ownTotp: ownTotp(ports, turns), ownTotpOff: ownTotpOff(ports, turns),
  };
}

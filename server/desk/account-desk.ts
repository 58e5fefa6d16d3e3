/** All that may be done to accounts and tokens, put together. */
import type { AccountSetBody } from '../../shared/people.ts';
import type { AccountPorts, PersonAsked } from '../http/account-ports.ts';
import { addPerson, disablePerson, enablePerson, endSessions, type KeeperPorts, setPassword, setRole, setTotp } from './accounts.ts';
import { offeredTotp, ownPassword, ownTotp, ownTotpOff } from './own-account.ts';
import { createLasting } from './lasting.ts';
import { addToken, revokeToken } from './tokens.ts';
import { createTurns } from './turns.ts';

/** None of these gives a password. */
const done = ({ person: name }: PersonAsked): AccountSetBody => ({ name, password: null });

/** What makes a secret is not remembered for a repeat: the secret would be too. */
export function createAccountDesk(ports: KeeperPorts): AccountPorts {
  const turns = createTurns();
  const once = createLasting(ports, turns);
  return {
    addPerson: addPerson(ports, turns), setPassword: setPassword(ports, turns), enablePerson: enablePerson(ports, turns), setTotp: setTotp(ports, turns), addToken: addToken(ports, turns),
    setRole: once({ command: 'person-role', make: setRole, answer: done }), disablePerson: once({ command: 'person-disable', make: disablePerson, answer: done }),
    endSessions: once({ command: 'person-sessions', make: endSessions, answer: done }),
    revokeToken: once({ command: 'token-revoke', make: revokeToken, answer: ({ token: id }) => ({ id }) }),
    sources: ports.sources, newTotp: offeredTotp, ownPassword: ownPassword(ports, turns), ownTotp: ownTotp(ports, turns), ownTotpOff: ownTotpOff(ports, turns),
  };
}

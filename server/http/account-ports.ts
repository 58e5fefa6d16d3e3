/** What may be asked about accounts and tokens, as types. */
import type { AccountSetBody, TokenSetBody, TotpSetBody } from '../../shared/people.ts';
import type { PersonRole } from '../../shared/roles.ts';
import type { Asked, CommandResult } from './ports.ts';

/** `person`: whose account. */
export type PersonAsked = Asked & { person: string };
/** About one's own account, whose `session` goes on. `current`: the present password. */
export type OwnAsked = Asked & { session: string; current: string };
type Command<A, B> = (asked: A) => Promise<CommandResult<B>>;
type Done = { name: string };

/** Commands; of those that make a secret a repeat makes another one. */
export type AccountPorts = {
  addPerson: Command<PersonAsked & { as: PersonRole; password: string | null }, AccountSetBody>;
  setRole: Command<PersonAsked & { as: PersonRole }, AccountSetBody>;
  setPassword: Command<PersonAsked & { password: string | null }, AccountSetBody>;
  disablePerson: Command<PersonAsked, AccountSetBody>;
  enablePerson: Command<PersonAsked & { password: string | null }, AccountSetBody>;
  endSessions: Command<PersonAsked, AccountSetBody>;
  setTotp: Command<PersonAsked & { on: boolean }, TotpSetBody>;
  addToken: Command<Asked & { kind: 'source' | 'screen'; name: string }, TokenSetBody>;
  revokeToken: Command<Asked & { token: string }, { id: string }>;
  /** For which sources a token may be made. */
  sources: readonly string[];
  ownPassword: Command<OwnAsked & { password: string }, Done>;
  /** A secret that nobody has yet. */
  newTotp: (name: string) => { secret: string; address: string };
  ownTotp: Command<OwnAsked & { secret: string; code: string }, Done>;
  ownTotpOff: Command<OwnAsked, Done>;
};

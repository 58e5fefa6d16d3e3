/** Who may sign in as what, and who may do what: one table, for the server's doors and for the buttons of every face. */
import { z } from 'zod';

export const PERSON_ROLES = ['duty', 'leader', 'admin', 'auditor'] as const;
export const PersonRole = z.enum(PERSON_ROLES);
/** `duty` works, `leader` decides too, `admin` also keeps the house; `auditor` reads everything and does nothing. */
export type PersonRole = z.infer<typeof PersonRole>;
/** `screen` sees and does nothing else. */
export type Role = 'screen' | PersonRole;

/** Roles that do something, the least first: an alert may need the word of several. */
export const SIGNING_ROLES = ['duty', 'leader', 'admin'] as const satisfies readonly PersonRole[];
export const SigningRole = z.enum(SIGNING_ROLES);
export type SigningRole = z.infer<typeof SigningRole>;

const STAFF = ['duty', 'leader', 'admin'] as const;
const LEADING = ['leader', 'admin'] as const;

export const RIGHTS = {
  acknowledge: STAFF,
  comment: STAFF,
  /** What is found out about an alert, who is responsible, which orders answer it, and that it is dealt with. */
  handle: STAFF,
  shelve: STAFF,
  'shelve-critical': LEADING,
  'move-order': STAFF,
  /** To call a reading suspect takes nothing out of a mean; whatever else is said of one may turn a verdict. */
  doubt: STAFF,
  review: LEADING,
  /** A response level is a leader's word, to start, change or lift; so is lifting an order that it issued. */
  level: LEADING,
  handover: STAFF,
  /** To begin an exercise and to end it. */
  exercise: LEADING,
  /** That somebody was called about what no machine could tell. */
  call: STAFF,
  'station-service': ['admin'],
  /** Who is on duty, how to reach them, and what was sent to whom: for people, not for walls. */
  'see-people': PERSON_ROLES,
  /** Accounts and tokens: who may come in, and as what. */
  'see-accounts': ['leader', 'admin', 'auditor'],
  'keep-accounts': ['admin'],
  /** One's own password and code. */
  'own-account': PERSON_ROLES,
} as const satisfies Record<string, readonly PersonRole[]>;
export type Right = keyof typeof RIGHTS;

export const may = (role: Role, right: Right): boolean => (RIGHTS[right] as readonly Role[]).includes(role);

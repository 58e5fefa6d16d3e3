/** Who may do what: people, their sessions, and the tokens of sources and screens. All instants are machine time. */
import type { PersonRole } from '../../shared/roles.ts';
import type { Change } from './plans.ts';

/** `totp`: whether the account wants a code beside its password; `vouched`: it has none, a single sign-on vouches for the person; `seen`: to the minute; `passwords`, `codes`: how many further ones were set or enrolled. */
export type Person = { name: string; role: PersonRole; disabled: boolean; created: number; totp: boolean; vouched: boolean; seen: number | null; passwords: number; codes: number };
/** Whom a provider vouches for: `issuer` and `subject` say who it is; the name is only how they are called. No role: none that is known here. */
export type Vouched = { issuer: string; subject: string; name: string; role: PersonRole | null };
export type VouchedIn = { ok: true; person: Person; secret: string; ends: number } | { ok: false; why: 'no-role' | 'disabled' | 'name-taken' | 'name-unusable' };
export type NewPerson = { name: string; role: PersonRole; password: string };
/** A token without its secret, which is shown once and kept as a hash. `name` is a source's id or a screen's name. */
export type TokenInfo = { id: string; kind: 'source' | 'screen'; name: string; created: number; revoked: number | null };
export type NewToken = { kind: 'source' | 'screen'; name: string };

/** Who is calling. `source` is an id of `sources.yaml`; which stations it writes is the configuration's business. */
export type Caller =
  | { kind: 'person'; name: string; role: PersonRole }
  | { kind: 'screen'; name: string; role: 'screen'; /** The id of its token. */ token: string }
  | { kind: 'source'; source: string };

export type SignedIn = { ok: true; person: Person; secret: string; ends: number } | { ok: false; why: 'bad-credentials' | 'needs-code' | 'bad-code' };
/** A try to sign in, counted as a failed one until it is told otherwise; or how many milliseconds it has to wait. `undecided`: neither in nor wrong. */
export type Attempt = { wait: 0; /** Which failure in a row it is. */ failed: number; succeeded: () => void; undecided: () => void } | { wait: number; failed?: never };
export type Added<T> = { ok: true; added: T } | { ok: false; reason: string };

export type Access = {
  signIn: (name: string, password: string, code?: string | null) => Promise<SignedIn>;
  /** Begins a try to sign in as somebody from an address. */
  attempt: (name: string, from: string) => Attempt;
  /** The account that a name means, which may be typed in other ways; null: nobody's, and perhaps a password in the wrong field. */
  called: (name: string) => string | null;
  /** How often somebody has failed to sign in as a person, and since when; null: not lately. */
  failures: (name: string) => { count: number; since: number } | null;
  /** Lets in whom a provider vouches for, with the role that they have there now; an account with a password stays its owner's. */
  letIn: (vouched: Vouched) => VouchedIn;
  /** Gives an enabled account the secret of a code, or takes it away. False: nobody is called so. */
  setTotp: (name: string, secret: string | null) => boolean;
  /** Whether the password is that person's. */
  knows: (name: string, password: string) => Promise<boolean>;
  /** Writes down a change of which the journal will have the fact of this id. */
  plan: (fact: string, change: Change) => Promise<void>;
  /** Does what was planned, once its fact is durable. False: it cannot be done any more, and is planned still. */
  carryOut: (fact: string) => boolean;
  forget: (fact: string) => void;
  /** The facts of all that was planned, and neither done nor forgotten: a server was killed in between. */
  planned: () => string[];
  /** Ends the session of a cookie. */
  signOut: (secret: string) => void;
  /** Who a cookie or a bearer token stands for now, counted as use of a session; null: nobody, or no longer. */
  caller: (secret: string) => Caller | null;
  /** The same, and no use of a session: for what a page or a socket does by itself, so that a desk left alone ends. */
  standsFor: (secret: string) => Caller | null;
  /** Whether it still stands for somebody; no use of a session either. */
  holds: (secret: string) => boolean;
  /** Rises whenever somebody may have lost a right, also by another process: then open sockets are looked at again. */
  changes: () => number;
  /** A new person, or a disabled one again, with a new role and password. */
  addPerson: (person: NewPerson) => Promise<Added<Person>>;
  /** False where nobody enabled has that name, or only they could let others in (`lastAdmin`); ends the person's sessions. */
  disablePerson: (name: string) => boolean;
  /** The only admin with a password who may come in, if there is only one. */
  lastAdmin: () => string | null;
  people: () => Person[];
  addToken: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  /** One that is not in force until it is planned and carried out. */
  newToken: (token: NewToken) => Added<TokenInfo & { secret: string }>;
  revokeToken: (id: string) => boolean;
  tokens: () => TokenInfo[];
  /** Nobody and nothing has ever been let in here. */
  empty: () => boolean;
  /** All of it or nothing, with secrets that the caller made (`secrets.ts`): the first start writes them down before. */
  found: (people: readonly NewPerson[], tokens: readonly (NewToken & { secret: string })[]) => Promise<void>;
  close: () => void;
};

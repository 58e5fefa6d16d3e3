/** Who may do what: people, their sessions, and the tokens of sources and screens. */
import type { PersonRole } from '../../shared/api.ts';

export type Person = { name: string; role: PersonRole; disabled: boolean; created: number };
/** A token without its secret, which is shown once and kept as a hash. */
export type TokenInfo = { id: string; kind: 'source' | 'screen'; name: string; created: number; revoked: number | null };

/** Who is calling. `source` is an id of `sources.yaml`; which stations it writes is the configuration's business. */
export type Caller =
  | { kind: 'person'; name: string; role: PersonRole }
  | { kind: 'screen'; name: string; role: 'screen' }
  | { kind: 'source'; source: string };

export type SignedIn = { ok: true; person: Person; secret: string; ends: number } | { ok: false };
export type Added<T> = { ok: true; added: T } | { ok: false; reason: string };

export type Access = {
  signIn: (name: string, password: string) => Promise<SignedIn>;
  /** Ends the session of a cookie. */
  signOut: (secret: string) => void;
  /** Who a cookie or a bearer token stands for now; null: nobody, or no longer. */
  caller: (secret: string) => Caller | null;
  /** Rises whenever somebody may have lost a right, also by another process: then open sockets are looked at again. */
  changes: () => number;
  addPerson: (person: { name: string; role: PersonRole; password: string }) => Promise<Added<Person>>;
  /** False where there is none of that name; ends the person's sessions. */
  disablePerson: (name: string) => boolean;
  people: () => Person[];
  addToken: (token: { kind: 'source' | 'screen'; name: string }) => Added<TokenInfo & { secret: string }>;
  revokeToken: (id: string) => boolean;
  tokens: () => TokenInfo[];
  close: () => void;
};

/**
 * `access.yaml`: how people come in beside their passwords: by an OpenID Connect provider, whose claims mean roles here. Its secret
 * is named there and stands in the environment.
 */
import { z } from 'zod';
import { PersonRole, SIGNING_ROLES } from './roles.ts';
import { variable } from './variable.ts';

const LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/;
/** Of this machine itself: there plain http gives nothing away. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);

const Issuer = z.url({ protocol: /^https?$/, error: 'expected an http or https address' })
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'expected the address of the provider alone, without ?, # or a name in it');
const Claim = z.string().min(1).max(200);

const Oidc = z.strictObject({
  issuer: Issuer, clientId: z.string().min(1),
  /** Absent: a public client, which PKCE alone vouches for. */
  secretEnv: variable('OIDC_SECRET').optional(),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'expected one scope, without blanks')).default(['openid', 'profile'])
    .refine((scopes) => scopes.includes('openid'), 'without "openid" there is no sign-in'),
  /** The claim that names the person, as the room and its journal will call them. */
  name: Claim.default('preferred_username'),
  /** The claim whose values give a role; one within another is written with a dot. */
  roles: z.strictObject({
    claim: Claim,
    map: z.record(z.string().min(1), PersonRole).refine((map) => Object.keys(map).length > 0, 'names no value, so nobody could come in'),
  }),
  /** What the provider is asked to ask each time; on a desk that several people share: login. */
  prompt: z.enum(['login', 'select_account']).optional(),
  /** Allows a provider over plain http that is not on this machine. */
  plainHttp: z.boolean().default(false),
}).refine(({ issuer, plainHttp }) => plainHttp || issuer.startsWith('https:') || isLoopback(issuer), {
  path: ['issuer'], error: 'is plain http, over which anybody on the way can sign in as anybody; use https, or allow it with plainHttp: true',
});
export type Oidc = z.infer<typeof Oidc>;

export const AccessFile = z.strictObject({ oidc: Oidc.optional() });
export type AccessFile = z.infer<typeof AccessFile>;

type Claims = Readonly<Record<string, unknown>>;

/** A claim by its whole name, else by the way into others: `realm_access.roles`. */
export function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((within, key) => (typeof within === 'object' && within !== null && Object.hasOwn(within, key) ? (within as Claims)[key] : undefined), claims);
}

/** The weakest first: of several that a person could have, the last one holds. */
const BY_STRENGTH: readonly PersonRole[] = ['auditor', ...SIGNING_ROLES];

/** The strongest role that the values of a claim mean, or null: none of them is known here. */
export function roleBy(value: unknown, map: Readonly<Record<string, PersonRole>>): PersonRole | null {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const roles = values.flatMap((each) => (typeof each === 'string' && Object.hasOwn(map, each) ? map[each] ?? [] : []));
  return BY_STRENGTH.findLast((role) => roles.includes(role)) ?? null;
}

/** Where somebody may be sent on to after signing in: an address of ours, never another site's. */
export const safeNext = (next: unknown): string => (typeof next === 'string' && /^\/(?![/\\])[^\s\\\p{C}]{0,2000}$/u.test(next) ? next : '/desk');

/** Why nobody came in: each has its words on the page of the sign-in. */
export const SIGN_ON_FAILURES = ['provider-down', 'interrupted', 'declined', 'untrusted', 'no-role', 'disabled', 'name-taken', 'name-unusable', 'too-many'] as const;
export type SignOnFailure = (typeof SIGN_ON_FAILURES)[number];

/** Where signing in by the provider begins, and where the provider sends the browser back to; both below `/api`. */
export const SIGN_ON_START = '/session/oidc';
export const SIGN_ON_RETURN = `${SIGN_ON_START}/return`;
/** For how long somebody may be away at the provider, its codes and second factors included; milliseconds. */
export const TRIP = 10 * 60_000;

/** `GET /api/session/ways`. `start`: where signing in by the provider begins; `end`: where its own session ends, if it says. */
export const WaysInBody = z.object({ signOn: z.object({ start: z.string(), end: z.string().nullable() }).nullable() });
export type WaysInBody = z.infer<typeof WaysInBody>;

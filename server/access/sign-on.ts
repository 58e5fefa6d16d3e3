/** Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce, and the role that the claims mean. */
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { claimIn, type Oidc, roleBy, SIGN_ON_RETURN, SIGN_ON_START, type SignOnFailure } from '../../shared/sign-on.ts';
import type { Log } from '../http/ports.ts';
import type { Access, Vouched, VouchedIn } from './access.ts';
import { type Claims, failureOf, openProvider, type Provider } from './provider.ts';
import { openTrips, type Trip, type Trips } from './trips.ts';

type Failed = { ok: false; why: SignOnFailure };
export type SetOut = { ok: true; to: string; state: string; seal: string } | Failed;
/** `next`: where the person wanted to go, if that is known. */
export type Returned = (Extract<VouchedIn, { ok: true }> & { next: string }) | (Failed & { next: string | null });

export type SignOn = {
  /** The outside address at which it begins. */
  start: string;
  /** Whether the outside address has TLS. */
  secure: boolean;
  /** Sends a browser to the provider, with a sealed trip as its luggage, which `state` will ask for. */
  begin: (next: string) => Promise<SetOut>;
  /** `query`: as the provider sent it back, with its question mark. */
  finish: (seal: string | null, query: string) => Promise<Returned>;
  /** Where the provider's own session ends; null: it does not say, or was not asked anything yet. */
  end: () => string | null;
};
/** `address`: of the server as browsers reach it, without a slash at its end. `now`: machine time. */
export type SignOnParts = { oidc: Oidc; secret: string | null; address: string; access: Pick<Access, 'letIn'>; now: () => number; log: Log };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const vouchedBy = (claims: Claims, { name, roles }: Oidc): Vouched =>
  ({ issuer: claims.iss, subject: claims.sub, name: text(claimIn(claims, name)), role: roleBy(claimIn(claims, roles.claim), roles.map) });

/** What helps whoever has to find out why, and is no secret. */
function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.slice(0, 300);
}

type Inside = SignOnParts & { provider: Provider; trips: Trips };

/** The trip that this return is the end of: sealed by us, for this browser, not over yet. */
async function tripOf({ trips }: Inside, seal: string | null, query: string): Promise<{ trip: Trip; fresh: boolean } | null> {
  const trip = seal === null ? null : await trips.open(seal);
  if (trip === null || new URLSearchParams(query).get('state') !== trip.state) return null;
  return { trip, fresh: trips.ends(trip) };
}

async function finish(inside: Inside, seal: string | null, query: string): Promise<Returned> {
  const { provider, access, oidc, log } = inside;
  const found = await tripOf(inside, seal, query);
  if (found?.fresh !== true) return { ok: false, why: 'interrupted', next: found?.trip.next ?? null };
  const { next } = found.trip;
  try {
    const vouched = vouchedBy(await provider.claims(found.trip, query), oidc);
    const came = access.letIn(vouched);
    if (came.ok) return { ...came, next };
    log.warn({ why: came.why, subject: vouched.subject, name: vouched.name, claim: oidc.roles.claim }, 'single sign-on: the provider vouches for somebody who may not come in');
    return { ok: false, why: came.why, next };
  } catch (error) {
    const why = failureOf(error);
    log.warn({ why, reason: reasonIn(error) }, 'single sign-on: nobody came in');
    return { ok: false, why, next };
  }
}

export function openSignOn(parts: SignOnParts): SignOn {
  const { address, log } = parts;
  const provider = openProvider({ ...parts, redirect: `${address}/api${SIGN_ON_RETURN}` });
  const inside = { ...parts, provider, trips: openTrips(parts.now) };
  return {
    start: `${address}/api${SIGN_ON_START}`, secure: address.startsWith('https:'),
    begin: async (next) => {
      const trip = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), next };
      try {
        return { ok: true, to: await provider.address(trip), state: trip.state, seal: await inside.trips.seal(trip) };
      } catch (error) {
        log.warn({ reason: reasonIn(error) }, 'single sign-on: the provider cannot be asked');
        return { ok: false, why: failureOf(error) };
      }
    },
    finish: (seal, query) => finish(inside, seal, query),
    end: () => provider.end(`${address}/login`),
  };
}

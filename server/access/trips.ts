/**
 * The way of a browser to the provider and back. All that is to be known at its return travels with it, sealed in a cookie, so
 * that whoever begins a thousand of them fills nobody's memory; kept is only which have come back, for as long as they could again.
 */
import { randomBytes } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { TRIP } from '../../shared/sign-on.ts';

/** What is compared at the return, and where the person wanted to go. */
export type Trip = { state: string; nonce: string; verifier: string; next: string };
export type Trips = {
  seal: (trip: Trip) => Promise<string>;
  /** The trip of a seal of ours that is not too old; null: none. */
  open: (seal: string) => Promise<Trip | null>;
  /** True the first time. */
  ends: (trip: Trip) => boolean;
};

const MOST = 10_000;

const isTrip = (claims: Record<string, unknown>): claims is Trip => ['state', 'nonce', 'verifier', 'next'].every((key) => typeof claims[key] === 'string');

/** The key is of this process alone: a start of the server makes everybody begin again. */
export function openTrips(now: () => number): Trips {
  const key = randomBytes(32);
  const ended = new Map<string, number>();
  return {
    seal: (trip) => new EncryptJWT({ ...trip }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setExpirationTime(Math.floor((now() + TRIP) / 1000)).encrypt(key),
    open: async (seal) => {
      try {
        const { payload } = await jwtDecrypt(seal, key, { currentDate: new Date(now()), keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] });
        return isTrip(payload) ? { state: payload.state, nonce: payload.nonce, verifier: payload.verifier, next: payload.next } : null;
      } catch {
        return null;
      }
    },
    ends: ({ state }) => {
      for (const [each, at] of ended) {
        if (ended.size <= MOST && now() < at + TRIP) break;
        ended.delete(each);
      }
      if (ended.has(state)) return false;
      ended.set(state, now());
      return true;
    },
  };
}

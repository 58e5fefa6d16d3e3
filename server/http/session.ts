/** Signing in and out. The only throttled route: failures count, so that a room full of desks may sign in at once. */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { SignIn, type SessionBody } from '../../shared/api.ts';
import { nameKey } from '../../shared/person-name.ts';
import type { Access, Attempt } from '../access/access.ts';
import type { HttpPorts } from './ports.ts';
import { bodyOf, jsonBody } from './asked.ts';
import { askToken, callerOf, COOKIE, cookieOptions, SCREEN_COOKIE, sessionOf } from './caller.ts';
import { problem } from './problem.ts';

type Ports = Pick<HttpPorts, 'access' | 'log'>;

/** Of one name from one address, so that nobody shuts a whole shift out; and of all names from it. */
const [FAILURES_A_MINUTE, ALL_FAILURES_A_MINUTE] = [20, 200];

/** Whoever a network gives many addresses to is one. */
export const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');

/** For whatever asks for a password: failures count, by what is asked about. */
export const throttle = (of: (req: Request) => string = () => '', limit = FAILURES_A_MINUTE): RequestHandler => rateLimit({
  windowMs: 60_000, limit, keyGenerator: (req) => `${addressOf(req)}|${of(req)}`, skipSuccessfulRequests: true, standardHeaders: 'draft-8', legacyHeaders: false,
  handler: (_req, res) => { problem(res, 'too-many', { detail: 'wait a minute, then try again', headers: { 'Retry-After': '60' } }); },
});

const WHY = {
  'bad-credentials': 'no enabled account has this name and this password', 'needs-code': 'this account wants the code of its authenticator as well', 'bad-code': 'the code is wrong, or was used already',
} as const;

/** Ends the session of the cookie that came along, if one did. */
function leave(req: Request, access: Access): void {
  const secret = sessionOf(req);
  if (secret !== null) access.signOut(secret);
}

/** A try at a password of this name from where the request comes, counted by its account over all addresses; null: answered already, it has to wait. */
export function tryAt({ access }: Pick<Ports, 'access'>, { req, res, name }: { req: Request; res: Response; name: string }): Extract<Attempt, { wait: 0 }> | null {
  const attempt = access.attempt(name, addressOf(req));
  if (attempt.failed !== undefined) return attempt;
  const seconds = String(Math.ceil(attempt.wait / 1000));
  problem(res, 'too-many', { detail: `there were many failed tries for this name; wait ${seconds} s, then try again`, headers: { 'Retry-After': seconds } });
  return null;
}

function signIn({ access, log }: Ports): RequestHandler {
  return async (req, res) => {
    const body = bodyOf(req, res, SignIn);
    if (body === null) return;
    const attempt = tryAt({ access }, { req, res, name: body.name });
    if (attempt === null) return;
    const signed = await access.signIn(body.name, body.password, body.code ?? null);
    if (!signed.ok) {
      if (signed.why === 'needs-code') attempt.undecided();
      else log.warn({ account: access.called(body.name), from: addressOf(req), failed: attempt.failed, why: signed.why }, 'somebody failed to sign in');
      problem(res, signed.why, { detail: WHY[signed.why] });
      return;
    }
    attempt.succeeded();
    const { person, secret, ends } = signed;
    // Whoever sat here before is gone: nobody could end that session any more, and its open pages would go on.
    leave(req, access);
    res.cookie(COOKIE, secret, { ...cookieOptions(req), expires: new Date(ends) });
    res.json({ name: person.name, role: person.role } satisfies SessionBody);
  };
}

function signOut(access: Access): RequestHandler {
  return (req, res) => {
    leave(req, access);
    // A wall in this browser goes on without whoever signed in beside it; where nobody did, it is what ends.
    if (sessionOf(req) === null) res.clearCookie(SCREEN_COOKIE, cookieOptions(req));
    res.clearCookie(COOKIE, cookieOptions(req)).status(204).end();
  };
}

function whoIs(access: Access): RequestHandler {
  return (req, res) => {
    const caller = callerOf(req, access);
    if (caller === null) askToken(res);
    else if (caller.kind === 'source') problem(res, 'wrong-role', { detail: 'a source has no session' });
    else res.json({ name: caller.name, role: caller.role } satisfies SessionBody);
  };
}

/** The account that a sign-in names. */
const named = (req: Request): string => { const body: unknown = req.body; return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string' ? nameKey(body.name.slice(0, 64)) : ''; };

export function sessionRoutes(ports: Ports): Router {
  const { access } = ports;
  return Router()
    .post('/session', jsonBody, throttle(undefined, ALL_FAILURES_A_MINUTE), throttle(named), signIn(ports))
    .get('/session', whoIs(access))
    .delete('/session', signOut(access));
}

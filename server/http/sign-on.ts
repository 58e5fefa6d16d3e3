/** The way of a browser to a single sign-on and back. A failure comes back to the page of the sign-in by a word that it knows. */
import { Router, type CookieOptions, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { safeNext, SIGN_ON_RETURN, SIGN_ON_START, type SignOnFailure, TRIP, type WaysInBody } from '../../shared/sign-on.ts';
import type { SignOn } from '../access/sign-on.ts';
import { COOKIE, cookieIn, cookieNames, cookieOptions } from './caller.ts';
import { landing } from './landing.ts';
import { addressOf } from './session.ts';

/** Each trip has a cookie of its own, by its state, so that several tabs of a browser may be under way. */
const tripCookie = (state: string): string => `qingkong-trip-${state}`;
const TRIP_COOKIE = /^qingkong-trip-[\w-]{43}$/;
/** Of one browser at once. The next one takes the place of the oldest, or their cookies would outgrow what a request may carry. */
const MOST_TRIPS = 5;
/** Of where a person wanted to go, in bytes, for the same reason. */
const LONGEST_NEXT = 1_000;
/** Of one address in a minute: whole shifts may stand behind one proxy. */
const A_MINUTE = 300;

function backToSignIn(res: Response, why: SignOnFailure, next: string | null): void {
  res.redirect(303, `/login?${new URLSearchParams({ refused: why, ...(next === null ? {} : { next }) }).toString()}`);
}

const throttle = (): RequestHandler => rateLimit({
  windowMs: 60_000, limit: A_MINUTE, keyGenerator: addressOf, standardHeaders: false, legacyHeaders: false, handler: (_req, res) => { backToSignIn(res, 'too-many', null); },
});

/** Lax, since it must come along when the provider sends the browser back; only these two addresses ever see it. */
const tripOptions = ({ secure }: SignOn): CookieOptions => ({ httpOnly: true, sameSite: 'lax', path: `/api${SIGN_ON_START}`, secure });

/** Names of the cookies that make room for one more trip; a browser sends the oldest first. */
const tooMany = (req: Request): string[] => cookieNames(req.get('cookie')).filter((name) => TRIP_COOKIE.test(name)).slice(0, 1 - MOST_TRIPS);

function begin(signOn: SignOn): RequestHandler {
  return async (req, res) => {
    const asked = safeNext(req.query['next']);
    const next = Buffer.byteLength(asked) > LONGEST_NEXT ? safeNext(null) : asked;
    const set = await signOn.begin(next);
    if (!set.ok) { backToSignIn(res, set.why, next); return; }
    for (const name of tooMany(req)) res.clearCookie(name, tripOptions(signOn));
    res.cookie(tripCookie(set.state), set.seal, { ...tripOptions(signOn), maxAge: TRIP });
    res.redirect(303, set.to);
  };
}

const queryOf = ({ originalUrl }: Request): string => (originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?')) : '');

function finish(signOn: SignOn): RequestHandler {
  return async (req, res) => {
    const query = queryOf(req);
    const name = tripCookie(new URLSearchParams(query).get('state') ?? '');
    const seal = TRIP_COOKIE.test(name) ? cookieIn(req.get('cookie'), name) : null;
    if (seal !== null) res.clearCookie(name, tripOptions(signOn));
    const came = await signOn.finish(seal, query);
    if (!came.ok) { backToSignIn(res, came.why, came.next); return; }
    res.cookie(COOKIE, came.secret, { ...cookieOptions(req), secure: req.secure || signOn.secure, expires: new Date(came.ends) });
    res.type('html').send(landing(safeNext(came.next)));
  };
}

export function signOnRoutes(signOn: SignOn | null): Router {
  const ways: RequestHandler = (_req, res) => {
    res.json({ signOn: signOn === null ? null : { start: signOn.start, end: signOn.end() } } satisfies WaysInBody);
  };
  const router = Router().get('/session/ways', ways);
  if (signOn === null) return router.get([SIGN_ON_START, SIGN_ON_RETURN], (_req, res) => { res.redirect(303, '/login'); });
  return router.get(SIGN_ON_START, throttle(), begin(signOn)).get(SIGN_ON_RETURN, throttle(), finish(signOn));
}

/** The way of a browser to a single sign-on and back. A failure comes back to the page of the sign-in by a word that it knows. */
import { Router, type CookieOptions, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { safeNext, SIGN_ON_RETURN, SIGN_ON_START, type SignOnFailure, TRIP, type WaysInBody } from '../../shared/sign-on.ts';
import type { SignOn } from '../access/sign-on.ts';
import { COOKIE, cookieIn, cookieOptions } from './caller.ts';
import { landing } from './landing.ts';

const TRIP_COOKIE = 'qingkong-trip';
/** Of one address in a minute: whole shifts may stand behind one proxy. */
const A_MINUTE = 300;

function backToSignIn(res: Response, why: SignOnFailure, next: string | null): void {
  res.redirect(303, `/login?${new URLSearchParams({ refused: why, ...(next === null ? {} : { next }) }).toString()}`);
}

const throttle = (): RequestHandler => rateLimit({
  windowMs: 60_000, limit: A_MINUTE, standardHeaders: false, legacyHeaders: false, handler: (_req, res) => { backToSignIn(res, 'too-many', null); },
});

/** Lax, since it must come along when the provider sends the browser back; only these two addresses ever see it. */
const tripOptions = ({ secure }: SignOn): CookieOptions => ({ httpOnly: true, sameSite: 'lax', path: `/api${SIGN_ON_START}`, secure });

function begin(signOn: SignOn): RequestHandler {
  return async (req, res) => {
    const next = safeNext(req.query['next']);
    const set = await signOn.begin(next);
    if (!set.ok) { backToSignIn(res, set.why, next); return; }
    res.cookie(TRIP_COOKIE, set.trip, { ...tripOptions(signOn), maxAge: TRIP });
    res.redirect(303, set.to);
  };
}

const queryOf = ({ originalUrl }: Request): string => (originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?')) : '');

function finish(signOn: SignOn): RequestHandler {
  return async (req, res) => {
    const came = await signOn.finish(cookieIn(req.get('cookie'), TRIP_COOKIE), queryOf(req));
    if (!came.ok) { backToSignIn(res, came.why, came.next); return; }
    res.clearCookie(TRIP_COOKIE, tripOptions(signOn));
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

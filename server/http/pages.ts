/** The pages: one built application for the wall, the desk and the report, and the way in of a kiosk. */
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { EXERCISE_BASE } from '../../shared/exercises.ts';
import type { Access } from '../access/access.ts';
import { callerOf, cookieOptions, SCREEN_COOKIE } from './caller.ts';
import { problem } from './problem.ts';

const PAGES = ['/wall', '/desk', '/report', '/calendar', '/handover', '/evaluation', '/people', '/login'];
/** Faces that an exercise has too. */
const EXERCISED = ['/wall', '/desk', '/calendar', '/handover', '/login'].flatMap((page) => [EXERCISE_BASE, `${EXERCISE_BASE}/:id`].map((base) => `${base}${page}`));
/** As long as browsers keep a cookie at all; the token behind it may be revoked at any time. */
const KIOSK = 400 * 24 * 3600 * 1000;

/** The same address without the token, which must not stay in the address bar, the history or a log. */
function without(req: Request, name: string): string {
  const url = new URL(req.originalUrl, 'http://qingkong.invalid');
  url.searchParams.delete(name);
  return `${url.pathname}${url.search}`;
}

/** `GET /wall?screen=TOKEN`, opened once by a kiosk: the token becomes its cookie, beside that of a session, which may be there unseen: a link on another site does not send it. */
function letScreenIn(access: Access): RequestHandler {
  return (req, res, next) => {
    const token: unknown = req.query['screen'];
    if (typeof token !== 'string') { next(); return; }
    res.set('Cache-Control', 'no-store');
    if (access.caller(token)?.kind !== 'screen') {
      // Whoever looks at a screen reads words: the page has them, in both languages.
      if (req.accepts(['json', 'html']) === 'html') { res.status(401); next(); return; }
      problem(res, 'no-token', { detail: "this screen's token is not valid, or was revoked" });
      return;
    }
    res.cookie(SCREEN_COOKIE, token, { ...cookieOptions(req), maxAge: KIOSK });
    res.redirect(303, without(req, 'screen'));
  };
}

function page(web: string | null): RequestHandler {
  return (_req, res) => {
    res.set('Cache-Control', 'no-cache');
    if (web === null) { noWeb(res); return; }
    res.sendFile('index.html', { root: web, cacheControl: false }, (error?: Error) => {
      if (error !== undefined && !res.headersSent) noWeb(res);
    });
  };
}

const noWeb = (res: Response): void => { res.status(503).type('text').send('The web is not built: npm run build'); };

export function pageRoutes(web: string | null, access: Access): Router {
  const router = Router();
  router.get('/', (req, res) => {
    const caller = callerOf(req, access);
    res.set('Cache-Control', 'no-store').redirect(303, caller === null || caller.kind === 'source' ? '/login' : '/wall');
  });
  router.get(EXERCISE_BASE, (_req, res) => { res.redirect(303, `${EXERCISE_BASE}/desk`); });
  router.get(['/wall', `${EXERCISE_BASE}/wall`, `${EXERCISE_BASE}/:id/wall`], letScreenIn(access));
  for (const path of [...PAGES, ...EXERCISED]) router.get([path, `${path}/*rest`], page(web));
  if (web !== null) {
    // What is built has its hash in its name; anything else beside it may change under the same name.
    router.use('/assets', express.static(`${web}/assets`, { index: false, immutable: true, maxAge: '1y', fallthrough: false }));
    router.use(express.static(web, { index: false, maxAge: 0 }));
  }
  return router;
}

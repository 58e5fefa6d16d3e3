/** Who is calling, and whether they may: by `Authorization: Bearer`, or by the cookie of a person or a screen. */
import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { may, type Right, RIGHTS } from '../../shared/roles.ts';
import { UNATTENDED } from '../../shared/unattended.ts';
import type { Access, Caller } from '../access/access.ts';
import { problem } from './problem.ts';

/** A person's session, and beside it a screen's token: neither takes the other's place. A kiosk of old has its token in the first. */
export const COOKIE = 'qingkong';
export const SCREEN_COOKIE = 'qingkong-screen';

/** Names and values of a `Cookie` header, in its order. */
const cookiesIn = (header: string | undefined): [name: string, value: string][] => (header?.split(';') ?? []).flatMap((part): [string, string][] => {
  const [name, value] = part.split('=', 2);
  return name === undefined || value === undefined ? [] : [[name.trim(), value.trim()]];
});

/** The value of a cookie of ours in a `Cookie` header. */
export const cookieIn = (header: string | undefined, wanted = COOKIE): string | null => cookiesIn(header).find(([name]) => name === wanted)?.[1] ?? null;
export const cookieNames = (header: string | undefined): string[] => cookiesIn(header).map(([name]) => name);

/** Under which an application keeps the origins of its address outside. */
export const OWN_ORIGINS = 'own origins';
const isUnderTls = (req: Request): boolean => req.secure || (req.app.get(OWN_ORIGINS) as readonly string[]).includes(`https://${req.host}`);

/** Strict: no other site ever makes a browser send it. Secure wherever the way here is: by the word of a trusted proxy, or by the name that was asked for. */
export const cookieOptions = (req: Request): CookieOptions => ({ httpOnly: true, sameSite: 'strict', path: '/', secure: isUnderTls(req) });

/** The secret of the session whose cookie a request carries, where no token in the header counts before it. */
export const sessionOf = (req: Request): string | null => (req.get('authorization') === undefined ? cookieIn(req.get('cookie')) : null);

type Credential = { secret: string; by: 'token' | 'cookie' };
/** The secrets that a request carries, and how: a token in the header, which counts before any cookie, else a session, else a screen. */
function credentialsOf(req: Request): Credential[] {
  const header = req.get('authorization');
  if (header !== undefined) {
    const found = /^Bearer +(\S+) *$/i.exec(header);
    return [{ secret: found?.[1] ?? '', by: 'token' }];
  }
  return [COOKIE, SCREEN_COOKIE].flatMap((name): Credential[] => {
    const secret = cookieIn(req.get('cookie'), name);
    return secret === null ? [] : [{ secret, by: 'cookie' }];
  });
}

/** What a page of ours says of a request that it makes by itself, while nobody has touched it since its last: such a look is no use of a session. */
const isUnattended = (req: Request): boolean => req.method === 'GET' && req.get(UNATTENDED) !== undefined;

/** A source's secret in a cookie, or a person's in a header, stands for nobody: each has its own way in. */
export function callerOf(req: Request, access: Access): Caller | null {
  for (const { secret, by } of credentialsOf(req)) {
    const caller = isUnattended(req) ? access.standsFor(secret) : access.caller(secret);
    if (caller !== null && caller.kind !== (by === 'token' ? 'person' : 'source')) return caller;
  }
  return null;
}

const BEARER = { headers: { 'WWW-Authenticate': 'Bearer realm="qingkong"' } };
export function askToken(res: Response): void {
  problem(res, 'no-token', { detail: 'sign in, or send a token as Authorization: Bearer', ...BEARER });
}

export type PersonCaller = Extract<Caller, { kind: 'person' }>;

/** Guards of routes. */
export type Doors = {
  /** Persons and screens see. */
  sees: RequestHandler;
  /** The person who has the right; null: answered already. */
  person: (req: Request, res: Response, right: Right) => PersonCaller | null;
  /** Whether whoever asks is a person who has the right. */
  has: (req: Request, right: Right) => boolean;
  /** The source that may write; null: answered already. */
  source: (req: Request, res: Response) => string | null;
};

export function doorsOf(access: Access): Doors {
  const known = (req: Request, res: Response): Caller | null => {
    const caller = callerOf(req, access);
    if (caller === null) askToken(res);
    return caller;
  };
  return {
    sees: (req, res, next) => {
      const caller = known(req, res);
      if (caller === null) return;
      if (caller.kind === 'source') problem(res, 'wrong-role', { detail: "a source's token writes readings and does nothing else" });
      else next();
    },
    person: (req, res, right) => {
      const caller = known(req, res);
      if (caller === null) return null;
      if (caller.kind === 'person' && may(caller.role, right)) return caller;
      problem(res, 'wrong-role', { detail: caller.kind === 'person' ? `this needs one of the roles: ${RIGHTS[right].join(', ')}` : 'this needs a signed-in person' });
      return null;
    },
    has: (req, right) => { const caller = callerOf(req, access); return caller?.kind === 'person' && may(caller.role, right); },
    source: (req, res) => {
      const caller = known(req, res);
      if (caller === null) return null;
      if (caller.kind === 'source') return caller.source;
      problem(res, 'wrong-role', { detail: "only a source's token writes readings" });
      return null;
    },
  };
}

export type SeerGiven = { cookie: string | undefined; token: string | null; /** Whether a wall asks. */ wall: boolean };

/**
 * The secret by which a screen's connection may see: a screen's token, else a cookie: of a wall the screen's first, so that it stays that wall
 * whoever signs in beside it; of any other page the person's, so that the desk of a session that has ended is no wall. A connection comes back by itself, and is no use of a session.
 */
export function seerOf(access: Access, given: SeerGiven): string | null {
  const [session, screen] = [cookieIn(given.cookie), cookieIn(given.cookie, SCREEN_COOKIE)];
  const secret = given.token ?? (given.wall ? screen ?? session : session ?? screen);
  if (secret === null) return null;
  const caller = access.standsFor(secret);
  if (caller === null || caller.kind === 'source') return null;
  return caller.kind === 'person' && given.token !== null ? null : secret;
}

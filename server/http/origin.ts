/** Where a request comes from. A browser names the page that asks; stations and scripts name none. */
import type { Request, RequestHandler } from 'express';
import { problem } from './problem.ts';

/** The origin of a page's address; null: it is no page's. */
function originIn(address: string): string | null {
  try {
    const { origin, protocol } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}

/**
 * A missing origin is no browser's page; a foreign one is another site, or another port of this one. `host` is the name by which we
 * were asked; of a name that is ours under TLS (`also`) a page that came without is not ours.
 */
export function isForeign(origin: string | undefined, host: string | undefined, also: readonly string[]): boolean {
  if (origin === undefined || also.includes(origin)) return false;
  const page = originIn(origin);
  return page === null || new URL(page).host !== host || (page.startsWith('http:') && also.includes(`https://${host}`));
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The foreign page that asks, or null. What a browser sends by itself, the cookie, is worth nothing on another page's errand, be
 * it of the same site (another port, a sub-domain): there the browser's own word (Sec-Fetch-Site) and, where it names no origin,
 * the page that led here count too. A token no browser adds by itself.
 */
function foreignPage(req: Request, also: readonly string[]): string | null {
  const origin = req.get('origin');
  if (isForeign(origin, req.host, also)) return origin ?? null;
  if (req.get('authorization') !== undefined || (origin !== undefined && also.includes(origin))) return null;
  const site = req.get('sec-fetch-site') ?? 'none';
  if (site !== 'same-origin' && site !== 'none') return `another page (${site})`;
  const from = req.get('referer');
  return origin === undefined && from !== undefined && isForeign(originIn(from) ?? 'null', req.host, also) ? originIn(from) ?? 'an unknown page' : null;
}

/** For everything that changes something. */
export function refuseForeignWrites(also: readonly string[]): RequestHandler {
  return (req, res, next) => {
    const page = READS.includes(req.method) ? null : foreignPage(req, also);
    if (page === null) { next(); return; }
    problem(res, 'foreign-origin', {
      detail: `${req.method} ${req.path.slice(0, 200)} was asked by ${page.slice(0, 200)}, and only a page of this server itself (${[`${req.protocol}://${req.host}`, ...also].join(', ').slice(0, 300)}) may: `
        + 'do it there. If that is the address by which this server is reached, set AIR_PUBLIC_URL to it; a program sends no Origin',
    });
  };
}

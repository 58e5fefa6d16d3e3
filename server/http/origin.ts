/** Where a request comes from. A browser names the site whose page asks; stations and scripts name none. */
import type { RequestHandler } from 'express';
import { problem } from './problem.ts';

/** A missing origin is no browser's page; a foreign one is another site. `host` is the name by which we were asked. */
export function isForeign(origin: string | undefined, host: string | undefined, also: readonly string[]): boolean {
  if (origin === undefined || also.includes(origin)) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

export function refuseForeignWrites(origins: readonly string[]): RequestHandler {
  return (req, res, next) => {
    if (READS.includes(req.method) || !isForeign(req.get('origin'), req.host, origins)) next();
    else problem(res, 'foreign-origin', { detail: 'the Origin of a write must be this server itself' });
  };
}

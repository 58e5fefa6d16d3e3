/** What went wrong on the way to an answer: a body that cannot be read is the caller's problem, all else is ours. */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import type { Log } from './ports.ts';
import { problem, type Code } from './problem.ts';

/** As body-parser names them. */
const CALLERS: Partial<Record<string, Code>> = {
  'entity.parse.failed': 'bad-json', 'entity.too.large': 'too-large', 'encoding.unsupported': 'wrong-type',
  'charset.unsupported': 'wrong-type', 'request.aborted': 'bad-request', 'request.size.invalid': 'bad-request',
  'entity.verify.failed': 'bad-json',
};

function callersFault(error: unknown): Code | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('type' in error && typeof error.type === 'string') return CALLERS[error.type] ?? null;
  // A path that cannot be decoded, a file that is not there, or one outside the built web: which of them is nobody's business.
  const status = 'status' in error ? error.status : null;
  return status === 400 ? 'bad-request' : status === 404 || status === 403 ? 'not-found' : null;
}

/** A disk that takes nothing more, as SQLite says it: what was asked has not happened, and may be asked again. */
const diskRefuses = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^SQLITE_(FULL|IOERR)/.test(String(error.code));

/** The last middleware: no stack, no path, no query of ours ever leaves the house. */
export function onFailure(log: Log): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express knows a middleware for errors by its four parameters
  return (error: unknown, req, res, next) => {
    const code = callersFault(error);
    if (res.headersSent) { next(error); return; }
    if (code !== null) {
      problem(res, code, { detail: code === 'not-found' ? 'no such file' : error instanceof Error ? error.message.slice(0, 200) : 'unreadable' });
      return;
    }
    if (diskRefuses(error)) {
      log.error({ err: error, method: req.method, path: req.path }, 'the disk refuses');
      problem(res, 'not-durable', { detail: 'the disk takes nothing more; nothing was done, try again', headers: { 'Retry-After': '5' } });
      return;
    }
    const id = randomUUID();
    log.error({ id, err: error, method: req.method, path: req.path }, 'a request failed');
    problem(res, 'internal', { detail: `it is in the log under ${id}`, extra: { id } });
  };
}

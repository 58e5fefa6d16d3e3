/** What a request asks, checked: its query, its body, its headers. What is wrong is told all at once. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { CivilDay } from '../../shared/event.ts';
import { parseInstant, type Civil } from '../../shared/time.ts';
import type { PersonCaller } from './caller.ts';
import type { Asked } from './ports.ts';
import { problem } from './problem.ts';

/** Small bodies of people. Readings have a way of their own (`body.ts`). */
export const jsonBody: RequestHandler = express.json({ limit: '64kb', strict: false });

function checked<S extends z.ZodType>(res: Response, schema: S, input: unknown): z.output<S> | null {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  problem(res, 'bad-request', { detail: issues.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '), extra: { issues } });
  return null;
}

/** No word of a body: none came, or an empty one without a type. */
const hasNone = (req: Request): boolean => req.get('content-type') === undefined && (req.get('content-length') ?? '0') === '0' && req.get('transfer-encoding') === undefined;

/** The body as the schema has it; null: answered already. One of another type is refused and not passed over, as if nothing had been said. */
export function bodyOf<S extends z.ZodType>(req: Request, res: Response, schema: S): z.output<S> | null {
  if (hasNone(req) || req.is('json') !== false) return checked(res, schema, req.body as unknown);
  problem(res, 'wrong-type', { detail: `${req.method} ${`${req.baseUrl}${req.path}`.slice(0, 200)} takes application/json, or nothing at all; this came as ${req.get('content-type')?.slice(0, 100) ?? 'no type'}`, headers: { Accept: 'application/json' } });
  return null;
}
/** The query as the schema has it; null: answered already. A parameter that nobody reads is refused: a misspelt one would change the answer without a word. */
export function queryOf<S extends z.ZodObject>(req: Request, res: Response, schema: S): z.output<S> | null {
  const known = Object.keys(schema.shape);
  const unknown = Object.keys(req.query).filter((name) => !known.includes(name));
  if (unknown.length === 0) return checked(res, schema, req.query);
  const told = known.length === 0 ? 'none is read here' : `there are ${known.join(', ')}`;
  const issues = unknown.map((field) => ({ field, message: `unknown parameter; ${told}` }));
  problem(res, 'bad-request', { detail: issues.map(({ field, message }) => `${field}: ${message}`).join('; '), extra: { issues } });
  return null;
}
/** For what takes no query at all. */
export const NoQuery = z.object({});

export const Whole = z.string().regex(/^\d{1,15}$/, 'expected a whole number').transform(Number);

/** An instant with its offset, or a civil day, which is when it begins. A bare `+` of a query has become a blank: it is put back. */
export const instantOf = (civil: Civil): z.ZodType<number, string> => z.string().transform((text, context) => {
  const whole = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const at = CivilDay.safeParse(whole).success ? civil.at(whole) : parseInstant(whole);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'expected an instant with its offset, as 2022-02-04T19:00:00+08:00, or a civil day' });
  return z.NEVER;
});

/** `[from, to)` must not be turned round. */
export const inOrder = (span: { from?: number | undefined; to?: number | undefined }): boolean =>
  span.from === undefined || span.to === undefined || span.from <= span.to;

const Key = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'expected at most 200 printable characters');
const Version = z.string().regex(/^(W\/)?("?)\d{1,9}\2$/, 'expected a version, as 3').transform((text) => Number(text.replace(/\D/g, '')));
const Headers = z.object({ 'Idempotency-Key': Key.optional(), 'If-Match': Version.optional() });

/** Who asks, and what they saw, as the headers say; null: answered already. */
export function askedBy(req: Request, res: Response, person: PersonCaller): Asked | null {
  const match = req.get('if-match');
  const headers = checked(res, Headers, { 'Idempotency-Key': req.get('idempotency-key'), 'If-Match': match === '*' ? undefined : match });
  if (headers === null) return null;
  return { by: person.name, role: person.role, key: headers['Idempotency-Key'] ?? null, ifMatch: headers['If-Match'] ?? null };
}

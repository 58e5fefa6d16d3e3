/** Alerts: which there are, what became of one, and its acknowledgement. */
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { ALERT_STATES, AcknowledgeBody, type AlertBody, CommentBody, HandleBody, OutOfServiceBody, ShelveBody } from '../../shared/api.ts';
import { type Listed, MOST_LISTED } from '../../shared/page.ts';
import type { Alert } from '../../shared/situation.ts';
import type { Civil } from '../../shared/time.ts';
import { inOrder, instantOf, jsonBody, queryOf, Whole } from './asked.ts';
import type { Doors } from './caller.ts';
import { commanding, type Commanding } from './command.ts';
import type { Right } from '../../shared/roles.ts';
import type { AlertSet, HttpPorts, ServiceSet } from './ports.ts';
import { problem } from './problem.ts';

/** An alert as it is answered: with civil instants. */
export function alertBody(alert: Alert, { iso }: Civil): AlertBody {
  const { period, raisedAt, changedAt, judgedAt, askedAt, acknowledged, needs, signed, notes, escalated, told } = alert;
  const timed = <T extends { at: number }>(word: T) => ({ ...word, at: iso(word.at) });
  const { followUps, diagnosis, orders, disposal } = alert.handling;
  const maybe = <T extends { at: number }>(word: T | null) => (word === null ? null : timed(word));
  return {
    ...alert, askedAt: iso(askedAt), needs: [...needs], signed: signed.map(timed), notes: notes.map(timed), escalated: escalated.map(({ to, ...each }) => timed({ ...each, to: [...to] })), told: told.map(timed),
    handling: { followUps: followUps.map(timed), diagnosis: maybe(diagnosis), orders: [...orders], disposal: maybe(disposal) },
    period: { start: iso(period.start), end: period.end === null ? null : iso(period.end) },
    raisedAt: iso(raisedAt), changedAt: iso(changedAt), judgedAt: iso(judgedAt),
    acknowledged: maybe(acknowledged),
  };
}

/** A page goes on after this alert: the start of its period, and its id. */
const Cursor = z.string().regex(/^-?\d{1,16}~.{1,300}$/, 'expected what `next` of a page had').transform((text) => ({ start: Number.parseInt(text, 10), id: text.slice(text.indexOf('~') + 1) }));

/** The same question, for the page after. */
function nextOf(asked: string, { start, id }: Listed): string {
  const { pathname, searchParams } = new URL(asked, 'http://here');
  searchParams.set('before', `${start}~${id}`);
  return `${pathname}?${searchParams.toString()}`;
}

export const alertQuery = (civil: Civil) => z.object({
  from: instantOf(civil).optional(), to: instantOf(civil).optional(), state: z.enum(['all', ...ALERT_STATES]).optional(),
  limit: Whole.pipe(z.int().min(1).max(MOST_LISTED)).optional().meta({ description: 'how many at most, the latest period first; 10,000 where closed ones are asked for' }),
  before: Cursor.optional().meta({ description: 'as `next` has it' }),
}).refine(inOrder, 'from is after to');

type Commands = 'acknowledge' | 'shelve' | 'unshelve' | 'comment' | 'handle' | 'setService';
type Ports = Pick<HttpPorts, 'alerts' | 'alert' | 'civil' | Commands>;

function list({ alerts, civil }: Ports): RequestHandler {
  const Query = alertQuery(civil);
  return async (req, res) => {
    const query = queryOf(req, res, Query);
    if (query === null) return;
    const { from = null, to = null, state = null, limit, before } = query;
    const { seq, next, ...found } = await alerts({ from, to, state, limit, before });
    res.json({ seq, alerts: found.alerts.map((alert) => alertBody(alert, civil)), more: next !== null, next: next === null ? null : nextOf(req.originalUrl, next) });
  };
}

function one({ alert, civil }: Ports): RequestHandler<{ id: string }> {
  return async (req, res) => {
    const found = await alert(req.params.id);
    if (found === null) problem(res, 'unknown-alert', { detail: req.params.id.slice(0, 200) });
    else res.json({ ...alertBody(found.alert, civil), history: found.history });
  };
}

const Nothing = z.object({}).nullish();

function commandRoutes(ports: Ports, doors: Doors): Router {
  const { civil } = ports;
  const about = <S extends z.ZodType>(right: Right, schema: S, ask: Commanding<S, AlertSet>['ask']) =>
    commanding(civil, doors, { right, schema, ask, answer: ({ alert }) => ({ alert: alertBody(alert, civil) }) });
  const service = <S extends z.ZodType>(schema: S, ask: Commanding<S, ServiceSet>['ask']) =>
    commanding(civil, doors, { right: 'station-service', schema, ask, answer: (body) => ({ ...body, at: civil.iso(body.at) }) });
  const until = instantOf(civil);
  return Router()
    .post('/alerts/:id/acknowledge', commanding(civil, doors, {
      right: 'acknowledge', schema: AcknowledgeBody, ask: ({ id: alert, ...asked }, body) => ports.acknowledge({ ...asked, ...body, alert }), answer: (body) => ({ ...body, at: civil.iso(body.at) }),
    }))
    .post('/alerts/:id/shelve', about('shelve', ShelveBody.extend({ until }), ({ id: alert, ...asked }, body) => ports.shelve({ ...asked, ...body, alert })))
    .post('/alerts/:id/unshelve', about('shelve', Nothing, ({ id: alert, ...asked }) => ports.unshelve({ ...asked, alert })))
    .post('/alerts/:id/comment', about('comment', CommentBody, ({ id: alert, ...asked }, { text }) => ports.comment({ ...asked, alert, text })))
    .post('/alerts/:id/handle', about('handle', HandleBody, ({ id: alert, ...asked }, { step }) => ports.handle({ ...asked, alert, step })))
    .post('/stations/:id/out-of-service', service(OutOfServiceBody.extend({ until: until.nullish() }), ({ id: station, ...asked }, { reason, workOrder, until: end }) =>
      ports.setService({ ...asked, station, out: { reason, workOrder, until: end ?? null } })))
    .post('/stations/:id/in-service', service(Nothing, ({ id: station, ...asked }) => ports.setService({ ...asked, station, out: null })));
}

export function alertRoutes(ports: Ports, doors: Doors): Router {
  return Router()
    .get('/alerts', doors.sees, list(ports))
    .get('/alerts/:id', doors.sees, one(ports))
    .use(jsonBody)
    .use(commandRoutes(ports, doors));
}

/** Alerts: which there are, what became of one, and its acknowledgement. */
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { ALERT_STATES, AcknowledgeBody, type AlertBody } from '../../shared/api.ts';
import type { Alert } from '../../shared/situation.ts';
import type { Civil } from '../../shared/time.ts';
import { askedBy, bodyOf, inOrder, instantOf, jsonBody, queryOf } from './asked.ts';
import type { Doors } from './caller.ts';
import type { HttpPorts } from './ports.ts';
import { problem, refusal } from './problem.ts';

/** An alert as it is answered: with civil instants. */
function shown(alert: Alert, { iso }: Civil): AlertBody {
  const { period, raisedAt, changedAt, acknowledged } = alert;
  return {
    ...alert,
    period: { start: iso(period.start), end: period.end === null ? null : iso(period.end) },
    raisedAt: iso(raisedAt), changedAt: iso(changedAt),
    acknowledged: acknowledged === null ? null : { ...acknowledged, at: iso(acknowledged.at) },
  };
}

export const alertQuery = (civil: Civil) => z.object({
  from: instantOf(civil).optional(), to: instantOf(civil).optional(), state: z.enum(['all', ...ALERT_STATES]).optional(),
}).refine(inOrder, 'from is after to');

type Ports = Pick<HttpPorts, 'alerts' | 'alert' | 'acknowledge' | 'civil'>;

function list({ alerts, civil }: Ports): RequestHandler {
  const Query = alertQuery(civil);
  return async (req, res) => {
    const query = queryOf(req, res, Query);
    if (query === null) return;
    const { from = null, to = null, state = null } = query;
    const found = await alerts({ from, to, state });
    res.json({ seq: found.seq, alerts: found.alerts.map((alert) => shown(alert, civil)) });
  };
}

function one({ alert, civil }: Ports): RequestHandler<{ id: string }> {
  return async (req, res) => {
    const found = await alert(req.params.id);
    if (found === null) problem(res, 'unknown-alert', { detail: req.params.id.slice(0, 200) });
    else res.json({ ...shown(found.alert, civil), history: found.history });
  };
}

function acknowledge({ acknowledge: ask, civil }: Ports, doors: Doors): RequestHandler<{ id: string }> {
  return async (req, res) => {
    const person = doors.person(req, res, 'duty');
    if (person === null) return;
    const body = bodyOf(req, res, AcknowledgeBody);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const result = await ask({ ...asked, alert: req.params.id, occurrence: body.occurrence, note: body.note });
    if (result.ok) res.json({ ...result.body, at: civil.iso(result.body.at) });
    else refusal(res, result, civil.iso);
  };
}

export function alertRoutes(ports: Ports, doors: Doors): Router {
  return Router()
    .get('/alerts', doors.sees, list(ports))
    .get('/alerts/:id', doors.sees, one(ports))
    .post('/alerts/:id/acknowledge', jsonBody, acknowledge(ports, doors));
}

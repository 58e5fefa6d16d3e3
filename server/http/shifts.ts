/** Shifts handed over: whoever goes offers, whoever comes takes. */
import { Router, type RequestHandler } from 'express';
import { HandoverBody } from '../../shared/api.ts';
import { askedBy, bodyOf, jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import type { HttpPorts } from './ports.ts';
import { refusal } from './problem.ts';

type Ports = Pick<HttpPorts, 'handOver' | 'civil'>;

function handOver({ handOver: ask, civil }: Ports, doors: Doors): RequestHandler {
  return async (req, res) => {
    const person = doors.person(req, res, 'handover');
    if (person === null) return;
    const body = bodyOf(req, res, HandoverBody);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const result = await ask({ ...asked, ...body });
    if (result.ok) res.json({ ...result.body, at: civil.iso(result.body.at) });
    else refusal(res, result, civil.iso);
  };
}

export const shiftRoutes = (ports: Ports, doors: Doors): Router => Router().post('/shifts/handover', jsonBody, handOver(ports, doors));

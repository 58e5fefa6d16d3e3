/** Verdicts that people set by hand on readings. */
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { minutesNamed } from '../../shared/decode.ts';
import { Id } from '../../shared/event.ts';
import { HAND_LEVELS, HAND_VERDICTS } from '../../shared/quality/hand.ts';
import { QUANTITIES } from '../../shared/reading.ts';
import { MINUTE, type Civil } from '../../shared/time.ts';
import { written } from '../../shared/written.ts';
import { askedBy, bodyOf, instantOf, jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import type { HttpPorts } from './ports.ts';
import { refusal } from './problem.ts';

type Keyed = { start?: number | undefined; period?: string | undefined; from?: number | undefined; to?: number | undefined };
/** One key, or a stretch; not both, and nothing of the other. */
const isOne = ({ start, period, from, to }: Keyed): boolean => {
  const [key, stretch] = [[start, period], [from, to]].map((pair) => pair.filter((each) => each !== undefined).length);
  return (key === 2 && stretch === 0) || (key === 0 && stretch === 2);
};

export const reviewBody = (civil: Civil) => z.object({
  station: Id, pollutant: z.enum(QUANTITIES), verdict: z.enum(HAND_VERDICTS), level: z.enum(HAND_LEVELS).default('reviewed'), reason: z.string().overwrite(written).min(1).max(2000),
  start: instantOf(civil).optional(), period: z.string().refine((text) => minutesNamed(text) !== undefined, 'expected PT1H, or PTnM where n divides 60').optional(),
  from: instantOf(civil).optional(), to: instantOf(civil).optional(),
}).refine(isOne, 'expected either start and period, or from and to').refine(({ from = 0, to = 1 }) => from < to, 'from is not before to');

type Ports = Pick<HttpPorts, 'review' | 'civil'>;

function review({ review: ask, civil }: Ports, doors: Doors): RequestHandler {
  const Body = reviewBody(civil);
  return async (req, res) => {
    const person = doors.person(req, res, 'doubt');
    if (person === null) return;
    const body = bodyOf(req, res, Body);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const { station, pollutant, verdict, level, reason, start, period, from = start ?? 0, to = from + MINUTE } = body;
    const minutes = period === undefined ? null : minutesNamed(period) ?? null;
    const result = await ask({ ...asked, station, pollutant, verdict, level, reason, from, to, minutes });
    if (result.ok) res.json({ ...result.body, at: civil.iso(result.body.at) });
    else refusal(res, result, civil.iso);
  };
}

export function reviewRoutes(ports: Ports, doors: Doors): Router {
  return Router().post('/readings/review', jsonBody, review(ports, doors));
}

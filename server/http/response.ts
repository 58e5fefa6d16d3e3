/** The response: levels in force, the orders that follow from them, and what people do about both. */
import { Router, type RequestHandler } from 'express';
import { LevelBody, OrderBody, type ResponseBody } from '../../shared/api.ts';
import type { Room } from '../../shared/situation.ts';
import type { Civil } from '../../shared/time.ts';
import { askedBy, bodyOf, jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import { ORDER_MOVES, type HttpPorts, type OrderMove } from './ports.ts';
import { refusal } from './problem.ts';

type Ports = Pick<HttpPorts, 'situation' | 'setLevel' | 'moveOrder' | 'civil'>;

function shown(room: Room, { iso }: Civil): ResponseBody {
  return {
    seq: room.seq,
    levels: Object.values(room.levels).map((level) => ({ ...level, since: iso(level.since) })),
    orders: Object.values(room.orders).map((order) => ({
      ...order, due: iso(order.due), issuedAt: iso(order.issuedAt), steps: order.steps.map((step) => ({ ...step, at: iso(step.at) })),
    })),
  };
}

function setLevel({ setLevel: ask, civil }: Ports, doors: Doors): RequestHandler {
  return async (req, res) => {
    const person = doors.person(req, res, 'level');
    if (person === null) return;
    const body = bodyOf(req, res, LevelBody);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const result = await ask({ ...asked, ...body });
    if (result.ok) res.json(result.body);
    else refusal(res, result, civil.iso);
  };
}

type Moving = { ports: Ports; doors: Doors; move: OrderMove };

function moveOrder({ ports: { moveOrder: ask, civil }, doors, move }: Moving): RequestHandler<{ id: string }> {
  return async (req, res) => {
    const person = doors.person(req, res, 'move-order');
    if (person === null) return;
    const body = bodyOf(req, res, OrderBody);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const result = await ask({ ...asked, order: req.params.id, move, note: body.note });
    if (result.ok) res.json({ ...result.body, at: civil.iso(result.body.at) });
    else refusal(res, result, civil.iso);
  };
}

export function responseRoutes(ports: Ports, doors: Doors): Router {
  const router = Router();
  router.get('/response', doors.sees, (_req, res) => { res.json(shown(ports.situation().room, ports.civil)); });
  router.post('/response/level', jsonBody, setLevel(ports, doors));
  for (const move of ORDER_MOVES) router.post(`/orders/:id/${move}`, jsonBody, moveOrder({ ports, doors, move }));
  return router;
}

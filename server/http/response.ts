/** The response: levels in force, the orders that follow from them, and what people do about both. */
import { Router } from 'express';
import { LevelBody, OrderBody, type ResponseBody } from '../../shared/api.ts';
import type { Room } from '../../shared/situation.ts';
import type { Civil } from '../../shared/time.ts';
import { jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import { commanding } from './command.ts';
import { ORDER_MOVES, type HttpPorts } from './ports.ts';

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

export function responseRoutes(ports: Ports, doors: Doors): Router {
  const { civil } = ports;
  const router = Router();
  router.get('/response', doors.sees, (_req, res) => { res.json(shown(ports.situation().room, civil)); });
  router.post('/response/level', jsonBody, commanding(civil, doors, {
    right: 'level', schema: LevelBody, ask: ({ id: _, ...asked }, body) => ports.setLevel({ ...asked, ...body }), answer: (body) => body,
  }));
  for (const move of ORDER_MOVES) {
    router.post(`/orders/:id/${move}`, jsonBody, commanding(civil, doors, {
      right: 'move-order', schema: OrderBody, ask: ({ id: order, ...asked }, { note }) => ports.moveOrder({ ...asked, order, move, note }), answer: (body) => ({ ...body, at: civil.iso(body.at) }),
    }));
  }
  return router;
}

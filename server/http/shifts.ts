/** Shifts handed over: whoever goes offers, whoever comes takes; and calls that were made where no machine could tell anybody. */
import { Router } from 'express';
import { CalledBody, HandoverBody } from '../../shared/api.ts';
import { jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import { commanding } from './command.ts';
import type { HttpPorts } from './ports.ts';

export const shiftRoutes = ({ handOver, call, civil }: Pick<HttpPorts, 'handOver' | 'call' | 'civil'>, doors: Doors): Router => Router()
  .post('/shifts/handover', jsonBody, commanding(civil, doors, {
    right: 'handover', schema: HandoverBody, ask: ({ id: _, ...asked }, body) => handOver({ ...asked, ...body }), answer: (body) => ({ ...body, at: civil.iso(body.at) }),
  }))
  .post('/calls', jsonBody, commanding(civil, doors, {
    right: 'call', schema: CalledBody, ask: ({ id: _, ...asked }, body) => call({ ...asked, ...body }), answer: (body) => ({ ...body, at: civil.iso(body.at) }),
  }));

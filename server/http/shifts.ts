/** Shifts handed over: whoever goes offers, whoever comes takes. */
import { Router } from 'express';
import { HandoverBody } from '../../shared/api.ts';
import { jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import { commanding } from './command.ts';
import type { HttpPorts } from './ports.ts';

export const shiftRoutes = ({ handOver, civil }: Pick<HttpPorts, 'handOver' | 'civil'>, doors: Doors): Router => Router().post('/shifts/handover', jsonBody, commanding(civil, doors, {
  right: 'handover', schema: HandoverBody, ask: ({ id: _, ...asked }, body) => handOver({ ...asked, ...body }), answer: (body) => ({ ...body, at: civil.iso(body.at) }),
}));

import type { OrderStep } from '../../shared/fact.ts';
import { moveOrder as decide, type OrderRefusal } from '../../shared/response.ts';
import type { CommandResult, OrderAsked, OrderMove, OrderMoved, Refused } from '../http/ports.ts';
import { notDurable, overtaken, type DeskPorts } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

/** The turn that levels and orders share. */
export const RESPONSE = 'response';

const STEP = {
  receive: 'received', start: 'started', feedback: 'feedback', verify: 'verified', return: 'returned', lift: 'lifted',
} as const satisfies Record<OrderMove, OrderStep>;

const STATUS = { 'unknown-order': 404, 'wrong-step': 409, 'stale-version': 409 } as const satisfies Record<OrderRefusal, 404 | 409>;

/** Lifting one order takes back what its level ordered, and so needs the right to that level. */
const barred = (asked: OrderAsked): Refused | null => lacks(asked.role, asked.move === 'lift' ? 'level' : 'move-order');

async function inTurn(ports: DeskPorts, asked: OrderAsked): Promise<CommandResult<OrderMoved>> {
  const refused = barred(asked);
  if (refused !== null) return refused;
  const { order: id, by, note, ifMatch: ifVersion } = asked;
  const at = ports.now();
  const before = ports.room().orders[id];
  const decided = decide({ room: ports.room(), order: id, step: STEP[asked.move], by, note, at, ifVersion });
  if (!decided.ok) {
    const seen = before === undefined ? {} : { extra: { state: before.state, version: before.version } };
    return { ...decided, status: STATUS[decided.code], ...seen };
  }
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  const after = ports.room().orders[id];
  if (written.facts.length === 0 || after === undefined) return overtaken;
  return { ok: true, status: 200, body: { id, state: after.state, version: after.version, by, at } };
}

export const moveOrder = (ports: DeskPorts, turns: Turns) => (asked: OrderAsked): Promise<CommandResult<OrderMoved>> =>
  turns(RESPONSE, () => inTurn(ports, asked));

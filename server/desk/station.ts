/** Stations out of service, and back: `shared/stations-out.ts` decides. */
import { AlertBook } from '../../shared/book.ts';
import { putBack, type ServiceDecided, takeOut } from '../../shared/stations-out.ts';
import type { CommandResult, Refused, ServiceAsked, ServiceSet } from '../http/ports.ts';
import { type DeskPorts, notDurable, overtaken } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

const SAID = {
  'already-out': { status: 409, detail: 'this station is out of service already' }, 'not-out': { status: 409, detail: 'this station is in service' },
  'not-ahead': { status: 400, detail: 'until is not ahead of the event\'s clock' },
} as const satisfies Record<Extract<ServiceDecided, { ok: false }>['code'], { status: 400 | 409; detail: string }>;

async function inTurn(ports: DeskPorts, { station, by, out }: ServiceAsked): Promise<CommandResult<ServiceSet>> {
  if (!ports.readings.knows(station)) return { ok: false, status: 404, code: 'unknown-place', detail: `the network has no station "${station}"` };
  const room = ports.room();
  const book = new AlertBook(room);
  const at = ports.now();
  const decided = out === null
    ? putBack(book, room.outOfService, { station, by, at })
    : takeOut(book, room.outOfService, { station, by, why: out.reason, workOrder: out.workOrder, until: out.until, at });
  if (!decided.ok) {
    const refused: Refused = { ok: false, code: decided.code, ...SAID[decided.code] };
    return refused;
  }
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  if (written.facts.length === 0) return overtaken;
  return { ok: true, status: 200, body: { station, outOfService: out !== null, by, at } };
}

export const setService = (ports: DeskPorts, turns: Turns) => async (asked: ServiceAsked): Promise<CommandResult<ServiceSet>> =>
  lacks(asked.role, 'station-service') ?? turns(`service:${asked.station}`, () => inTurn(ports, asked));

/** Shelving and unshelving: `shared/shelf.ts` decides, what is critical needs a leader. */
import { AlertBook } from '../../shared/book.ts';
import { LONGEST_SHELF, type ShelfDecided, type ShelfRefusal, shelve, unshelve } from '../../shared/shelf.ts';
import type { Alert } from '../../shared/situation.ts';
import { HOUR } from '../../shared/time.ts';
import type { AlertAsked, AlertSet, CommandResult, Refused, ShelveAsked } from '../http/ports.ts';
import { alertTurn, type DeskPorts, noAlert, settle, staleVersion } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

const SAID = {
  'nothing-to-shelve': { status: 409, detail: 'this alert is closed' },
  'too-long': { status: 400, detail: `until is more than ${LONGEST_SHELF / HOUR} hours ahead` },
  'not-ahead': { status: 400, detail: 'until is not ahead of the event\'s clock' },
  'needs-leader': { status: 403, detail: 'what is critical is shelved, and taken off the shelf, by a leader' },
  'not-shelved': { status: 409, detail: 'this alert is not shelved' },
} as const satisfies Record<ShelfRefusal, { status: 400 | 403 | 409; detail: string }>;

async function answered(ports: DeskPorts, alert: Alert, decided: ShelfDecided): Promise<CommandResult<AlertSet>> {
  if (decided.ok) return settle(ports, { id: alert.id, drafts: decided.drafts });
  const refused: Refused = { ok: false, code: decided.code, ...SAID[decided.code] };
  return refused;
}

async function inTurn(ports: DeskPorts, asked: ShelveAsked): Promise<CommandResult<AlertSet>> {
  const alert = ports.alert(asked.alert) ?? await ports.longClosed(asked.alert);
  if (alert === undefined) return noAlert(asked.alert);
  const { by, role, until, reason: why, ifMatch } = asked;
  return staleVersion(alert, ifMatch) ?? answered(ports, alert, shelve(alert, { by, role, until, why, at: ports.now() }));
}

async function offInTurn(ports: DeskPorts, { alert: id, by, role, ifMatch }: AlertAsked): Promise<CommandResult<AlertSet>> {
  const alert = ports.alert(id) ?? await ports.longClosed(id);
  if (alert === undefined) return noAlert(id);
  return staleVersion(alert, ifMatch) ?? answered(ports, alert, unshelve(new AlertBook(ports.room()), alert, { by, role, at: ports.now() }));
}

export const shelveAlert = (ports: DeskPorts, turns: Turns) => async (asked: ShelveAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'shelve') ?? turns(alertTurn(asked.alert), () => inTurn(ports, asked));

export const unshelveAlert = (ports: DeskPorts, turns: Turns) => async (asked: AlertAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'shelve') ?? turns(alertTurn(asked.alert), () => offInTurn(ports, asked));

/** What staff write on an alert and find out about it, also once it has closed: `shared/handling.ts` has the ladder. */
import { comment, handle, type HandlingRefusal } from '../../shared/handling.ts';
import type { AlertSet, CommandResult, CommentAsked, HandleAsked } from '../http/ports.ts';
import { alertTurn, type DeskPorts, noAlert, settle, staleVersion } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

const STATUS = { 'already-disposed': 409, 'unknown-order': 404, 'not-diagnosed': 409, 'not-acknowledged': 409 } as const satisfies Record<HandlingRefusal, 404 | 409>;

async function commented(ports: DeskPorts, { alert: id, by, text, ifMatch }: CommentAsked): Promise<CommandResult<AlertSet>> {
  const alert = ports.alert(id) ?? await ports.longClosed(id);
  if (alert === undefined) return noAlert(id);
  const stale = staleVersion(alert, ifMatch);
  if (stale !== null) return stale;
  return settle(ports, { id, drafts: [comment(alert, { by, text, at: ports.now() })] });
}

async function handled(ports: DeskPorts, { alert: id, by, step, ifMatch }: HandleAsked): Promise<CommandResult<AlertSet>> {
  const alert = ports.alert(id) ?? await ports.longClosed(id);
  if (alert === undefined) return noAlert(id);
  const stale = staleVersion(alert, ifMatch);
  if (stale !== null) return stale;
  const decided = handle(alert, { by, step, at: ports.now(), knowsOrder: (order) => Object.hasOwn(ports.room().orders, order) });
  if (!decided.ok) return { ...decided, status: STATUS[decided.code] };
  return settle(ports, { id, drafts: decided.drafts });
}

export const addComment = (ports: DeskPorts, turns: Turns) => async (asked: CommentAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'comment') ?? turns(alertTurn(asked.alert), () => commented(ports, asked));

export const handleAlert = (ports: DeskPorts, turns: Turns) => async (asked: HandleAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'handle') ?? turns(alertTurn(asked.alert), () => handled(ports, asked));

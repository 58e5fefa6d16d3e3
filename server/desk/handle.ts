/** What staff write on an alert and find out about it, also once it has closed: `shared/handling.ts` has the ladder. */
import { movesVersion } from '../../shared/alert-fold.ts';
import { comment, handle, type HandlingRefusal } from '../../shared/handling.ts';
import type { Alert } from '../../shared/situation.ts';
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

/** Who made another version of it first since one that was seen, and when; nothing where no person did. */
async function firstSince(ports: DeskPorts, { id, version }: Alert, seen: number): Promise<{ by?: string; at?: number }> {
  const moves = (await ports.about('alert', id)).filter((fact) => 'alert' in fact && fact.alert === id && movesVersion(fact.kind));
  for (const fact of moves.slice(Math.min(0, seen - version))) if ('by' in fact && fact.by !== null) return { by: fact.by, at: fact.at };
  return {};
}

async function handled(ports: DeskPorts, { alert: id, by, step, ifMatch }: HandleAsked): Promise<CommandResult<AlertSet>> {
  const alert = ports.alert(id) ?? await ports.longClosed(id);
  if (alert === undefined) return noAlert(id);
  const decided = handle(alert, { by, step, seen: ifMatch, at: ports.now(), knowsOrder: (order) => Object.hasOwn(ports.room().orders, order) });
  if (!decided.ok) return { ...decided, status: STATUS[decided.code], extra: { ...decided.extra, version: alert.version } };
  const stale = staleVersion(alert, ifMatch);
  if (stale !== null) return { ...stale, extra: { ...stale.extra, ...await firstSince(ports, alert, ifMatch ?? alert.version) } };
  return settle(ports, { id, drafts: decided.drafts });
}

export const addComment = (ports: DeskPorts, turns: Turns) => async (asked: CommentAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'comment') ?? turns(alertTurn(asked.alert), () => commented(ports, asked));

export const handleAlert = (ports: DeskPorts, turns: Turns) => async (asked: HandleAsked): Promise<CommandResult<AlertSet>> =>
  lacks(asked.role, 'handle') ?? turns(alertTurn(asked.alert), () => handled(ports, asked));

import { acknowledge as decide, type Acknowledged as Decided, waitsFor } from '../../shared/acknowledge.ts';
import type { Alert } from '../../shared/situation.ts';
import type { AcknowledgeAsked, Acknowledged, CommandResult, Refused } from '../http/ports.ts';
import { alertTurn, noAlert, notDurable, overtaken, staleVersion, type DeskPorts } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

type Refusal = Extract<Decided, { ok: false }>;
const conflict = { ok: false, status: 409 } as const;

/** What is wrong with a number that is not the current one: an older occurrence was meant, or one that never was. */
const notThisOne = (asked: number, now: number): string =>
  (asked < now ? `this alert is at occurrence ${now} by now, not ${asked}` : `this alert has no occurrence ${asked}; it is at ${now}`);

function refused(refusal: Refusal, asked: number): Refused {
  switch (refusal.code) {
    case 'already-acknowledged':
      return { ...conflict, code: refusal.code, detail: `${refusal.by} was first`, extra: { by: refusal.by, at: refusal.at } };
    case 'stale-occurrence':
      return { ...conflict, code: refusal.code, detail: notThisOne(asked, refusal.occurrence), extra: { occurrence: refusal.occurrence } };
    case 'nothing-to-acknowledge':
      return { ...conflict, code: refusal.code, detail: 'this alert is closed' };
  }
}

const answer = (alert: Alert, { by, at, note }: { by: string; at: number; note: string | null }): CommandResult<Acknowledged> => ({
  ok: true, status: 200,
  body: { alert: alert.id, occurrence: alert.occurrence, version: alert.version, by, at, note, waits: waitsFor(alert) },
});

/** The occurrence decides first, then who was first, and only then whether the person had seen the newest version. */
async function inTurn(ports: DeskPorts, asked: AcknowledgeAsked): Promise<CommandResult<Acknowledged>> {
  const alert = ports.alert(asked.alert) ?? await ports.longClosed(asked.alert);
  if (alert === undefined) return noAlert(asked.alert);
  const { by, role, occurrence, note, ifMatch } = asked;
  const at = ports.now();
  const decided = decide(alert, { by, role, occurrence, note, at });
  if (!decided.ok) return refused(decided, occurrence);
  if ('first' in decided) return answer(alert, decided.first);
  const stale = staleVersion(alert, ifMatch);
  if (stale !== null) return stale;
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  if (written.facts.length === 0) return overtaken;
  return answer(ports.alert(alert.id) ?? alert, { by, at, note });
}

/** One alert's commands come one after the other: the second waits until the first is durable, or is not. */
export const acknowledge = (ports: DeskPorts, turns: Turns) => async (asked: AcknowledgeAsked): Promise<CommandResult<Acknowledged>> =>
  lacks(asked.role, 'acknowledge') ?? turns(alertTurn(asked.alert), () => inTurn(ports, asked));

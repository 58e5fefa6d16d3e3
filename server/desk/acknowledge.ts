import { acknowledge as decide, type Acknowledged as Decided } from '../../shared/alert.ts';
import type { Alert } from '../../shared/situation.ts';
import type { AcknowledgeAsked, Acknowledged, CommandResult, Refused } from '../http/ports.ts';
import { notDurable, overtaken, type DeskPorts } from './ports.ts';
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

const answer = (alert: Alert, first: { by: string; at: number }, note: string | null): CommandResult<Acknowledged> => ({
  ok: true, status: 200,
  body: { alert: alert.id, occurrence: alert.occurrence, version: alert.version, by: first.by, at: first.at, note },
});

/** The occurrence decides first, then who was first, and only then whether the person had seen the newest version. */
async function inTurn(ports: DeskPorts, asked: AcknowledgeAsked): Promise<CommandResult<Acknowledged>> {
  const { alerts } = ports.room();
  const alert = Object.hasOwn(alerts, asked.alert) ? alerts[asked.alert] : undefined;
  if (alert === undefined) return { ok: false, status: 404, code: 'unknown-alert', detail: `no alert "${asked.alert}"` };
  const { by, occurrence, note, ifMatch } = asked;
  const at = ports.now();
  const decided = decide(alert, { by, occurrence, note, at });
  if (!decided.ok) return refused(decided, occurrence);
  if ('first' in decided) return answer(alert, decided.first, alert.acknowledged?.note ?? null);
  if (ifMatch !== null && ifMatch !== alert.version)
    return { ...conflict, code: 'stale-version', detail: `the alert is at version ${alert.version} by now, not ${ifMatch}`, extra: { version: alert.version } };
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  if (written.facts.length === 0) return overtaken;
  return answer(ports.room().alerts[alert.id] ?? alert, { by, at }, note);
}

/** One alert's acknowledgements come one after the other: the second waits until the first is durable, or is not. */
export const acknowledge = (ports: DeskPorts, turns: Turns) => async (asked: AcknowledgeAsked): Promise<CommandResult<Acknowledged>> =>
  lacks(asked.role, 'acknowledge') ?? turns(`alert:${asked.alert}`, () => inTurn(ports, asked));

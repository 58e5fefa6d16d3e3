/** An alert that asks and that nobody acknowledges goes up, step by step: to the leader of the shift, the department, the commander. */
import { isCovered } from './alert-fold.ts';
import type { Alerts } from './book.ts';
import type { Seat } from './seat.ts';
import type { EscalationStep } from './duty.ts';
import type { Severity } from './event.ts';
import type { Draft } from './fact.ts';
import type { Alert } from './situation.ts';

/** As much of the duty as escalation needs. `onDuty`: who has a seat at an instant, by name. */
export type Duty = {
  steps: Readonly<Record<Severity, readonly EscalationStep[]>>;
  onDuty: (seat: Seat, at: number) => readonly { id: string; name: string }[];
};

const asks = (alert: Alert): boolean => alert.state === 'unacknowledged' && alert.condition !== 'under' && !isCovered(alert);

/** Its next step and when it is due; null: none is left. Steps count from when this occurrence began to ask. */
function next(alert: Alert, { steps }: Duty): { n: number; step: EscalationStep; due: number } | null {
  const n = alert.escalated.length;
  const step = steps[alert.severity][n];
  return step === undefined || !asks(alert) ? null : { n: n + 1, step, due: alert.askedAt + step.after };
}

/** The steps that are due; an alert that was long uncovered takes them one by one, each a fact. */
export function escalations(alerts: Alerts, duty: Duty, now: number): Draft[] {
  return [...alerts.asking()].sort((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1)).flatMap((alert): Draft[] => {
    const due = next(alert, duty);
    if (due === null || due.due > now) return [];
    const { id, occurrence, drill, severity } = alert;
    const to = duty.onDuty(due.step.to, now).map((person) => ({ id: person.id, name: person.name }));
    return [{
      id: `alert-escalated:${id}:${occurrence}:${due.n}`, at: now, actor: 'system',
      body: { kind: 'alert-escalated', alert: id, occurrence, step: due.n, seat: due.step.to, to, minutes: Math.floor((now - alert.askedAt) / 60_000), severity, drill },
    }];
  });
}

/** The next instant after `now` at which some step is due; Infinity: none. */
export const nextEscalation = (alerts: Alerts, duty: Duty, now: number): number =>
  alerts.asking().reduce((soonest, alert) => Math.min(soonest, Math.max(now + 1, next(alert, duty)?.due ?? Infinity)), Infinity);

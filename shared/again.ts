/**
 * What people set a time to: shelves and times out of service end, and an acknowledgement expires. A long alert asks again, for
 * what somebody saw hours ago may be in nobody's hands now.
 */
import { askAgain } from './alert.ts';
import type { Alerts } from './book.ts';
import { type Duty, escalations, nextEscalation } from './escalation.ts';
import type { Severity } from './event.ts';
import type { Draft, FactKind } from './fact.ts';
import { servicesEnded } from './stations-out.ts';
import { shelvesEnded } from './shelf.ts';
import type { Alert } from './situation.ts';

/** Milliseconds after which an alert of a severity asks again; null or absent: never. */
export type Again = Readonly<Partial<Record<Severity, number | null>>>;

/** Null where it never does: not over, covered, or dealt with. */
function expiresAt({ acknowledged, severity, condition, shelved, suppressed, handling }: Alert, again: Again): number | null {
  const after = again[severity] ?? null;
  if (after === null || acknowledged === null || condition === 'under' || shelved || suppressed || handling.disposal !== null) return null;
  return acknowledged.at + after;
}

function acknowledgementsExpired(alerts: Alerts, again: Again, now: number): Draft[] {
  return alerts.acknowledged().filter((alert) => (expiresAt(alert, again) ?? Infinity) <= now)
    .sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1)).flatMap((alert) => askAgain(alert, 'acknowledgement-expired', now));
}

/** What `rules.yaml` and `duty.yaml` set times to. */
type Times = { again?: Again; duty?: Duty };
type Turn = { times: Times; now: number; before: readonly Draft[] };

const SETTLES: readonly FactKind[] = ['alert-closed', 'alert-returned', 'alert-withdrawn', 'alert-raised'];

/** Everything whose time is over; `before`: what this very turn has decided already, for what it ended does not ask again. */
export function timedOut(alerts: Alerts, { times: { again = {}, duty }, now, before }: Turn): Draft[] {
  const settled = new Set(before.flatMap(({ body }) => (SETTLES.includes(body.kind) && 'alert' in body ? [body.alert] : [])));
  const ended = [...servicesEnded(alerts, alerts.out, now), ...shelvesEnded(alerts, now), ...acknowledgementsExpired(alerts, again, now), ...(duty === undefined ? [] : escalations(alerts, duty, now))];
  return ended.filter(({ body }) => (body.kind !== 'alert-asked-again' && body.kind !== 'alert-escalated') || !settled.has(body.alert));
}

/** The next instant after `now` at which some time is over; Infinity: none. */
export function nextTimedOut(alerts: Alerts, { again = {}, duty }: Times, now: number): number {
  const expiring = alerts.acknowledged().map((alert) => expiresAt(alert, again));
  const set = [...alerts.shelves(), ...Object.values(alerts.out)].map(({ until }) => until);
  const up = duty === undefined ? Infinity : nextEscalation(alerts, duty, now);
  return [...expiring, ...set].reduce<number>((next, at) => (at === null ? next : Math.min(next, Math.max(now + 1, at))), up);
}

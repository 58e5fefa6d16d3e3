/**
 * Shelving: a person keeps a kind, place and pollutant from disturbing anybody until an instant, with a reason. It ends by itself;
 * what is critical needs a leader, and what grows graver than what was shelved is not covered (`life.ts` has the table).
 */
import { acknowledge, type Acknowledgement, waitsFor } from './acknowledge.ts';
import { askAgain } from './alert.ts';
import { isOpen } from './alert-fold.ts';
import type { Alerts } from './book.ts';
import { graver } from './event.ts';
import type { Draft, Fact, FactOf } from './fact.ts';
import { pointOf } from './point.ts';
import { may, type Role } from './roles.ts';
import type { Alert, Shelf } from './situation.ts';
import { HOUR } from './time.ts';

/** The longest shelf: a shift. */
export const LONGEST_SHELF = 12 * HOUR;

/** Whether a shelf covers an alert of its point. */
export const covers = (shelf: Shelf, { severity }: Pick<Alert, 'severity'>): boolean => !graver(severity, shelf.severity);

export type Shelving = { by: string; role: Role; until: number; why: string; at: number };
export type ShelfRefusal = 'nothing-to-shelve' | 'too-long' | 'not-ahead' | 'needs-leader' | 'not-shelved';
export type ShelfDecided = { ok: true; drafts: Draft[] } | { ok: false; code: ShelfRefusal };

const of = ({ id: alert, occurrence, kind: alertKind, place, pollutant, drill }: Alert) => ({ alert, occurrence, alertKind, place, pollutant, drill });

/** Shelves an alert's point; one that is shelved already gets the new time and reason. */
export function shelve(alert: Alert, { by, role, until, why, at }: Shelving): ShelfDecided {
  if (alert.state === 'closed') return { ok: false, code: 'nothing-to-shelve' };
  if (until <= at) return { ok: false, code: 'not-ahead' };
  if (until > at + LONGEST_SHELF) return { ok: false, code: 'too-long' };
  if (alert.severity === 'critical' && !may(role, 'shelve-critical')) return { ok: false, code: 'needs-leader' };
  const { severity } = alert;
  return { ok: true, drafts: [{
    id: `alert-shelved:${alert.id}:${alert.version + 1}`, at, actor: `person:${by}`, body: { kind: 'alert-shelved', ...of(alert), severity, until, by, why },
  }] };
}

const ended = (shelf: Shelf, by: string | null, at: number): Draft => ({
  // One end for each shelf, whoever is first: its time, or a person.
  id: `alert-unshelved:${pointOf(shelf)}:${shelf.at}`, at, actor: by === null ? 'system' : `person:${by}`,
  body: { kind: 'alert-unshelved', alert: shelf.alert, occurrence: shelf.occurrence, alertKind: shelf.kind, place: shelf.place, pollutant: shelf.pollutant, by, drill: shelf.drill },
});

const covered = (alerts: Alerts, shelf: Shelf): Alert[] => alerts.at(pointOf(shelf)).filter((alert) => alert.shelved);

/** The word of whoever takes a shelf off, on one alert that it covered. Where other roles still lack, they are asked again first, and it goes up anew. */
function wordOn(alert: Alert, word: Omit<Acknowledgement, 'note' | 'occurrence'>): Draft[] {
  const say = (of: Alert) => acknowledge(of, { ...word, note: null, occurrence: of.occurrence });
  const said = say(alert);
  const waits = said.ok ? said.waits : waitsFor(alert);
  const again = waits.length === 0 || alert.suppressed ? [] : askAgain(alert, 'shelf-ended', word.at);
  const last = again.length === 0 ? said : say({ ...alert, occurrence: alert.occurrence + 1, signed: [] });
  return [...again, ...(last.ok ? last.drafts : [])];
}

/** Taken off by a person before its time: what it covered is acknowledged by that person. */
export function unshelve(alerts: Alerts, alert: Alert, { by, role, at }: { by: string; role: Role; at: number }): ShelfDecided {
  const shelf = alerts.shelf(pointOf(alert));
  if (shelf === undefined || !alert.shelved) return { ok: false, code: 'not-shelved' };
  if (shelf.severity === 'critical' && !may(role, 'shelve-critical')) return { ok: false, code: 'needs-leader' };
  return { ok: true, drafts: [ended(shelf, by, at), ...covered(alerts, shelf).flatMap((each) => wordOn(each, { by, role, at }))] };
}

/** Shelves whose time is over: what they covered asks again, as its condition is now. */
export function shelvesEnded(alerts: Alerts, now: number): Draft[] {
  return alerts.shelves().filter(({ until }) => until <= now).flatMap((shelf) => [
    ended(shelf, null, now),
    ...covered(alerts, shelf).filter((alert) => isOpen(alert) && !alert.suppressed).flatMap((alert) => askAgain(alert, 'shelf-ended', now)),
  ]);
}

/** The shelf that a fact puts up. */
export function shelfOf(fact: Fact & FactOf<'alert-shelved'>): Shelf {
  const { alert, occurrence, alertKind: kind, place, pollutant, severity, until, by, why, at, drill } = fact;
  return { alert, occurrence, kind, place, pollutant, severity, until, by, why, at, drill };
}

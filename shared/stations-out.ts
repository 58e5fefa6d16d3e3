/** Stations out of service: taken out by an administrator, with a reason and a work order; their silence is then expected, and says so. */
import { suppressing } from './alert.ts';
import { isOpen } from './alert-fold.ts';
import type { Alerts } from './book.ts';
import type { Draft } from './fact.ts';
import type { OutOfService, Room } from './situation.ts';

type Out = Readonly<Record<string, OutOfService>>;
export type ServiceDecided = { ok: true; drafts: Draft[] } | { ok: false; code: 'already-out' | 'not-out' | 'not-ahead' };
type Taken = { station: string; by: string; why: string; workOrder: string | null; until: number | null; at: number };

const silencesOf = (alerts: Alerts, station: string) => alerts.all().filter((alert) => alert.kind === 'silent' && alert.place === station && isOpen(alert));

/** Takes a station out of service, its open silences with it. */
export function takeOut(alerts: Alerts, out: Out, { station, by, why, workOrder, until, at }: Taken): ServiceDecided {
  if (Object.hasOwn(out, station)) return { ok: false, code: 'already-out' };
  if (until !== null && until <= at) return { ok: false, code: 'not-ahead' };
  const silences = silencesOf(alerts, station).flatMap((alert) => suppressing(alert, 'out-of-service', at));
  return { ok: true, drafts: [
    { id: `station-out-of-service:${station}:${at}`, at, actor: `person:${by}`, body: { kind: 'station-out-of-service', station, by, why, workOrder, until } }, ...silences,
  ] };
}

function back(alerts: Alerts, { station, at: since }: OutOfService, { by, at }: { by: string | null; at: number }): Draft[] {
  const silences = silencesOf(alerts, station).filter(({ suppression }) => suppression === 'out-of-service').flatMap((alert) => suppressing(alert, null, at));
  // One end for each time out, whoever is first: its time, or a person.
  return [{ id: `station-in-service:${station}:${since}`, at, actor: by === null ? 'system' : `person:${by}`, body: { kind: 'station-in-service', station, by } }, ...silences];
}

/** Puts a station back: a silence that still lasts asks again. */
export function putBack(alerts: Alerts, out: Out, word: { station: string; by: string; at: number }): ServiceDecided {
  const known = Object.hasOwn(out, word.station) ? out[word.station] : undefined;
  return known === undefined ? { ok: false, code: 'not-out' } : { ok: true, drafts: back(alerts, known, word) };
}

/** Stations whose time out is over. */
export const servicesEnded = (alerts: Alerts, out: Room['outOfService'], now: number): Draft[] =>
  Object.values(out).filter(({ until }) => until !== null && until <= now).flatMap((each) => back(alerts, each, { by: null, at: now }));

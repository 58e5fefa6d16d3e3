/** The sheet of a shift: what is open at an instant, by ids, and how each of it stood then, so that what was signed can be read as it was. */
import { isCovered } from './alert-fold.ts';
import { SEVERITIES, type Severity } from './event.ts';
import type { FactOf } from './fact.ts';
import { asking } from './handover.ts';
import { rungOf } from './handling.ts';
import { isOpen as isOrderOpen, isOverdue } from './response.ts';
import type { Alert, Order, Room } from './situation.ts';

export type Sheet = FactOf<'handover-offered'>['sheet'];
export type Stood = NonNullable<Sheet['as']>;
export type AlertStood = Stood['alerts'][string];

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id).sort();

/** Since when an alert has been as it is, and by whom, where a person made it so. */
function stateOf({ state, acknowledged, askedAt, changedAt }: Alert): Pick<AlertStood, 'state' | 'since' | 'by'> {
  if (state === 'unacknowledged') return { state, since: askedAt, by: null };
  return state === 'acknowledged' && acknowledged !== null ? { state, since: acknowledged.at, by: acknowledged.by } : { state, since: changedAt, by: null };
}

const alertStood = (alert: Alert): AlertStood => {
  const { severity, value, limit, handling, condition } = alert;
  return { severity, condition, value, limit, ...stateOf(alert), follows: handling.followUps.at(-1)?.by ?? null };
};

const of = <T, R>(names: readonly string[], from: Readonly<Record<string, T>>, as: (each: T) => R): Record<string, R> =>
  Object.fromEntries(names.flatMap((id) => (Object.hasOwn(from, id) && from[id] !== undefined ? [[id, as(from[id])]] : [])));

function stood(room: Room, { asking: asks, acknowledged, unhandled, covered, orders, outOfService, calls }: Omit<Sheet, 'as'>): Stood {
  return {
    alerts: of([...new Set([...asks, ...acknowledged, ...unhandled, ...covered])], room.alerts, alertStood),
    orders: of(orders, room.orders, ({ state, measure, area, due }) => ({ state, measure, area, due })),
    stations: of(outOfService, room.outOfService, ({ why }) => why),
    calls: of(calls ?? [], room.calls, ({ said, at }) => ({ said, at })),
  };
}

/** What is open in a room at an instant. `suspect`: stations whose data is in doubt. What nobody could be told of stands on it until somebody was called. */
export function sheetOf(room: Room, { at, suspect }: { at: number; suspect: readonly string[] }): Sheet {
  const alerts = Object.values(room.alerts);
  const orders: Order[] = Object.values(room.orders).filter(isOrderOpen);
  const calls = Object.keys(room.calls).sort();
  const sheet = {
    asking: asking(room), acknowledged: ids(alerts.filter((alert) => alert.state === 'acknowledged' && !isCovered(alert))),
    unhandled: ids(alerts.filter((alert) => alert.acknowledged !== null && rungOf(alert.handling) !== 'disposal' && alert.kind !== 'silent')),
    covered: ids(alerts.filter((alert) => alert.state !== 'closed' && isCovered(alert))),
    levels: Object.values(room.levels).map(({ ladder, area, level }) => `${ladder}/${area}/${level}`).sort(),
    orders: ids(orders), overdue: ids(orders.filter((order) => isOverdue(order, at))),
    outOfService: Object.keys(room.outOfService).sort(), suspect: [...suspect].sort(), undelivered: calls.length, calls,
  };
  return { ...sheet, as: stood(room, sheet) };
}

/** Alerts of a sheet, the gravest first; those of one severity as they are called. */
export const gravestFirst = (names: readonly string[], alerts: Readonly<Record<string, { severity: Severity } | undefined>>): string[] => {
  const grave = (id: string): number => (alerts[id] === undefined ? -1 : SEVERITIES.indexOf(alerts[id].severity));
  return [...names].sort((a, b) => grave(b) - grave(a) || (a < b ? -1 : 1));
};

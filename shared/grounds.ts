/** Why a limit holds: what in the calendar says so, on whose word; and what changes next. */
import type { Calendar } from './calendar.ts';
import type { Limit } from './event.ts';

/** What makes a limit hold on a day: the whole period, its own dates, the day's phase, or key dates of that day. */
export type Ground =
  | { kind: 'period' } | { kind: 'dates'; from: string; to: string }
  | { kind: 'phase'; phase: string } | { kind: 'key-dates'; keyDates: string[] };

/** The ground of a limit that holds on a civil day; null where it does not. */
export function groundOf(calendar: Calendar, limit: Limit, day: string): Ground | null {
  if (!calendar.limitsOn(day).includes(limit)) return null;
  const { on } = limit;
  if (on === undefined) return { kind: 'period' };
  if ('phases' in on) return { kind: 'phase', phase: calendar.phaseOn(day)?.id ?? '' };
  if ('keyDates' in on) {
    const those = calendar.keyDates.filter(({ id, date }) => date === day && on.keyDates.includes(id));
    return { kind: 'key-dates', keyDates: those.map(({ id }) => id) };
  }
  return { kind: 'dates', from: on.from, to: on.to };
}

/** A limit that holds for a place and period, and why. `judged`: it is the strictest, by which the place is judged. */
export type Holding = { limit: Limit; ground: Ground; judged: boolean };

/** All limits that hold for a place, pollutant, average and civil day, in the file's order, each with its ground. */
export function whyHolds(calendar: Calendar, query: Parameters<Calendar['limitOn']>[0]): Holding[] {
  const holding = calendar.limitOn(query);
  if (holding === null) return [];
  return calendar.limitsOn(query.day).filter(({ id }) => holding.of.includes(id)).flatMap((limit): Holding[] => {
    const ground = groundOf(calendar, limit, query.day);
    return ground === null ? [] : [{ limit, ground, judged: limit === holding.limit }];
  });
}

/** What holds on one side of a change: the phase, the limits by id. */
export type Side = { phase: string | null; limits: string[] };
/** What changes at an instant, from what to what; `begin` and `end` are the limits on one side only. */
export type Change = { at: number; day: string; from: Side; to: Side; begin: string[]; end: string[] };

/** The next change after an instant: a phase or a set of limits that is not the day before's. Null: never again. */
export function changeAfter(calendar: Calendar, instant: number): Change | null {
  const at = calendar.nextChange(instant);
  if (at === null) return null;
  const side = (day: string): Side => ({ phase: calendar.phaseOn(day)?.id ?? null, limits: calendar.limitsOn(day).map(({ id }) => id) });
  const from = side(calendar.civil.day(at - 1));
  const to = side(calendar.civil.day(at));
  return {
    at, day: calendar.civil.day(at), from, to,
    begin: to.limits.filter((id) => !from.limits.includes(id)), end: from.limits.filter((id) => !to.limits.includes(id)),
  };
}

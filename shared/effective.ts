/** Which standard judges which day: dates in force, and the figures of a standard on a day. */
import type { EventFile } from './event.ts';
import type { Mistake } from './keydate.ts';
import type { Standard, StandardLimit } from './standard.ts';
import { addDays, daysBetween } from './time.ts';

/** Ids of the standards an event names, in its order. */
export const standardIds = (event: EventFile): string[] =>
  typeof event.standard === 'string' ? [event.standard] : event.standard.map((each) => each.id);

type Span = { from: string; to?: string | undefined };
const covers = ({ from, to }: Span, day: string): boolean => from <= day && (to === undefined || day <= to);

/**
 * The standard that judges a civil day. One standard alone judges whatever the date; of a list, the first whose dates
 * (its own in the event, else those in force) cover the day. Null: none does.
 */
export function standardOn(event: EventFile, standards: readonly Standard[], day: string): Standard | null {
  const byId = (id: string): Standard | null => standards.find((each) => each.id === id) ?? null;
  if (typeof event.standard === 'string') return byId(event.standard);
  for (const named of event.standard) {
    const standard = byId(named.id);
    if (standard === null) continue;
    if (covers({ from: named.from ?? standard.inForce.from, to: named.to ?? standard.inForce.to }, day)) return standard;
  }
  return null;
}

/** Days of an event that more than one of its standards covers: the first in its list judges them. Null: there are none. */
export function coveredTwice(event: EventFile, standards: readonly Standard[]): { from: string; to: string; ids: string[] } | null {
  if (typeof event.standard === 'string') return null;
  const spans = event.standard.flatMap(({ id, from, to }) => {
    const standard = standards.find((each) => each.id === id);
    return standard === undefined ? [] : [{ id, from: from ?? standard.inForce.from, to: to ?? standard.inForce.to }];
  });
  const days = daysBetween(event.period.from, event.period.to).filter((day) => spans.filter((span) => covers(span, day)).length > 1);
  const [from, to] = [days[0], days.at(-1)];
  return from === undefined || to === undefined ? null : { from, to, ids: spans.filter((span) => days.some((day) => covers(span, day))).map(({ id }) => id) };
}

/** Days in a row that one standard judges; both ends are in it. */
export type Stretch = { from: string; to: string; standard: Standard };

/** The standards that judge a range of days, in order; a day outside the event is judged as its nearest day within. */
export function stretchesOf(event: EventFile, standards: readonly Standard[], { from, to }: { from: string; to: string }): Stretch[] {
  const { period } = event;
  const within = (day: string): string => (day < period.from ? period.from : day > period.to ? period.to : day);
  const found: Stretch[] = [];
  for (const day of daysBetween(from, to)) {
    const standard = standardOn(event, standards, within(day));
    const last = found.at(-1);
    if (standard === null) continue;
    if (last?.standard === standard && addDays(last.to, 1) === day) last.to = day;
    else found.push({ from: day, to: day, standard });
  }
  return found;
}

/**
 * The limits of a standard that hold on a day. Where a standard judges a day outside its own time, as the only one an event
 * names, its first figures judge what is before it and its last what is after.
 */
export function limitsOn({ inForce: { from, to }, limits }: Standard, day: string): StandardLimit[] {
  const on = day < from ? from : to !== undefined && day > to ? to : day;
  return limits.filter(({ inForce }) => inForce === undefined || covers(inForce, on));
}

const inForceSaid = ({ id, inForce: { from, to } }: Standard): string => `${id} is in force ${to === undefined ? 'since' : 'from'} ${from}${to === undefined ? '' : ` to ${to}`}`;

/** Days of an event that no standard of its list is in force on; days left out by the event's own dates are told elsewhere. */
export function uncovered(event: EventFile, standards: readonly Standard[]): Mistake[] {
  const { standard: named, period } = event;
  if (typeof named === 'string') return [];
  const meant = (day: string): boolean => named.some((each) => covers({ from: each.from ?? period.from, to: each.to }, day));
  const days = daysBetween(period.from, period.to).filter((day) => meant(day) && standardOn(event, standards, day) === null);
  const [first] = days;
  if (first === undefined) return [];
  const told = standards.map(inForceSaid).join(', ');
  return [{ path: ['standard'], message: `no standard is in force on ${first}${days.length === 1 ? '' : ` and ${days.length - 1} more days to ${days.at(-1) ?? ''}`}: ${told}` }];
}

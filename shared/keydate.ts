/** Key dates made definite: which civil day each rule means, and from when to when its window runs. */
import type { EventFile, KeyDate } from './event.ts';
import { lunarDays } from './lunar.ts';
import { addDays, type Civil } from './time.ts';

/** What is wrong with a well-formed event file, and where in it. */
export type Mistake = { path: (string | number)[]; message: string };

/** A key date with its civil day and its window as instants. */
export type ResolvedKeyDate = KeyDate & { date: string; start: number; end: number };

/** The instant of a key date's clock time: `HH:MM` and `24:00` of its day, `+1 HH:MM` of the day after. */
function instantOf(civil: Civil, date: string, time: string): number {
  const later = /^\+(\d) (.+)$/.exec(time);
  return later === null ? civil.at(date, time) : civil.at(addDays(date, Number(later[1])), later[2]);
}

function daysOf(keyDate: KeyDate, period: EventFile['period']): string[] | string {
  if (keyDate.lunar !== undefined) {
    const days = lunarDays(keyDate.lunar, period);
    return days.length > 0 ? days : `no such lunar day from ${period.from} to ${period.to}`;
  }
  const date = keyDate.date ?? '';
  return date >= period.from && date <= period.to ? [date] : `${date} is outside the event's period ${period.from} to ${period.to}`;
}

/** All key dates of an event in its order; a lunar rule may mean more than one day of a long event. */
export function resolveKeyDates(event: EventFile, civil: Civil): { keyDates: ResolvedKeyDate[]; mistakes: Mistake[] } {
  const keyDates: ResolvedKeyDate[] = [];
  const mistakes: Mistake[] = [];
  event.keyDates.forEach((keyDate, at) => {
    const days = daysOf(keyDate, event.period);
    if (typeof days === 'string') {
      mistakes.push({ path: ['keyDates', at, keyDate.lunar === undefined ? 'date' : 'lunar'], message: days });
      return;
    }
    const resolved = days.map((date) => ({ ...keyDate, date, start: instantOf(civil, date, keyDate.from), end: instantOf(civil, date, keyDate.to) }));
    if (resolved.some((each) => each.end <= each.start)) mistakes.push({ path: ['keyDates', at, 'to'], message: `${keyDate.to} is not after ${keyDate.from}` });
    keyDates.push(...resolved);
  });
  return { keyDates, mistakes };
}

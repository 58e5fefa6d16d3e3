/** Key dates made definite: which civil day each rule means, and from when to when its window runs. */
import type { EventFile, KeyDate } from './event.ts';
import { lunarDays } from './lunar.ts';
import { weekdayDays, yearlyDays } from './recurring.ts';
import { addDays, type Civil } from './time.ts';

/** What is wrong with a well-formed event file, and where in it. */
export type Mistake = { path: (string | number)[]; message: string };

/** A key date with its civil day and its window as instants. */
export type ResolvedKeyDate = KeyDate & { date: string; start: number; end: number };

/** The instant of a clock time of a civil day: `HH:MM` and `24:00` of it, `+1 HH:MM` of the day after. */
export function clockOn(civil: Civil, date: string, time: string): number {
  const later = /^\+(\d) (.+)$/.exec(time);
  return later === null ? civil.at(date, time) : civil.at(addDays(date, Number(later[1])), later[2]);
}

/** The one field by which a key date says its day, and the days of the event's period that it means. */
function meant({ lunar, yearly, weekday, date = '' }: KeyDate, period: EventFile['period']): { rule: string; days: string[] } {
  if (lunar !== undefined) return { rule: 'lunar', days: lunarDays(lunar, period) };
  if (yearly !== undefined) return { rule: 'yearly', days: yearlyDays(yearly, period) };
  if (weekday !== undefined) return { rule: 'weekday', days: weekdayDays(weekday, period) };
  return { rule: 'date', days: date >= period.from && date <= period.to ? [date] : [] };
}

function never(rule: string, keyDate: KeyDate, { from, to }: EventFile['period']): string {
  if (rule === 'date') return `${keyDate.date ?? ''} is outside the event's period ${from} to ${to}`;
  return `no such ${rule === 'lunar' ? 'lunar day' : 'day'} from ${from} to ${to}`;
}

/** All key dates of an event in its order; a rule may mean more than one day of a long event. */
export function resolveKeyDates(event: EventFile, civil: Civil): { keyDates: ResolvedKeyDate[]; mistakes: Mistake[] } {
  const keyDates: ResolvedKeyDate[] = [];
  const mistakes: Mistake[] = [];
  event.keyDates.forEach((keyDate, at) => {
    const { rule, days } = meant(keyDate, event.period);
    if (days.length === 0) {
      mistakes.push({ path: ['keyDates', at, rule], message: never(rule, keyDate, event.period) });
      return;
    }
    const resolved = days.map((date) => ({ ...keyDate, date, start: clockOn(civil, date, keyDate.from), end: clockOn(civil, date, keyDate.to) }));
    if (resolved.some((each) => each.end <= each.start)) mistakes.push({ path: ['keyDates', at, 'to'], message: `${keyDate.to} is not after ${keyDate.from}` });
    keyDates.push(...resolved);
  });
  return { keyDates, mistakes };
}

/** Days that come again by the Gregorian calendar: the same date of every year, the first Saturday of a month. */
import { WEEKDAYS, type WeekdayRule } from './event.ts';
import { addDays, daysBetween, weekdayOf } from './time.ts';

type Within = { from: string; to: string };
const pad = (n: number): string => String(n).padStart(2, '0');

/** The days from `from` to `to` (both inclusive) that have this month and day. */
export const yearlyDays = ({ month, day }: { month: number; day: number }, { from, to }: Within): string[] =>
  daysBetween(from, to).filter((each) => each.endsWith(`-${pad(month)}-${pad(day)}`));

/** The days from `from` to `to` (both inclusive) that are the nth such weekday of their month. */
export function weekdayDays({ month, day, nth }: WeekdayRule, { from, to }: Within): string[] {
  const wanted = WEEKDAYS.indexOf(day) + 1;
  return daysBetween(from, to).filter((each) => {
    if (each.slice(5, 7) !== pad(month) || weekdayOf(each) !== wanted) return false;
    return nth === 'last' ? addDays(each, 7).slice(5, 7) !== pad(month) : Math.ceil(Number(each.slice(8)) / 7) === nth;
  });
}

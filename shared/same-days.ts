/** The days of the year before that are compared with some days: the same Gregorian dates, or the same days of the lunar year. */
import { LunarMonth, SolarDay } from 'tyme4ts';
import { addDays, daysBetween } from './time.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

/** The same date of the year before; of 29 February, the 28th. */
export function dateBefore(date: string): string {
  const same = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return same.endsWith('-02-29') ? `${same.slice(0, 8)}28` : same;
}

/**
 * The same lunar month and day of the lunar year before. Null where that has no such day: its month has 29 days only, or the
 * day is of a leap month.
 */
export function lunarBefore(date: string): string | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lunar = SolarDay.fromYmd(year, month, day).getLunarDay();
  const { lunarYear, lunarMonth } = { lunarYear: lunar.getYear(), lunarMonth: lunar.getLunarMonth().getMonthWithLeap() };
  if (lunarMonth < 0) return null;
  const before = LunarMonth.fromYm(lunarYear - 1, lunarMonth);
  if (lunar.getDay() > before.getDayCount()) return null;
  const first = before.getFirstJulianDay().getSolarDay();
  return addDays(`${first.getYear()}-${pad(first.getMonth())}-${pad(first.getDay())}`, lunar.getDay() - 1);
}

export type Compared = 'gregorian' | 'lunar';

/** The days to compare a range with. By dates the whole range of the year before, its 29 February too; by lunar days, day for day. */
export function daysBefore(range: { from: string; to: string }, by: Compared): string[] {
  if (by === 'gregorian') return daysBetween(dateBefore(range.from), dateBefore(range.to));
  return daysBetween(range.from, range.to).flatMap((date) => lunarBefore(date) ?? []);
}

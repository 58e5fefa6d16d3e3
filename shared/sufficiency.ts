/** Whether the days that are there are enough for a figure of a year, or of a part of one. */
import { addDays, daysBetween } from './time.ts';

/** GB 3095 table 4: daily means of a year, of each month, of February. */
const YEAR_DAYS = 324;
const MONTH_DAYS = 27;
const FEBRUARY_DAYS = 25;
const ORDINARY_YEAR = 365;

/** Valid days of those asked for. */
export type DayCount = { valid: number; of: number };
/** `no-days`: none is valid; `too-few-days`: fewer than 324, or in part of a year than its share; `short-month`: a whole month has fewer than 27 (February 25). */
export type Shortfall = 'no-days' | 'too-few-days' | 'short-month';
export type Sufficiency = { days: DayCount; reason: Shortfall | null; /** `YYYY-MM` of the months that are short. */ months: string[] };

/** The days of a year of the civil calendar. */
export const yearOf = (year: string): { from: string; to: string } => ({ from: `${year}-01-01`, to: `${year}-12-31` });
export const isWholeYear = ({ from, to }: { from: string; to: string }): boolean => from === yearOf(from.slice(0, 4)).from && to === yearOf(from.slice(0, 4)).to;

const monthOf = (date: string): string => date.slice(0, 7);
const monthNeeds = (month: string): number => (month.endsWith('-02') ? FEBRUARY_DAYS : MONTH_DAYS);

/** Days asked for, by month, of those months of which every day is asked for. */
function wholeMonths(dates: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const date of dates) counts.set(monthOf(date), (counts.get(monthOf(date)) ?? 0) + 1);
  return [...counts].filter(([month, count]) => count === daysBetween(`${month}-01`, lastOf(month)).length).map(([month]) => month);
}
/** The last day of a month: four days after its 28th the next one has begun, in every month. */
const lastOf = (month: string): string => {
  const next = addDays(`${month}-28`, 4);
  return addDays(next, -Number(next.slice(8)));
};

/**
 * Whether `valid` of the `dates` asked for are enough. A whole year needs 324 days, and each month 27, February 25 (GB 3095
 * table 4). For a part of a year no clause was found; by default it needs the same share, 324 of 365, and its whole months
 * the same days.
 */
export function sufficiencyOf(dates: readonly string[], valid: ReadonlySet<string>): Sufficiency {
  const there = dates.filter((date) => valid.has(date));
  const days = { valid: there.length, of: dates.length };
  const inMonth = (month: string): number => there.filter((date) => monthOf(date) === month).length;
  const months = wholeMonths(dates).filter((month) => inMonth(month) < monthNeeds(month));
  const range = { from: dates[0] ?? '', to: dates.at(-1) ?? '' };
  const few = isWholeYear(range) ? days.valid < YEAR_DAYS : days.valid * ORDINARY_YEAR < YEAR_DAYS * days.of;
  const reason = days.valid === 0 ? 'no-days' : few ? 'too-few-days' : months.length > 0 ? 'short-month' : null;
  return { days, reason, months };
}

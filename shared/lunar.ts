/** Days of the Chinese lunar calendar, by rule. Leap months carry no festivals, so no rule ever means one. And back: the lunar day of a civil one. */
import { LunarMonth, SolarDay } from 'tyme4ts';
import type { LunarRule, Name } from './event.ts';
import { addDays } from './time.ts';

const pad = (n: number): string => String(n).padStart(2, '0');
const civil = (day: SolarDay): string => `${day.getYear()}-${pad(day.getMonth())}-${pad(day.getDay())}`;

/**
 * The civil day that a rule means in a lunar year; null where its month has no thirtieth. New Year's Eve is the day
 * before 正月初一, so it closes the year before: 腊月二十九 where the twelfth month has 29 days.
 */
function dayIn(lunarYear: number, rule: LunarRule): string | null {
  if (rule.day === 'new-year-eve') return addDays(civil(LunarMonth.fromYm(lunarYear, 1).getFirstJulianDay().getSolarDay()), -1);
  const month = LunarMonth.fromYm(lunarYear, 'month' in rule ? rule.month : 1);
  return rule.day <= month.getDayCount() ? addDays(civil(month.getFirstJulianDay().getSolarDay()), rule.day - 1) : null;
}

/** The civil days from `from` to `to` (both inclusive) that a rule means, in order. */
export function lunarDays(rule: LunarRule, within: { from: string; to: string }): string[] {
  const days: string[] = [];
  // A lunar year begins up to seven weeks after the civil one of its number, so a day may belong to the one before.
  for (let year = Number(within.from.slice(0, 4)) - 1; year <= Number(within.to.slice(0, 4)) + 1; year += 1) {
    const day = dayIn(year, rule);
    if (day !== null && day >= within.from && day <= within.to) days.push(day);
  }
  return days;
}

/** A day of the lunar calendar. `leap`: of the month that comes again. `name`: 闰二月初二, leap 2-2. */
export type LunarDay = { year: number; month: number; leap: boolean; day: number; name: Name };

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];

/** The lunar day of a civil one; the library counts a leap month below nought. */
export function lunarDayOf(date: string): LunarDay {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const found = SolarDay.fromYmd(year, month, day).getLunarDay();
  const leap = found.getMonth() < 0;
  const of = { year: found.getYear(), month: Math.abs(found.getMonth()), leap, day: found.getDay() };
  return { ...of, name: { zh: `${leap ? '闰' : ''}${MONTHS[of.month - 1] ?? ''}月${found.getName()}`, en: `${leap ? 'leap ' : ''}${of.month}-${of.day}` } };
}

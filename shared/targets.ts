/** How a year to date stands against the city's own targets, and what is still allowed of them. */
import { type Allowed, badDaysAllowed, heavyDaysAllowed, restMeanAllowed } from './allowed.ts';
import { type Indicators, periodPlaces, type Stretch } from './annual.ts';
import type { Target } from './event.ts';
import { yearOf, type DayCount, type Shortfall } from './sufficiency.ts';
import { addDays, daysBetween } from './time.ts';

/**
 * `value` to date and whether it meets the target as it is; `allowed` what the rest of the year may still bring, if all of its
 * days count; null where the stretch does not begin with the year, or has too few days (`reason`).
 */
export type TargetState = {
  indicator: Target['indicator']; target: number; basis: Target['basis']; value: number | null; met: boolean | null;
  days: DayCount; allowed: Allowed | null; reason: Shortfall | 'not-from-new-year' | null;
};

/** Days of the year after the last of a stretch; null where the stretch is not the year to date. */
function daysLeft(dates: readonly string[]): number | null {
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  const { from, to } = yearOf(first.slice(0, 4));
  if (first !== from || last > to) return null;
  return daysBetween(addDays(last, 1), to).length;
}

function allowedOf(target: Target, stretch: Stretch, left: number): Allowed {
  const { good, heavy, aqi: { days: { valid } } } = stretch;
  switch (target.indicator) {
    case 'good-days': return badDaysAllowed({ counted: good, valid, left }, target.min);
    case 'heavy-days': return heavyDaysAllowed({ counted: heavy, valid, left }, target.max);
    case 'pm25-mean': return restMeanAllowed(stretch.pollutants['PM2.5'].values, left, { max: target.max, places: periodPlaces('PM2.5') });
  }
}

function standing(target: Target, of: Indicators): Pick<TargetState, 'value' | 'days'> & { reason: Shortfall | null } {
  switch (target.indicator) {
    case 'good-days': return of.goodDays;
    case 'heavy-days': return of.heavyDays;
    case 'pm25-mean': return of.means['PM2.5'] ?? { value: null, days: { valid: 0, of: 0 }, reason: 'no-days' };
  }
}

/** One target of a city, at the end of a stretch. */
export function targetState(target: Target, stretch: Stretch, of: Indicators): TargetState {
  const { value, days, reason } = standing(target, of);
  const wanted = 'min' in target ? target.min : target.max;
  const met = value === null ? null : 'min' in target ? value >= wanted : value <= wanted;
  const left = daysLeft(stretch.dates);
  const allowed = left === null || reason !== null ? null : allowedOf(target, stretch, left);
  return { indicator: target.indicator, target: wanted, basis: target.basis, value, met, days, allowed, reason: reason ?? (left === null ? 'not-from-new-year' : null) };
}

/** The targets that a city has. */
export const targetsFor = (targets: readonly Target[], city: string): Target[] => targets.filter(({ areas }) => areas?.includes(city) ?? true);

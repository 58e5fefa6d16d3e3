import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { lunarDays } from '../../shared/lunar.ts';
import { addDays, daysBetween } from '../../shared/time.ts';

const year = (of: number) => ({ from: `${of}-01-01`, to: `${of}-12-31` });
const intl = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
/** What the runtime's own calendar says, as `month-day` (`bis` for a leap month): a second opinion. */
const secondOpinion = (day: string): string => {
  const parts = Object.fromEntries(intl.formatToParts(new Date(`${day}T00:00:00Z`)).map((part) => [part.type, part.value]));
  return `${parts['month']}-${parts['day']}`;
};

const grouped = (days: readonly string[]): Map<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const day of days) groups.set(secondOpinion(day), [...(groups.get(secondOpinion(day)) ?? []), day]);
  return groups;
};

describe('the lunar calendar', () => {
  it.each([
    ['小年', { month: 12, day: 23 }, '2022-01-25'],
    ['除夕', { day: 'new-year-eve' }, '2022-01-31'],
    ['正月初一', { month: 1, day: 1 }, '2022-02-01'],
    ['正月初五', { month: 1, day: 5 }, '2022-02-05'],
    ['正月十五', { month: 1, day: 15 }, '2022-02-15'],
    ['二月初二', { month: 2, day: 2 }, '2022-03-04'],
  ] as const)('%s falls once in the Games of 2022', (_zh, rule, day) => {
    expect(lunarDays(rule, { from: '2022-01-05', to: '2022-03-16' })).toEqual([day]);
  });

  it.each([
    [2017, '2017-01-27'], [2022, '2022-01-31'], [2023, '2023-01-21'], [2024, '2024-02-09'], [2025, '2025-01-28'],
  ])("New Year's Eve of %i is the day before the first of the first month", (of, day) => {
    expect(lunarDays({ day: 'new-year-eve' }, year(of))).toEqual([day]);
  });

  it('a twelfth month of 29 days has no thirtieth: 除夕 of 2022 is 腊月二十九', () => {
    expect(lunarDays({ month: 12, day: 29 }, { from: '2022-01-05', to: '2022-03-16' })).toEqual(['2022-01-31']);
    expect(lunarDays({ month: 12, day: 30 }, { from: '2022-01-05', to: '2022-03-16' })).toEqual([]);
    expect(lunarDays({ month: 12, day: 30 }, year(2023))).toEqual(['2023-01-21']);
  });

  it('a leap month is never meant: the second month of 2023 counts once, though it was there twice', () => {
    expect(lunarDays({ month: 2, day: 2 }, year(2023))).toEqual(['2023-02-21']);
    expect(secondOpinion('2023-03-23')).toBe('2bis-2');
  });

  it("New Year's Eve and the day after it come once in every civil year", () => {
    fc.assert(fc.property(fc.integer({ min: 1990, max: 2089 }), (of) => {
      const [first, ...more] = lunarDays({ month: 1, day: 1 }, year(of));
      const [eve] = lunarDays({ day: 'new-year-eve' }, year(of));
      expect(more).toEqual([]);
      expect(addDays(eve ?? '', 1)).toBe(first);
    }));
  });

  it('agrees with the calendar of the runtime on every day of four years, a leap month among them', () => {
    // Not earlier: the runtime puts the new moon of 2018-11-08, two minutes past midnight in Beijing, on the day before.
    const within = { from: '2022-01-01', to: '2025-12-31' };
    const theirs = grouped(daysBetween(within.from, within.to));
    for (let month = 1; month <= 12; month += 1) {
      for (let day = 1; day <= 30; day += 1) expect(lunarDays({ month, day }, within)).toEqual(theirs.get(`${month}-${day}`) ?? []);
    }
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { lunarDayOf, lunarDays } from '../../shared/lunar.ts';
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
  it('calls every month of a year by its name', () => {
    const firsts = daysBetween('2023-01-22', '2024-02-09').map(lunarDayOf).filter(({ day }) => day === 1);
    expect(firsts.map(({ name }) => name.zh)).toEqual(['正', '二', '闰二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'].map((month) => `${month}月初一`));
    expect(firsts.slice(0, 4).map(({ name }) => name.en)).toEqual(['1-1', '2-1', 'leap 2-1', '3-1']);
  });


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
    [2026, '2026-02-16'], [2027, '2027-02-05'], [2028, '2028-01-25'], [2029, '2029-02-12'], [2030, '2030-02-02'],
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

  it.each([[2022, 29], [2023, 30], [2024, 30], [2025, 29], [2026, 29], [2028, 29], [2029, 29]])(
    "New Year's Eve of %i is the %ith of the twelfth month, by our library and by the runtime's own calendar", (of, day) => {
      const [eve = ''] = lunarDays({ day: 'new-year-eve' }, year(of));
      expect([lunarDayOf(eve), secondOpinion(eve), secondOpinion(addDays(eve, 1))]).toMatchObject([{ year: of - 1, month: 12, leap: false, day }, `12-${day}`, '1-1']);
    });

  it('where the new moon is minutes from midnight in Beijing, the published day counts, not the approximation of the runtime', () => {
    // The almanac has 正月初一 on 2027-02-06 and on 2030-02-03, the runtime a day later and a day before.
    expect([2027, 2030].map((of) => lunarDays({ day: 'new-year-eve' }, year(of)).map((eve) => [eve, lunarDayOf(eve).day]))).toEqual([[['2027-02-05', 29]], [['2030-02-02', 30]]]);
    expect(['2027-02-06', '2030-02-02'].map(secondOpinion)).toEqual(['12-30', '1-1']);
  });

  it.each([[2020, 4, ['2020-05-23', '2020-06-20']], [2023, 2, ['2023-03-22', '2023-04-19']], [2025, 6, ['2025-07-25', '2025-08-22']]] as const)(
    'the leap month of %i comes after month %i and is nobody\'s: no rule means a day of it', (of, month, [first, last]) => {
      const leap = daysBetween(`${of}-01-25`, `${of}-12-31`).filter((day) => lunarDayOf(day).leap);
      expect([leap[0], leap.at(-1), secondOpinion(first), lunarDayOf(first).month]).toEqual([first, last, `${month}bis-1`, month]);
      const meant = Array.from({ length: 12 }, (_, i) => i + 1).flatMap((m) => Array.from({ length: 30 }, (_, i) => lunarDays({ month: m, day: i + 1 }, year(of)))).flat();
      expect(meant.filter((day) => leap.includes(day))).toEqual([]);
      expect(lunarDays({ month, day: 1 }, year(of))).toHaveLength(1);
    });

  it('a civil day has its lunar name, as the order writes it', () => {
    expect(['2022-01-05', '2022-01-09', '2022-01-25', '2022-01-31', '2022-02-01', '2022-02-15', '2022-03-04', '2022-12-01', '2023-03-23'].map((day) => lunarDayOf(day).name.zh))
      .toEqual(['腊月初三', '腊月初七', '腊月廿三', '腊月廿九', '正月初一', '正月十五', '二月初二', '冬月初八', '闰二月初二']);
    expect(lunarDayOf('2023-03-23').name.en).toBe('leap 2-2');
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

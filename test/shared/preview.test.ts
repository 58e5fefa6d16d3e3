import { describe, expect, it } from 'vitest';
import { calendarOf, type Calendar } from '../../shared/calendar.ts';
import { EventFile } from '../../shared/event.ts';
import { changeAfter, whyHolds } from '../../shared/grounds.ts';
import { calendarDay, CalendarBody, previewOf } from '../../shared/preview.ts';
import { weekdayDays, yearlyDays } from '../../shared/recurring.ts';
import { daysBetween, weekdayOf } from '../../shared/time.ts';

const name = { zh: '示例', en: 'Example' };
const limit = (id: string, more: object) => ({ id, pollutant: 'PM2.5', average: 'day', max: 75, basis: name, ...more });
const approver = { zh: '市政府', en: 'Municipal government' };
const document = { zh: '保障方案', en: 'Support plan', number: '京环发〔2022〕1号' };
const games = (more: object = {}): Calendar => {
  const made = calendarOf(EventFile.parse({
    id: 'games', name, timezone: 'Asia/Shanghai', standard: 'cn-2012', period: { from: '2022-01-05', to: '2022-03-16' },
    phases: [
      { id: 'drill', name, from: '2022-01-05', to: '2022-01-09', drill: true }, { id: 'games', name, from: '2022-02-04', to: '2022-02-20' },
    ],
    keyDates: [
      { id: 'opening', name, kind: 'ceremony', date: '2022-02-04', from: '20:00', to: '22:30' },
      { id: 'parade', name, kind: 'ceremony', date: '2022-02-04', from: '09:00', to: '11:00' },
      { id: 'eve', name, kind: 'fireworks', lunar: { day: 'new-year-eve' }, from: '18:00', to: '+1 06:00' },
      { id: 'first', name, kind: 'fireworks', lunar: { month: 1, day: 1 }, from: '00:00', to: '24:00' },
    ],
    limits: [
      limit('day', { on: { phases: ['drill', 'games'] }, approver, document }), limit('strict', { max: 60, areas: ['beijing'], on: { keyDates: ['opening'] }, assumed: true }),
      limit('all', { max: 115, average: 'hour' }), limit('stretch', { max: 50, average: 'hour', on: { from: '2022-02-04', to: '2022-02-05' } }),
    ],
    ...more,
  }), new Set(['beijing', 'baoding']));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.calendar;
};
const cities = ['beijing', 'baoding'];
const preview = (now: number | null = null, of = games()): CalendarBody => previewOf(of, { cities, now });
const on = (date: string, of = games()) => calendarDay(of, date, cities);

describe('the preview of a period', () => {
  it('has a row for every civil day, the first and the last among them, and is what the interface says it is', () => {
    const { days } = preview();
    expect(days.map(({ date }) => date)).toEqual(daysBetween('2022-01-05', '2022-03-16'));
    expect(CalendarBody.parse(preview())).toEqual(preview());
  });

  it.each([
    ['2022-01-05', 3, '腊月初三'], ['2022-01-09', 7, '腊月初七'], ['2022-01-25', 2, '腊月廿三'], ['2022-01-31', 1, '腊月廿九'], ['2022-02-01', 2, '正月初一'], ['2022-02-04', 5, '正月初四'],
    ['2022-02-05', 6, '正月初五'], ['2022-02-15', 2, '正月十五'], ['2022-02-20', 7, '正月二十'], ['2022-03-04', 5, '二月初二'], ['2022-03-13', 7, '二月十一'],
  ])('knows that %s is weekday %i and lunar %s', (date, weekday, lunar) => {
    expect(on(date)).toMatchObject({ weekday, lunar: { name: { zh: lunar } } });
  });

  it('shows a drill day as one, and a day between the phases as of none', () => {
    expect([on('2022-01-09'), on('2022-01-10')].map(({ phase, drill }) => [phase?.id ?? null, drill])).toEqual([['drill', true], [null, false]]);
  });

  it('shows the window of a night on both of its days, with the day that the key date is of', () => {
    const eve = { id: 'eve', date: '2022-01-31', from: '2022-01-31T18:00:00+08:00', to: '2022-02-01T06:00:00+08:00' };
    expect(on('2022-01-31').keyDates).toMatchObject([eve]);
    expect(on('2022-02-01').keyDates).toMatchObject([eve, { id: 'first' }]);
    expect(on('2022-02-02').keyDates).toEqual([]);
  });

  it('names every limit that holds, where, on what ground, on whose word, and where a stricter one is judged instead', () => {
    expect(on('2022-02-04').limits).toMatchObject([
      { id: 'day', areas: cities, judged: ['baoding'], ground: { kind: 'phase', phase: 'games' }, assumed: false, approver, document },
      { id: 'strict', max: 60, areas: ['beijing'], judged: ['beijing'], ground: { kind: 'key-dates', keyDates: ['opening'] }, assumed: true, approver: null, document: null },
      { id: 'all', average: 'hour', areas: cities, judged: [], ground: { kind: 'period' } },
      { id: 'stretch', judged: cities, ground: { kind: 'dates', from: '2022-02-04', to: '2022-02-05' } },
    ]);
    expect(on('2022-02-06').limits.map(({ id, judged }) => [id, judged])).toEqual([['day', cities], ['all', cities]]);
  });
});

describe('why a limit holds for a place', () => {
  const why = (area: string, day: string) => whyHolds(games(), { area, pollutant: 'PM2.5', average: 'day', day }).map(({ limit: { id }, ground, judged }) => [id, ground.kind, judged]);
  it('is told for all that hold there, the strictest marked as the one that is judged', () => {
    expect(why('beijing', '2022-02-04')).toEqual([['day', 'phase', false], ['strict', 'key-dates', true]]);
    expect(why('baoding', '2022-02-04')).toEqual([['day', 'phase', true]]);
    expect(why('beijing', '2022-01-20')).toEqual([]);
  });
});

describe('the next change', () => {
  const at = (text: string): number => games().civil.at(text);
  it('says what changes, when, and from what to what', () => {
    expect(changeAfter(games(), at('2022-01-20'))).toEqual({
      at: at('2022-02-04'), day: '2022-02-04', from: { phase: null, limits: ['all'] }, to: { phase: 'games', limits: ['day', 'strict', 'all', 'stretch'] }, begin: ['day', 'strict', 'stretch'], end: [],
    });
    expect(changeAfter(games(), at('2022-02-04'))).toMatchObject({ day: '2022-02-05', begin: [], end: ['strict'] });
  });
  it('is the next one at the very instant of a change, and none after the last', () => {
    expect(changeAfter(games(), at('2022-02-05') - 1)?.day).toBe('2022-02-05');
    expect(changeAfter(games(), at('2022-03-17'))).toBeNull();
    expect([preview(at('2022-03-01')).next?.day, preview().next?.day, preview(at('2022-04-01')).next]).toEqual(['2022-03-17', '2022-01-05', null]);
  });
});

describe('a key date by rule', () => {
  const year = { from: '2024-01-01', to: '2024-12-31' };
  it.each([
    ['the first Saturday of May', { month: 5, day: 'saturday', nth: 1 }, ['2024-05-04']], ['the last Monday of September', { month: 9, day: 'monday', nth: 'last' }, ['2024-09-30']],
    ['the fifth Thursday of February, which only a leap year can have', { month: 2, day: 'thursday', nth: 5 }, ['2024-02-29']], ['a fifth Friday where there are four', { month: 2, day: 'friday', nth: 5 }, []],
    ['the second Sunday of December', { month: 12, day: 'sunday', nth: 2 }, ['2024-12-08']],
  ] as const)('may be %s', (_what, rule, days) => {
    expect(weekdayDays(rule, year)).toEqual(days);
  });

  it('may be the same date of every year of a long event; 29 February only where there is one', () => {
    expect(yearlyDays({ month: 10, day: 1 }, { from: '2022-10-01', to: '2024-09-30' })).toEqual(['2022-10-01', '2023-10-01']);
    expect(yearlyDays({ month: 2, day: 29 }, { from: '2022-01-01', to: '2025-12-31' })).toEqual(['2024-02-29']);
  });

  it('holds its limits and its window as any other', () => {
    const of = games({ keyDates: [{ id: 'show', name, kind: 'ceremony', weekday: { month: 2, day: 'friday', nth: 2 }, from: '20:00', to: '+1 01:00' }], limits: [limit('hour', { average: 'hour', on: { keyDates: ['show'] } })] });
    expect([on('2022-02-11', of).limits.map(({ id }) => id), on('2022-02-12', of).limits, on('2022-02-12', of).keyDates.map(({ id }) => id)]).toEqual([['hour'], [], ['show']]);
  });

  it('counts weekdays as the calendar of the runtime does', () => {
    const days = daysBetween('1968-01-01', '1972-12-31');
    expect(days.map(weekdayOf)).toEqual(days.map((day) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7));
  });
});

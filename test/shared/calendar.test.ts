import { describe, expect, it } from 'vitest';
import { calendarOf, type Calendar } from '../../shared/calendar.ts';
import { EventFile } from '../../shared/event.ts';

const name = { zh: '示例', en: 'Example' };
const limit = (id: string, more: object) => ({ id, pollutant: 'PM2.5', average: 'day', max: 75, basis: name, ...more });
const games = {
  id: 'games', name, timezone: 'Asia/Shanghai', standard: 'cn-2012',
  period: { from: '2022-01-05', to: '2022-03-16' },
  phases: [
    { id: 'drill', name, from: '2022-01-05', to: '2022-01-09', drill: true },
    { id: 'games', name, from: '2022-02-04', to: '2022-02-20' },
    { id: 'paralympics', name, from: '2022-03-04', to: '2022-03-13' },
  ],
  keyDates: [
    { id: 'opening', name, kind: 'ceremony', date: '2022-02-04', from: '20:00', to: '22:30' },
    { id: 'eve', name, kind: 'fireworks', lunar: { day: 'new-year-eve' }, from: '18:00', to: '+1 06:00' },
    { id: 'late', name, kind: 'fireworks', lunar: { month: 12, day: 23 }, from: '18:00', to: '24:00' },
  ],
  limits: [
    limit('day', { on: { phases: ['drill', 'games', 'paralympics'] } }),
    limit('hour', { average: 'hour', on: { keyDates: ['opening', 'eve'] } }),
    limit('strict', { max: 60, on: { from: '2022-02-18', to: '2022-03-05' } }),
    limit('equal', { max: 60, on: { from: '2022-02-19', to: '2022-02-19' } }),
    limit('venue', { max: 35, areas: ['chongli'], on: { keyDates: ['opening'] } }),
  ],
};
const calendar = (more: object = {}, cities?: ReadonlySet<string>): Calendar => {
  const made = calendarOf(EventFile.parse({ ...games, ...more }), cities);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.calendar;
};
const problems = (more: object) => {
  const made = calendarOf(EventFile.parse({ ...games, ...more }));
  return made.ok ? [] : made.problems.map((p) => `${p.path.join('.')}: ${p.message}`);
};
const held = (of: Calendar, day: string, more: object = {}) => {
  const found = of.limitOn({ area: 'beijing', pollutant: 'PM2.5', average: 'day', day, ...more });
  return found === null ? null : { id: found.limit.id, of: found.of, drill: found.drill };
};

describe('the limits of a day', () => {
  it.each([
    ['2022-01-04', null],
    ['2022-01-05', { id: 'day', of: ['day'], drill: true }],
    ['2022-01-09', { id: 'day', of: ['day'], drill: true }],
    ['2022-01-10', null],
    ['2022-02-03', null],
    ['2022-02-04', { id: 'day', of: ['day'], drill: false }],
    ['2022-02-21', { id: 'strict', of: ['strict'], drill: false }],
    ['2022-03-13', { id: 'day', of: ['day'], drill: false }],
    ['2022-03-14', null],
    ['2022-03-17', null],
  ])('on %s a city is judged by what the calendar says for that day', (day, expected) => {
    expect(held(calendar(), day)).toEqual(expected);
  });

  it('of several limits the strictest is judged and all are named; of equals the first in the file', () => {
    expect(held(calendar(), '2022-02-18')).toEqual({ id: 'strict', of: ['day', 'strict'], drill: false });
    expect(held(calendar(), '2022-02-19')).toEqual({ id: 'strict', of: ['day', 'strict', 'equal'], drill: false });
  });

  it('a limit on a ceremony holds the whole civil day, not only the ceremony', () => {
    expect(held(calendar(), '2022-02-04', { average: 'hour' })).toEqual({ id: 'hour', of: ['hour'], drill: false });
    expect(held(calendar(), '2022-02-05', { average: 'hour' })).toBeNull();
  });

  it("a limit on New Year's Eve holds on its civil day only, though its window runs into the next morning", () => {
    expect(held(calendar(), '2022-01-31', { average: 'hour' })?.id).toBe('hour');
    expect(held(calendar(), '2022-02-01', { average: 'hour' })).toBeNull();
  });

  it('a limit is for cities unless it names other areas', () => {
    const cities = new Set(['beijing']);
    expect(held(calendar({}, cities), '2022-02-04', { area: 'chongli' })).toEqual({ id: 'venue', of: ['venue'], drill: false });
    expect(held(calendar({}, cities), '2022-02-05', { area: 'chongli' })).toBeNull();
    expect(held(calendar({}, cities), '2022-02-04')?.of).toEqual(['day']);
  });

  it('a limit without days holds the whole period and not a day more', () => {
    const whole = calendar({ limits: [limit('all', {})] });
    expect(['2022-01-04', '2022-01-05', '2022-01-20', '2022-03-16', '2022-03-17'].map((day) => held(whole, day)?.id ?? null))
      .toEqual([null, 'all', 'all', 'all', null]);
  });

  it('days outside the period never hold a limit, even where its own dates reach further', () => {
    const long = calendar({ limits: [limit('long', { on: { from: '2021-12-01', to: '2022-12-31' } })] });
    expect([held(long, '2022-01-04'), held(long, '2022-03-17')]).toEqual([null, null]);
    expect(held(long, '2022-03-16')?.id).toBe('long');
  });

  it('another pollutant or average has no limit unless one is given', () => {
    expect(held(calendar(), '2022-02-04', { pollutant: 'PM10' })).toBeNull();
    expect(calendar().limitsOn('2022-02-04').map((each) => each.id)).toEqual(['day', 'hour', 'venue']);
  });

  it('an answer given once is not given to another question of the same day', () => {
    const of = calendar();
    const ask = () => [held(of, '2022-02-04')?.id, held(of, '2022-02-04', { average: 'hour' })?.id, held(of, '2022-02-04', { area: 'chongli' })?.id, held(of, '2022-02-04', { pollutant: 'O3' })?.id];
    expect(ask()).toEqual(['day', 'hour', 'venue', undefined]);
    expect(ask()).toEqual(['day', 'hour', 'venue', undefined]);
  });

  it('a hundred thousand questions are answered in under a second', () => {
    const asked = calendar();
    const started = performance.now();
    for (let i = 0; i < 100_000; i += 1) held(asked, i % 2 === 0 ? '2022-02-19' : '2022-01-20');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('phases and changes', () => {
  it('knows the phase of a day, and that a drill is one', () => {
    const of = calendar();
    expect(['2022-01-07', '2022-01-20', '2022-02-20', '2022-03-20'].map((day) => of.phaseOn(day)?.id ?? null)).toEqual(['drill', null, 'games', null]);
    expect(['2022-01-07', '2022-02-07', '2022-03-20'].map(of.drillOn)).toEqual([true, false, false]);
  });

  it('the next change is the next midnight at which the limits or the phase are others', () => {
    const of = calendar({ limits: games.limits.slice(0, 2) });
    const seen: string[] = [];
    for (let at = of.nextChange(0); at !== null && seen.length < 20; at = of.nextChange(at)) seen.push(of.civil.iso(at));
    expect(seen).toEqual([
      '2022-01-05T00:00:00+08:00', '2022-01-10T00:00:00+08:00', '2022-01-31T00:00:00+08:00', '2022-02-01T00:00:00+08:00',
      '2022-02-04T00:00:00+08:00', '2022-02-05T00:00:00+08:00', '2022-02-21T00:00:00+08:00', '2022-03-04T00:00:00+08:00', '2022-03-14T00:00:00+08:00',
    ]);
    expect(of.nextChange(of.civil.at('2022-02-04') - 1)).toBe(of.civil.at('2022-02-04'));
    expect(of.nextChange(of.civil.at('2022-02-04'))).toBe(of.civil.at('2022-02-05'));
  });
});

describe('key dates', () => {
  it('have windows as instants: 24:00 ends the day, +1 06:00 the night', () => {
    const of = calendar();
    const windows = of.keyDates.map((each) => [each.id, each.date, of.civil.iso(each.start), of.civil.iso(each.end)]);
    expect(windows).toEqual([
      ['opening', '2022-02-04', '2022-02-04T20:00:00+08:00', '2022-02-04T22:30:00+08:00'],
      ['eve', '2022-01-31', '2022-01-31T18:00:00+08:00', '2022-02-01T06:00:00+08:00'],
      ['late', '2022-01-25', '2022-01-25T18:00:00+08:00', '2022-01-26T00:00:00+08:00'],
    ]);
  });

  it('in a zone whose clocks change, the day of the change has 23 hours and the windows keep the clock', () => {
    const of = calendar({
      timezone: 'America/New_York', period: { from: '2022-03-12', to: '2022-03-14' }, phases: [],
      keyDates: [{ id: 'night', name, kind: 'fireworks', date: '2022-03-12', from: '18:00', to: '+1 06:00' }],
      limits: [limit('hour', { average: 'hour', on: { keyDates: ['night'] } })],
    });
    const [night] = of.keyDates;
    expect(((night?.end ?? 0) - (night?.start ?? 0)) / 3_600_000).toBe(11);
    expect(of.civil.hours('2022-03-13')).toHaveLength(23);
    expect(of.nextChange(of.civil.at('2022-03-12'))).toBe(of.civil.at('2022-03-13'));
    expect((of.end - of.start) / 3_600_000).toBe(71);
  });

  it('a rule may mean two days of a long event, and both hold the limit', () => {
    const of = calendar({
      period: { from: '2022-01-20', to: '2023-02-01' }, phases: [], keyDates: [games.keyDates[1]],
      limits: [limit('hour', { average: 'hour', on: { keyDates: ['eve'] } })],
    });
    expect(of.keyDates.map((each) => each.date)).toEqual(['2022-01-31', '2023-01-21']);
    expect(held(of, '2023-01-21', { average: 'hour' })?.id).toBe('hour');
  });
});

describe('a calendar that contradicts itself is refused', () => {
  const phase = (id: string, from: string, to: string) => ({ id, name, from, to });
  it.each([
    ['a zone nobody knows', { timezone: 'Asia/Beijin' }, 'timezone: no time zone "Asia/Beijin"'],
    ['phases that overlap', { phases: [...games.phases, phase('x', '2022-02-20', '2022-02-22')] }, 'phases.3.from: overlaps the phase "games"'],
    ['a phase outside the period', { phases: [...games.phases, phase('x', '2022-03-14', '2022-03-17')] }, "phases.3.to: 2022-03-17 is after the event's last day"],
    ['a phase that ends before it begins', { phases: [...games.phases, phase('x', '2022-03-16', '2022-03-15')] }, 'phases.3.to: 2022-03-15 is before'],
    ['a limit on a phase that is not there', { limits: [limit('a', { on: { phases: ['gamse'] } })] }, 'limits.0.on.phases.0: no phase "gamse"; did you mean "games"?'],
    ['a limit on a key date that is not there', { limits: [limit('a', { on: { keyDates: ['opening', 'closing'] } })] }, 'limits.0.on.keyDates.1: no key date "closing"'],
    ['a limit that never holds', { limits: [limit('a', { on: { from: '2023-01-01', to: '2023-01-02' } })] }, 'limits.0.on.from: never holds'],
    ['two limits of one id', { limits: [limit('a', {}), limit('a', {})] }, 'limits.1.id: "a" is there twice'],
    ['a key date outside the period', { keyDates: [{ ...games.keyDates[0], date: '2022-04-01' }] }, 'keyDates.0.date: 2022-04-01 is outside'],
    ['a lunar day that never comes', { keyDates: [{ ...games.keyDates[1], lunar: { month: 12, day: 30 } }] }, 'keyDates.0.lunar: no such lunar day'],
    ['a window that ends before it begins', { keyDates: [{ ...games.keyDates[0], to: '19:00' }] }, 'keyDates.0.to: 19:00 is not after 20:00'],
    ['days without a standard', { standard: [{ id: 'cn-2012', to: '2022-02-28' }] }, 'standard: no standard is in force on 2022-03-01'],
    ['an event without an end', { period: { from: '2022-01-05', to: '2222-01-05' } }, 'period.to: more than 1100 days'],
  ])('for %s', (_what, more, expected) => {
    expect(problems(more).join('\n')).toContain(expected);
  });

  it('with every contradiction at once', () => {
    expect(problems({ timezone: 'Nowhere', limits: [limit('a', { on: { phases: ['x'] } })], keyDates: [{ ...games.keyDates[0], date: '2020-01-01' }] })).toHaveLength(3);
  });
});

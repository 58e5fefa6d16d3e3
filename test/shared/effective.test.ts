import { describe, expect, it } from 'vitest';
import { standardIds, standardOn, stretchesOf, uncovered } from '../../shared/effective.ts';
import { EventFile } from '../../shared/event.ts';
import { cn2012, cn2026 } from './standards.ts';

const both = [cn2012, cn2026];
const event = (standard: unknown) => EventFile.parse({
  id: 'x', name: { zh: '例', en: 'x' }, timezone: 'Asia/Shanghai', standard, period: { from: '2026-02-01', to: '2026-03-31' },
});
const judgedBy = (standard: unknown, day: string): string | undefined => standardOn(event(standard), both, day)?.id;
const stretches = (standard: unknown, from = '2026-02-01', to = '2026-03-31') => stretchesOf(event(standard), both, { from, to }).map((each) => [each.standard.id, each.from, each.to]);
const list = [{ id: 'cn-2012' }, { id: 'cn-2026' }];

describe('which standard judges a day', () => {
  it('one standard alone judges whatever the date', () => {
    expect([judgedBy('cn-2012', '2014-11-04'), judgedBy('cn-2012', '2027-01-01')]).toEqual(['cn-2012', 'cn-2012']);
  });

  it('of a list, dates in force choose: the last of February 2026 by 2012, the first of March by 2026', () => {
    expect([judgedBy(list, '2026-02-28'), judgedBy(list, '2026-03-01')]).toEqual(['cn-2012', 'cn-2026']);
  });

  it("of a list, the event's own dates come before those in force", () => {
    const dated = [{ id: 'cn-2012', to: '2026-03-10' }, { id: 'cn-2026', from: '2026-03-11' }];
    expect([judgedBy(dated, '2026-03-10'), judgedBy(dated, '2026-03-11')]).toEqual(['cn-2012', 'cn-2026']);
    expect(standardIds(event(dated))).toEqual(['cn-2012', 'cn-2026']);
  });

  it('of two that cover a day the first judges', () => {
    expect(judgedBy([{ id: 'cn-2026', from: '2026-02-01' }, { id: 'cn-2012' }], '2026-02-05')).toBe('cn-2026');
  });
});

describe('a range of days', () => {
  it('is judged in stretches, each by its standard, to the day', () => {
    expect(stretches(list)).toEqual([['cn-2012', '2026-02-01', '2026-02-28'], ['cn-2026', '2026-03-01', '2026-03-31']]);
    expect(stretches('cn-2012')).toEqual([['cn-2012', '2026-02-01', '2026-03-31']]);
  });

  it('beyond the event is judged as the nearest day within it', () => {
    expect(stretches([{ id: 'cn-2012', from: '2026-02-01', to: '2026-02-28' }, { id: 'cn-2026', to: '2026-03-31' }], '2026-01-30', '2026-04-02'))
      .toEqual([['cn-2012', '2026-01-30', '2026-02-28'], ['cn-2026', '2026-03-01', '2026-04-02']]);
  });
});

describe('days of an event that no standard covers', () => {
  const told = (standard: unknown, standards = both) => uncovered(event(standard), standards).map((each) => each.message);

  it('are told with the dates in force of those that are named', () => {
    expect(told([{ id: 'cn-2026' }], [cn2026])).toEqual(['no standard is in force on 2026-02-01 and 27 more days to 2026-02-28: cn-2026 is in force since 2026-03-01']);
    expect(told([{ id: 'cn-2012', from: '2026-02-01' }], [cn2012])).toEqual(['no standard is in force on 2026-03-01 and 30 more days to 2026-03-31: cn-2012 is in force from 2016-01-01 to 2026-02-28']);
  });

  it('are none where one standard judges alone, or where the list covers them all', () => {
    expect([told('cn-2026'), told(list)]).toEqual([[], []]);
  });
});

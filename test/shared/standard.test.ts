import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EventFile } from '../../shared/event.ts';
import { StandardFile, standardIds, standardMistakes, standardOn, type Standard } from '../../shared/standard.ts';

const read = (id: string): Standard => StandardFile.parse(parse(readFileSync(new URL(`../../config/standards/${id}.yaml`, import.meta.url), 'utf8')));
const both = [read('cn-2012'), read('cn-2026')];
const event = (standard: unknown) => EventFile.parse({
  id: 'x', name: { zh: '例', en: 'x' }, timezone: 'Asia/Shanghai', standard, period: { from: '2026-02-01', to: '2026-03-31' },
});
const judgedBy = (standard: unknown, day: string): string | undefined => standardOn(event(standard), both, day)?.id;

describe('which standard judges a day', () => {
  it('one standard alone judges whatever the date', () => {
    expect([judgedBy('cn-2012', '2014-11-04'), judgedBy('cn-2012', '2027-01-01')]).toEqual(['cn-2012', 'cn-2012']);
  });

  it('of a list, dates in force choose: the last of February 2026 by 2012, the first of March by 2026', () => {
    const list = [{ id: 'cn-2012' }, { id: 'cn-2026' }];
    expect([judgedBy(list, '2026-02-28'), judgedBy(list, '2026-03-01')]).toEqual(['cn-2012', 'cn-2026']);
  });

  it("of a list, the event's own dates come before those in force", () => {
    const list = [{ id: 'cn-2012', to: '2026-03-10' }, { id: 'cn-2026', from: '2026-03-11' }];
    expect([judgedBy(list, '2026-03-10'), judgedBy(list, '2026-03-11')]).toEqual(['cn-2012', 'cn-2026']);
    expect(standardIds(event(list))).toEqual(['cn-2012', 'cn-2026']);
  });
});

describe('the standards that ship', () => {
  const limit = (standard: Standard, pollutant: string, average: string) =>
    standard.limits.filter((each) => each.pollutant === pollutant && each.average === average && each.grade === 2).map((each) => each.max);

  it('are free of contradiction, and name a clause for every figure', () => {
    expect(both.flatMap(standardMistakes)).toEqual([]);
    for (const standard of both) {
      expect(standard.breakpoints).toHaveLength(10);
      expect([...standard.breakpoints, ...standard.limits].every((each) => each.clause.length > 5)).toBe(true);
    }
  });

  it('have the grade II limits of 2012, and of 2026 before and after 2031', () => {
    const [cn2012, cn2026] = both as [Standard, Standard];
    expect([limit(cn2012, 'PM2.5', 'day'), limit(cn2012, 'PM2.5', 'year'), limit(cn2012, 'PM10', 'day'), limit(cn2012, 'O3', '8-hours')]).toEqual([[75], [35], [150], [160]]);
    expect([limit(cn2026, 'PM2.5', 'day'), limit(cn2026, 'PM2.5', 'year'), limit(cn2026, 'PM10', 'day'), limit(cn2026, 'SO2', 'day')]).toEqual([[60, 50], [30, 25], [120, 100], [150, 50]]);
  });

  it('have no limit for an hour of PM2.5: there is none in any version', () => {
    expect(both.flatMap((standard) => limit(standard, 'PM2.5', 'hour'))).toEqual([]);
  });

  it('a column that does not rise is a mistake', () => {
    const [first] = both as [Standard];
    const bent = { ...first, breakpoints: first.breakpoints.map((each, at) => (at === 2 ? { ...each, at: [0, 40, 40] } : each)) };
    expect(standardMistakes(bent)).toEqual([{ path: ['breakpoints', 2, 'at'], message: 'does not rise' }]);
  });
});

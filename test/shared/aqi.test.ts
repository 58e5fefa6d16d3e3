import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aqiOf, classOf, hourClass, iaqiOf, pmClasses } from '../../shared/aqi.ts';
import type { Pollutant } from '../../shared/event.ts';
import { StandardFile, type Average, type Standard } from '../../shared/standard.ts';
import { describeWithShared, sharedFile } from '../setup/shared.ts';

const read = (id: string): Standard => StandardFile.parse(parse(readFileSync(new URL(`../../config/standards/${id}.yaml`, import.meta.url), 'utf8')));
const cn2012 = read('cn-2012');
const cn2026 = read('cn-2026');
/** A decimal as millionths, by its digits. */
const micro = (text: string) => {
  const [whole = '0', part = ''] = text.split('.');
  return { num: BigInt(whole + part.padEnd(6, '0')), den: 1n };
};
const of = (standard: Standard, pollutant: Pollutant, average: Average) => (text: string | number): number | string | null => {
  const found = iaqiOf(standard, { pollutant, average, value: micro(String(text)) });
  return found === null ? null : 'use' in found ? found.use : found.iaqi;
};

describe('the index of PM2.5', () => {
  it.each([[0, 0], [1, 2], [5, 8], [10, 15], [34, 49], [35, 50], [36, 52], [39, 55], [50, 69], [60, 82], [74, 99], [75, 100], [76, 102], [99, 130],
    [115, 150], [116, 152], [122, 160], [149, 199], [150, 200], [151, 201], [250, 300], [251, 301], [350, 400], [351, 401], [499, 500], [500, 500]])(
    'by the tables of 2012, %i µg/m³ is %i', (value, index) => { expect(of(cn2012, 'PM2.5', 'day')(value)).toBe(index); });

  it('stops at 500: beyond the last breakpoint the scale is full', () => {
    expect([501, 650, 1000].map(of(cn2012, 'PM2.5', 'day'))).toEqual([500, 500, 500]);
  });

  it.each([[50, 80], [59, 98], [60, 100], [61, 101], [75, 114], [76, 115], [115, 150], [150, 200]])(
    'by the tables of 2026, %i µg/m³ is %i', (value, index) => { expect(of(cn2026, 'PM2.5', 'day')(value)).toBe(index); });

  it('rounds the concentration first, a tie to the even digit, and only once', () => {
    expect(['60.5', '60.6', '60.500001'].map(of(cn2026, 'PM2.5', 'day'))).toEqual([100, 101, 101]);
    expect(['75.5', '74.5', '75.499999'].map(of(cn2012, 'PM2.5', 'day'))).toEqual([102, 99, 100]);
    expect(iaqiOf(cn2012, { pollutant: 'PM2.5', average: 'day', value: { num: -3_000_000n, den: 1n } })).toEqual({ iaqi: 0 });
  });
});

describe('the index of the others', () => {
  it.each([
    ['PM10 day', 51, 51], ['PM10 day', 100, 75], ['PM10 day', 149, 100], ['PM10 day', 150, 100], ['PM10 day', 151, 101], ['PM10 day', 351, 202],
    ['CO day', 0.3, 8], ['CO day', 0.5, 13], ['CO day', 2.1, 53], ['CO day', 2.2, 55], ['CO day', 4.1, 101],
    ['O3 8-hours', 101, 51], ['O3 8-hours', 161, 101], ['O3 8-hours', 216, 151], ['O3 8-hours', 800, 300],
    ['O3 hour', 161, 52], ['O3 hour', 201, 101], ['SO2 hour', 151, 51], ['SO2 hour', 800, 200], ['NO2 day', 41, 52], ['NO2 day', 81, 101],
  ] as const)('by the tables of 2012, a mean of %s at %d is %i', (column, value, index) => {
    const [pollutant, average] = column.split(' ') as [Pollutant, Average];
    expect(of(cn2012, pollutant, average)(value)).toBe(index);
  });

  it.each([[85, 75], [120, 100], [121, 101], [150, 112]])('by the tables of 2026, PM10 of a day at %i is %i', (value, index) => {
    expect(of(cn2026, 'PM10', 'day')(value)).toBe(index);
  });

  it('above 800 the tables of 2012 send sulphur dioxide to its day and ozone to its hour; those of 2026 stop', () => {
    expect([of(cn2012, 'SO2', 'hour')(801), of(cn2012, 'O3', '8-hours')(801)]).toEqual(['day', 'hour']);
    expect([of(cn2026, 'SO2', 'hour')(801), of(cn2026, 'O3', '8-hours')(801)]).toEqual([200, 300]);
  });

  it('there is no column for an hour of PM2.5', () => {
    expect(of(cn2012, 'PM2.5', 'hour')(50)).toBeNull();
  });

  it('never falls as the air gets worse, and never passes 500', () => {
    const columns = [cn2012, cn2026].flatMap((standard) => standard.breakpoints.map((column) => ({ standard, column })));
    fc.assert(fc.property(fc.constantFrom(...columns), fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 0, max: 50_000 }), ({ standard, column }, low, more) => {
      const at = (thousandths: number) => iaqiOf(standard, { ...column, value: { num: BigInt(thousandths) * 1000n, den: 1n } });
      const [a, b] = [at(low), at(low + more)];
      if (a === null || b === null || 'use' in a || 'use' in b) return;
      expect(b.iaqi).toBeGreaterThanOrEqual(a.iaqi);
      expect(b.iaqi).toBeLessThanOrEqual(500);
    }));
  });
});

describeWithShared('every concentration of the worked tables', () => {
  const names: Record<string, [Pollutant, Average]> = {
    SO2_24h: ['SO2', 'day'], SO2_1h: ['SO2', 'hour'], NO2_24h: ['NO2', 'day'], NO2_1h: ['NO2', 'hour'], PM10_24h: ['PM10', 'day'],
    O3_1h: ['O3', 'hour'], O3_8h: ['O3', '8-hours'], PM25_24h: ['PM2.5', 'day'], CO_24h: ['CO', 'day'], CO_1h: ['CO', 'hour'],
  };
  it.each([['2012', cn2012, 10], ['2026', cn2026, 2]] as const)('has its exact index by the tables of %s', (year, standard, columns) => {
    const vectors = JSON.parse(readFileSync(sharedFile('vectors/iaqi_exact.json'), 'utf8')) as Record<string, Record<string, Record<string, number>>>;
    const tables = Object.entries(vectors[year] ?? {});
    expect(tables).toHaveLength(columns);
    for (const [name, table] of tables) {
      const [pollutant, average] = names[name] ?? ['PM2.5', 'day'];
      const wrong = Object.entries(table).filter(([value, index]) => of(standard, pollutant, average)(value) !== index);
      expect(wrong, name).toEqual([]);
    }
  });
});

describe('classes', () => {
  it.each([[0, 1], [35, 1], [36, 2], [75, 2], [76, 3], [115, 3], [116, 4], [150, 4], [151, 5], [250, 5], [251, 6], [900, 6]])(
    'an hour of PM2.5 at %i µg/m³ is of class %i by the daily breakpoints', (value, level) => { expect(hourClass(cn2012, micro(String(value)))).toBe(level); });

  it('an hour between two whole figures has the class of the rounded one', () => {
    expect(['35.4', '35.5', '115.5', '114.5'].map((value) => hourClass(cn2012, micro(value)))).toEqual([1, 2, 4, 3]);
  });

  it('an hour of 70 is good by the tables of 2012 and light pollution by those of 2026', () => {
    expect([hourClass(cn2012, micro('70')), hourClass(cn2026, micro('70'))]).toEqual([2, 3]);
  });

  it('have the colours and names of the standard, and their ends as concentrations', () => {
    expect(pmClasses(cn2012).map((each) => [each.level, each.name.zh, each.colour, each.upTo])).toEqual([
      [1, '优', '#00E400', 35], [2, '良', '#FFFF00', 75], [3, '轻度污染', '#FF7E00', 115], [4, '中度污染', '#FF0000', 150],
      [5, '重度污染', '#99004C', 250], [6, '严重污染', '#7E0023', null],
    ]);
    expect(classOf(cn2012, 301).level).toBe(6);
  });
});

describe('the AQI of a place', () => {
  it('is the largest index; equal ones are primary together', () => {
    expect(aqiOf(cn2012, [{ pollutant: 'PM2.5', iaqi: 130 }, { pollutant: 'PM10', iaqi: 130 }, { pollutant: 'O3', iaqi: 40 }]))
      .toMatchObject({ aqi: 130, class: { level: 3 }, primary: ['PM2.5', 'PM10'] });
  });

  it('has no primary pollutant up to 50, and is nothing without an index', () => {
    expect(aqiOf(cn2012, [{ pollutant: 'PM2.5', iaqi: 50 }])?.primary).toEqual([]);
    expect(aqiOf(cn2012, [{ pollutant: 'PM2.5', iaqi: 51 }])?.primary).toEqual(['PM2.5']);
    expect(aqiOf(cn2012, [])).toBeNull();
  });
});

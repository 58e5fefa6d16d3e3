import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pollutant } from '../../shared/event.ts';
import { iaqiOf } from '../../shared/iaqi.ts';
import type { Average, Standard } from '../../shared/standard.ts';
import { describeWithShared, sharedFile } from '../setup/shared.ts';
import { cn2012, cn2026, exact as micro, us2024 } from './standards.ts';

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
    expect(iaqiOf(cn2012, { pollutant: 'PM2.5', average: 'day', value: { num: -3_000_000n, den: 1n } })).toMatchObject({ iaqi: 0 });
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

  it('never falls as the air gets worse, and never passes 500 where the standard caps it', () => {
    const columns = [cn2012, cn2026, us2024].flatMap((standard) => (standard.index?.breakpoints ?? []).map((column) => ({ standard, column })));
    fc.assert(fc.property(fc.constantFrom(...columns), fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 0, max: 50_000 }), ({ standard, column }, low, more) => {
      const at = (thousandths: number) => iaqiOf(standard, { ...column, value: { num: BigInt(thousandths) * 1000n, den: 1n } });
      const [a, b] = [at(low), at(low + more)];
      if (a === null || b === null || 'use' in a || 'use' in b) return;
      expect(b.iaqi).toBeGreaterThanOrEqual(a.iaqi);
      if (standard !== us2024) expect(b.iaqi).toBeLessThanOrEqual(500);
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

describe('the reason of an index', () => {
  const reason = (standard: Standard, pollutant: Pollutant, [average, value]: [Average, string]) => iaqiOf(standard, { pollutant, average, value: micro(value) });

  it('is the rounded figure that was read and the clause of its table', () => {
    expect(reason(cn2012, 'PM2.5', ['day', '75.5'])).toEqual({ iaqi: 102, figure: 76, clause: { zh: 'HJ 633-2012 表1', en: 'HJ 633-2012 table 1' } });
    expect(reason(cn2026, 'CO', ['day', '2.249'])).toEqual({ iaqi: 55, figure: 2.2, clause: { zh: 'HJ 633-2026 IAQI浓度限值表', en: 'HJ 633-2026, table of IAQI breakpoints' } });
  });

  it('past the end of a table is the note that says so', () => {
    expect(reason(cn2012, 'SO2', ['hour', '801'])).toEqual({ use: 'day', atLeast: null, figure: 801, clause: { zh: 'HJ 633-2012 表1注2', en: 'HJ 633-2012 table 1 note 2' } });
    expect(reason(cn2012, 'O3', ['8-hours', '801'])).toEqual({ use: 'hour', atLeast: null, figure: 801, clause: { zh: 'HJ 633-2012 表1注3', en: 'HJ 633-2012 table 1 note 3' } });
    expect(reason(cn2026, 'O3', ['8-hours', '900'])).toMatchObject({ iaqi: 300, clause: { en: 'HJ 633-2026, note to the table of IAQI breakpoints' } });
    expect(reason(cn2012, 'PM2.5', ['day', '650'])).toMatchObject({ iaqi: 500, clause: { en: expect.stringContaining('silent') as string } });
  });

  it.each([['SO2', 'day', 2620], ['NO2', 'day', 940], ['NO2', 'hour', 3840], ['PM10', 'day', 600], ['CO', 'day', 60], ['CO', 'hour', 150], ['O3', 'hour', 1200], ['PM2.5', 'day', 500]] as const)(
    'is capped at 500 beyond the last figure of %s by %s', (pollutant, average, last) => {
      for (const standard of [cn2012, cn2026]) expect([last, last * 2].map(of(standard, pollutant, average))).toEqual([500, 500]);
    });

  it('800.4 is still 800: only what rounds above it leaves the table', () => {
    expect(['800', '800.4', '800.5', '800.6'].map(of(cn2012, 'SO2', 'hour'))).toEqual([200, 200, 200, 'day']);
    expect(['800.4', '800.6'].map(of(cn2026, 'O3', '8-hours'))).toEqual([300, 300]);
  });
});

describe('the index of the US', () => {
  it.each([['0', 0], ['9.0', 50], ['9.09', 50], ['9.1', 51], ['12.0', 56], ['35.4', 100], ['35.49', 100], ['35.5', 101], ['55.4', 150], ['55.5', 151], ['125.4', 200], ['125.5', 201], ['225.4', 300], ['225.5', 301], ['325.4', 500]])(
    'of a day of PM2.5 at %s µg/m³ is %i by the breakpoints of 2024', (value, index) => { expect(of(us2024, 'PM2.5', 'day')(value)).toBe(index); });

  it('goes on above 500 by the last line', () => {
    // 301 + 199 / 99.9 × (400 − 225.5) = 648.6
    expect(of(us2024, 'PM2.5', 'day')('400')).toBe(649);
    expect(of(us2024, 'PM10', 'day')('604')).toBe(500);
    expect(of(us2024, 'PM10', 'day')('700')).toBeGreaterThan(500);
  });

  it('is the nearest whole number, a half upwards: 35.0 µg/m³ is 99, not 100', () => {
    // 51 + 49 / 26.3 × 25.9 = 99.25; the Chinese way would say 100.
    expect(of(us2024, 'PM2.5', 'day')('35.0')).toBe(99);
    // 0 + 50 / 54 × 27 is 25; 50 / 4.4 × 0.4 = 4.545 of CO is 5.
    expect(of(us2024, 'PM10', 'day')('27')).toBe(25);
  });

  it('of a day of PM10 has the ends of its table', () => {
    expect([54, 55, 154, 155, 254, 255, 354, 355, 424, 425].map(of(us2024, 'PM10', 'day'))).toEqual([50, 51, 100, 101, 150, 151, 200, 201, 300, 301]);
  });

  /** So many ppm or ppb as millionths of what is measured. */
  const gas = (pollutant: Pollutant, average: Average) => (units: number): number | string | null => {
    const is = us2024.index?.units[pollutant]?.is ?? NaN;
    const found = iaqiOf(us2024, { pollutant, average, value: { num: BigInt(Math.round(units * 10_000)) * BigInt(Math.round(is * 1000)), den: 10n } });
    return found === null ? null : 'use' in found ? found.use : found.iaqi;
  };

  it.each([
    ['O3 8-hours', [0.054, 0.055, 0.07, 0.071, 0.085, 0.086, 0.105, 0.106, 0.2, 0.201], [50, 51, 100, 101, 150, 151, 200, 201, 300, 'hour']],
    ['O3 hour', [0.124, 0.125, 0.164, 0.165, 0.204, 0.205, 0.404, 0.405, 0.604], [null, 101, 150, 151, 200, 201, 300, 301, 500]],
    ['CO 8-hours', [4.4, 4.5, 9.4, 9.5, 12.4, 12.5, 15.4, 15.5, 30.4, 30.5, 50.4], [50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500]],
    ['SO2 hour', [35, 36, 75, 76, 185, 186, 304, 305], [50, 51, 100, 101, 150, 151, 200, 'day']],
    ['SO2 day', [304, 305, 604, 605, 1004], [null, 201, 300, 301, 500]],
    ['NO2 hour', [53, 54, 100, 101, 360, 361, 649, 650, 1249, 1250, 2049], [50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500]],
  ] as const)('an hour or more of %s has the ends of its table in ppm or ppb, turned into what is measured', (column, values, indices) => {
    const [pollutant, average] = column.split(' ') as [Pollutant, Average];
    expect(values.map(gas(pollutant, average))).toEqual(indices);
  });

  it('cuts a concentration off instead of rounding it: 0.0709 ppm of ozone is 0.070', () => {
    expect([0.0709, 0.0549].map(gas('O3', '8-hours'))).toEqual([100, 50]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Aqi, dailyAqi, type MeanOf, type PlaceMean, realTimeAqi } from '../../shared/aqi.ts';
import type { Pollutant } from '../../shared/event.ts';
import type { Standard } from '../../shared/standard.ts';
import { cn2012, cn2026, exact, us2024, who2021 } from './standards.ts';

/** Means as `PM2.5 day` → µg/m³, CO mg/m³. */
const means = (of: Record<string, number | string>): PlaceMean[] => Object.entries(of).map(([key, value]) => {
  const [pollutant, average] = key.split(' ') as [Pollutant, MeanOf];
  return { pollutant, average, value: exact(value) };
});
const day = { 'PM2.5 day': 60, 'PM10 day': 100, 'SO2 day': 20, 'NO2 day': 40, 'CO day': 1, 'O3 hour': 100, 'O3 8-hours': 80 };
const hour = { 'PM2.5 hour': 60, 'PM10 hour': 100, 'SO2 hour': 20, 'NO2 hour': 40, 'CO hour': 1, 'O3 hour': 100 };
const without = <T extends object>(of: T, ...keys: (keyof T)[]): Partial<T> => Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key as keyof T))) as Partial<T>;
const daily = (standard: Standard, of: Record<string, number | string>, notMonitored: Pollutant[] = []): Aqi => dailyAqi(standard, { means: means(of), notMonitored }) as Aqi;
const current = (standard: Standard, of: Record<string, number | string>, pm?: 'hour1' | 'rolling24' | 'nowcast'): Aqi => realTimeAqi(standard, { means: means(of) }, pm) as Aqi;
const because = (aqi: Aqi) => (aqi.aqi === null ? [] : aqi.because.map(({ pollutant, average, figure, iaqi }) => [pollutant, average, figure, iaqi]));
const missing = ({ missing: list }: Aqi): string[] => list.map(({ pollutant, average }) => `${pollutant} ${average}`);

describe('the AQI of a day', () => {
  it('is the largest index, with its class, its primary pollutant and what it rests on', () => {
    expect(daily(cn2012, day)).toMatchObject({ aqi: 82, class: { level: 2 }, primary: ['PM2.5'], missing: [], reason: { code: 'highest', clause: { en: 'HJ 633-2012 4.4.2' } } });
    expect(because(daily(cn2012, day))).toEqual([['PM2.5', 'day', 60, 82]]);
    expect(daily(cn2026, day)).toMatchObject({ aqi: 100, class: { level: 2 }, primary: ['PM2.5'] });
  });

  it('has all that are equal as primary pollutants, in their order', () => {
    expect(daily(cn2012, { ...day, 'PM2.5 day': 75, 'PM10 day': 150, 'NO2 day': 80 })).toMatchObject({ aqi: 100, primary: ['PM2.5', 'PM10', 'NO2'] });
  });

  it('has no primary pollutant up to 50, though it still says what it rests on', () => {
    const clean = { 'PM2.5 day': 35, 'PM10 day': 40, 'SO2 day': 5, 'NO2 day': 10, 'CO day': 0.5, 'O3 hour': 50, 'O3 8-hours': 40 };
    expect(daily(cn2012, clean)).toMatchObject({ aqi: 50, class: { level: 1 }, primary: [] });
    expect(because(daily(cn2012, clean))).toEqual([['PM2.5', 'day', 35, 50]]);
    expect(daily(cn2012, { ...clean, 'PM2.5 day': 36 })).toMatchObject({ aqi: 52, class: { level: 2 }, primary: ['PM2.5'] });
  });

  it('passes over hourly means of those that have a daily table only for the real-time report', () => {
    expect(daily(cn2012, { ...day, 'SO2 hour': 790, 'NO2 hour': 3000, 'CO hour': 100 })).toMatchObject({ aqi: 82 });
  });

  it('counts the highest hour of ozone by 2012, and by 2026 its 8 hours alone', () => {
    const ozone = { ...day, 'O3 hour': 350 };
    expect(because(daily(cn2012, ozone))).toEqual([['O3', 'hour', 350, 175]]);
    expect(because(daily(cn2026, ozone))).toEqual([['PM2.5', 'day', 60, 100]]);
  });

  it('reads ozone above 800 over 8 hours by its hour in 2012, and says 300 in 2026', () => {
    const ozone = { ...day, 'O3 8-hours': 801, 'O3 hour': 900 };
    expect(because(daily(cn2012, ozone))).toEqual([['O3', 'hour', 900, 350]]);
    expect(because(daily(cn2026, ozone))).toEqual([['O3', '8-hours', 801, 300]]);
    expect(missing(daily(cn2012, without(ozone, 'O3 hour') as typeof ozone))).toEqual(['O3 hour']);
  });

  it('is nothing without any mean, and nothing by a standard that has no index', () => {
    expect(daily(cn2012, {})).toMatchObject({ aqi: null, reason: { code: 'no-mean' } });
    expect(dailyAqi(who2021, { means: means(day) })).toBeNull();
    expect(realTimeAqi(who2021, { means: means(hour) })).toBeNull();
  });
});

describe('a pollutant that is missing', () => {
  it('by 2026 leaves single indices and NA where the rest is 100 or below, with the clause', () => {
    const na = daily(cn2026, without(day, 'SO2 day'));
    expect(na).toMatchObject({ aqi: null, reason: { code: 'incomplete', clause: { en: 'HJ 633-2026 5.2-5.3' } } });
    expect([missing(na), na.individual.map((each) => [each.pollutant, each.iaqi])]).toEqual([['SO2 day'], [['PM2.5', 100], ['PM10', 86], ['NO2', 50], ['O3', 40], ['CO', 25]]]);
  });

  it('by 2026 does not hold back an AQI above 100', () => {
    expect(daily(cn2026, { ...without(day, 'SO2 day'), 'PM2.5 day': 61 })).toMatchObject({ aqi: 101, primary: ['PM2.5'], missing: [{ pollutant: 'SO2', average: 'day' }] });
  });

  it('by 2026 does not block where it is not monitored by design, and stands apart', () => {
    const aqi = daily(cn2026, without(day, 'SO2 day'), ['SO2']);
    expect([aqi.aqi, aqi.missing, aqi.notMonitored]).toEqual([100, [], ['SO2']]);
    expect(daily(cn2026, { ...day, 'SO2 day': 2000 }, ['SO2']).aqi).toBe(100);
  });

  it('by 2012 leaves the AQI of the rest, and says what is missing', () => {
    const aqi = daily(cn2012, without(day, 'O3 8-hours', 'CO day'));
    expect([aqi.aqi, missing(aqi)]).toEqual([82, ['O3 8-hours', 'CO day']]);
  });

  it('by 2026 holds for the real-time report too', () => {
    expect(current(cn2026, without(hour, 'CO hour')).aqi).toBeNull();
    expect(current(cn2026, { ...without(hour, 'CO hour'), 'PM10 hour': 130 }).aqi).toBe(104);
  });
});

describe('the real-time AQI', () => {
  it('is of the past hour, particles by the daily breakpoints', () => {
    expect(because(current(cn2026, hour))).toEqual([['PM2.5', 'hour', 60, 100]]);
    expect(current(cn2012, { ...hour, 'O3 8-hours': 80 })).toMatchObject({ aqi: 82, primary: ['PM2.5'], missing: [] });
  });

  it('reads particles of the last 24 hours where that is chosen, and not the hour', () => {
    const both = { ...hour, 'PM2.5 24-hours': 115, 'PM10 24-hours': 50 };
    expect(because(current(cn2012, both))).toEqual([['PM2.5', 'hour', 60, 82]]);
    expect(because(current(cn2012, both, 'rolling24'))).toEqual([['PM2.5', '24-hours', 115, 150]]);
    expect(missing(current(cn2012, hour, 'rolling24'))).toEqual(['PM2.5 24-hours', 'PM10 24-hours', 'O3 8-hours']);
  });

  it('passes over the daily means of gases, and by 2026 over the 8 hours of ozone', () => {
    expect(current(cn2012, { ...hour, 'SO2 day': 2600, 'NO2 day': 900 }).aqi).toBe(82);
    expect(current(cn2026, { ...hour, 'O3 8-hours': 700 }).aqi).toBe(100);
    expect(current(cn2012, { ...hour, 'O3 8-hours': 700 }).aqi).toBe(282);
  });

  it('reads an hour of SO2 above 800 by its 24 hours in 2012, and says 200 in 2026', () => {
    const smelter = { ...hour, 'SO2 hour': 801, 'SO2 24-hours': 300 };
    const aqi = current(cn2012, smelter);
    expect(because(aqi)).toEqual([['SO2', '24-hours', 300, 124]]);
    expect(aqi.individual.find((each) => each.pollutant === 'SO2')?.clause.en).toBe('HJ 633-2012 table 1 note 2');
    expect(because(current(cn2026, smelter))).toEqual([['SO2', 'hour', 801, 200]]);
    expect(missing(current(cn2012, { ...without(smelter, 'SO2 24-hours'), 'O3 8-hours': 80 }))).toEqual(['SO2 day']);
  });
});

describe('the AQI of the US', () => {
  it('names the responsible pollutant of a good day too', () => {
    expect(daily(us2024, { 'PM2.5 day': 5, 'PM10 day': 20 })).toMatchObject({ aqi: 28, class: { name: { en: 'Good' } }, primary: ['PM2.5'] });
  });

  it('takes the higher of ozone by the hour and by 8 hours, and needs no hour below its table', () => {
    expect(because(daily(us2024, { 'O3 8-hours': 160 }))[0]?.slice(0, 2)).toEqual(['O3', '8-hours']);
    // 0.170 ppm of an hour
    expect(because(daily(us2024, { 'O3 8-hours': 160, 'O3 hour': 334 }))).toEqual([['O3', 'hour', 0.17, 157]]);
    expect(missing(daily(us2024, { 'O3 8-hours': 160 }))).not.toContain('O3 hour');
  });

  it('reads SO2 from 305 ppb on by its day, which leaves 200 where the day is below its table', () => {
    expect(because(daily(us2024, { 'SO2 hour': '811.89', 'SO2 day': '1047.601' }))).toEqual([['SO2', 'day', 400, 232]]);
    expect(because(daily(us2024, { 'SO2 hour': '811.89', 'SO2 day': 100 }))).toEqual([['SO2', 'hour', 310, 200]]);
    expect(because(daily(us2024, { 'SO2 hour': '811.89' }))).toEqual([['SO2', 'hour', 310, 200]]);
  });

  it('reads particles in real time by their NowCast', () => {
    expect(because(current(us2024, { 'PM2.5 hour': 300, 'PM2.5 nowcast': '17.39' }))).toEqual([['PM2.5', 'nowcast', 17.3, 66]]);
  });
});

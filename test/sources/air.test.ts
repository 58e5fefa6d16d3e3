import { describe, expect, test } from 'vitest';
import { AIR_FROM, AIR_UNTIL, simulatedAir, type SimulatedStation } from '../../server/sources/simulator/air.ts';
import { DAILY, FIRST_DAY } from '../../server/sources/simulator/daily.ts';
import { faultsOf } from '../../server/sources/simulator/faults.ts';
import { fleetOf } from '../../server/sources/simulator/fleet.ts';
import type { Reading } from '../../shared/reading.ts';
import { addDays, civilOf, HOUR, MINUTE } from '../../shared/time.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describeWithShared } from '../setup/shared.ts';

const civil = civilOf('Asia/Shanghai');
const DAY = 24 * HOUR;
const inCity = (city: string, count: number, from: number): SimulatedStation[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${from + i}A`, city, evaluates: i !== 1 }));
const stations = [...inCity('beijing', 12, 1001), ...inCity('tianjin', 14, 1013), ...inCity('zhangjiakou', 5, 1060), ...inCity('baoding', 70, 2000)];
const beijing = stations.filter(({ city, evaluates }) => city === 'beijing' && evaluates).map(({ id }) => id);
const air = simulatedAir(1, stations);
const minuteOf = (day: string, time: string): number => civil.at(day, time);
const cityAt = (minute: number): number => beijing.reduce((sum, station) => sum + air.valueAt({ station, minute }), 0) / beijing.length;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const beijingFleet = fleetOf(1, stations.filter(({ city }) => city === 'beijing'));

/** A city's day as the room makes it: hours of 45 minutes (others are not sent), station days of 20 hours, then the city. */
function cityDay(hours: readonly Reading[]): { mean: number; stations: number } {
  const of = (id: string) => hours.filter(({ station, pollutant }) => station === id && pollutant === 'PM2.5').map(({ value }) => (value ?? 0) / 1e6);
  const days = beijing.map(of).filter((values) => values.length >= 20);
  return { mean: mean(days.map(mean)), stations: days.length };
}

describe('the simulated air of Beijing', () => {
  test('has the real mean of every day, to one part in a hundred, by what its stations send with all their faults', () => {
    const off = DAILY.flatMap((wanted, day) => {
      const sent = cityDay([...beijingFleet.history({ from: AIR_FROM + day * DAY, to: AIR_FROM + (day + 1) * DAY })].flat());
      const right = Math.abs(sent.mean / wanted - 1) < 0.01 && sent.stations === beijing.length;
      return right ? [] : [`${addDays(FIRST_DAY, day)}: ${sent.mean} instead of ${wanted}, ${sent.stations} stations`];
    });
    expect(off).toEqual([]);
  });

  test('shows the episode of March 2022 as it was: 99.96, 153.88, 96.17', () => {
    const at = (day: string): number | undefined => DAILY[(civil.at(day) - AIR_FROM) / DAY];
    expect(['2022-03-09', '2022-03-10', '2022-03-11'].map(at)).toEqual([99.96, 153.88, 96.17]);
    expect(civil.iso(AIR_FROM)).toBe('2022-01-01T00:00:00+08:00');
    expect(civil.iso(AIR_UNTIL)).toBe('2022-04-01T00:00:00+08:00');
  });

  test('goes over midnight without a step, on the steepest nights too', () => {
    for (let day = 1; day < DAILY.length; day += 1) {
      const midnight = AIR_FROM + day * DAY;
      const [before, after] = [cityAt(midnight - MINUTE), cityAt(midnight)];
      expect(Math.abs(after - before) / before, civil.iso(midnight)).toBeLessThan(0.05);
    }
  });

  test('never falls to nought, never jumps from minute to minute, and has one decimal', () => {
    let before = cityAt(AIR_FROM);
    for (let minute = AIR_FROM; minute < AIR_UNTIL; minute += 13 * MINUTE) {
      const value = air.valueAt({ station: '1001A', minute });
      expect(value).toBeGreaterThanOrEqual(1);
      expect(Math.round(value * 10) / 10).toBe(value);
      const now = cityAt(minute);
      expect(Math.abs(now - before)).toBeLessThan(Math.max(2, 0.2 * before));
      before = now;
    }
  });

  test('is dirtier at night than in the afternoon', () => {
    const over = (time: string) => mean(DAILY.map((_, day) => cityAt(minuteOf(addDays(FIRST_DAY, day), time))));
    expect(over('01:00')).toBeGreaterThan(1.15 * over('15:00'));
  });
});

describe('the stations', () => {
  test('differ from each other, and those that evaluate average to their city', () => {
    const minute = minuteOf('2022-03-10', '09:00');
    const values = beijing.map((station) => air.valueAt({ station, minute }));
    expect(new Set(values).size).toBeGreaterThan(8);
    expect(Math.max(...values) / Math.min(...values)).toBeGreaterThan(1.1);
  });

  test('read the same whenever and in whatever order they are asked, and something else with another seed', () => {
    const asked = Array.from({ length: 500 }, (_, i) => ({ station: stations[(i * 7) % stations.length]!.id, minute: AIR_FROM + ((i * 7919) % 129_600) * MINUTE }));
    const once = asked.map((at) => simulatedAir(1, stations).valueAt(at));
    const again = simulatedAir(1, stations);
    expect(asked.toReversed().map((at) => again.valueAt(at)).toReversed()).toEqual(once);
    const other = simulatedAir(2, stations);
    expect(asked.map((at) => other.valueAt(at))).not.toEqual(once);
  });

  test('of other cities follow by a factor and a lag: Zhangjiakou stays far below Beijing, Baoding above', () => {
    const of = (city: string) => mean(stations.filter((s) => s.city === city && s.evaluates).map(({ id }) => mean(
      Array.from({ length: 96 }, (_, i) => air.valueAt({ station: id, minute: civil.at('2022-03-10') + i * 15 * MINUTE })))));
    expect(of('zhangjiakou')).toBeLessThan(0.6 * of('beijing'));
    expect(of('baoding')).toBeGreaterThan(1.1 * of('beijing'));
  });

  test('PM10 goes with PM2.5 and is never below it', () => {
    for (const fine of [1, 3.2, 75, 289.9]) expect(air.coarse(fine)).toBeGreaterThan(fine);
  });
});

describe('the faults', () => {
  const ids = stations.map(({ id }) => id);
  const minutes = (day: number) => Array.from({ length: 1440 }, (_, i) => AIR_FROM + day * DAY + i * MINUTE);

  test('leave one station silent for some hours of every day, within the day', () => {
    const faultOf = faultsOf(1, ids);
    for (const day of [0, 66, 67, 68, 89]) {
      const silent = ids.map((id) => minutes(day).filter((minute) => faultOf(id, minute)?.kind === 'silent').length).filter((count) => count > 0);
      expect(silent).toHaveLength(1);
      expect(silent[0]).toBeGreaterThanOrEqual(90);
      expect(silent[0]).toBeLessThan(180);
    }
  });

  test('repeat one value now and then, and cost short gaps: a station in fault sends nothing, or the same again', () => {
    const faultOf = faultsOf(1, ids);
    const fleet = fleetOf(1, stations);
    const kinds = new Set<string>();
    for (let day = 60; day < 65; day += 1) {
      for (const id of ids) {
        for (const minute of minutes(day)) {
          const fault = faultOf(id, minute);
          if (fault === null || (minute !== fault.from && minute !== fault.to - MINUTE)) continue;
          kinds.add(fault.kind);
          const [sent] = fleet.readings(minute, 1).filter((r) => r.station === id);
          if (fault.kind === 'stuck') expect(sent?.value).toBe(Math.round(air.valueAt({ station: id, minute: fault.from }) * 1e6));
          else expect(sent).toBeUndefined();
        }
      }
    }
    expect([...kinds].sort()).toEqual(['gap', 'silent', 'stuck']);
  });
});

describe('the fleet', () => {
  test('has hours that are the means of its minutes', () => {
    const hour = civil.at('2022-03-07', '09:00');
    const [whole] = [...beijingFleet.history({ from: hour, to: hour + HOUR })];
    const parts = Array.from({ length: 60 }, (_, i) => beijingFleet.readings(hour + i * MINUTE, 1)).flat();
    for (const { id } of stations.filter(({ city }) => city === 'beijing')) {
      const of = parts.filter((r) => r.station === id && r.pollutant === 'PM2.5').map((r) => (r.value ?? 0) / 1e6);
      const sent = whole?.find((r) => r.station === id && r.pollutant === 'PM2.5');
      if (of.length < 45) expect(sent).toBeUndefined();
      else expect(Math.abs((sent?.value ?? 0) / 1e6 - mean(of))).toBeLessThan(0.051);
      expect(sent?.minutes ?? 60).toBe(60);
    }
  });

  test('has whole hours only, and all of them', () => {
    const from = civil.at('2022-03-05', '20:00');
    const starts = [...beijingFleet.history({ from, to: from + 72 * HOUR })].map((hour) => hour[0]?.start);
    expect(starts).toEqual(Array.from({ length: 72 }, (_, i) => from + i * HOUR));
    expect([...beijingFleet.history({ from: from + MINUTE, to: from + 2 * HOUR })]).toHaveLength(1);
  });

  test('has nothing beyond the days of the table', () => {
    expect(beijingFleet.readings(AIR_FROM - MINUTE, 1)).toEqual([]);
    expect(beijingFleet.readings(AIR_UNTIL, 1)).toEqual([]);
    expect(beijingFleet.readings(AIR_UNTIL - MINUTE, 1)).not.toEqual([]);
  });
});

describeWithShared('the table of daily means', (shared) => {
  test('is that of the public hourly publication, figure by figure', () => {
    const rows = readFileSync(path.join(shared, 'data/beijing-2022-daily.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    expect(DAILY.map((value, day) => `${addDays(FIRST_DAY, day)},${value.toFixed(2)}`)).toEqual(rows);
  });
});

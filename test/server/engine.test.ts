import { describe, expect, test } from 'vitest';
import type { Clock } from '../../server/clock.ts';
import { benchOf } from '../../server/engine.ts';
import { seriesOf } from '../../server/main/series.ts';
import { memoryReadings } from '../../server/readings/memory.ts';
import { watch } from '../../server/watch.ts';
import { badRange } from '../../server/main/summary.ts';
import { startOptions } from '../../server/main/options.ts';
import { AlertBook } from '../../shared/book.ts'
import type { Air } from '../../shared/fact.ts';
import { silences } from '../../shared/silence.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import { configOf } from '../config/folder.ts';
import { kept } from '../readings/contract.ts';

const config = await configOf();
const station = config.stations[0]!.id;
const { civil } = config;
const midnight = civil.at(config.event.period.from);

describe('a start long after a station was heard', () => {
  const silent = (air: Air, minutesOn: number): boolean => {
    const start = midnight + 10 * HOUR;
    const bench = benchOf(config, { air, now: start });
    bench.ledger.load(kept({ station, start: start - 5 * HOUR, minutes: 1, arrived: start - 5 * HOUR }));
    const [series] = bench.ledger.byStation.get(station)!;
    return silences(bench, series!, { open: [], out: false, now: start + minutesOn * MINUTE }).length > 0;
  };

  test('is no silence in live air: nobody was there to hear, and a new patience begins', () => {
    expect([silent('live', 1), silent('live', 60)]).toEqual([false, true]);
  });

  test('is a silence in air whose time stood still meanwhile', () => {
    expect((['simulated', 'silent', 'replay'] as const).map((air) => silent(air, 1))).toEqual([true, true, true]);
  });
});

test('a start at the very instant of a boundary looks at what the run before may have left undone', () => {
  const wakes: number[] = [];
  let run = (): void => undefined;
  const clock: Clock = {
    kind: 'replay', speed: 1, now: () => midnight, standing: () => false, stop: () => undefined,
    at: (instant, wake) => { wakes.push(instant); run = () => { void wake(); }; return () => undefined; },
  };
  const looked: string[] = [];
  watch({
    bench: benchOf(config, { air: 'live', now: midnight }), clock,
    room: { alerts: () => (new AlertBook()), append: () => [] }, screens: { passed: ({ airs }) => { looked.push(...airs.map(({ city }) => city)); } },
  });
  expect(wakes).toEqual([midnight]);
  run();
  expect(looked).toEqual(config.cities.map(({ id }) => id));
});

const never = () => Promise.reject(new Error('asked for the past'));

test('a series of raw readings has no gap where the hour itself was read', async () => {
  const store = memoryReadings();
  await store.keep([kept({ station, start: midnight, value: 50_000_000 }), ...[0, 59, 61].map((minute) => kept({ station, start: midnight + minute * MINUTE, minutes: 1, value: 50_000_000 }))]);
  const found = await seriesOf({ bench: benchOf(config, { air: 'live', now: midnight + HOUR }), store, knows: () => true, past: never }, {
    place: { kind: 'station', id: station }, pollutant: 'PM2.5', average: 'raw', from: midnight, to: midnight + 2 * HOUR, knownAt: null,
  });
  if (!found.ok) throw new Error(found.detail);
  expect(found.points.filter(({ value }) => value === null).map(({ start }) => (start - midnight) / MINUTE)).toEqual([60]);
});

test('a series of raw readings has what is missing between them as points without a value', async () => {
  const store = memoryReadings();
  const at = (minute: number): number => midnight + minute * MINUTE;
  await store.keep([0, 1, 4].map((minute) => kept({ station, start: at(minute), minutes: 1, value: 50_000_000 })));
  const found = await seriesOf({ bench: benchOf(config, { air: 'live', now: midnight + HOUR }), store, knows: () => true, past: never }, {
    place: { kind: 'station', id: station }, pollutant: 'PM2.5', average: 'raw', from: midnight, to: midnight + HOUR, knownAt: null,
  });
  if (!found.ok) throw new Error(found.detail);
  expect(found.points.map(({ start, value, valid, revision }) => [(start - midnight) / MINUTE, value, valid, revision])).toEqual([
    [0, 50, true, 1], [1, 50, true, 1], [2, null, false, 0], [3, null, false, 0], [4, 50, true, 1],
  ]);
});

test.each([
  [['--air', 'live', '--speed', '60'], '--now and --speed do not go with --air live'],
  [['--replay', 'a.csv', '--air', 'silent'], '--replay and --air silent do not go together'],
  [['--speed', 'max'], '--speed max goes with --replay only'],
])('options that do not go together (%j) are told, with all that there are', (args, said) => {
  const parsed = startOptions(args);
  expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(said) as string });
  expect(parsed).toMatchObject({ ok: false, message: expect.stringMatching(/--event DIR[^]*--replay FILE[^]*--port N/) as string });
});

test.each([
  ['2023-01-01', null, 'from 2023-01-01 is after to 2022-02-10; the event is from 2022-01-20 to 2022-02-10'],
  [null, '2021-01-01', 'from 2022-01-20 is after to 2021-01-01; the event is from 2022-01-20 to 2022-02-10'],
  ['1915-01-01', '2022-01-20', 'from 1915-01-01 to 2022-01-20 is more than 366 days; ask for a year at a time'],
  ['2022-01-20', '2023-01-21', 'from 2022-01-20 to 2023-01-21 is more than 366 days; ask for a year at a time'],
])('a report from %s to %s is refused, with what may be asked', (from, to, detail) => {
  expect(badRange({ config }, { from, to })).toEqual({ ok: false, status: 400, code: 'bad-request', detail });
});

test('a report of the event itself, or of a whole year, may be asked for', () => {
  expect([badRange({ config }, { from: null, to: null }), badRange({ config }, { from: '2022-01-20', to: '2023-01-20' })]).toEqual([null, null]);
});

/** What every readings store does, whatever it is made of. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HourSum, ReadingsStore } from '../../server/readings/store.ts';
import type { KeptReading } from '../../shared/reading.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';

export const T0 = Date.UTC(2022, 1, 4, 12);
const DAY = 24 * HOUR;

/** A reading of the opening day; whatever is not said is ordinary. */
export const kept = (said: Partial<KeptReading> = {}): KeptReading => ({
  station: '1001A', pollutant: 'PM2.5', start: T0, minutes: 60, value: 48_200_000, flag: 'N', revision: 1, validity: 'valid', why: null,
  arrived: T0 + HOUR, source: 'centre', ...said,
});

export async function all(store: ReadingsStore, from = T0 - 400 * DAY, to = T0 + 400 * DAY): Promise<KeptReading[]> {
  const found: KeptReading[] = [];
  for await (const chunk of store.latest({ from, to })) found.push(...chunk);
  return found;
}

const hourSum = (said: Partial<HourSum> = {}): HourSum =>
  ({ station: '1001A', pollutant: 'PM2.5', start: T0, sum: 48_200_000 * 60, minutes: 60, suspect: 0, invalid: 0, ...said });

const PM = { station: '1001A', pollutant: 'PM2.5' };
const always = { from: T0 - 400 * DAY, to: T0 + 400 * DAY };

export function readingsContract(name: string, open: () => Promise<ReadingsStore>): void {
  let store: ReadingsStore;

  describe(name, () => {
    beforeEach(async () => { store = await open(); });
    afterEach(async () => { await store.close(); });

    test('what was kept is there word for word: nulls, flags, reasons and all', async () => {
      const readings = [
        kept(), kept({ station: '1002A', value: null, validity: 'missing', flag: '', why: 'no value' }),
        kept({ pollutant: 'CO', value: -3, validity: 'invalid', why: 'below', flag: '标记', source: 'second' }),
        kept({ pollutant: 'pressure', value: 1_013_250_000, minutes: 1 }),
      ];
      expect(await store.keep(readings)).toEqual({ ok: true });
      expect(await all(store)).toEqual([readings[2], readings[0], readings[3], readings[1]]);
    });

    test('nothing kept is nothing found', async () => {
      expect(await all(store)).toEqual([]);
      expect(await store.extent()).toEqual({ end: null, rows: 0 });
      expect(await store.revisions({ ...PM, ...always })).toEqual([]);
      expect(await store.hourSums(always)).toEqual([]);
      expect(await store.keep([])).toEqual({ ok: true });
    });

    test('a revised reading is found as last revised, and its earlier words are still there', async () => {
      const revised = kept({ revision: 2, value: 51_000_000, arrived: T0 + 3 * HOUR });
      const struck = kept({ revision: 3, value: null, validity: 'missing', flag: 'BB' });
      await store.keep([kept()]);
      await store.keep([revised, struck]);
      expect(await all(store)).toEqual([struck]);
      expect(await store.revisions({ ...PM, ...always })).toEqual([kept(), revised, struck]);
    });

    test('what was known at a past moment is found again: what came later, and what it replaced, are told apart by their arrival', async () => {
      const later = kept({ revision: 2, value: 51_000_000, arrived: T0 + 3 * HOUR });
      const unheard = kept({ station: '1002A', arrived: T0 + 4 * HOUR });
      await store.keep([kept()]);
      await store.keep([later, unheard]);
      const known = async (knownAt: number): Promise<KeptReading[]> => {
        const found: KeptReading[] = [];
        for await (const chunk of store.latest({ ...always, knownAt })) found.push(...chunk);
        return found;
      };
      expect(await known(T0 + HOUR - 1)).toEqual([]);
      expect(await known(T0 + HOUR)).toEqual([kept()]);
      expect(await known(T0 + 3 * HOUR)).toEqual([later]);
      expect(await known(T0 + 4 * HOUR)).toEqual([later, unheard]);
    });

    test('an hour and the minutes of it are readings of their own', async () => {
      const minutes = [0, 1, 59].map((m) => kept({ minutes: 1, start: T0 + m * MINUTE, value: m }));
      await store.keep([kept(), ...minutes]);
      expect((await all(store)).map(({ start, minutes: length }) => [start - T0, length])).toEqual([[0, 1], [0, 60], [MINUTE, 1], [59 * MINUTE, 1]]);
      expect(await store.revisions({ ...PM, from: T0, to: T0 + 1 })).toEqual([minutes[0], kept()]);
    });

    test('readings come in the order of time, then station, then pollutant, whatever order they arrived in', async () => {
      const readings = ['1003A', '1001A', '1002A'].flatMap((station) => (['SO2', 'PM2.5', 'CO'] as const).flatMap((pollutant) =>
        [2, 0, 1].map((h) => kept({ station, pollutant, start: T0 + h * HOUR }))));
      for (const reading of readings) await store.keep([reading]);
      const order = (await all(store)).map(({ start, station, pollutant }) => `${(start - T0) / HOUR} ${station} ${pollutant}`);
      expect(order).toEqual([...order].sort());
      expect(order).toHaveLength(27);
    });

    test('a question for a time gets what starts in it, its first instant and not its last', async () => {
      const starts = [T0 - DAY, T0 - 1 * MINUTE, T0, T0 + DAY - MINUTE, T0 + DAY, T0 + 9 * DAY];
      await store.keep(starts.map((start) => kept({ start, minutes: 1 })));
      expect((await all(store, T0, T0 + DAY)).map(({ start }) => start)).toEqual([T0, T0 + DAY - MINUTE]);
      expect((await store.revisions({ ...PM, from: T0, to: T0 + DAY })).map(({ start }) => start)).toEqual([T0, T0 + DAY - MINUTE]);
      expect((await all(store)).map(({ start }) => start)).toEqual(starts);
    });

    test('the same reading sent again is kept once', async () => {
      await store.keep([kept(), kept()]);
      expect(await store.keep([kept({ arrived: T0 + 5 * HOUR })])).toEqual({ ok: true });
      expect(await store.revisions({ ...PM, ...always })).toEqual([kept()]);
      expect((await store.extent()).rows).toBe(1);
    });

    test('a revision that is kept cannot be overwritten, and the batch that tries is refused whole', async () => {
      await store.keep([kept()]);
      expect(await store.keep([kept({ station: '1002A' }), kept({ value: 1 })])).toMatchObject({ ok: false });
      expect(await store.keep([kept({ station: '1003A' }), kept({ station: '1003A', validity: 'suspect' })])).toMatchObject({ ok: false });
      expect(await all(store)).toEqual([kept()]);
      expect(await store.keep([kept({ station: '1002A' })])).toEqual({ ok: true });
      expect(await all(store)).toHaveLength(2);
    });

    test.each([['a start within a minute', { start: T0 + 1 }], ['no length', { minutes: 0 }], ['a fraction of a unit', { value: 0.5 }], ['revision 0', { revision: 0 }]])(
      'a reading with %s is refused, and costs the store nothing', async (_, wrong) => {
        expect(await store.keep([kept({ station: '1002A' }), kept(wrong)])).toMatchObject({ ok: false });
        expect(await all(store)).toEqual([]);
      });

    test('batches handed over together are all kept', async () => {
      const batches = Array.from({ length: 200 }, (_, i) => [kept({ start: T0 + i * HOUR }), kept({ station: '1002A', start: T0 + i * HOUR, value: i })]);
      const answers = await Promise.all(batches.map((batch) => store.keep(batch)));
      expect(answers.every(({ ok }) => ok)).toBe(true);
      expect(await all(store)).toEqual(batches.flat());
      expect(await store.extent()).toEqual({ end: T0 + 200 * HOUR, rows: 400 });
    });

    test('many stations are found whole, page after page', async () => {
      const readings = Array.from({ length: 30_000 }, (_, i) =>
        kept({ station: `S${String(i % 10_000).padStart(5, '0')}`, minutes: 1, start: T0 + Math.floor(i / 10_000) * MINUTE, value: i }));
      await store.keep(readings);
      expect(await all(store)).toEqual(readings);
    });

    test('dropping minutes leaves the hours, their sums, and what is newer', async () => {
      const day = [-2 * DAY, -DAY, -MINUTE, 0, DAY].map((offset) => kept({ minutes: 1, start: T0 + offset }));
      const hours = [-2 * DAY, 0].map((offset) => kept({ start: T0 + offset }));
      await store.keep([...day, ...hours]);
      const sums = [hourSum({ start: T0 - DAY, suspect: 2, invalid: 1 }), hourSum({ start: T0 - 2 * DAY, station: '1009A' }), hourSum({ start: T0 - 2 * DAY })];
      expect(await store.compact(T0, sums)).toEqual({ ok: true });
      expect((await all(store)).map(({ start, minutes }) => [start - T0, minutes])).toEqual([[-2 * DAY, 60], [0, 1], [0, 60], [DAY, 1]]);
      expect(await store.hourSums(always)).toEqual([sums[2], sums[1], sums[0]]);
      expect(await store.hourSums({ from: T0 - DAY, to: T0 })).toEqual([sums[0]]);
      expect(await store.extent()).toEqual({ end: T0 + DAY + MINUTE, rows: 4 });
    });

    test('what was heard until when is not forgotten with the minutes that said so', async () => {
      await store.keep([kept({ minutes: 5 })]);
      await store.compact(T0 + DAY, []);
      expect(await store.extent()).toEqual({ end: T0 + 5 * MINUTE, rows: 0 });
      await store.keep([kept({ minutes: 5 })]);
      expect(await all(store)).toEqual([kept({ minutes: 5 })]);
    });

    test('a later sum of an hour takes the place of the earlier one', async () => {
      await store.compact(T0, [hourSum()]);
      await store.compact(T0, [hourSum({ sum: 7, minutes: 45 })]);
      expect(await store.hourSums(always)).toEqual([hourSum({ sum: 7, minutes: 45 })]);
    });

    test('of a note the last word counts', async () => {
      expect(await store.noted('durable')).toBeNull();
      await Promise.all([store.note('durable', '1'), store.note('other', 'x'), store.note('durable', '2')]);
      expect(await store.noted('durable')).toBe('2');
      expect(await store.noted('other')).toBe('x');
    });

    test('whatever is revised in whatever order, the latest revision of each key is what is found', async () => {
      const reading = fc.record({
        station: fc.constantFrom('A', 'B', 'C'), pollutant: fc.constantFrom('PM2.5' as const, 'O3' as const),
        start: fc.constantFrom(T0, T0 + HOUR, T0 + DAY), minutes: fc.constantFrom(1, 60), revision: fc.integer({ min: 1, max: 4 }),
      }).map((key) => kept({ ...key, value: key.revision * 1_000, flag: String(key.revision) }));
      // A week of its own for each run, in one store: to open one for each would take longer than the rest.
      let week = 0;
      await fc.assert(fc.asyncProperty(fc.array(fc.array(reading, { maxLength: 20 }), { maxLength: 8 }), async (batches) => {
        const shift = 7 * DAY * week++;
        const moved = batches.map((batch) => batch.map((each) => ({ ...each, start: each.start + shift })));
        for (const batch of moved) expect(await store.keep(batch)).toEqual({ ok: true });
        expect(await all(store, T0 + shift, T0 + shift + 2 * DAY)).toEqual(latestOf(moved.flat()));
      }), { numRuns: 50 });
    });
  });
}

/** The same, told without a store. */
function latestOf(readings: KeptReading[]): KeptReading[] {
  const place = (r: KeptReading): string => `${r.start} ${r.station} ${r.pollutant} ${String(r.minutes).padStart(2, '0')}`;
  const latest = new Map<string, KeptReading>();
  for (const reading of readings) if (reading.revision >= (latest.get(place(reading))?.revision ?? 0)) latest.set(place(reading), reading);
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reading]) => reading);
}

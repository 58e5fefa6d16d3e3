import { copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openToWrite } from '../../server/readings/schema.ts';
import { openSqliteReadings } from '../../server/readings/sqlite.ts';
import type { ReadingsStore } from '../../server/readings/store.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import { canFillDisk, emptyDisk, fillDisk } from '../setup/disk.ts';
import { emptyFolder, whileLocked } from '../setup/folder.ts';
import { all, kept, readingsContract, T0 } from './contract.ts';

const fileIn = (folder: string): string => path.join(folder, 'readings.sqlite');

async function open(file = fileIn(emptyFolder())): Promise<ReadingsStore> {
  const opened = await openSqliteReadings(file);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

/** A store that is closed after the test. */
async function opened(file?: string): Promise<ReadingsStore> {
  const store = await open(file);
  onTestFinished(() => store.close());
  return store;
}

readingsContract('the readings store in SQLite', () => open());

describe('the readings store in SQLite', () => {
  test('a store that is opened again has what it had, and goes on', async () => {
    const file = fileIn(emptyFolder());
    const first = await open(file);
    await first.keep([kept(), kept({ station: '1002A', minutes: 1, why: 'jump', validity: 'suspect' })]);
    await first.note('durable', '7');
    await first.close();
    const again = await opened(file);
    expect(await all(again)).toEqual([kept(), kept({ station: '1002A', minutes: 1, why: 'jump', validity: 'suspect' })]);
    expect(await again.noted('durable')).toBe('7');
    await again.keep([kept({ station: '1000A', source: 'third' }), kept({ station: '1002A', minutes: 1, revision: 2 })]);
    expect((await all(again)).map(({ station, source, revision }) => `${station} ${source} ${revision}`)).toEqual(['1000A third 1', '1001A centre 1', '1002A centre 2']);
  });

  test('a file of the version before, which knew no reviews, is opened and learns them', async () => {
    const file = fileIn(emptyFolder());
    const sum = { station: '1001A', pollutant: 'PM2.5' as const, start: T0, sum: 60, minutes: 60, suspect: 0, invalid: 0 };
    const first = await open(file);
    await first.compact(T0 - 30 * 24 * HOUR, [sum]);
    await first.close();
    const db = new Database(file);
    db.exec('ALTER TABLE hour_sum DROP COLUMN level; DROP TABLE outbox; PRAGMA user_version=1');
    db.close();
    const again = await opened(file);
    expect(await again.hourSums({ from: 0, to: T0 + HOUR })).toEqual([sum]);
    await again.compact(T0 - 30 * 24 * HOUR, [{ ...sum, start: T0 + HOUR, level: 'verified' }]);
    expect(await again.hourSums({ from: T0 + 1, to: T0 + 2 * HOUR })).toEqual([{ ...sum, start: T0 + HOUR, level: 'verified' }]);
  });

  test('what was handed over before the end is kept', async () => {
    const file = fileIn(emptyFolder());
    const store = await open(file);
    const answers = Array.from({ length: 50 }, (_, i) => store.keep([kept({ start: T0 + i * HOUR })]));
    await store.close();
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    expect(await all(await opened(file))).toHaveLength(50);
  });

  test('somebody else may read while readings come in', async () => {
    const file = fileIn(emptyFolder());
    const store = await opened(file);
    await store.keep([kept()]);
    const reader = new Database(file);
    onTestFinished(() => { reader.close(); });
    reader.exec('BEGIN; SELECT count(*) FROM series;');
    for (let i = 1; i <= 20; i++) expect(await store.keep([kept({ start: T0 + i * MINUTE, minutes: 1 })])).toEqual({ ok: true });
    expect(await all(store)).toHaveLength(21);
  });

  test('a file that is no store is refused with a reason, and left as it is', async () => {
    const file = fileIn(emptyFolder());
    writeFileSync(file, 'these are the minutes of the last meeting, and no database at all. '.repeat(20));
    const found = await openSqliteReadings(file);
    expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('not a database') as string });
  });

  test('a folder that is not there is refused with a reason', async () => {
    expect(await openSqliteReadings(path.join(emptyFolder(), 'none', 'readings.sqlite'))).toMatchObject({ ok: false });
  });

  test('a store of a newer version is refused, not misread', async () => {
    const file = fileIn(emptyFolder());
    await (await open(file)).close();
    const db = new Database(file);
    db.pragma('user_version=99');
    db.close();
    expect(await openSqliteReadings(file)).toMatchObject({ ok: false, reason: expect.stringContaining('newer version (99)') as string });
  });

  test.runIf(canFillDisk)('a full disk refuses readings with a reason, keeps nothing by halves, and takes them again once there is room', async () => {
    const store = await opened();
    await store.keep([kept()]);
    const many = Array.from({ length: 20_000 }, (_, i) => kept({ station: `S${i % 5_000}`, minutes: 1, start: T0 + Math.floor(i / 5_000) * MINUTE }));
    fillDisk(100_000);
    try {
      expect(await store.keep(many)).toMatchObject({ ok: false, reason: expect.stringMatching(/./) as string });
      expect(await store.note('durable', '1')).toMatchObject({ ok: expect.any(Boolean) as boolean });
      fillDisk();
      expect(await store.note('durable', '2')).toMatchObject({ ok: false });
      expect(await store.compact(T0, [])).toMatchObject({ ok: false });
      expect(await all(store)).toEqual([kept()]);
    } finally {
      emptyDisk();
    }
    expect(await store.keep(many)).toEqual({ ok: true });
    expect(await all(store)).toHaveLength(20_001);
  });

  test.runIf(canFillDisk)('readings refused by a full disk do not spoil the words of those that come after', async () => {
    const file = fileIn(emptyFolder());
    const store = await open(file);
    fillDisk();
    expect(await store.keep([kept({ station: 'lost', flag: 'lost' })])).toMatchObject({ ok: false });
    emptyDisk();
    await store.keep([kept({ station: 'found', flag: 'found' })]);
    await store.close();
    expect(await all(await opened(file))).toEqual([kept({ station: 'found', flag: 'found' })]);
  });

  /** A file of 5,000 readings that lost its end; `log`: whether the log that it was written from is still beside it. */
  const cutShort = async ({ log }: { log: boolean }): Promise<string> => {
    const file = fileIn(emptyFolder());
    const first = await open(file);
    await first.keep(Array.from({ length: 5_000 }, (_, i) => kept({ station: `S${i}` })));
    copyFileSync(`${file}-wal`, `${file}.log`);
    await first.close();
    for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
    truncateSync(file, 16_384);
    if (log) renameSync(`${file}.log`, `${file}-wal`);
    return file;
  };

  test('a file cut short behind its back gives an error, not readings that never were', async () => {
    const found = await openSqliteReadings(await cutShort({ log: false }));
    if (!found.ok) return;
    onTestFinished(() => found.store.close());
    await expect(all(found.store)).rejects.toThrow();
  });

  test('a file cut short is whole again where its log still has everything', async () => {
    const read = await all(await opened(await cutShort({ log: true })));
    expect(read.map(({ station }) => station).sort()).toEqual(Array.from({ length: 5_000 }, (_, i) => `S${i}`).sort());
  });

  test('a file that may not be written is told when it is opened, and not by the first write', () => {
    const file = fileIn(emptyFolder());
    openToWrite(file).close();
    whileLocked(file, () => { expect(() => openToWrite(file)).toThrow(/EACCES|readonly/); });
  });
});

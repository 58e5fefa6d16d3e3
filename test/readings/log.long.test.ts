import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteReadings } from '../../server/readings/sqlite.ts';
import { MINUTE } from '../../shared/time.ts';
import { emptyFolder } from '../setup/folder.ts';
import { kept, T0 } from './contract.ts';

test('the log beside the readings stays small however many come', { timeout: 120_000 }, async () => {
  const file = path.join(emptyFolder(), 'readings.sqlite');
  const opened = await openSqliteReadings(file);
  if (!opened.ok) throw new Error(opened.reason);
  onTestFinished(() => opened.store.close());
  for (let i = 0; i < 100; i++)
    expect(await opened.store.keep(Array.from({ length: 20_000 }, (_, n) => kept({ station: `S${n}`, minutes: 1, start: T0 + i * MINUTE })))).toEqual({ ok: true });
  expect(statSync(file).size).toBeGreaterThan(40_000_000);
  expect(statSync(`${file}-wal`).size).toBeLessThan(25_000_000);
});

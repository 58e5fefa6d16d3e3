/** Kills a process that keeps readings, at any moment, and looks at what is left. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import { builtFile, project } from '../../server/built.ts';
import { openSqliteReadings } from '../../server/readings/sqlite.ts';
import type { KeptReading } from '../../shared/reading.ts';

const STATIONS = 300;
const T0 = Date.UTC(2022, 1, 4);
const keeper = path.join(project, 'test/readings/keeper.mjs');
const storeModule = builtFile(new URL('../../server/readings/sqlite.ts', import.meta.url)).href;

/** Starts a keeper, kills it some time after its first confirmation, and answers which batches were confirmed. */
function killed(file: string, round: { from: number; after: number }): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [keeper, storeModule, file, String(round.from)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let failed = '';
    child.stdout.on('data', (data: Buffer) => {
      if (said === '') setTimeout(() => { child.kill('SIGKILL'); }, round.after);
      said += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => { failed += data.toString(); });
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1).map(Number));
      else reject(new Error(`the keeper ended by itself: ${failed}`));
    });
  });
}

async function left(file: string): Promise<Map<number, KeptReading[]>> {
  const opened = await openSqliteReadings(file);
  if (!opened.ok) throw new Error(opened.reason);
  const batches = new Map<number, KeptReading[]>();
  for await (const chunk of opened.store.latest({ from: T0, to: T0 + 400 * 86_400_000 }))
    for (const reading of chunk) batches.set((reading.start - T0) / 60_000, [...(batches.get((reading.start - T0) / 60_000) ?? []), reading]);
  const { rows } = await opened.store.extent();
  expect(rows).toBe([...batches.values()].flat().length);
  await opened.store.close();
  return batches;
}

/** Rounds of keeping and killing upon one file: each confirmed batch is there, every batch is whole or not there at all. */
export async function killAgainAndAgain(file: string, rounds: number): Promise<void> {
  const confirmed = new Set<number>();
  let from = 0;
  for (let round = 0; round < rounds; round++) {
    for (const n of await killed(file, { from, after: Math.random() * 300 })) confirmed.add(n);
    const batches = await left(file);
    for (const n of confirmed) expect(batches.has(n), `batch ${n} was confirmed and is gone after round ${round}`).toBe(true);
    for (const [n, readings] of batches) {
      expect(readings.every(({ value, flag, revision }) => value === n && flag === `N${n % 7}` && revision === 1), `batch ${n}`).toBe(true);
      expect(new Set(readings.map(({ station }) => station)).size, `batch ${n} is kept by halves`).toBe(STATIONS);
    }
    from = Math.max(from, ...batches.keys(), ...confirmed) + 1;
  }
  expect(confirmed.size).toBeGreaterThan(rounds);
}

/** How many readings a second the embedded store keeps, and how fast it gives them back: `npm run bench -- store`. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteReadings } from '../server/readings/sqlite.ts';
import type { ReadingsStore } from '../server/readings/store.ts';
import type { KeptReading } from '../shared/reading.ts';
import { HOUR, MINUTE } from '../shared/time.ts';

const STATIONS = 5_000;
const BATCH = 5_000;
/** Batches on their way at once: as many as a busy receiver has. */
const AHEAD = 4;
const T0 = Date.UTC(2022, 1, 4);
const stations = Array.from({ length: STATIONS }, (_, i) => `S${String(i).padStart(5, '0')}`);

/** One minute of every station. */
function minute(start: number): KeptReading[] {
  return stations.slice(0, BATCH).map((station, i) => ({
    station, pollutant: 'PM2.5', start, minutes: 1, value: 35_000_000 + ((i * 7_919 + start / MINUTE) % 1_000) * 10_000, flag: 'N',
    revision: 1, validity: 'valid', why: null, arrived: start + MINUTE + i, source: 'bench',
  }));
}

async function keep(store: ReadingsStore, from: number, minutes: number): Promise<number> {
  const started = performance.now();
  const under = new Set<Promise<void>>();
  for (let m = 0; m < minutes; m++) {
    const kept = store.keep(minute(from + m * MINUTE)).then((answer) => {
      under.delete(kept);
      if (!answer.ok) throw new Error(answer.reason);
    });
    under.add(kept);
    if (under.size >= AHEAD) await Promise.race(under);
  }
  await Promise.all(under);
  return (minutes * BATCH) / ((performance.now() - started) / 1_000);
}

const rounded = (n: number): string => Math.round(n).toLocaleString('en');

async function readBack(store: ReadingsStore): Promise<void> {
  const latest = performance.now();
  let count = 0;
  for await (const chunk of store.latest({ from: T0, to: T0 + 6 * HOUR })) count += chunk.length;
  console.log(`latest of 6 h: ${rounded(count / ((performance.now() - latest) / 1_000))} readings/s (${rounded(count)})`);
  const one = performance.now();
  const day = await store.revisions({ station: 'S02500', pollutant: 'PM2.5', from: T0, to: T0 + 24 * HOUR });
  console.log(`one station's day: ${(performance.now() - one).toFixed(1)} ms (${day.length} readings)`);
  const dropping = performance.now();
  await store.compact(T0 + 24 * HOUR, []);
  console.log(`dropping the minutes of a day: ${rounded(performance.now() - dropping)} ms`);
}

/** Some days of minute readings of 5,000 stations, in batches of 5,000. */
export async function measure(days = 3): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-bench-'));
  const file = path.join(folder, 'readings.sqlite');
  const opened = await openSqliteReadings(file);
  if (!opened.ok) throw new Error(opened.reason);
  try {
    for (let quarter = 0; quarter < days * 4; quarter++) {
      const rate = await keep(opened.store, T0 + quarter * 6 * HOUR, 360);
      console.log(`hours ${quarter * 6} to ${quarter * 6 + 6}: ${rounded(rate)} readings/s kept, file ${rounded(statSync(file).size / 2 ** 20)} MiB`);
    }
    await readBack(opened.store);
  } finally {
    await opened.store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

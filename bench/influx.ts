/**
 * Readings a second through the outbox into a real InfluxDB 1.x, beside raw writes of the same lines to the same server:
 * `npm run bench -- influx`. It wants an `influxd` on this machine (Debian's package influxdb).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { influx1 } from '../server/readings/influx1.ts';
import { Shipper } from '../server/readings/outbox.ts';
import { openSqliteReadings } from '../server/readings/sqlite.ts';
import type { KeptReading } from '../shared/reading.ts';
import { MINUTE } from '../shared/time.ts';

const PORT = 18_086;
const RPC = 18_088;
const BATCH = 5_000;
const MINUTES = 120;
const T0 = Date.UTC(2022, 1, 4);
const rounded = (n: number): string => Math.round(n).toLocaleString('en');

const minute = (start: number): KeptReading[] => Array.from({ length: BATCH }, (_, i) => ({
  station: `S${i}`, pollutant: 'PM2.5', start, minutes: 1, value: 35_000_000 + ((i * 7_919 + start / MINUTE) % 1_000) * 10_000, flag: 'N',
  revision: 1, validity: 'valid', why: null, arrived: start + MINUTE + i, source: 'bench',
}));
const lineOf = ({ station, start, value, arrived }: KeptReading): string =>
  `reading_part,minutes=1,pollutant=PM2.5,revision=1,station=${station} arrived=${arrived}i,flag="N",source="bench",validity="valid",value=${(value ?? 0) / 1e6} ${start}`;

async function startInflux(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const file = path.join(folder, 'influxdb.conf');
  writeFileSync(file, `reporting-disabled = true\nbind-address = "127.0.0.1:${RPC}"\n[meta]\n dir = "${folder}/meta"\n[data]\n dir = "${folder}/data"\n wal-dir = "${folder}/wal"\n[http]\n bind-address = "127.0.0.1:${PORT}"\n log-enabled = false\n[monitor]\n store-enabled = false\n[logging]\n level = "error"\n`);
  const child = spawn(process.env['INFLUXD'] ?? 'influxd', ['-config', file], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${PORT}`;
  for (let i = 0; i < 200 && !(await fetch(`${url}/ping`).then(({ ok }) => ok, () => false)); i += 1) await sleep(50);
  return { url, stop: async () => { child.kill('SIGTERM'); await once(child, 'exit'); } };
}

async function post(url: string, database: string, lines: readonly string[]): Promise<void> {
  const { status } = await fetch(`${url}/write?db=${database}&precision=ms`, { method: 'POST', body: lines.join('\n') });
  if (status !== 204) throw new Error(`raw write: ${status}`);
}

async function raw(url: string, at: { database: string; once: number }): Promise<number> {
  await fetch(`${url}/query?q=CREATE+DATABASE+${at.database}`, { method: 'POST' });
  const bodies = Array.from({ length: MINUTES }, (_, m) => minute(T0 + m * MINUTE).map(lineOf));
  const started = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: at.once }, async () => { while (next < bodies.length) await post(url, at.database, bodies[next++] ?? []); }));
  return (MINUTES * BATCH) / ((performance.now() - started) / 1000);
}

/** From the first reading kept until the far end has confirmed the last. */
async function through(url: string, folder: string): Promise<{ kept: number; shipped: number }> {
  const opened = await openSqliteReadings(path.join(folder, 'readings.sqlite'), { ships: true });
  if (!opened.ok) throw new Error(opened.reason);
  const { store } = opened;
  const shipper = new Shipper({ outbox: store, far: { name: 'bench', ...influx1({ url, database: 'shipped' }) }, setAside: () => undefined, onChange: () => undefined });
  const batches = Array.from({ length: MINUTES }, (_, m) => minute(T0 + m * MINUTE));
  const started = performance.now();
  for (const batch of batches) await store.keep(batch);
  const kept = (MINUTES * BATCH) / ((performance.now() - started) / 1000);
  while ((await store.owed()).readings > 0) await sleep(20);
  const shipped = (MINUTES * BATCH) / ((performance.now() - started) / 1000);
  await shipper.stop();
  await store.close();
  return { kept, shipped };
}

export async function measure(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-bench-'));
  const server = await startInflux(folder);
  try {
    for (let round = 1; round <= 2; round += 1) {
      const one = await raw(server.url, { database: `raw_one_${round}`, once: 1 });
      const four = await raw(server.url, { database: `raw_four_${round}`, once: 4 });
      const of = mkdtempSync(path.join(folder, 'store-'));
      const { kept, shipped } = await through(server.url, of);
      console.log(`round ${round}: raw writes of ${rounded(BATCH)} lines: ${rounded(one)} readings/s one at a time, ${rounded(four)} four at a time; through the outbox ${rounded(shipped)} readings/s (kept in SQLite meanwhile at ${rounded(kept)})`);
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

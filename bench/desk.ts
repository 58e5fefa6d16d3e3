/** What people outside wait for: a message to two thousand receivers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BENCH_DAY, openRoom, post } from './room.ts';

const percentile = (values: readonly number[], p: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? NaN;
export const told = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms`;

export const bodyOf = (cities: number, value: number): string => JSON.stringify({ readings: Array.from({ length: cities }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: `${BENCH_DAY}T11:00:00+08:00`, period: 'PT1H', value })) });

/** Two thousand cities of one station over their limit in one body, and when each webhook had its message. */
async function telling(cities: number): Promise<void> {
  const arrived: number[] = [];
  const keys = new Set<unknown>();
  const hook = createServer((req, res) => { req.resume().on('end', () => { arrived.push(performance.now()); keys.add(req.headers['idempotency-key']); res.end(); }); });
  await new Promise<void>((resolve) => { hook.listen(0, '127.0.0.1', resolve); });
  const { port } = hook.address() as AddressInfo;
  const duty = `channels:\n  - { id: hook, kind: webhook, url: "http://127.0.0.1:${port}/", airs: [silent] }\ntell:\n  - { of: [raised], severities: [critical, warning, notice], by: [hook] }\n`;
  const room = await openRoom({ cities, stations: cities }, { speed: 1, hourly: true, duty });
  const began = performance.now();
  await post(room, bodyOf(cities, 120));
  const answered = performance.now() - began;
  // Until nothing has come for two seconds.
  while (performance.now() - (arrived.at(-1) ?? performance.now()) < 2_000 && performance.now() - began < 60_000) await new Promise((resolve) => { setTimeout(resolve, 100); });
  const waits = arrived.map((at) => at - began);
  console.log(`${cities} cities over their limit in one POST (answered after ${answered.toFixed(0)} ms): ${arrived.length} messages, ${keys.size} different; the first after ${Math.min(...waits).toFixed(0)} ms, ${told(waits)}, the last after ${Math.max(...waits).toFixed(0)} ms`);
  await room.stop();
  hook.closeAllConnections();
  hook.close();
}

export async function measure(): Promise<void> {
  await telling(2_000);
}

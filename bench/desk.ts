/** What staff wait for: an acknowledgement behind a long journal, a restart with it, a message to two thousand receivers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { io } from 'socket.io-client';
import { openSequencer } from '../server/journal/sequencer.ts';
import { openSqliteJournal } from '../server/journal/sqlite.ts';
import type { AlertsBody } from '../shared/api.ts';
import type { Draft, FactBody } from '../shared/fact.ts';
import { BENCH_DAY, type BenchRoom, openRoom, post } from './room.ts';
import type { z } from 'zod';

const FACTS = Number(process.env['AIR_BENCH_FACTS'] ?? 1_000_000);
const HOUR = 3_600_000;
const NOON = Date.parse(`${BENCH_DAY}T12:00:00+08:00`);

const percentile = (values: readonly number[], p: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? NaN;
const told = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms`;

/** Alerts at a time, and in all. */
const BATCH = 1_000;
const ALERTS = Math.ceil(FACTS / 6 / BATCH) * BATCH;
const DAYS = 100;
/** Six facts of an alert that came, was told of, acknowledged, dealt with and closed, in the hundred days before. */
function past(n: number): Draft[] {
  const at = Math.floor(NOON - DAYS * 24 * HOUR + (n / ALERTS) * (DAYS - 1) * 24 * HOUR);
  const alert = `hour-exceeded:c${n % 100}:PM2.5:bench-${n}`;
  const about = { alert, occurrence: 1 };
  const judged = { condition: 'over', value: 90, reason: { code: 'hour-exceeded' }, marks: [] } as const;
  const bodies: FactBody[] = [
    { kind: 'alert-raised', ...about, ...judged, marks: [], alertKind: 'hour-exceeded', place: `c${n % 100}`, pollutant: 'PM2.5', period: { start: at - HOUR, end: at }, severity: 'critical', limit: 75, assumed: false, drill: false },
    { kind: 'alert-told', ...about, what: 'raised', channel: 'group', state: 'delivered', reason: null, next: null, drill: false },
    { kind: 'alert-acknowledged', ...about, by: 'duty', note: null, drill: false, role: 'duty' },
    { kind: 'alert-handled', ...about, by: 'duty', drill: false, step: { is: 'diagnosis', cause: 'coal', unit: 'city' } },
    { kind: 'alert-handled', ...about, by: 'duty', drill: false, step: { is: 'disposal', reason: 'done' } },
    { kind: 'alert-closed', ...about, reason: { code: 'period-over' }, drill: false },
  ];
  return bodies.map((body, i) => ({ id: `bench:${n}:${i}`, at: at + i * 1000, actor: 'system', body }));
}

async function fill(room: BenchRoom): Promise<void> {
  const opened = await openSqliteJournal(path.join(room.data, 'journal.sqlite'));
  if (!opened.ok) throw new Error(opened.reason);
  const sequencer = await openSequencer({ journal: opened.journal, air: 'silent', now: Date.now });
  for (let n = 0; n < ALERTS; n += BATCH) {
    sequencer.append(Array.from({ length: BATCH }, (_, i) => past(n + i)).flat());
    await sequencer.durable(sequencer.head().seq);
  }
  await sequencer.close();
  await opened.journal.close();
}

const snapshot = ({ url, screenToken }: BenchRoom): Promise<void> => new Promise((resolve, reject) => {
  const socket = io(url, { transports: ['websocket'], auth: { token: screenToken } });
  socket.once('snapshot', () => { socket.close(); resolve(); });
  socket.once('connect_error', reject);
});

const bodyOf = (cities: number, value: number): string => JSON.stringify({ readings: Array.from({ length: cities }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: `${BENCH_DAY}T11:00:00+08:00`, period: 'PT1H', value })) });

async function signIn({ url, accounts }: BenchRoom): Promise<string> {
  const { name = '', password = '' } = accounts.find(({ role }) => role === 'duty') ?? {};
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function acknowledging(room: BenchRoom, cities: number): Promise<number[]> {
  await post(room, bodyOf(cities, 120));
  const cookie = await signIn(room);
  const { alerts } = (await (await fetch(`${room.url}/api/alerts`, { headers: { cookie } })).json()) as z.infer<typeof AlertsBody>;
  const waits: number[] = [];
  for (const { id, occurrence } of alerts) {
    const began = performance.now();
    const answer = await fetch(`${room.url}/api/alerts/${encodeURIComponent(id)}/acknowledge`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify({ occurrence }) });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    waits.push(performance.now() - began);
  }
  return waits;
}

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
  const size = { cities: 400, stations: 400 };
  const first = await openRoom(size, { speed: 1, hourly: true });
  await first.stop(true);
  await fill(first);
  const began = performance.now();
  const room = await openRoom(size, { speed: 1, hourly: true, folder: first.folder });
  const ready = performance.now() - began;
  await snapshot(room);
  console.log(`a restart with ${(ALERTS * 6).toLocaleString('en')} facts: ready after ${(ready / 1000).toFixed(2)} s, the first snapshot after ${((performance.now() - began) / 1000).toFixed(2)} s (process start and all)`);
  const waits = await acknowledging(room, 400);
  console.log(`${waits.length} acknowledgements behind them, one after the other: ${told(waits)}`);
  await room.stop();
}

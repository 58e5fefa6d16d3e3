/**
 * The path, measured on a real server process over loopback, with the load generator and the screen in this process, on
 * the same machine and cores: `npm run bench -- path`.
 */
import { io } from 'socket.io-client';
import { parseInstant } from '../shared/time.ts';
import type { FactsMessage } from '../shared/wire.ts';
import { BENCH_DAY, BENCH_NOW, type BenchRoom, openRoom, post } from './room.ts';

const STATIONS = 5_000;
const MINUTE = 60_000;
const rounded = (n: number): string => Math.round(n).toLocaleString('en');

/** One minute of every station, as a body. */
function minuteBody(start: number): string {
  const iso = new Date(start).toISOString();
  const readings = Array.from({ length: STATIONS }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: iso, period: 'PT1M', value: 30 + ((i * 7 + start / MINUTE) % 400) / 10, flag: 'N' }));
  return JSON.stringify({ readings });
}

/** Readings a second that are kept and judged: bodies of 5,000, four under way at once. */
async function throughput(minutes: number): Promise<void> {
  const room = await openRoom({ cities: 100, stations: STATIONS }, { speed: 1, hourly: false });
  const first = parseInstant(BENCH_NOW) ?? 0;
  const bodies = Array.from({ length: minutes }, (_, m) => minuteBody(first - (minutes - m) * MINUTE));
  for (const body of bodies.slice(0, 20)) await post(room, body);
  const started = performance.now();
  let next = 20;
  const sender = async (): Promise<void> => { while (next < bodies.length) await post(room, bodies[next++] ?? ''); };
  await Promise.all([sender(), sender(), sender(), sender()]);
  const seconds = (performance.now() - started) / 1000;
  console.log(`kept and judged: ${rounded(((minutes - 20) * STATIONS) / seconds)} readings/s (bodies of 5,000 over 5,000 stations in 100 cities, ${minutes - 20} bodies, ${seconds.toFixed(1)} s)`);
  await room.stop();
}

/** One hour of every city's station, as a body: over the limit or under it. */
const hourBody = (cities: number, value: number): string => JSON.stringify({
  readings: Array.from({ length: cities }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: `${BENCH_DAY}T11:00:00+08:00`, period: 'PT1H', value })),
});

/** When each alert of one POST reaches the screen, in ms after the POST began. */
function arrivals(room: BenchRoom, cities: number): { next: () => Promise<number[]>; close: () => void } {
  const socket = io(room.url, { auth: { token: room.screenToken }, transports: ['websocket'] });
  let began = 0;
  let seen: number[] = [];
  let done: (all: number[]) => void = () => undefined;
  socket.on('facts', ({ facts }: FactsMessage) => {
    const at = performance.now() - began;
    for (const fact of facts) if (fact.kind === 'alert-raised') seen.push(at);
    if (seen.length >= cities) done(seen);
  });
  const next = (): Promise<number[]> => {
    seen = [];
    began = performance.now();
    return new Promise((resolve) => { done = resolve; });
  };
  return { next, close: () => { socket.close(); } };
}

const percentile = (sorted: readonly number[], p: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0).toFixed(0)} ms`;

/** From POST to a wall's socket, where every city crosses its hourly limit in one POST. */
async function latency(cities: number, rounds: number): Promise<void> {
  const room = await openRoom({ cities, stations: cities }, { speed: 1, hourly: true });
  const screen = arrivals(room, cities);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await post(room, hourBody(cities, 10 + round / 100));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const arrived = screen.next();
    await post(room, hourBody(cities, 100 + round / 100));
    if (round >= 3) all.push(...(await arrived));
    else await arrived;
  }
  all.sort((a, b) => a - b);
  console.log(`POST to a wall's socket, ${rounded(cities)} cities crossing in one POST: p50 ${percentile(all, 0.5)}, p95 ${percentile(all, 0.95)}, p99 ${percentile(all, 0.99)} (${rounds - 3} rounds)`);
  screen.close();
  await room.stop();
}

export async function measure(): Promise<void> {
  await throughput(220);
  await latency(100, 23);
  await latency(2_000, 23);
}

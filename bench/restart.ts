/** What staff wait for behind a long journal: the room after a restart, and an acknowledgement. `AIR_BENCH_FACTS` says how long. */
import path from 'node:path';
import { io } from 'socket.io-client';
import type { z } from 'zod';
import { link, textOf } from '../server/journal/chain.ts';
import { type FactRow, openToRead } from '../server/journal/schema.ts';
import { headOf, Writer } from '../server/journal/writer.ts';
import type { AlertsBody } from '../shared/api.ts';
import type { Draft, Fact, FactBody } from '../shared/fact.ts';
import { BENCH_DAY, BENCH_NOW, type BenchRoom, bodyOf, openRoom, post, told } from './room.ts';

const FACTS = Number(process.env['AIR_BENCH_FACTS'] ?? 1_000_000);
const HOUR = 3_600_000;
const NOON = Date.parse(`${BENCH_DAY}T12:00:00+08:00`);
/** Alerts at a time, and in all. */
const BATCH = 1_000;
const ALERTS = Math.ceil(FACTS / 6 / BATCH) * BATCH;
const DAYS = 100;
const FIRST = NOON - DAYS * 24 * HOUR;
const SIZE = { cities: 400, stations: 400 };
const ROUNDS = 7;

/** Six facts of an alert that came, was told of, acknowledged, dealt with and closed, in the hundred days before. */
function past(n: number): Draft[] {
  const at = Math.floor(FIRST + (n / ALERTS) * (DAYS - 1) * 24 * HOUR);
  const alert = `hour-exceeded:c${n % 100}:PM2.5:bench-${n}`;
  const about = { alert, occurrence: 1 };
  const judged = { condition: 'over', value: 90, reason: { code: 'hour-exceeded' } } as const;
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

/** Chained and written as the server does, checks and all, but by the writer itself: no thread, and large groups. */
function fill(room: BenchRoom): void {
  const file = path.join(room.data, 'journal.sqlite');
  const reader = openToRead(file);
  let head = headOf(reader);
  reader.close();
  const writer = new Writer(file);
  const row = ({ id, at, actor, body }: Draft): FactRow => {
    const fact: Fact = { seq: head.seq + 1, id, at, recorded: at, actor, air: 'silent', hash: '', ...body };
    const text = textOf(fact);
    head = { seq: fact.seq, hash: link(head.hash, text) };
    return [fact.seq, id, at, body.kind, text, head.hash];
  };
  for (let n = 0; n < ALERTS; n += BATCH) {
    const written = writer.write(Array.from({ length: BATCH }, (_, i) => past(n + i)).flat().map(row));
    if (!written.ok) throw new Error(written.reason);
    if (n % (20 * BATCH) === 0) writer.checkpoint();
  }
  writer.checkpoint();
  writer.close();
}

const snapshot = ({ url, screenToken }: BenchRoom): Promise<void> => new Promise((resolve, reject) => {
  const socket = io(url, { transports: ['websocket'], auth: { token: screenToken } });
  socket.once('snapshot', () => { socket.close(); resolve(); });
  socket.once('connect_error', reject);
});

type Started = { room: BenchRoom; ready: number; first: number };

async function restarted(folder: string, now?: string): Promise<Started> {
  const began = performance.now();
  const room = await openRoom(SIZE, { speed: 1, hourly: true, folder, ...(now === undefined ? {} : { now }) });
  const ready = performance.now() - began;
  await snapshot(room);
  return { room, ready, first: performance.now() - began };
}

const seconds = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return `best ${((sorted[0] ?? NaN) / 1000).toFixed(2)} s, median ${((sorted[Math.floor(sorted.length / 2)] ?? NaN) / 1000).toFixed(2)} s`;
};

/** Process start and all, several times; the last server goes on. */
async function restarts(folder: string, what: string): Promise<BenchRoom> {
  const rounds: Started[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    await rounds.at(-1)?.room.stop(true);
    rounds.push(await restarted(folder));
  }
  console.log(`a restart ${what}, ${ROUNDS} times: ready ${seconds(rounds.map(({ ready }) => ready))}; first snapshot ${seconds(rounds.map(({ first }) => first))}`);
  return (rounds.at(-1) as Started).room;
}

async function signIn({ url, accounts }: BenchRoom): Promise<string> {
  const { name = '', password = '' } = accounts.find(({ role }) => role === 'duty') ?? {};
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function acknowledging(room: BenchRoom): Promise<number[]> {
  await post(room, bodyOf(SIZE.cities, 120));
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

/** One alert of the middle of the journal with its history, and the list of a day. */
async function lookingUp(room: BenchRoom): Promise<void> {
  const waits: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const id = `hour-exceeded:c${(n * 797) % 100}:PM2.5:bench-${n * 797}`;
    const began = performance.now();
    const answer = await fetch(`${room.url}/api/alerts/${encodeURIComponent(id)}`, { headers: { authorization: `Bearer ${room.screenToken}` } });
    const { history } = (await answer.json()) as { history?: unknown[] };
    if (n * 797 < ALERTS && history?.length !== 6) throw new Error(`${answer.status}: ${id} has lost its history`);
    waits.push(performance.now() - began);
  }
  console.log(`an alert of long ago with its history, 200 one after the other: ${told(waits)}`);
}

/** Where in the hundred days a moment lies, and how often each is asked for. */
const MOMENTS = { early: 0.1, 'in the middle': 0.5, late: 0.98 };
const LOOKS = 5;

async function lookingBack(room: BenchRoom): Promise<void> {
  for (const [where, share] of Object.entries(MOMENTS)) {
    const waits: number[] = [];
    for (let n = 0; n < LOOKS; n += 1) {
      const at = new Date(FIRST + share * (DAYS - 1) * 24 * HOUR + n * HOUR).toISOString();
      const began = performance.now();
      const answer = await fetch(`${room.url}/api/situation?at=${at}`, { headers: { authorization: `Bearer ${room.screenToken}` } });
      const { room: then } = (await answer.json()) as { room?: { alerts: object } };
      if (Object.keys(then?.alerts ?? {}).length === 0) throw new Error(`${answer.status}: nothing of ${at}`);
      waits.push(performance.now() - began);
    }
    console.log(`the situation at a past moment, ${where}, ${LOOKS} times: ${seconds(waits)}`);
  }
}

export async function measure(): Promise<void> {
  const first = await openRoom(SIZE, { speed: 1, hourly: true, now: new Date(FIRST - HOUR).toISOString() });
  await first.stop(true);
  await (await restarts(first.folder, 'with an empty journal')).stop(true);
  const filling = performance.now();
  fill(first);
  const facts = (ALERTS * 6).toLocaleString('en');
  console.log(`${facts} facts were written in ${((performance.now() - filling) / 1000).toFixed(0)} s`);
  const old = await restarted(first.folder, BENCH_NOW);
  console.log(`the first start with them, which registers and folds them all: ready after ${(old.ready / 1000).toFixed(1)} s`);
  await old.room.stop(true);
  const room = await restarts(first.folder, `with ${facts} facts`);
  await lookingUp(room);
  await lookingBack(room);
  const waits = await acknowledging(room);
  console.log(`${waits.length} acknowledgements behind them, one after the other: ${told(waits)}`);
  await room.stop();
}

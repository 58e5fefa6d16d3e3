import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../server/clock.ts';
import { AIR_UNTIL, type SimulatedStation } from '../../server/sources/simulator/air.ts';
import { startSimulator, type Simulation, type Simulator } from '../../server/sources/simulator/simulator.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';

const start = Date.UTC(2022, 2, 8, 12);
const stations: SimulatedStation[] = Array.from({ length: 101 }, (_, i) => ({ id: `${1001 + i}A`, city: i < 12 ? 'beijing' : 'baoding', evaluates: true }));

type Sent = { station: string; pollutant: string; start: string; period: string; value: number | null; flag: string };
type Post = { at: number; packed: boolean; text: string; authorization: string | undefined; readings: Sent[] };
type Answer = { status: number; body: object; headers?: Record<string, string> };

async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of closing.splice(0)) await close(); });

/** A server that keeps what it is sent and answers what it is told to, 200 where it is told nothing. */
async function listen(now: () => number, answers: Answer[] = []) {
  const posts: Post[] = [];
  const server = createServer((req, res) => {
    void bytesOf(req).then((bytes) => {
      const packed = req.headers['content-encoding'] === 'gzip';
      const text = (packed ? gunzipSync(bytes) : bytes).toString();
      const { readings } = JSON.parse(text) as { readings: Sent[] };
      posts.push({ at: now(), packed, text, authorization: req.headers.authorization, readings });
      const { status, body, headers = {} } = answers.shift() ?? { status: 200, body: { accepted: readings.length, unchanged: 0, revised: 0, rejected: [] } };
      res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  closing.push(() => new Promise((done) => { server.closeAllConnections(); server.close(() => { done(); }); }));
  return { posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const logged = () => {
  const lines: string[] = [];
  const line = (_: object, message: string): void => { lines.push(message); };
  return { lines, log: { info: line, warn: line, error: line } };
};

function simulate(url: string, over: Partial<Simulation> & Pick<Simulation, 'clock'>): Simulator {
  const simulator = startSimulator({ url, token: 'secret', stations, from: start, until: start + 10 * MINUTE, history: null, log: logged().log, ...over });
  closing.unshift(() => simulator.stop());
  return simulator;
}
const endOf = ({ start: from, period }: Sent): number => Date.parse(from) + (period === 'PT1H' ? 60 : Number(/\d+/.exec(period)?.[0])) * MINUTE;
const minutesSent = (posts: readonly Post[]) => [...new Set(posts.flatMap((post) => post.readings).map((r) => (Date.parse(r.start) - start) / MINUTE))];

describe('the simulated stations', () => {
  test('send each minute once it is over and never ahead of the clock, each once and in order', async () => {
    const clock = simulatedClock({ start, speed: 1_200 });
    const { posts, url } = await listen(clock.now);
    const simulator = simulate(url, { clock });
    expect(await simulator.done).toEqual({ ok: true });
    expect(posts.every((post) => post.readings.every((r) => endOf(r) <= post.at))).toBe(true);
    expect(minutesSent(posts)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [first] = posts;
    expect(first?.authorization).toBe('Bearer secret');
    expect(first?.readings.find((r) => r.station === '1003A')).toEqual({
      station: '1003A', pollutant: 'PM2.5', start: '2022-03-08T12:00:00.000Z', period: 'PT1M', value: expect.closeTo(70, -2) as number, flag: 'N',
    });
    const keys = posts.flatMap((post) => post.readings).map((r) => `${r.station}|${r.pollutant}|${r.start}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(1_900);
  });

  test('send the hours before first, in bodies the server takes, compressed', async () => {
    const clock = simulatedClock({ start, speed: 1_200 });
    const { posts, url } = await listen(clock.now);
    await simulate(url, { clock, history: { from: start - 72 * HOUR, to: start }, until: start + MINUTE }).done;
    const before = posts.filter((post) => post.readings[0]?.period === 'PT1H');
    expect(posts.slice(0, before.length)).toEqual(before);
    expect(before.every((post) => post.packed && post.readings.length <= 10_000)).toBe(true);
    const hours = new Set(before.flatMap((post) => post.readings).map((r) => Date.parse(r.start)));
    expect([...hours].sort()).toEqual(Array.from({ length: 72 }, (_, i) => start - (72 - i) * HOUR));
    expect(posts.at(-1)?.packed).toBe(false);
  });

  test('send the same body again until the server has it, and wait as long as it says', async () => {
    const clock = simulatedClock({ start, speed: 60 });
    const refusal = { status: 503, body: { code: 'not-durable' }, headers: { 'retry-after': '1' } };
    const { posts, url } = await listen(clock.now, [refusal]);
    await simulate(url, { clock, until: start + MINUTE }).done;
    expect(posts).toHaveLength(2);
    expect(posts[1]?.text).toBe(posts[0]?.text);
    expect((posts[1]?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(MINUTE * 0.99);
  });

  test('catch up in few large bodies with all that a server missed while it was away', async () => {
    const clock = simulatedClock({ start: start + 3 * HOUR, speed: 60 });
    const { posts, url } = await listen(clock.now);
    await simulate(url, { clock, from: start, until: start + 3 * HOUR }).done;
    expect(minutesSent(posts)).toEqual(Array.from({ length: 180 }, (_, i) => i));
    expect(posts.length).toBeLessThanOrEqual(5);
    expect(posts.every((post) => post.readings.length <= 10_000)).toBe(true);
  });

  test('begin after a restart with the running hour, in the very words of before', async () => {
    const clock = simulatedClock({ start: start + 30 * MINUTE, speed: 1_200 });
    const { posts, url } = await listen(clock.now);
    await simulate(url, { clock, from: start, until: start + 31 * MINUTE }).done;
    expect(minutesSent(posts)).toEqual(Array.from({ length: 31 }, (_, i) => i));
    const again = await listen(clock.now);
    await simulate(again.url, { clock, from: start, until: start + 31 * MINUTE }).done;
    expect(again.posts.flatMap((post) => post.readings)).toEqual(posts.flatMap((post) => post.readings));
  });

  test('give up on a server that will not have them, and say so', async () => {
    const clock = simulatedClock({ start: start + HOUR, speed: 60 });
    const { posts, url } = await listen(clock.now, [{ status: 401, body: { code: 'no-token' } }]);
    const { lines, log } = logged();
    expect(await simulate(url, { clock, log }).done).toMatchObject({ ok: false, detail: '401 {"code":"no-token"}' });
    expect(posts).toHaveLength(1);
    expect(lines).toEqual(['the simulated stations give up: the server will not have their readings']);
  });

  test('tell once, not every minute, that readings are refused', async () => {
    const clock = simulatedClock({ start, speed: 1_200 });
    const refusal = { status: 200, body: { accepted: 0, rejected: [{ index: 0, code: 'unknown-station', detail: '1001A' }] } };
    const { posts, url } = await listen(clock.now, [refusal, refusal, refusal]);
    const { lines, log } = logged();
    await simulate(url, { clock, log, until: start + 3 * MINUTE }).done;
    expect(posts.length).toBeGreaterThan(1);
    expect(lines).toEqual(['the server refuses readings']);
  });

  test('stop at once, while they wait for a minute and while they wait for a server that is not there', async () => {
    const waiting = simulate((await listen(() => 0)).url, { clock: simulatedClock({ start, speed: 1 }) });
    await waiting.stop();
    expect(await waiting.done).toEqual({ ok: true });
    const lonely = simulate('http://127.0.0.1:9', { clock: simulatedClock({ start: start + HOUR, speed: 1 }) });
    await new Promise((done) => setTimeout(done, 100));
    const began = performance.now();
    await lonely.stop();
    expect(performance.now() - began).toBeLessThan(400);
  });

  test('send nothing for days of which there is no table', async () => {
    const clock = simulatedClock({ start: AIR_UNTIL + HOUR, speed: 1_200 });
    const { posts, url } = await listen(clock.now);
    await simulate(url, { clock, from: AIR_UNTIL, until: AIR_UNTIL + HOUR, history: { from: AIR_UNTIL, to: AIR_UNTIL + HOUR } }).done;
    expect(posts).toEqual([]);
  });

  test('send averages of another period where they are asked to', async () => {
    const clock = simulatedClock({ start: start + HOUR, speed: 60 });
    const { posts, url } = await listen(clock.now);
    await simulate(url, { clock, until: start + HOUR, every: 15 }).done;
    expect(minutesSent(posts)).toEqual([0, 15, 30, 45]);
    expect(posts[0]?.readings[0]?.period).toBe('PT15M');
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { project } from '../../server/built.ts';
import { main } from '../../server/commands/simulate.ts';

const event = path.join(project, 'config/beijing-2022');
const said: string[] = [];
const closing: (() => void)[] = [];
beforeEach(() => {
  said.length = 0;
  vi.stubEnv('AIR_LOG', 'silent');
  vi.spyOn(console, 'error').mockImplementation((text: string) => { said.push(text); });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) close();
});

type Sent = { station: string; start: string; period: string };

/** A server that tells an event time, or none, and takes readings. */
async function listen(at: string | null, status = 200) {
  const readings: Sent[] = [];
  const server = createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('end', () => {
      if (req.method === 'POST') readings.push(...(JSON.parse(text) as { readings: Sent[] }).readings);
      res.writeHead(req.method === 'POST' ? status : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, ...(at === null ? {} : { at }), rejected: [] }));
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  closing.push(() => { server.closeAllConnections(); server.close(); });
  return { readings, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('the days before are sent first, as hours, so that a wall has its day and its curve', async () => {
  const { readings, url } = await listen('2022-03-16T23:20:00+08:00');
  expect(await main(['--event', event, '--to', url, '--token', 'T', '--stations', '2', '--speed', '1500', '--history', 'PT3H'])).toBe(0);
  expect(new Set(readings.filter((r) => r.period === 'PT1H').map((r) => r.start))).toEqual(new Set(
    ['12:00', '13:00', '14:00'].map((time) => `2022-03-16T${time}:00.000Z`)));
});

test('fake stations of an event fill a server from a process of their own, at the time it tells, until the event is over', async () => {
  const { readings, url } = await listen('2022-03-16T23:20:00+08:00');
  expect(await main(['--event', event, '--to', url, '--token', 'T', '--stations', '4', '--every', 'PT20M', '--speed', '1500', '--history', 'PT0H'])).toBe(0);
  expect(new Set(readings.map((r) => `${r.start} ${r.period}`))).toEqual(new Set(
    ['15:00', '15:20', '15:40'].map((time) => `2022-03-16T${time}:00.000Z PT20M`)));
  expect(new Set(readings.map((r) => r.station)).size).toBe(4);
});

test('a server that does not tell its event time is told one', async () => {
  const { readings, url } = await listen(null);
  const args = ['--event', event, '--to', url, '--token', 'T', '--stations', '2', '--speed', '600'];
  expect(await main(args)).toBe(2);
  expect(said.join('\n')).toContain(`no event time from ${url}`);
  expect(await main([...args, '--now', '2022-03-16T23:40:00+08:00'])).toBe(0);
  expect(readings.map((r) => `${r.start} ${r.period}`)).toContain('2022-03-16T15:59:00.000Z PT1M');
});

test('a token that the server does not know ends the command with 1', async () => {
  const { url } = await listen('2022-03-16T23:59:00+08:00', 401);
  expect(await main(['--event', event, '--to', url, '--token', 'T', '--stations', '2', '--speed', '1500'])).toBe(1);
});

test.each([
  [['--to', 'http://127.0.0.1:1', '--data', path.join(event, 'none')], '--token is needed: there is no'],
  [['--event', event, '--token', 'T'], '--to is needed'],
  [['--event', event, '--to', 'localhost', '--token', 'T'], '--to expected addresses such as http://127.0.0.1:8080, hj212://127.0.0.1:9212 or mqtt://127.0.0.1:1883, not localhost'],
  [['--event', event, '--to', 'http://127.0.0.1:1', '--token', 'T', '--every', 'PT7M'], '--every expected minutes that divide the hour'],
  [['--event', event, '--to', 'http://127.0.0.1:1', '--token', 'T', '--now', 'soon'], '--now expected an instant'],
  [['--event', path.join(event, 'none'), '--to', 'http://127.0.0.1:1', '--token', 'T'], 'is no folder'],
])('what is wrong with an option is told, and nothing is sent: %j', async (args, message) => {
  expect(await main(args)).toBe(2);
  expect(said.join('\n')).toContain(message);
});

/** Readings a second over each way in, into SQLite: `npm run bench -- ways`. The senders share the machine with the server. */
import { execFileSync } from 'node:child_process';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import mqtt from 'mqtt';
import { project } from '../server/built.ts';
import { frameOf, stamp } from '../shared/hj212/frame.ts';
import { civilOf, MINUTE, parseInstant } from '../shared/time.ts';
import { BENCH_NOW, type BenchRoom, openRoom } from './room.ts';

const civil = civilOf('Asia/Shanghai');
const NOW = Math.floor((parseInstant(BENCH_NOW) ?? 0) / MINUTE) * MINUTE;
const STATIONS = 1_000;
const CODES = ['a34004', 'a34002', 'a21026', 'a21004', 'a05024', 'a21005'] as const;
const NAMES = ['PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO'] as const;
const SECONDS = 10;
const rounded = (n: number): string => Math.round(n).toLocaleString('en');
const value = (station: number, n: number): string => (20 + ((station * 7 + n) % 400) / 10).toFixed(1);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

const tokenFor = (room: BenchRoom, source: string): string =>
  /qks_[\w-]+/.exec(execFileSync(process.execPath, [path.join(project, 'server/boot.mjs'), 'token', 'add', '--source', source, '--data', room.data, '--event', room.event]).toString())?.[0] ?? '';

/** Goes on for some seconds; `round` sends the n-th minute of everybody and resolves with how many readings were confirmed. */
async function during(name: string, round: (minute: number) => Promise<number>): Promise<void> {
  await round(0);
  const started = performance.now();
  let [minute, readings] = [1, 0];
  for (; performance.now() - started < SECONDS * 1000; minute += 1) readings += await round(minute);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name}: ${rounded(readings / seconds)} readings/s (${rounded(readings)} in ${seconds.toFixed(1)} s)`);
}

const startOf = (minute: number): number => NOW - (1_400 - (minute % 1_400)) * MINUTE;

/** A device's line: frames out, and a count of the answers. */
function line(port: number): { socket: Socket; answers: (count: number) => Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  let [seen, wanted] = [0, Infinity];
  let done: () => void = () => undefined;
  socket.on('data', (bytes) => {
    for (const byte of bytes) if (byte === 0x0a) seen += 1;
    if (seen >= wanted) done();
  });
  return { socket, answers: (count) => new Promise((resolve) => { [seen, wanted, done] = [seen - Math.max(0, wanted === Infinity ? 0 : wanted), count, resolve]; if (seen >= wanted) resolve(); }) };
}

async function hj212(room: BenchRoom): Promise<void> {
  const lines = Array.from({ length: STATIONS }, () => line(room.hj212Port));
  await during(`HJ 212, ${rounded(STATIONS)} connections, a frame of six pollutants each`, async (minute) => {
    const time = stamp(civil, startOf(minute));
    await Promise.all(lines.map(({ socket, answers }, s) => {
      const area = CODES.map((code, i) => `${code}-Avg=${value(s, minute + i)},${code}-Flag=N`).join(';');
      const answered = answers(1);
      socket.write(frameOf(`QN=${time}001;ST=22;CN=2051;PW=123456;MN=S${s};Flag=5;CP=&&DataTime=${time};${area}&&`));
      return answered;
    }));
    return STATIONS * CODES.length;
  });
  for (const { socket } of lines) socket.destroy();
}

async function lineProtocol(room: BenchRoom, token: string): Promise<void> {
  const post = async (from: number, minute: number): Promise<void> => {
    const body = Array.from({ length: STATIONS / 4 }, (_, i) => `air,station=S${from + i} ${NAMES.map((name, n) => `${name}=${value(from + i, minute + n)}`).join(',')} ${startOf(minute) / 1000}`).join('\n');
    const { status } = await fetch(`${room.url}/api/v2/write?precision=s`, { method: 'POST', body, headers: { authorization: `Token ${token}` } });
    if (status !== 204) throw new Error(String(status));
  };
  await during('line protocol, four bodies of 250 lines of six fields at once', async (minute) => {
    await Promise.all([0, 1, 2, 3].map((quarter) => post((quarter * STATIONS) / 4, minute)));
    return STATIONS * NAMES.length;
  });
}

async function messages(port: number, token: string): Promise<void> {
  const clients = await Promise.all(Array.from({ length: 50 }, () => mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'bench', password: token })));
  await during('MQTT, 50 clients of the room\'s own broker, QoS 1, six pollutants a message', async (minute) => {
    const start = new Date(startOf(minute)).toISOString();
    await Promise.all(clients.map(async (client, c) => {
      for (let s = c; s < STATIONS; s += clients.length) await client.publishAsync(`air/S${s}`, JSON.stringify({ start, period: 'PT1M', ...Object.fromEntries(NAMES.map((name, n) => [name, Number(value(s, minute + n))])) }), { qos: 1 });
    }));
    return STATIONS * NAMES.length;
  });
  await Promise.all(clients.map((client) => client.endAsync()));
}

const SOURCES = `sources:
  - { id: towers, kind: hj212, interval: PT1M, units: ambient, passwordEnv: HJ212_PASSWORD, history: PT0M }
  - { id: lines, kind: line-protocol, interval: PT1M }
  - { id: sensors, kind: mqtt, interval: PT1M, topic: "air/{station}" }
`;

/** Each in a room of its own, so that none finds the others' readings there. */
export async function measure(): Promise<void> {
  process.env['HJ212_PASSWORD'] = '123456';
  const ways = [(room: BenchRoom) => hj212(room), (room: BenchRoom) => lineProtocol(room, tokenFor(room, 'lines')), (room: BenchRoom, port: number) => messages(port, tokenFor(room, 'sensors'))];
  for (const way of ways) {
    const [hj212Port, mqttPort] = [await freePort(), await freePort()];
    const room = await openRoom({ cities: 20, stations: STATIONS }, { speed: 1, hourly: false, sources: SOURCES, args: ['--hj212-port', String(hj212Port), '--mqtt-port', String(mqttPort)] });
    await way(room, mqttPort);
    await room.stop();
  }
}

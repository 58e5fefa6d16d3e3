/** A real server for a measurement: an event of made-up cities, a data folder of its own, a child process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { project } from '../server/built.ts';

export type BenchRoom = {
  url: string; pid: number; sourceToken: string; screenToken: string; hj212Port: number; event: string; data: string; folder: string; accounts: { name: string; role: string; password: string }[]
  /** Ends it, and its folder with it unless it is to be kept. */
  stop: (keep?: boolean) => Promise<void>
};
export type Size = { cities: number; stations: number };
export type Asked = { hourly: boolean; period?: { from: string; to: string } };

export const BENCH_DAY = '2022-02-04';
/** When the measurement's event time begins. */
export const BENCH_NOW = `${BENCH_DAY}T12:05:00+08:00`;

const eventOf = ({ from, to }: { from: string; to: string }): string => `id: bench
name: { zh: 测量, en: Measurement }
timezone: Asia/Shanghai
standard: cn-2012
period: { from: ${from}, to: ${to} }
limits:
  - { id: day, pollutant: PM2.5, average: day, max: 75, basis: { zh: 测量, en: measurement } }
`;
const HOURLY = '  - { id: hour, pollutant: PM2.5, average: hour, max: 75, basis: { zh: 测量, en: measurement } }\n';

/** Writes an event folder; station S0, S1 … lie in cities c0, c1 … by turns. */
export function writeEvent(dir: string, { cities, stations }: Size, { hourly, period = { from: '2022-02-01', to: '2022-02-28' } }: Asked): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'event.yaml'), eventOf(period) + (hourly ? HOURLY : ''));
  const areas = Array.from({ length: cities }, (_, i) => `  - { id: c${i}, name: { zh: 城${i}, en: City ${i} }, kind: city }`);
  writeFileSync(path.join(dir, 'network.yaml'), `areas:\n${areas.join('\n')}\n`);
  const rows = Array.from({ length: stations }, (_, i) => `S${i},站${i},c${i % cities},${115 + (i % 100) / 50},${39 + Math.floor(i / 100) / 100},national,true,,,`);
  writeFileSync(path.join(dir, 'stations.csv'), `id,name,area,longitude,latitude,kind,evaluates,aliases,validFrom,validTo\n${rows.join('\n')}\n`);
}

const readyLine = (child: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  let out = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    out += bytes.toString();
    const found = /QINGKONG READY (\{.*\})/.exec(out);
    if (found?.[1] !== undefined) resolve(found[1]);
  });
  child.once('exit', (code) => { reject(new Error(`the server ended with code ${code ?? 'none'}`)); });
});

/** `sources`: what stands in sources.yaml; `args`: further options of the start. */
/** `folder`: of a room that was stopped and kept; `now`: when its event time begins, or goes on; `duty`: what stands in duty.yaml. */
export type RoomAsked = { speed: number; hourly: boolean; sources?: string; duty?: string; folder?: string; now?: string; args?: readonly string[] };

/** Starts a server with nobody sending, at `speed` event seconds in a second. */
export async function openRoom(size: Size, { speed, hourly, sources, duty, folder: kept, now = kept === undefined ? BENCH_NOW : undefined, args: more = [] }: RoomAsked): Promise<BenchRoom> {
  const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'qingkong-bench-'));
  const event = path.join(folder, 'event');
  const data = path.join(folder, 'data');
  if (kept === undefined) writeEvent(event, size, { hourly });
  if (duty !== undefined) writeFileSync(path.join(event, 'duty.yaml'), duty);
  if (sources !== undefined) writeFileSync(path.join(event, 'sources.yaml'), sources);
  const args = ['start', '--event', event, '--air', 'silent', ...(now === undefined ? [] : ['--now', now]), '--speed', String(speed), '--port', '0', '--data', data, ...more];
  const child = spawn(process.execPath, [path.join(project, 'server/boot.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, AIR_LOG: 'warn' } });
  const { url, hj212Port } = JSON.parse(await readyLine(child)) as { url: string; hj212Port: number };
  const { sourceToken, screenToken, accounts } = JSON.parse(readFileSync(path.join(data, 'first-start.json'), 'utf8')) as Pick<BenchRoom, 'sourceToken' | 'screenToken' | 'accounts'>;
  const stop = async (keep = false): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  return { url, pid: child.pid ?? 0, sourceToken, screenToken, hj212Port, event, data, folder, accounts, stop };
}

/** Processor that a process has used, all its threads, in ms (Linux; elsewhere not a number): what it costs, however busy the machine is. */
export function processorOf({ pid }: BenchRoom): number {
  try {
    const [user = NaN, system = NaN] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? [];
    // A hundred ticks a second.
    return (user + system) * 10;
  } catch {
    return NaN;
  }
}

/** One hour of every city's station, as a body. */
export const bodyOf = (cities: number, value: number): string => JSON.stringify({ readings: Array.from({ length: cities }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: `${BENCH_DAY}T11:00:00+08:00`, period: 'PT1H', value })) });

/** Sends one body of readings; throws where it was not taken whole. */
export async function post({ url, sourceToken }: BenchRoom, body: string): Promise<void> {
  const answer = await fetch(`${url}/api/readings`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${sourceToken}` }, body });
  const receipt = (await answer.json()) as { rejected?: unknown[] };
  if (answer.status !== 200 || receipt.rejected?.length !== 0) throw new Error(`${answer.status} ${JSON.stringify(receipt).slice(0, 300)}`);
}

const percentile = (values: readonly number[], p: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? NaN;
/** Milliseconds, in words. */
export const told = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms`;

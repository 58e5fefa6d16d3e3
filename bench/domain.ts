/**
 * The domain, measured in this process: `npm run bench -- domain`. Recorded hours from a file to a summary, step by step as
 * `npm run report` takes them; and what one reading costs in networks of two sizes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadEvent, type Config } from '../server/config.ts';
import { playedHouse } from '../server/commands/report.ts';
import { rulesOf, setupOf } from '../server/engine.ts';
import { record } from '../server/main/replay.ts';
import { summarise } from '../server/main/summary.ts';
import { AlertBook } from '../shared/book.ts';
import type { Bench } from '../shared/judge.ts';
import { Ledger } from '../shared/ledger.ts';
import type { Reading } from '../shared/reading.ts';
import { addDays, HOUR } from '../shared/time.ts';
import { average, judge } from '../shared/turn.ts';
import { type Size, writeEvent } from './room.ts';

const FROM = '2022-01-01';
const T0 = Date.parse(`${FROM}T00:00:00+08:00`);
const rounded = (n: number): string => Math.round(n).toLocaleString('en');

/** Air with days, episodes and noise, from whole numbers alone, the same each time; every two-hundredth hour is missing. */
function valueOf(station: number, hour: number): string {
  const noise = (station * 7_919 + hour * 104_729 + ((station * hour) % 977) * 31) % 1_000;
  if (noise < 5) return '';
  const level = 45 + 35 * Math.sin(hour / 29) + 12 * Math.sin(((hour % 24) * Math.PI) / 12) + (station % 17) - 8 + noise / 60;
  return Math.max(1, level).toFixed(1);
}

function writeHours(file: string, stations: number, hours: number): void {
  const rows = ['station,pollutant,start,period,value,flag'];
  for (let hour = 0; hour < hours; hour += 1) {
    const start = new Date(T0 + hour * HOUR).toISOString();
    for (let i = 0; i < stations; i += 1) rows.push(`S${i},PM2.5,${start},PT1H,${valueOf(i, hour)},`);
  }
  writeFileSync(file, `${rows.join('\n')}\n`);
}

async function configOf(dir: string, size: Size, days: number): Promise<Config> {
  writeEvent(dir, size, { hourly: true, period: { from: FROM, to: addDays(FROM, days - 1) } });
  const loaded = await loadEvent(dir);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems.slice(0, 3)));
  return loaded.config;
}

/** How long something took, on the wall and on the processor. */
async function timed<T>(work: () => Promise<T> | T): Promise<{ made: T; seconds: number; cpu: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const made = await work();
  const { user, system } = process.cpuUsage(before);
  return { made, seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

/** Some 400,000 hours from a file: read, then averaged, judged and kept in memory, then summed up. */
async function fromFile(size: Size, days: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-bench-'));
  const config = await configOf(path.join(folder, 'event'), size, days);
  const file = path.join(folder, 'hours.csv');
  writeHours(file, size.stations, days * 24);
  for (let round = 1; round <= 3; round += 1) {
    const read = await timed(() => record(config, { files: [file], layout: 'canonical' }));
    if (!read.made.ok) throw new Error(read.made.lines.join('\n'));
    const { recording } = read.made;
    const played = await timed(() => playedHouse(config, recording));
    const summed = await timed(() => summarise(played.made, { from: null, to: null }));
    const all = [read, played, summed];
    console.log(`${rounded(size.stations * days * 24)} hours of ${size.stations} stations in ${size.cities} ${size.cities === 1 ? 'city' : 'cities'}, round ${round}: ${all.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(2)} s `
      + `(read ${read.seconds.toFixed(2)}, averaged and judged ${played.seconds.toFixed(2)}, summed up ${summed.seconds.toFixed(2)}; processor ${all.reduce((sum, { cpu }) => sum + cpu, 0).toFixed(2)} s)`);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Microseconds of a reading that comes alone, averaged and judged, in a network that has run for some hours. */
async function alone(size: Size): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-bench-'));
  const config = await configOf(folder, size, 28);
  const bench: Bench = { ledger: new Ledger(setupOf(config, 'silent'), T0), calendar: config.calendar, rules: rulesOf(config), marks: [] };
  const none = new AlertBook();
  const hourOf = (i: number, hour: number): Reading => ({ station: `S${i}`, pollutant: 'PM2.5', start: T0 + hour * HOUR, minutes: 60, value: 20_000_000 + ((i * 37 + hour * 11) % 400) * 50_000, flag: '' });
  const by = (hour: number) => ({ at: T0 + (hour + 1) * HOUR, source: 'bench' });
  for (let hour = 0; hour < 12; hour += 1) judge(bench, none, { moved: average(bench, Array.from({ length: size.stations }, (_, i) => hourOf(i, hour)), by(hour)), now: by(hour).at });
  const count = 5_000;
  const { cpu } = await timed(() => {
    for (let n = 0; n < count; n += 1) {
      const hour = 12 + Math.floor(n / 10);
      judge(bench, none, { moved: average(bench, [hourOf(n % 10, hour)], by(hour)), now: by(hour).at });
    }
  });
  console.log(`one reading in a network of ${rounded(size.stations)} stations in ${size.cities} cities: ${((cpu / count) * 1e6).toFixed(0)} µs of processor, averaged and judged`);
  rmSync(folder, { recursive: true, force: true });
}

export async function measure(): Promise<void> {
  await fromFile({ cities: 1, stations: 40 }, 417);
  await fromFile({ cities: 20, stations: 200 }, 84);
  for (const size of [{ cities: 2, stations: 10 }, { cities: 2_000, stations: 10_000 }]) await alone(size);
}

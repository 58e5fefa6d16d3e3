import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { loadEvent, printed, type Config } from '../../server/config.ts';

/** A small event folder that is right in every way; tests break it in one place. */
export const good: Record<string, string> = {
  'event.yaml': `id: fair
name: { zh: 博览会, en: Fair }
timezone: Asia/Shanghai
standard: cn-2012
period: { from: 2022-01-20, to: 2022-02-10 }
phases:
  - { id: before, name: { zh: 前, en: before }, from: 2022-01-20, to: 2022-01-31 }
  - { id: show, name: { zh: 展, en: show }, from: 2022-02-01, to: 2022-02-10 }
keyDates:
  - { id: opening, name: { zh: 开幕, en: opening }, kind: ceremony, date: 2022-02-04, from: "20:00", to: "22:30" }
  - { id: eve, name: { zh: 除夕, en: eve }, kind: fireworks, lunar: { day: new-year-eve }, from: "18:00", to: "+1 06:00" }
limits:
  - { id: day, pollutant: PM2.5, average: day, max: 75, on: { phases: [show] }, basis: { zh: 例, en: example }, assumed: true }
  - { id: hour, pollutant: PM2.5, average: hour, max: 75, on: { keyDates: [opening] }, basis: { zh: 例, en: example } }
`,
  'network.yaml': `areas:
  - { id: beijing, name: { zh: 北京市, en: Beijing }, kind: city, role: host, adcode: "110000" }
  - { id: baoding, name: { zh: 保定市, en: Baoding }, kind: city }
  - { id: dongcheng, name: { zh: 东城区, en: Dongcheng }, kind: district, parent: beijing }
  - { id: wild, name: { zh: 野外, en: Wild }, kind: zone }
`,
  'stations.csv': `id,name,area,longitude,latitude,kind,evaluates,aliases,validFrom,validTo
1003A,东四,dongcheng,116.434,39.9522,national,true,Dongsi|DS,,
1051A,游泳馆,baoding,115.493,38.8632,national,true,Youyongguan,,
M1,微站,wild,115.4,38.8,micro,false,,2022-01-01,2022-12-31
`,
  'rules.yaml': 'settle: PT5M\nseverity:\n  silent: warning\n',
  'plan.yaml': `ladders:
  - id: support
    name: { zh: 保障, en: support }
    levels:
      - { id: II, name: { zh: 二级, en: two }, colour: orange }
      - { id: I, name: { zh: 一级, en: one }, colour: red }
measures:
  - { id: trucks, name: { zh: 停运, en: trucks }, family: mobile, levels: [II, I], lead: { zh: 交管, en: police }, within: PT2H, what: { zh: 停, en: stop } }
`,
  'sources.yaml': 'sources:\n  - { id: gateway, kind: http, stations: [1003A, 1051A], interval: PT5M }\n',
};

const made: string[] = [];
afterAll(async () => { await Promise.all(made.map((dir) => rm(dir, { recursive: true, force: true }))); });

/** Writes an event folder; `null` leaves a file out. */
export async function folder(files: Record<string, string | Uint8Array | null>): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'event-'));
  made.push(home);
  const dir = path.join(home, 'fair');
  await mkdir(dir);
  for (const [name, content] of Object.entries({ ...good, ...files })) if (content !== null) await writeFile(path.join(dir, name), content);
  return dir;
}

/** A change of one file: the first `from` in it becomes `to`. */
export function changed(file: string, from: string, to: string): Record<string, string> {
  const text = good[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { [file]: text.replace(from, to) };
}

/** The problems of a folder as `check-config` prints them. */
export async function problemsOf(files: Record<string, string | Uint8Array | null>): Promise<string[]> {
  const loaded = await loadEvent(await folder(files));
  return loaded.ok ? [] : loaded.problems.map(printed);
}

/** The configuration of a folder that must be right. */
export async function configOf(files: Record<string, string | null> = {}): Promise<Config> {
  const loaded = await loadEvent(await folder(files));
  if (!loaded.ok) throw new Error(loaded.problems.map(printed).join('\n'));
  return loaded.config;
}

/** The compliance summary from files, without a server: played through the same path, with stores that forget. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { replayClock } from '../clock.ts';
import { loadEvent, printed, type Config } from '../config.ts';
import { memoryJournal } from '../journal/memory.ts';
import { begin, type House, NOBODY, openHouse } from '../main/house.ts';
import { leftOut, play, record, type Recording } from '../main/replay.ts';
import { reportPage, summarise } from '../main/summary.ts';
import { dayNamed, fileThere, folderThere, type OptionSpec, type OptionValues, parseOptions, refusal, tell } from '../options.ts';
import { forgetfulReadings } from '../readings/forgetful.ts';
import { summaryJson } from '../reports/json.ts';
import { layoutIds } from '../layouts/recorded.ts';

/** What is wrong with a file to write, before the work rather than after it. */
function writable(file: string): string | null {
  const folder = path.dirname(path.resolve(file));
  const wrong = folderThere(folder);
  if (wrong !== null) return `cannot be written: ${wrong}`;
  if (existsSync(file) && statSync(file).isDirectory()) return `"${file}" is a folder; expected a file`;
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
    return null;
  } catch {
    return `"${file}" may not be written`;
  }
}

const SPEC = {
  usage: 'npm run report -- --event DIR --readings FILE… [options]',
  options: {
    event: { kind: 'text', shows: 'DIR', help: 'the event folder', required: true, env: 'AIR_EVENT', check: folderThere },
    readings: { kind: 'list', shows: 'FILE', help: 'recorded readings; .gz as they are', check: fileThere },
    layout: { kind: 'choice', values: layoutIds, help: 'how the files are laid out', default: 'canonical' },
    from: { kind: 'text', shows: 'DATE', help: "first civil day (default: the event's)", check: dayNamed },
    to: { kind: 'text', shows: 'DATE', help: "last civil day (default: the event's)", check: dayNamed },
    format: { kind: 'choice', values: ['json', 'html'], help: 'what to write', default: 'json' },
    out: { kind: 'text', shows: 'FILE', help: 'where to (default: standard output)', check: writable },
  },
} as const satisfies OptionSpec;
type Options = OptionValues<typeof SPEC>;

const fail = (lines: readonly string[], code: number): number => {
  process.stderr.write(`${lines.join('\n')}\n`);
  return code;
};

/** A house that forgets, with a recording played through it to the end. */
export async function playedHouse(config: Config, recording: Recording): Promise<House> {
  const clock = replayClock(config.calendar.start, Infinity);
  const house = await openHouse({ config, air: 'replay', clock, store: forgetfulReadings(), journal: memoryJournal(), machine: () => 0 });
  await play(house, begin(house, NOBODY), { recording, done: null });
  return house;
}

/** What is wrong with the days asked for, before the event is known. */
function outOfOrder({ readings, from, to }: Options): string | null {
  if (readings.length === 0) return '--readings needs at least one file';
  return from !== undefined && to !== undefined && from > to ? `--from ${from} is after --to ${to}` : null;
}

/** What is wrong with the days asked for of this event: a summary of none of its days would say nothing. */
function outside({ event: { period } }: Config, { from, to }: Options): string | null {
  const told = `the event's period ${period.from} to ${period.to}`;
  if (from !== undefined && from > period.to) return `--from ${from} is after ${told}`;
  return to !== undefined && to < period.from ? `--to ${to} is before ${told}` : null;
}

export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { options } = parsed;
  const wrong = outOfOrder(options);
  if (wrong !== null) return tell(refusal(SPEC, wrong), console);
  const loaded = await loadEvent(options.event);
  if (!loaded.ok) return fail(loaded.problems.map(printed), 1);
  const strange = outside(loaded.config, options);
  if (strange !== null) return tell(refusal(SPEC, strange), console);
  return await report(loaded.config, options);
}

async function report(config: Config, { readings, layout, from, to, format, out }: Options): Promise<number> {
  const recorded = await record(config, { files: readings, layout });
  if (!recorded.ok) return fail(recorded.lines, 1);
  const house = await playedHouse(config, recorded.recording);
  const left = leftOut(recorded.recording);
  if (left.length > 0) fail(left, 0);
  const range = { from: from ?? null, to: to ?? null };
  const summary = await summarise(house, range);
  const { readings: expected, missing } = summary.data;
  if (expected > 0 && missing === expected) fail([`no reading of the files counts from ${summary.from} to ${summary.to}: every station-hour is missing`], 0);
  return await write(format === 'html' ? reportPage(house, summary) : summaryJson(summary), out);
}

/** 0, or 2 with a sentence where the file cannot be written after all. */
async function write(text: string, out: string | undefined): Promise<number> {
  try {
    if (out !== undefined) await writeFile(out, text);
    else await new Promise<void>((resolve, reject) => { process.stdout.write(text, (error) => { if (error) reject(error); else resolve(); }); });
    return 0;
  } catch (error) {
    return fail([`${out ?? 'standard output'} cannot be written: ${error instanceof Error ? error.message : String(error)}`], 2);
  }
}

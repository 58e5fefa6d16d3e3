/** The compliance summary from files, without a server: played through the same path, with stores that forget. */
import { writeFile } from 'node:fs/promises';
import { CivilDay } from '../../shared/event.ts';
import { replayClock } from '../clock.ts';
import { loadEvent, printed, type Config } from '../config.ts';
import { memoryJournal } from '../journal/memory.ts';
import { begin, type House, NOBODY, openHouse } from '../main/house.ts';
import { leftOut, play, record, type Recording } from '../main/replay.ts';
import { reportPage, summarise } from '../main/summary.ts';
import { type OptionSpec, parseOptions } from '../options.ts';
import { memoryReadings } from '../readings/memory.ts';

import { summaryJson } from '../reports/json.ts';
import { layoutIds } from '../sources/replay/recorded.ts';

const day = (text: string): string | null => (CivilDay.safeParse(text).success ? null : `"${text}" is no date such as 2014-11-01`);
const SPEC = {
  usage: 'npm run report -- --event DIR --readings FILE… [options]',
  options: {
    event: { kind: 'text', shows: 'DIR', help: 'the event folder', required: true, env: 'AIR_EVENT' },
    readings: { kind: 'list', shows: 'FILE', help: 'recorded readings; .gz as they are' },
    layout: { kind: 'choice', values: layoutIds, help: 'how the files are laid out', default: 'canonical' },
    from: { kind: 'text', shows: 'DATE', help: "first civil day (default: the event's)", check: day },
    to: { kind: 'text', shows: 'DATE', help: "last civil day (default: the event's)", check: day },
    format: { kind: 'choice', values: ['json', 'html'], help: 'what to write', default: 'json' },
    out: { kind: 'text', shows: 'FILE', help: 'where to (default: standard output)' },
  },
} as const satisfies OptionSpec;

const fail = (lines: readonly string[], code: number): number => {
  process.stderr.write(`${lines.join('\n')}\n`);
  return code;
};

/** A house that forgets, with a recording played through it to the end. */
export async function playedHouse(config: Config, recording: Recording): Promise<House> {
  const clock = replayClock(config.calendar.start, Infinity);
  const house = await openHouse({ config, air: 'replay', clock, store: memoryReadings(), journal: memoryJournal(), machine: () => 0 });
  await play(house, begin(house, NOBODY), { recording, done: null });
  return house;
}

export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return fail([parsed.message], 2);
  const { event, readings, layout, from, to, format, out } = parsed.options;
  if (readings.length === 0) return fail(['--readings needs at least one file'], 2);
  if (from !== undefined && to !== undefined && from > to) return fail([`--from ${from} is after --to ${to}`], 2);
  const loaded = await loadEvent(event);
  if (!loaded.ok) return fail(loaded.problems.map(printed), 1);
  const recorded = await record(loaded.config, { files: readings, layout });
  if (!recorded.ok) return fail(recorded.lines, 1);
  const house = await playedHouse(loaded.config, recorded.recording);
  const left = leftOut(recorded.recording);
  if (left.length > 0) fail(left, 0);
  const range = { from: from ?? null, to: to ?? null };
  const summary = summarise(house, range);
  await write(format === 'html' ? reportPage(house, summary) : summaryJson(summary), out);
  return 0;
}

async function write(text: string, out: string | undefined): Promise<void> {
  if (out !== undefined) await writeFile(out, text);
  else await new Promise<void>((resolve, reject) => { process.stdout.write(text, (error) => { if (error) reject(error); else resolve(); }); });
}

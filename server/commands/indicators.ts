/** A year's indicators from files, without a server: to date, against the city's targets, beside the year before. */
import { loadEvent, printed, type Config } from '../config.ts';
import { indicatorReport, yearToDate } from '../main/indicators.ts';
import { leftOut, record } from '../main/replay.ts';
import { dayNamed, fileThere, folderThere, type OptionSpec, type OptionValues, parseOptions, refusal, tell } from '../options.ts';
import { indicatorText } from '../reports/indicators.ts';
import { layoutIds } from '../layouts/recorded.ts';

const SPEC = {
  usage: 'npm run indicators -- --event DIR --readings FILE… [options]',
  options: {
    event: { kind: 'text', shows: 'DIR', help: 'the event folder: stations, standard, targets', required: true, env: 'AIR_EVENT', check: folderThere },
    readings: { kind: 'list', shows: 'FILE', help: 'recorded readings, also of the year before; .gz as they are', check: fileThere },
    layout: { kind: 'choice', values: layoutIds, help: 'how the files are laid out', default: 'canonical' },
    from: { kind: 'text', shows: 'DATE', help: 'first civil day (default: the first of the year of the last)', check: dayNamed },
    to: { kind: 'text', shows: 'DATE', help: 'last civil day (default: the last one in the files)', check: dayNamed },
    format: { kind: 'choice', values: ['text', 'json'], help: 'text is in Chinese, then in English', default: 'text' },
  },
} as const satisfies OptionSpec;
type Options = OptionValues<typeof SPEC>;

const said = (lines: readonly string[]): void => { process.stderr.write(lines.map((line) => `${line}\n`).join('')); };

/** A year and a day more: longer is asked for in pieces. */
const LONGEST = 366 * 24 * 60 * 60 * 1000;

/** What is wrong with the days asked for, or null. */
function wrongDays({ from, to }: Pick<Options, 'from' | 'to'>): string | null {
  if (from === undefined || to === undefined) return null;
  if (from > to) return `--from ${from} is after --to ${to}`;
  return Date.parse(to) - Date.parse(from) > LONGEST ? `--from ${from} to ${to} is more than a year; ask for a year at a time` : null;
}

/** 0; 1: the event or the files are wrong; 2: a wrong option. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { options } = parsed;
  const wrong = options.readings.length === 0 ? '--readings needs at least one file' : wrongDays(options);
  if (wrong !== null) return tell(refusal(SPEC, wrong), console);
  const loaded = await loadEvent(options.event);
  if (!loaded.ok) { said(loaded.problems.map(printed)); return 1; }
  return await print(loaded.config, options);
}

async function print(config: Config, { readings: files, layout, from, to, format }: Options): Promise<number> {
  const recorded = await record(config, { files, layout });
  if (!recorded.ok) { said(recorded.lines); return 1; }
  said(leftOut(recorded.recording));
  const { readings } = recorded.recording;
  const known = yearToDate(config, readings);
  if (known === null) { said(['the files hold no reading of a station of this event']); return 1; }
  const last = to ?? known.to;
  const range = { from: from ?? `${last.slice(0, 4)}-01-01`, to: last };
  const wrong = wrongDays(range);
  if (wrong !== null) return tell(refusal(SPEC, wrong), console);
  const report = indicatorReport(config, readings, range);
  const name = (id: string) => config.areaById(id)?.name ?? { zh: id, en: id };
  process.stdout.write(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : indicatorText(report, { event: config.event.name, area: name }));
  return 0;
}

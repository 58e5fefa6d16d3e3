/** `npm run calendar -- --event DIR`: the whole period as a table, a row a civil day, with what holds and why. */
import { loadEvent, printed, type Config } from '../config.ts';
import { calendarCsv, calendarOfEvent, calendarText } from '../main/calendar.ts';
import { folderThere, parseOptions, tell } from '../options.ts';

const FORMATS = ['text', 'json', 'csv'] as const;
const spec = {
  usage: 'npm run calendar -- --event DIR [--format text|json|csv]',
  options: {
    event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', required: true, check: folderThere, help: 'the event folder' },
    format: { kind: 'choice', values: FORMATS, default: 'text', help: 'what to write' },
  },
} as const;

function written(config: Config, format: (typeof FORMATS)[number]): string {
  const body = calendarOfEvent(config, null);
  if (format === 'json') return `${JSON.stringify(body, null, 2)}\n`;
  return format === 'csv' ? calendarCsv(body) : calendarText(config, body);
}

/** 0: written to standard output; 1: the folder is wrong; 2: a wrong option. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(spec, args);
  if (!parsed.ok) return tell(parsed, console);
  const loaded = await loadEvent(parsed.options.event);
  if (!loaded.ok) {
    for (const problem of loaded.problems) console.error(printed(problem));
    return 1;
  }
  const text = written(loaded.config, parsed.options.format);
  await new Promise<void>((resolve, reject) => { process.stdout.write(text, (error) => { if (error) reject(error); else resolve(); }); });
  return 0;
}

/** `npm run check-config -- --event DIR`: every problem of an event folder at once, or what it says in one screenful. */
import { loadEvent, outline, printed } from '../config.ts';
import { folderThere, parseOptions, tell } from '../options.ts';

const spec = {
  usage: 'npm run check-config -- --event DIR',
  options: { event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', required: true, check: folderThere, help: 'the event folder to check' } },
} as const;

/** 0: usable; 1: problems, printed as `file:line field: message`; 2: a wrong option. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(spec, args);
  if (!parsed.ok) return tell(parsed, console);
  const loaded = await loadEvent(parsed.options.event);
  if (loaded.ok) {
    console.log(outline(loaded.config).join('\n'));
    return 0;
  }
  for (const problem of loaded.problems) console.log(printed(problem));
  const count = loaded.problems.length;
  console.error(`${count} ${count === 1 ? 'problem' : 'problems'} in ${parsed.options.event}`);
  return 1;
}

/** `npm run check-config -- --event DIR`: every problem of an event folder at once, or what it says in one screenful. */
import { loadEvent, outline, printed, readRehearsals } from '../config.ts';
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
  // Tests of the rules hold no server up, so they are looked at here and not at a start.
  const tests = loaded.ok ? await readRehearsals(loaded.config) : loaded;
  if (loaded.ok && tests.ok) {
    console.log(outline(loaded.config).join('\n'));
    return 0;
  }
  const problems = tests.ok ? [] : tests.problems;
  for (const problem of problems) console.log(printed(problem));
  const count = problems.length;
  console.error(`${count} ${count === 1 ? 'problem' : 'problems'} in ${parsed.options.event}`);
  return 1;
}

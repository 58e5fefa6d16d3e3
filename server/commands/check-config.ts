/** `npm run check-config -- --event DIR`: every problem of an event folder at once, or what it says in one screenful. */
import { type Config, loadEvent, outline, printed, type Problem, readRehearsals, readScripts } from '../config.ts';
import { folderThere, parseOptions, tell } from '../options.ts';

const spec = {
  usage: 'npm run check-config -- --event DIR',
  options: { event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', required: true, check: folderThere, help: 'the event folder to check' } },
} as const;

async function besides(config: Config): Promise<{ problems: Problem[]; notices: Problem[] }> {
  const [tests, scripts] = await Promise.all([readRehearsals(config), readScripts(config)]);
  return { problems: [...scripts.flatMap((script) => script.problems), ...(tests.ok ? [] : tests.problems)], notices: scripts.flatMap((script) => script.notices) };
}

/** 0: usable; 1: problems, printed as `file:line field: message`; 2: a wrong option. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(spec, args);
  if (!parsed.ok) return tell(parsed, console);
  const loaded = await loadEvent(parsed.options.event);
  // Tests of the rules and scripts of exercises hold no server up, so they are looked at here and not at a start.
  const { problems, notices } = loaded.ok ? await besides(loaded.config) : { ...loaded, notices: [] };
  if (loaded.ok && problems.length === 0) {
    console.log(outline({ ...loaded.config, notices: [...loaded.config.notices, ...notices] }).join('\n'));
    return 0;
  }
  for (const problem of problems) console.log(printed(problem));
  const count = problems.length;
  console.error(`${count} ${count === 1 ? 'problem' : 'problems'} in ${parsed.options.event}`);
  return 1;
}

/** `npm run test-rules -- --event DIR`: the tests of a deployment's own rules, with what was expected beside what was said. */
import { loadEvent, printed, readRehearsals, type Config, type RehearsalsRead } from '../config.ts';
import { type Failing, rehearse } from '../main/rehearse.ts';
import { folderThere, parseOptions, tell } from '../options.ts';

const spec = {
  usage: 'npm run test-rules -- --event DIR',
  options: { event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', required: true, check: folderThere, help: 'the event folder whose tests/*.yaml are run' } },
} as const;

const value = (it: unknown): string => (it === null ? 'null' : typeof it === 'string' ? it : JSON.stringify(it));

/** Where it is, what it is about, and each field's two values in columns. */
function lines({ file, lineOf }: RehearsalsRead, at: number, { path, about, differences }: Failing): string[] {
  const wide = Math.max(...differences.map(({ field }) => field.length));
  const wanted = Math.max(...differences.map(({ expected }) => value(expected).length));
  return [
    `    ${file}:${lineOf(['tests', at, ...path])} ${about}`,
    ...differences.map(({ field, expected, actual }) => `      ${field.padEnd(wide)}  expected ${value(expected).padEnd(wanted)}  actual ${value(actual)}`),
  ];
}

async function runFile(config: Config, read: RehearsalsRead): Promise<{ passed: number; failed: number }> {
  const count = { passed: 0, failed: 0 };
  for (const [at, test] of read.tests.entries()) {
    const failing = await rehearse(config, test);
    count[failing.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`${failing.length === 0 ? '✓' : '✗'} ${read.file}:${read.lineOf(['tests', at])} ${test.name}`);
    for (const each of failing) console.log(lines(read, at, each).join('\n'));
  }
  return count;
}

/** 0: all passed; 1: some failed, or there are none; 2: a wrong option or a malformed file, printed as `file:line field: message`. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(spec, args);
  if (!parsed.ok) return tell(parsed, console);
  const { event } = parsed.options;
  const loaded = await loadEvent(event);
  const read = loaded.ok ? await readRehearsals(loaded.config) : loaded;
  if (!loaded.ok || !read.ok) {
    for (const problem of read.ok ? [] : read.problems) console.error(printed(problem));
    return 2;
  }
  let [passed, failed] = [0, 0];
  for (const file of read.files) {
    const count = await runFile(loaded.config, file);
    passed += count.passed;
    failed += count.failed;
  }
  if (passed + failed === 0) console.error(`${event} has no tests: none in ${event}/tests/*.yaml`);
  else console.log(`${passed} of ${passed + failed} tests passed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

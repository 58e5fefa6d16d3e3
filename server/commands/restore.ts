/** `npm run restore`: a data folder out of a copy, looked at as `npm run verify` does before it is in its place. */
import { restoreTo } from '../main/copies.ts';
import { fileThere, parseOptions, tell } from '../options.ts';
import { main as verify } from './verify.ts';

const SPEC = {
  usage: 'npm run restore -- --from FILE --data DIR',
  options: {
    from: { kind: 'text', shows: 'FILE', required: true, help: 'a file that npm run backup made', check: fileThere },
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder to make; none, or an empty one, may be there' },
  },
} as const;

/** Exit 0: the folder is there; 1: it is not, and why; 2: the options are wrong. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { from, data } = parsed.options;
  const done = await restoreTo({ from, data, now: Date.now(), check: async (folder) => await verify(['--data', folder]) === 0 });
  if (done.ok) console.log(`${data} is restored`);
  else console.error(done.reason);
  return done.ok ? 0 : 1;
}

/** `npm run backup`: a consistent copy of a data folder, while the server runs. */
import { backUp } from '../main/copies.ts';
import { parseOptions, tell } from '../options.ts';

const SPEC = {
  usage: 'npm run backup -- --data DIR --to FILE',
  options: {
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' },
    to: { kind: 'text', shows: 'FILE', required: true, help: 'the file to make, such as qingkong-2022-02-04.tar.gz' },
  },
} as const;

/** Exit 0: the copy is there; 1: it could not be made, and why; 2: the options are wrong. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const done = await backUp({ ...parsed.options, now: Date.now() }, (line) => { console.log(line); });
  if (!done.ok) console.error(done.reason);
  return done.ok ? 0 : 1;
}

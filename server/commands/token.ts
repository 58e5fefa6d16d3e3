/** `npm run token`: tokens of sources and of screens, also while the server runs. A secret is shown once. */
import type { Access, NewToken } from '../access/access.ts';
import { openAccess } from '../access/open.ts';
import { parseOptions, refusal, tell } from '../options.ts';

const SPEC = {
  usage: 'npm run token -- add --source ID | add --screen NAME | list | revoke ID  [--data DIR]',
  words: 'add | list | revoke ID',
  options: {
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' },
    source: { kind: 'text', shows: 'ID', help: 'a source of sources.yaml: the token writes the stations that are its own' },
    screen: { kind: 'text', shows: 'NAME', help: 'a screen: the token sees, and does nothing else' },
  },
} as const;

const refuse = (wrong: string): number => tell(refusal(SPEC, wrong), console);

function add(access: Access, token: NewToken): number {
  const result = access.addToken(token);
  if (!result.ok) { console.error(result.reason); return 1; }
  const { id, secret } = result.added;
  console.error(`added ${id} for the ${token.kind} ${token.name}; this is the only time that it is shown:`);
  console.log(secret);
  return 0;
}

function list(access: Access): number {
  for (const { id, kind, name, created, revoked } of access.tokens()) {
    console.log(`${id}  ${kind.padEnd(7)}${new Date(created).toISOString()}  ${revoked === null ? '       ' : 'revoked'}  ${name}`);
  }
  return 0;
}

function revoke(access: Access, id: string): number {
  if (access.revokeToken(id)) { console.log(`revoked ${id}`); return 0; }
  console.error(`no token in use is called ${id}`);
  return 1;
}

/** Access for the time of one command. */
function within(dir: string, work: (access: Access) => number): number {
  const access = openAccess({ dir, now: Date.now });
  try {
    return work(access);
  } finally {
    access.close();
  }
}

function named(source: string | undefined, screen: string | undefined): NewToken | null {
  if (source !== undefined && screen === undefined) return { kind: 'source', name: source };
  return screen !== undefined && source === undefined ? { kind: 'screen', name: screen } : null;
}

function run(args: string[]): number {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { data, source, screen } = parsed.options;
  const [verb, id, ...more] = parsed.words;
  const token = named(source, screen);
  if (more.length > 0) return refuse(`"${more.join(' ')}" belongs to no option`);
  if (verb === 'list' && id === undefined) return within(data, list);
  if (verb === 'revoke' && id !== undefined) return within(data, (access) => revoke(access, id));
  if (verb !== 'add' || id !== undefined) return refuse('expected add, list or revoke ID');
  if (token === null) return refuse('add needs either --source ID or --screen NAME');
  return within(data, (access) => add(access, token));
}

export const main = (args: string[]): Promise<number> => Promise.resolve(run(args));

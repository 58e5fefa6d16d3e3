/** `npm run token`: tokens of sources and of screens, also while the server runs. A secret is shown once. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Access, NewToken } from '../access/access.ts';
import { visit } from '../access/visit.ts';
import { type Config, loadEvent } from '../config.ts';
import { EVENT_SOURCE } from '../main/house.ts';
import { folderThere, parseOptions, refusal, tell } from '../options.ts';

const SPEC = {
  usage: 'npm run token -- add --source ID | add --screen NAME | list | revoke ID|NAME  [--data DIR] [--event DIR]',
  words: 'add | list | revoke ID|NAME',
  options: {
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' },
    event: { kind: 'text', shows: 'DIR', env: 'AIR_EVENT', check: folderThere, help: 'the event folder, whose sources.yaml says what a source may write (default: config/ID of the data folder\'s event)' },
    source: { kind: 'text', shows: 'ID', help: 'a source of sources.yaml: the token writes the stations that are its own' },
    screen: { kind: 'text', shows: 'NAME', help: 'a screen: the token sees, and does nothing else' },
  },
} as const;

const refuse = (wrong: string): number => tell(refusal(SPEC, wrong), console);

function add(access: Access, token: NewToken, means: string): number {
  const result = access.addToken(token);
  if (!result.ok) { console.error(result.reason); return 1; }
  const { id, secret } = result.added;
  console.error(`added ${id} for the ${token.kind} ${token.name}: ${means}. This is the only time that it is shown:`);
  console.log(secret);
  return 0;
}

/** The id of the event that a data folder belongs to, where a server wrote it there. */
function eventOf(data: string): string | null {
  try {
    const { event } = JSON.parse(readFileSync(path.join(data, 'identity.json'), 'utf8')) as { event?: unknown };
    return typeof event === 'string' ? event : null;
  } catch {
    return null;
  }
}

type Means = { means: string } | { wrong: string };

/** What a source of an event may write; a source that the event does not have could write nothing at all. */
function writes({ event, sources }: Config, source: string): Means {
  if (source === EVENT_SOURCE) return { means: `it may write every station of ${event.id}` };
  const entry = sources.find(({ id }) => id === source);
  const known = [...sources.map(({ id }) => id), EVENT_SOURCE].join(', ');
  if (entry === undefined) return { wrong: `--source "${source}" is no source of ${event.id}; there are ${known} (${EVENT_SOURCE}: every station). Others are added in its sources.yaml` };
  return { means: `it may write ${entry.stations === 'all' ? `every station of ${event.id}` : entry.stations.join(', ')}` };
}

/** What a new source's token will be good for, by the event of the data folder. */
async function meansOf(source: string, { data, event }: { data: string; event: string | undefined }): Promise<Means> {
  const id = eventOf(data);
  const folder = event ?? (id === null ? null : path.join('config', id));
  const loaded = folder === null ? null : await loadEvent(folder);
  if (loaded?.ok === true && (id === null || loaded.config.event.id === id)) return writes(loaded.config, source);
  if (event !== undefined && loaded?.ok === true) return { wrong: `--event ${event} is the event ${loaded.config.event.id}; ${data} belongs to ${id ?? 'none'}` };
  const unread = folder === null ? 'the event folder is not known (--event DIR names it)' : `${folder} could not be read as the event ${id ?? ''} (--event DIR names another folder)`;
  return { means: `it may write the stations of the entry "${source}" in the event's sources.yaml, and nothing if there is no such entry; that was not looked at, since ${unread}` };
}

function list(access: Access): number {
  for (const { id, kind, name, created, revoked } of access.tokens()) {
    console.log(`${id}  ${kind.padEnd(7)}${new Date(created).toISOString()}  ${revoked === null ? '       ' : 'revoked'}  ${name}`);
  }
  return 0;
}

/** Takes back one token, by its id or by a name that is one token's alone. */
function revoke(access: Access, given: string): number {
  const meant = access.tokens().filter(({ id, name }) => id === given || name === given);
  const [one, ...others] = meant.filter(({ revoked }) => revoked === null);
  if (one !== undefined && others.length === 0 && access.revokeToken(one.id)) {
    console.log(`revoked ${one.id}, of the ${one.kind} ${one.name}`);
    return 0;
  }
  if (others.length > 0) console.error(`${others.length + 1} tokens are called ${given}; give the id of one: ${[one, ...others].map((each) => `${each?.id ?? ''} (${each?.kind ?? ''})`).join(', ')}`);
  else console.error(meant.length > 0 ? `${given} is already revoked` : `no token has the id or the name ${given}; "list" shows them all`);
  return 1;
}

async function within(dir: string, work: (access: Access) => number): Promise<number> {
  const done = await visit(dir, work);
  return typeof done === 'number' ? done : refuse(done.wrong);
}

function named(source: string | undefined, screen: string | undefined): NewToken | null {
  if (source !== undefined && screen === undefined) return { kind: 'source', name: source };
  return screen !== undefined && source === undefined ? { kind: 'screen', name: screen } : null;
}

async function addTo(data: string, token: NewToken, event: string | undefined): Promise<number> {
  const found: Means = token.kind === 'screen' ? { means: 'it sees, and does nothing else' } : await meansOf(token.name, { data, event });
  return 'wrong' in found ? refuse(found.wrong) : await within(data, (access) => add(access, token, found.means));
}

export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { data, event, source, screen } = parsed.options;
  const [verb, id, ...more] = parsed.words;
  const token = named(source, screen);
  if (more.length > 0) return refuse(`"${more.join(' ')}" belongs to no option`);
  if (verb === 'list' && id === undefined) return within(data, list);
  if (verb === 'revoke' && id !== undefined) return within(data, (access) => revoke(access, id));
  if (verb !== 'add' || id !== undefined) return refuse('expected add, list or revoke ID');
  if (token === null) return refuse('add needs either --source ID or --screen NAME');
  return addTo(data, token, event);
}

/** `npm run user`: accounts, on the machine itself, also while the server runs. */
import { text } from 'node:stream/consumers';
import { PERSON_ROLES } from '../../shared/roles.ts';
import type { Access } from '../access/access.ts';
import { newTotp, totpAddress } from '../access/totp.ts';
import { visit } from '../access/visit.ts';
import { parseOptions, refusal, tell } from '../options.ts';

const SPEC = {
  usage: 'npm run user -- add NAME --role ROLE --password-stdin | list | disable NAME | totp NAME [--off]  [--data DIR]',
  words: 'add NAME | list | disable NAME | totp NAME',
  options: {
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' },
    role: { kind: 'choice', values: PERSON_ROLES, help: 'what the new person may do; a disabled person who is added may come in again' },
    off: { kind: 'flag', help: 'with totp: take the code away again' },
    'password-stdin': { kind: 'flag', help: 'take the password from standard input: a command line is no place for one' },
  },
} as const;

const refuse = (wrong: string): number => tell(refusal(SPEC, wrong), console);

type Add = { name: string; role: (typeof PERSON_ROLES)[number] };

async function add(access: Access, { name, role }: Add): Promise<number> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  const again = access.people().some((person) => person.name === name && person.disabled);
  const result = await access.addPerson({ name, role, password });
  if (!result.ok) { console.error(result.reason); return 1; }
  console.log(again ? `${name} may come in again (${role}), with the new password` : `added ${name} (${role})`);
  return 0;
}

function list(access: Access): number {
  for (const { name, role, disabled, totp } of access.people()) console.log(`${role.padEnd(8)}${disabled ? 'disabled  ' : '          '}${name}${totp ? '  (code)' : ''}`);
  return 0;
}

function disable(access: Access, name: string): number {
  const role = access.people().find((person) => person.name === name)?.role ?? 'duty';
  if (access.disablePerson(name)) {
    console.log(`disabled ${name}; to let them in again, with a new password: npm run user -- add ${JSON.stringify(name)} --role ${role} --password-stdin`);
    return 0;
  }
  if (access.lastAdmin() === name) console.error(`${name} is the only admin who may come in; add another first (npm run user -- add NAME --role admin --password-stdin)`);
  else console.error(`nobody called ${name} may come in`);
  return 1;
}

/** A code beside the password: its address is for an authenticator, and shown once. */
function totp(access: Access, name: string, off: boolean): number {
  const secret = off ? null : newTotp();
  if (!access.setTotp(name, secret)) { console.error(`nobody called ${name} may come in`); return 1; }
  if (secret === null) console.log(`${name} signs in by the password alone`);
  else console.log(`${name} signs in with a code as well. For the authenticator, shown this once:\n${totpAddress(name, secret)}`);
  return 0;
}

async function within(dir: string, work: (access: Access) => number | Promise<number>): Promise<number> {
  const done = await visit(dir, work);
  return typeof done === 'number' ? done : refuse(done.wrong);
}

export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { data, role, off, 'password-stdin': stdin } = parsed.options;
  const [verb, name, ...more] = parsed.words;
  if (more.length > 0) return refuse(`"${more.join(' ')}" belongs to no option`);
  if (verb === 'list' && name === undefined) return within(data, list);
  if (verb === 'disable' && name !== undefined) return within(data, (access) => disable(access, name));
  if (verb === 'totp' && name !== undefined) return within(data, (access) => totp(access, name, off));
  if (verb !== 'add' || name === undefined) return refuse('expected add NAME, list, disable NAME or totp NAME');
  if (role === undefined) return refuse('add needs --role');
  if (!stdin) return refuse('add needs --password-stdin, and the password on standard input');
  return within(data, (access) => add(access, { name, role }));
}

/**
 * Options of the commands, declared once: what each is called, what it may be, where its default comes from. What is
 * wrong is told together with all that is allowed; the command then exits 2.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CivilDay } from '../shared/event.ts';

/** What is wrong with a value, or null. */
type Check = (text: string) => string | null;
type Shared = { help: string; /** The environment variable that stands in where the option is not given. */ env?: string };
/** What an option may be. `text` and `number` take a value, `choice` one of a few, `list` one or more (`--replay A B`), `flag` none. */
export type OptionDef =
  | (Shared & { kind: 'text'; shows: string; default?: string; required?: true; check?: Check })
  | (Shared & { kind: 'number'; shows: string; default?: number; required?: true; min?: number; max?: number })
  | (Shared & { kind: 'choice'; values: readonly string[]; default?: string; required?: true })
  | (Shared & { kind: 'list'; shows: string; /** Of each value. */ check?: Check })
  | (Shared & { kind: 'flag' });

/** `words` are what stands without a `--`, such as `add NAME`; absent: none may. Each option's key is its long name. */
export type OptionSpec = { usage: string; words?: string; options: Readonly<Record<string, OptionDef>> };

type Sure<D, T> = D extends { default: unknown } | { required: true } ? T : T | undefined;
type ValueOf<D> =
  D extends { kind: 'flag' } ? boolean
  : D extends { kind: 'list' } ? string[]
  : D extends { kind: 'number' } ? Sure<D, number>
  : D extends { kind: 'choice'; values: readonly (infer V)[] } ? Sure<D, V>
  : Sure<D, string>;
export type OptionValues<S extends OptionSpec> = { [K in keyof S['options']]: ValueOf<S['options'][K]> };
/** Nothing to be done: `message` names every mistake and all that is allowed (2), or was asked for by `--help` (0). */
export type Untaken = { ok: false; message: string; code: 0 | 2 };
export type Parsed<S extends OptionSpec> = { ok: true; options: OptionValues<S>; words: string[] } | Untaken;

type Raw = { given: Record<string, string[]>; words: string[]; wrong: string[]; help: boolean };
export type Environment = Readonly<Record<string, string | undefined>>;

const shape = (def: OptionDef): string =>
  def.kind === 'flag' ? '' : def.kind === 'choice' ? ` ${def.values.join('|')}` : def.kind === 'list' ? ` ${def.shows}…` : ` ${def.shows}`;

function notes(def: OptionDef): string {
  const found = [
    'required' in def ? 'needed' : '',
    'default' in def ? `default ${def.default}` : '',
    def.env === undefined ? '' : `or ${def.env}`,
  ].filter((note) => note !== '');
  return found.length === 0 ? '' : ` (${found.join('; ')})`;
}

/** All that is allowed, a line each. */
export function allowed(spec: OptionSpec): string {
  const rows = Object.entries(spec.options).map(([name, def]) => [`  --${name}${shape(def)}`, `${def.help}${notes(def)}`] as const)
    .concat([['  --help', 'this list, and nothing else']]);
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [`Usage: ${spec.usage}`, ...rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`)].join('\n');
}

/** A mistaken option, a refusal or a command's own complaint: the mistake first, then all that is allowed. */
export const refusal = (spec: OptionSpec, ...wrong: string[]): Untaken => ({ ok: false, message: `${wrong.join('\n')}\n${allowed(spec)}`, code: 2 });

/** Says it, and answers the exit code: what was asked for goes to standard output, what is wrong to standard error. */
export function tell({ message, code }: Untaken, to: Pick<Console, 'log' | 'error'>): number {
  if (code === 0) to.log(message);
  else to.error(message);
  return code;
}

/** What is wrong with a value that should be a folder. */
export function folderThere(text: string): string | null {
  const found = statSync(text, { throwIfNoEntry: false });
  if (found === undefined) return `"${text}" is no folder: there is nothing of that name`;
  return found.isDirectory() ? null : `"${text}" is no folder but a file`;
}

/** What is wrong with a value that should be a file to read. */
export function fileThere(text: string): string | null {
  const found = statSync(text, { throwIfNoEntry: false });
  if (found === undefined) return `"${text}" is not there; expected a file`;
  if (found.isDirectory()) return `"${text}" is a folder; expected a file`;
  try {
    accessSync(text, constants.R_OK);
    return null;
  } catch {
    return `"${text}" may not be read`;
  }
}

type Token = { name: string; rawName: string; value: string | undefined; inlineValue: boolean | undefined };

/** What is wrong with an option as it stands on the line, or null. */
function misplaced(def: OptionDef | undefined, token: Token, before: readonly string[]): string | null {
  const { rawName, value, inlineValue } = token;
  if (def === undefined || !rawName.startsWith('--')) return `unknown option ${rawName}`;
  if (def.kind === 'flag') return value === undefined ? null : `${rawName} takes no value`;
  if (value === undefined || value === '' || isOption(value, inlineValue)) return `${rawName} needs a value:${shape(def)}`;
  return def.kind !== 'list' && before.length > 0 ? `${rawName} is given twice: ${[...before, value].join(' and ')}` : null;
}

/** What stands on the line, with nothing judged yet; words after a list's first value belong to the list. */
function read(spec: OptionSpec, args: readonly string[]): Raw {
  const raw: Raw = { given: {}, words: [], wrong: [], help: false };
  const config = Object.fromEntries(Object.entries(spec.options).map(([name, def]) =>
    [name, { type: def.kind === 'flag' ? 'boolean' : 'string' } as const]));
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true, allowPositionals: true });
  let list: string[] | null = null;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') { list = null; continue; }
    if (token.kind === 'positional') { (list ?? raw.words).push(token.value); continue; }
    if (token.rawName === '--help' || token.rawName === '-h') { raw.help = true; continue; }
    const def = Object.hasOwn(spec.options, token.name) ? spec.options[token.name] : undefined;
    const values = def === undefined ? [] : raw.given[token.name] ?? [];
    const wrong = misplaced(def, token, values);
    // What follows an unknown option is taken for its value, so that one mistake is told once.
    list = def === undefined ? [] : def.kind === 'list' ? values : null;
    if (wrong !== null) { raw.wrong.push(wrong); continue; }
    raw.given[token.name] = values;
    values.push(token.value ?? 'true');
  }
  if (spec.words === undefined) raw.wrong.push(...raw.words.map((word) => `"${word}" belongs to no option`));
  return raw;
}

const isOption = (value: string, inline: boolean | undefined): boolean => inline !== true && value.startsWith('--');

type Judged = { value: string | number | boolean | string[] | undefined } | { wrong: string };

function numberOf(def: OptionDef & { kind: 'number' }, text: string): Judged {
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  const { min = -Infinity, max = Infinity } = def;
  if (value >= min && value <= max) return { value };
  const range = [min === -Infinity ? '' : `at least ${min}`, max === Infinity ? '' : `at most ${max}`].filter((part) => part !== '').join(', ');
  return { wrong: `expected a number${range === '' ? '' : `, ${range}`}, not "${text}"` };
}

function judge(def: OptionDef, values: readonly string[]): Judged {
  const last = values.at(-1);
  if (def.kind === 'list') {
    const bad = values.flatMap((each) => def.check?.(each) ?? []);
    return bad.length === 0 ? { value: [...values] } : { wrong: bad.join('; ') };
  }
  if (def.kind === 'flag') return { value: last !== undefined && last !== 'false' && last !== '0' && last !== '' };
  if (last === undefined) return 'required' in def && def.default === undefined ? { wrong: 'is needed' } : { value: def.default };
  if (def.kind === 'number') return numberOf(def, last);
  if (def.kind === 'choice') return def.values.includes(last) ? { value: last } : { wrong: `expected one of ${def.values.join(', ')}, not "${last}"` };
  const wrong = def.check?.(last) ?? null;
  return wrong === null ? { value: last } : { wrong };
}

/** Where a value came from, for a message: the option or the variable. */
function valuesOf(name: string, given: readonly string[] | undefined, from: { def: OptionDef; env: Environment }): { values: readonly string[]; source: string } {
  const variable = from.def.env;
  const stood = variable === undefined ? undefined : from.env[variable];
  if (given !== undefined || variable === undefined || stood === undefined || stood === '') return { values: given ?? [], source: `--${name}` };
  return { values: [stood], source: variable };
}

/**
 * The options of a command. An option beats its environment variable, which beats the default; an option given twice is
 * a mistake (a list takes all), since nobody knows which of the two is meant.
 */
export function parseOptions<const S extends OptionSpec>(spec: S, args: readonly string[], env: Environment = process.env): Parsed<S> {
  const { given, words, wrong, help } = read(spec, args);
  if (help) return { ok: false, message: allowed(spec), code: 0 };
  const options: Record<string, unknown> = {};
  for (const [name, def] of Object.entries(spec.options)) {
    const { values, source } = valuesOf(name, given[name], { def, env });
    const judged = judge(def, values);
    if (!('wrong' in judged)) options[name] = judged.value;
    else if (!wrong.some((said) => said.startsWith(`--${name} `))) wrong.push(`${source} ${judged.wrong}`);
  }
  if (wrong.length > 0) return refusal(spec, ...wrong);
  return { ok: true, options: options as OptionValues<S>, words };
}

/** What is wrong with a text that should be a civil day, or null. */
export const dayNamed = (text: string): string | null => (CivilDay.safeParse(text).success ? null : `"${text}" is no date such as 2014-11-01`);

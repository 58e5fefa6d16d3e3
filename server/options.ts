/**
 * Options of the commands, declared once: what each is called, what it may be, where its default comes from. What is
 * wrong is told together with all that is allowed; the command then exits 2.
 */
import { parseArgs } from 'node:util';

type Shared = { help: string; /** The environment variable that stands in where the option is not given. */ env?: string };
/** What an option may be. `text` and `number` take a value, `choice` one of a few, `list` one or more (`--replay A B`), `flag` none. */
export type OptionDef =
  | (Shared & { kind: 'text'; shows: string; default?: string; required?: true; /** What is wrong with a value, or null. */ check?: (text: string) => string | null })
  | (Shared & { kind: 'number'; shows: string; default?: number; required?: true; min?: number; max?: number })
  | (Shared & { kind: 'choice'; values: readonly string[]; default?: string; required?: true })
  | (Shared & { kind: 'list'; shows: string })
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
/** `message` names every mistake and everything that is allowed. */
export type Parsed<S extends OptionSpec> = { ok: true; options: OptionValues<S>; words: string[] } | { ok: false; message: string };

type Raw = { given: Record<string, string[]>; words: string[]; wrong: string[] };
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
  const rows = Object.entries(spec.options).map(([name, def]) => [`  --${name}${shape(def)}`, `${def.help}${notes(def)}`] as const);
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [`Usage: ${spec.usage}`, ...rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`)].join('\n');
}

/** What stands on the line, with nothing judged yet; words after a list's first value belong to the list. */
function read(spec: OptionSpec, args: readonly string[]): Raw {
  const raw: Raw = { given: {}, words: [], wrong: [] };
  const config = Object.fromEntries(Object.entries(spec.options).map(([name, def]) =>
    [name, { type: def.kind === 'flag' ? 'boolean' : 'string' } as const]));
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true, allowPositionals: true });
  let list: string[] | null = null;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') { list = null; continue; }
    if (token.kind === 'positional') { (list ?? raw.words).push(token.value); continue; }
    const def = spec.options[token.name];
    // What follows an unknown option is taken for its value, so that one mistake is told once.
    list = def === undefined ? [] : null;
    if (def === undefined || !token.rawName.startsWith('--')) raw.wrong.push(`unknown option ${token.rawName}`);
    else if (def.kind === 'flag' && token.value !== undefined) raw.wrong.push(`${token.rawName} takes no value`);
    else if (def.kind !== 'flag' && (token.value === undefined || isOption(token.value, token.inlineValue))) raw.wrong.push(`${token.rawName} needs a value:${shape(def)}`);
    else {
      const values = (raw.given[token.name] ??= []);
      values.push(token.value ?? 'true');
      if (def.kind === 'list') list = values;
    }
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
  if (def.kind === 'list') return { value: [...values] };
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
 * The options of a command. An option beats its environment variable, which beats the default; of an option given
 * twice the last counts (a list takes all).
 */
export function parseOptions<const S extends OptionSpec>(spec: S, args: readonly string[], env: Environment = process.env): Parsed<S> {
  const { given, words, wrong } = read(spec, args);
  const options: Record<string, unknown> = {};
  for (const [name, def] of Object.entries(spec.options)) {
    const { values, source } = valuesOf(name, given[name], { def, env });
    const judged = judge(def, values);
    if (!('wrong' in judged)) options[name] = judged.value;
    else if (!wrong.some((said) => said.startsWith(`--${name} needs`))) wrong.push(`${source} ${judged.wrong}`);
  }
  if (wrong.length > 0) return { ok: false, message: `${wrong.join('\n')}\n${allowed(spec)}` };
  return { ok: true, options: options as OptionValues<S>, words };
}

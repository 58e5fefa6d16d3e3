/**
 * InfluxDB line protocol into points: `measurement,tag=value field=value,… timestamp`. Names and tag values escape
 * comma, blank and `=` by a backslash; a text field stands in quotes.
 */

/** A field's value: a number as its shortest decimal, or what it is else. `at` in ms, null: none was sent. */
export type Field = { kind: 'number'; value: number } | { kind: 'text'; value: string } | { kind: 'boolean'; value: boolean };
export type Point = { measurement: string; tags: ReadonlyMap<string, string>; fields: ReadonlyMap<string, Field>; at: number | null };
export type Line = { ok: true; point: Point } | { ok: false; text: string; why: string };

/** Nanoseconds of a unit of the timestamps; `h`, `m` and `n` are 1.x's own. */
const PRECISIONS: ReadonlyMap<string, number> = new Map([
  ['ns', 1], ['n', 1], ['us', 1e3], ['u', 1e3], ['µ', 1e3], ['ms', 1e6], ['s', 1e9], ['m', 60e9], ['h', 3600e9],
]);
export const precisionOf = (name: string): number | undefined => PRECISIONS.get(name);

const TIMESTAMP = /^-?\d{1,19}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const INTEGER = /^([+-]?\d+)[iu]$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([...['t', 'T', 'true', 'True', 'TRUE'].map((word) => [word, true] as const), ...['f', 'F', 'false', 'False', 'FALSE'].map((word) => [word, false] as const)]);

/** Where each of the marks stands outside quotes and unescaped, cut there. */
function cutAt(text: string, mark: string, quotes: boolean): string[] {
  const parts: string[] = [];
  let [from, quoted] = [0, false];
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (sign === '\\') i += 1;
    else if (quotes && sign === '"') quoted = !quoted;
    else if (sign === mark && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

const plain = (text: string): string => text.replace(/\\([,= ])/g, '$1');

function pairOf(text: string): [string, string] | null {
  const [key, ...rest] = cutAt(text, '=', true);
  return key === undefined || key === '' || rest.length === 0 || rest.join('=') === '' ? null : [plain(key), rest.join('=')];
}

function fieldOf(text: string): Field | null {
  if (/^".*"$/s.test(text) && text.length > 1) return { kind: 'text', value: text.slice(1, -1).replace(/\\(["\\])/g, '$1') };
  const truth = BOOLEANS.get(text);
  if (truth !== undefined) return { kind: 'boolean', value: truth };
  const whole = INTEGER.exec(text)?.[1] ?? (NUMBER.test(text) ? text : null);
  return whole === null || !Number.isFinite(Number(whole)) ? null : { kind: 'number', value: Number(whole) };
}

function timeOf(text: string | undefined, unit: number): number | null | undefined {
  if (text === undefined) return null;
  if (!TIMESTAMP.test(text)) return undefined;
  return unit < 1e6 ? Number(BigInt(text) / BigInt(1e6 / unit)) : Number(text) * (unit / 1e6);
}

function fieldsOf(text: string): Map<string, Field> | string {
  const fields = new Map<string, Field>();
  for (const part of cutAt(text, ',', true)) {
    const pair = pairOf(part);
    const field = pair === null ? null : fieldOf(pair[1]);
    if (pair === null || field === null) return `invalid field format: ${part}`;
    fields.set(pair[0], field);
  }
  return fields;
}

function lineOf(text: string, unit: number): Line {
  const wrong = (why: string): Line => ({ ok: false, text, why });
  const [head = '', body, time, ...more] = cutAt(text, ' ', true).filter((part) => part !== '');
  if (body === undefined) return wrong('missing fields');
  if (more.length > 0) return wrong('more than measurement, fields and timestamp');
  const [name = '', ...tagTexts] = cutAt(head, ',', false);
  if (name === '') return wrong('missing measurement');
  const tags = new Map<string, string>();
  for (const each of tagTexts) {
    const pair = pairOf(each);
    if (pair === null) return wrong('missing tag value');
    tags.set(pair[0], plain(pair[1]));
  }
  const fields = fieldsOf(body);
  if (typeof fields === 'string') return wrong(fields);
  const at = timeOf(time, unit);
  return at === undefined || (at !== null && !Number.isSafeInteger(at)) ? wrong('bad timestamp') : { ok: true, point: { measurement: plain(name), tags, fields, at } };
}

/** Every line that is one; comments and empty lines apart. `unit`: nanoseconds of the timestamps' unit. */
export function pointsOf(text: string, unit: number): Line[] {
  return cutAt(text, '\n', true).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).map((line) => lineOf(line, unit));
}

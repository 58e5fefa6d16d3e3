/**
 * What a station sent, as readings. Only the form is judged here: whose station it is, whether it is known and whether
 * its hour has come is the room's business. One bad reading never costs the others.
 */
import { cut } from './check.ts';
import { microOfNumber, microOfText } from './decimal.ts';
import { QUANTITIES, type Quantity, type Reading, type RejectCode } from './reading.ts';
import { MINUTE, parseInstant } from './time.ts';

/** A reading refused, by its place in the body that was sent (from 0). */
export type Reject = { index: number; code: RejectCode; detail: string };
/** `indexes[i]` is the place in the body of `readings[i]`. */
export type Decoded = { readings: Reading[]; indexes: number[]; rejected: Reject[] };

/** A row before anything is known about its fields. */
export type Row = { station?: unknown; pollutant?: unknown; start?: unknown; period?: unknown; value?: unknown; flag?: unknown };
/** A row that could not be told into its fields; the others of its body stand. */
export class BrokenRow {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** Millionths, null for a missing value, undefined where it is no value. */
type ReadValue = (raw: unknown) => number | null | undefined;
/** `hourOf`: when the civil hour of an instant began, in the event's zone. */
export type DecodeOptions = { hourOf: (instant: number) => number; values: 'json' | 'text' };

/** An instant, and how far into its civil hour it is. */
type Start = { at: number; past: number };
type Refusal = { code: RejectCode; detail: string };

const KNOWN: ReadonlyMap<unknown, Quantity> = new Map(QUANTITIES.map((name) => [name, name]));
const LONGEST_FLAG = 16;

const PERIODS: ReadonlyMap<unknown, number> = new Map([
  ['PT1H', 60],
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60].map((minutes): [string, number] => [`PT${minutes}M`, minutes]),
]);

/** The quantity of that name; undefined for any other. */
export const quantityNamed = (raw: unknown): Quantity | undefined => KNOWN.get(raw);
/** Minutes of `PT1H` or `PTnM` where n divides the hour; undefined for any other period. */
export const minutesNamed = (raw: unknown): number | undefined => PERIODS.get(raw);

const fromJson: ReadValue = (raw) => {
  if (raw === null) return null;
  return typeof raw === 'number' ? microOfNumber(raw) ?? undefined : undefined;
};
const fromText: ReadValue = (raw) => {
  if (raw === '') return null;
  return typeof raw === 'string' ? microOfText(raw) ?? undefined : undefined;
};

/** What was sent, short enough to be sent back. */
function shown(raw: unknown): string {
  if (raw === undefined) return 'nothing';
  if (Array.isArray(raw)) return 'a list';
  return cut(typeof raw === 'string' ? `"${raw}"` : raw === null || typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : typeof raw);
}

/** Remembers the starts of one body: ten thousand readings share a few of them, and reading a date is what costs. */
function startReader(hourOf: (instant: number) => number): (raw: unknown) => Start | null {
  const known = new Map<string, Start | null>();
  return (raw) => {
    if (typeof raw !== 'string') return null;
    const before = known.get(raw);
    if (before !== undefined) return before;
    const at = parseInstant(raw);
    const start = at === null ? null : { at, past: at - hourOf(at) };
    known.set(raw, start);
    return start;
  };
}

const refuse = (code: RejectCode, detail: string): Refusal => ({ code, detail });
const badPeriod = (raw: unknown): Refusal => refuse('bad-period', `expected PT1H, or PTnM where n divides 60; got ${shown(raw)}`);
const badStart = (raw: unknown): Refusal => refuse('bad-start', `expected an instant with its offset, as 2022-02-04T19:00:00+08:00; got ${shown(raw)}`);
const badValue = (raw: unknown): Refusal => refuse('bad-value', `expected null or a number of at most six decimal places; got ${shown(raw)}`);

function readerOf({ hourOf, values }: DecodeOptions): (row: Row) => Reading | Refusal {
  const startOf = startReader(hourOf);
  const valueOf = values === 'json' ? fromJson : fromText;
  return (row) => {
    const { station } = row;
    const flag = row.flag ?? 'N';
    if (typeof station !== 'string' || station === '') return refuse('unknown-station', `expected a station's id; got ${shown(station)}`);
    const pollutant = quantityNamed(row.pollutant);
    if (pollutant === undefined) return refuse('unknown-pollutant', `expected one of ${QUANTITIES.join(', ')}; got ${shown(row.pollutant)}`);
    const minutes = minutesNamed(row.period);
    if (minutes === undefined) return badPeriod(row.period);
    const start = startOf(row.start);
    if (start === null) return badStart(row.start);
    // An hour's reading begins with the hour; a part of it at a multiple of its length.
    if (start.past % (minutes * MINUTE) !== 0) return refuse('bad-start', `${shown(row.start)} is not the start of a period of ${minutes} min`);
    const value = valueOf(row.value);
    if (value === undefined) return badValue(row.value);
    if (typeof flag !== 'string' || flag.length > LONGEST_FLAG) return refuse('bad-value', `a flag has at most ${LONGEST_FLAG} characters; got ${shown(flag)}`);
    return { station, pollutant, start: start.at, minutes, value, flag };
  };
}

const isRow = (item: unknown): item is Row => typeof item === 'object' && item !== null;

/** Every item of a body, in its order: a reading, or a refusal that says why. */
export function decodeReadings(items: readonly unknown[], options: DecodeOptions): Decoded {
  const read = readerOf(options);
  const decoded: Decoded = { readings: [], indexes: [], rejected: [] };
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const result = item instanceof BrokenRow ? refuse('bad-value', item.why) : read(isRow(item) ? item : {});
    if ('code' in result) decoded.rejected.push({ index, ...result });
    else {
      decoded.readings.push(result);
      decoded.indexes.push(index);
    }
  }
  return decoded;
}

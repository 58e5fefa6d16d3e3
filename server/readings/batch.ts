/** Readings to packed entries and back. */
import type { KeptReading } from '../../shared/reading.ts';
import { MINUTE } from '../../shared/time.ts';
import type { Dictionary } from './dictionary.ts';
import { BLOCK, ENTRY, MAX_REVISION, readEntry, seriesOf, startOf, viewOf, writeEntry, type Batch, type Entry, type Rows } from './packing.ts';

const isWhole = (n: number, from: number, to: number): boolean => Number.isInteger(n) && n >= from && n <= to;

function unfitReading({ start, minutes, revision, value }: KeptReading): string | null {
  if (!Number.isSafeInteger(start) || start < 0 || start % MINUTE !== 0) return `a reading starts at ${start}, which is no whole minute`;
  if (!isWhole(minutes, 1, 60)) return `a reading lasts ${minutes} minutes`;
  if (!isWhole(revision, 1, MAX_REVISION)) return `a reading has the revision ${revision}`;
  return value === null || Number.isSafeInteger(value) ? null : `a reading has the value ${value}`;
}

/** Why a batch can be kept by no store, or null. Sources and `shared/quality` see to it that this does not happen. */
export function unfit(readings: readonly KeptReading[]): string | null {
  for (const reading of readings) {
    const reason = unfitReading(reading);
    if (reason !== null) return reason;
  }
  return null;
}

export function batchOf(readings: readonly KeptReading[], dictionary: Dictionary): Batch {
  const starts = new Float64Array(readings.length);
  const series = new Uint32Array(readings.length);
  const entries = new Uint8Array(readings.length * ENTRY);
  const view = viewOf(entries);
  let i = 0;
  for (const reading of readings) {
    const id = dictionary.seriesId(reading.station, reading.pollutant);
    const { value, arrived, revision, minutes } = reading;
    starts[i] = reading.start;
    series[i] = id;
    writeEntry(view, i * ENTRY, { value, arrived, mark: dictionary.markId(reading), revision, slot: id % BLOCK, minutes });
    i++;
  }
  return { starts, series, entries };
}

type Found = { start: number; series: number; entry: Entry };

/** Every entry of every row, in the order of the rows and, in a row, of arrival. */
function* entriesOf({ day, keys, ends, bytes }: Rows): Generator<Found> {
  const view = viewOf(bytes);
  let at = 0;
  for (const [i, key] of keys.entries()) {
    const start = startOf(day, key);
    for (const end = ends[i] ?? 0; at < end; at += ENTRY) {
      const entry = readEntry(view, at);
      yield { start, series: seriesOf(key, entry.slot), entry };
    }
  }
}

/** Field by field: spreading three objects into one costs forty times as much, and this is done by the million. */
function reading({ start, series, entry }: Found, dictionary: Dictionary): KeptReading {
  const { station, pollutant } = dictionary.series(series);
  const { flag, validity, why, source } = dictionary.mark(entry.mark);
  const { minutes, value, revision, arrived } = entry;
  return { station, pollutant, start, minutes, value, flag, revision, validity, why, arrived, source };
}

/** The latest revision of each key that had arrived by `knownAt`, in order of start, then station, then pollutant, then minutes. */
export function latestOf(rows: Rows, dictionary: Dictionary, knownAt = Infinity): KeptReading[] {
  const latest: Found[] = [];
  let ofStart = new Map<number, Found>();
  let start = NaN;
  const flush = (): void => { latest.push(...inOrder(ofStart, dictionary)); };
  for (const found of entriesOf(rows)) {
    if (found.entry.arrived > knownAt) continue;
    if (found.start !== start) {
      flush();
      ofStart = new Map();
      start = found.start;
    }
    const name = found.series * BLOCK + found.entry.minutes;
    const rival = ofStart.get(name);
    if (rival === undefined || rival.entry.revision < found.entry.revision) ofStart.set(name, found);
  }
  flush();
  return latest.map((found) => reading(found, dictionary));
}

function inOrder(found: Map<number, Found>, dictionary: Dictionary): Found[] {
  const ranks = dictionary.ranks();
  const rank = ({ series }: Found): number => ranks[series] ?? 0;
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.entry.minutes - b.entry.minutes);
}

/** The readings of a batch, in its order. */
export function readingsOf({ starts, series, entries }: Batch, dictionary: Dictionary): KeptReading[] {
  const view = viewOf(entries);
  return Array.from(starts, (start, i) => reading({ start, series: series[i] ?? 0, entry: readEntry(view, i * ENTRY) }, dictionary));
}

/** Every revision of every series of some rows. */
export const everyOf = (rows: Rows, dictionary: Dictionary): KeptReading[] => [...entriesOf(rows)].map((found) => reading(found, dictionary));

/** Every revision of one series, by start, then minutes, then revision. */
export function revisionsOf(rows: Rows, series: number, dictionary: Dictionary): KeptReading[] {
  return [...entriesOf(rows)].filter((found) => found.series === series)
    .sort((a, b) => a.start - b.start || a.entry.minutes - b.entry.minutes || a.entry.revision - b.entry.revision)
    .map((found) => reading(found, dictionary));
}

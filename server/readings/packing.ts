/**
 * How readings lie in the embedded store. Row by row, SQLite keeps some 90,000 readings a second here; packed,
 * 64 series to a row, more than a million. So a row holds all readings of one start of one block of 64 series:
 * entries of 24 bytes, in the order they came. A batch of one minute appends a few dozen rows at the end of its
 * day's table whatever the table's size; one series of one day is 1,440 short look-ups.
 *
 * An entry, little-endian: value f64 (NaN: null) · arrived f64 · mark u32 · revision u16 · slot u8 · minutes u8.
 * `slot` is the series' place in its block; a mark is what many readings share: flag, validity, why and source.
 */
import { MINUTE, HOUR } from '../../shared/time.ts';

export const ENTRY = 24;
export const BLOCK = 64;
export const DAY = 24 * HOUR;
/** Blocks in a key below this; a key is `minute of the day × BLOCKS + block`, well within a double's 53 bits. */
export const BLOCKS = 2 ** 32;
export const MAX_REVISION = 65_535;

/** Hour readings stay for good, the shorter ones are dropped after some days: a table of each for a UTC day. */
export const FAMILIES = ['hour', 'part'] as const;
export type Family = (typeof FAMILIES)[number];
export const familyOf = (minutes: number): Family => (minutes === 60 ? 'hour' : 'part');

/** The minutes of a day that lie within a range, the first inclusive, the last exclusive. */
export function minutesWithin(day: number, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const minute = (instant: number): number => Math.min(DAY / MINUTE, Math.max(0, Math.ceil((instant - day * DAY) / MINUTE)));
  return { from: minute(from), to: minute(to) };
}

export const dayOf = (start: number): number => Math.floor(start / DAY);
export const minuteOfDay = (start: number): number => (start - dayOf(start) * DAY) / MINUTE;
export const keyOf = (start: number, series: number): number => minuteOfDay(start) * BLOCKS + Math.floor(series / BLOCK);
export const startOf = (day: number, key: number): number => day * DAY + Math.floor(key / BLOCKS) * MINUTE;
/** The series an entry is of. */
export const seriesOf = (key: number, slot: number): number => (key % BLOCKS) * BLOCK + slot;
export const tableOf = (family: Family, day: number): string =>
  `${family}_${new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '')}`;

/** The fields of an entry. */
export type Entry = { value: number | null; arrived: number; mark: number; revision: number; slot: number; minutes: number };

export function writeEntry(view: DataView, at: number, entry: Entry): void {
  view.setFloat64(at, entry.value ?? NaN, true);
  view.setFloat64(at + 8, entry.arrived, true);
  view.setUint32(at + 16, entry.mark, true);
  view.setUint16(at + 20, entry.revision, true);
  view.setUint8(at + 22, entry.slot);
  view.setUint8(at + 23, entry.minutes);
}

export function readEntry(view: DataView, at: number): Entry {
  const value = view.getFloat64(at, true);
  return {
    value: Number.isNaN(value) ? null : value, arrived: view.getFloat64(at + 8, true), mark: view.getUint32(at + 16, true),
    revision: view.getUint16(at + 20, true), slot: view.getUint8(at + 22), minutes: view.getUint8(at + 23),
  };
}

/** Which revision of which key of its row an entry is: slot, minutes and revision in one number. */
export const entryName = (view: DataView, at: number): number =>
  view.getUint16(at + 20, true) + (view.getUint8(at + 23) + view.getUint8(at + 22) * 64) * 65_536;

type Place = { view: DataView; at: number };
/** Whether two entries say the same; when they arrived does not matter. */
export const saysTheSame = (a: Place, b: Place): boolean =>
  [0, 4, 16].every((offset) => a.view.getUint32(a.at + offset, true) === b.view.getUint32(b.at + offset, true));

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Readings on their way to the writer: the i-th has its start, its series and 24 bytes of entry. */
export type Batch = { starts: Float64Array<ArrayBuffer>; series: Uint32Array<ArrayBuffer>; entries: Uint8Array<ArrayBuffer> };

/** A batch as one run of bytes: how many, then starts, series and entries. */
export function packedBatch({ starts, series, entries }: Batch): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + starts.length * (8 + 4 + ENTRY));
  viewOf(bytes).setUint32(0, starts.length, true);
  bytes.set(new Uint8Array(starts.buffer, starts.byteOffset, starts.byteLength), 8);
  bytes.set(new Uint8Array(series.buffer, series.byteOffset, series.byteLength), 8 + starts.length * 8);
  bytes.set(entries, 8 + starts.length * 12);
  return bytes;
}

export function unpackedBatch(packed: Uint8Array): Batch {
  // A copy of its own: what a database hands out may begin anywhere.
  const bytes = new Uint8Array(packed);
  const count = viewOf(bytes).getUint32(0, true);
  const starts = new Float64Array(bytes.buffer.slice(8, 8 + count * 8));
  const series = new Uint32Array(bytes.buffer.slice(8 + count * 8, 8 + count * 12));
  return { starts, series, entries: bytes.slice(8 + count * 12) };
}

/** Rows on their way from the reader: the i-th row's key, and where in `bytes` its entries end. */
export type Rows = { day: number; keys: Float64Array; ends: Uint32Array; bytes: Uint8Array };

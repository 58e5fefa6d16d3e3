/** What the reading thread does with the file. */
import { HAND_LEVELS } from '../../shared/quality/hand.ts';
import type { Words } from './dictionary.ts';
import { BLOCKS, tableOf, type Family, type Rows } from './packing.ts';
import type { Range } from './store.ts';
import { daysKept, openToRead, type DayRow } from './schema.ts';
import { first, rowsOf, textIn, type Connection } from '../sqlite.ts';
import type { SumRow } from './writer.ts';

/** The rows of a day from minute `from` (inclusive) to minute `to` (exclusive). */
export type PageQuery = { day: number; families: Family[]; from: number; to: number };
export type BlockQuery = PageQuery & { block: number };

/** What may be asked of the reading thread. */
export type ReadAsks = {
  words: [null, Words];
  days: [null, { days: DayRow[]; end: number | null }];
  page: [PageQuery, Rows];
  block: [BlockQuery, Rows];
  sums: [Range, SumRow[]];
  note: [string, string | null];
  outbox: [{ most: number }, OutboxRow[]];
  owed: [null, Owed];
  close: [null, null];
};

/** A line of the outbox; `readings` counts them. */
export type OutboxRow = { id: number; kind: string; readings: number; body: Uint8Array };
/** What is still to be shipped, and since when the oldest of it waits (machine time). */
export type Owed = { readings: number; since: number | null };

type RawRow = [key: number, entries: Uint8Array];

/** Rows at a time: some 8,000 readings, a few milliseconds of the thread that takes them. */
const PAGE = 128;

export class Reader {
  readonly #file: string;
  #db: Connection | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  words(): Words {
    const db = this.#open();
    const series = rowsOf(db, 'SELECT id, CAST(station AS BLOB), CAST(pollutant AS BLOB) FROM series ORDER BY id') as [number, ...unknown[]][];
    const marks = rowsOf(db, 'SELECT id, CAST(flag AS BLOB), CAST(validity AS BLOB), CAST(why AS BLOB), CAST(source AS BLOB) FROM mark ORDER BY id') as [number, ...unknown[]][];
    return {
      series: series.map(([id, station, pollutant]) => [id, textIn(station) ?? '', textIn(pollutant) ?? '']),
      marks: marks.map(([id, flag, validity, why, source]) => [id, textIn(flag) ?? '', textIn(validity) ?? '', textIn(why), textIn(source) ?? '']),
    };
  }

  days(): ReadAsks['days'][1] {
    const end = first(this.#open(), `SELECT max("end") FROM (SELECT "end" FROM day UNION ALL SELECT CAST(value AS INTEGER) FROM note WHERE name = ':end')`);
    return { days: daysKept(this.#open()), end: typeof end === 'number' ? end : null };
  }

  /** A page never ends within a start: whoever reads it can order it and choose the latest revisions. */
  page({ day, families, from, to }: PageQuery): Rows {
    const select = families.map((family) => `SELECT key, entries FROM ${tableOf(family, day)} WHERE key >= ?1 AND key < ?2`).join(' UNION ALL ');
    const rows = rowsOf(this.#open(), `${select} ORDER BY 1 LIMIT ${PAGE}`, [from * BLOCKS, to * BLOCKS]) as RawRow[];
    const last = rows.at(-1)?.[0];
    if (last === undefined || rows.length < PAGE) return packed(day, rows);
    const minute = Math.floor(last / BLOCKS);
    const whole = rows.filter(([key]) => Math.floor(key / BLOCKS) < minute);
    const rest = rowsOf(this.#open(), `${select} ORDER BY 1`, [minute * BLOCKS, (minute + 1) * BLOCKS]) as RawRow[];
    return packed(day, [...whole, ...rest]);
  }

  /** The rows of one block: a look-up for each minute, since the rows of one start lie together. */
  block({ day, families, from, to, block }: BlockQuery): Rows {
    const minutes = 'WITH RECURSIVE minute(m) AS (SELECT ?1 UNION ALL SELECT m + 1 FROM minute WHERE m + 1 < ?2)';
    const found = families.flatMap((family) =>
      rowsOf(this.#open(), `${minutes} SELECT key, entries FROM minute JOIN ${tableOf(family, day)} ON key = m * ${BLOCKS} + ?3`, [from, to, block]) as RawRow[]);
    return packed(day, found.sort(([a], [b]) => a - b));
  }

  sums({ from, to }: Range): SumRow[] {
    const rows = rowsOf(this.#open(), 'SELECT start, series, sum, minutes, suspect, invalid, CAST(level AS BLOB) FROM hour_sum WHERE start >= ? AND start < ?', [from, to]) as [...number[], unknown][];
    return rows.map(sumOf);
  }

  /** The oldest lines: at least one, if there is any, and no more once they hold so many readings. */
  outbox({ most }: { most: number }): OutboxRow[] {
    const lines = rowsOf(this.#open(), 'SELECT id, kind, readings FROM outbox ORDER BY id LIMIT 500') as [id: number, kind: string, readings: number][];
    let sum = 0;
    const taken = lines.filter(([, , readings], i) => (i === 0 || sum + readings <= most) && (sum += readings, true));
    return taken.map(([id, kind, readings]) => ({ id, kind, readings, body: first(this.#open(), 'SELECT body FROM outbox WHERE id = ?', [id]) as Uint8Array }));
  }

  owed(): Owed {
    const [row] = rowsOf(this.#open(), 'SELECT total(readings), min(at) FROM outbox') as [readings: number, since: number | null][];
    return { readings: row?.[0] ?? 0, since: row?.[1] ?? null };
  }

  note(name: string): string | null {
    return textIn(first(this.#open(), 'SELECT CAST(value AS BLOB) FROM note WHERE name = ?', [name]));
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  #open(): Connection {
    return this.#db ??= openToRead(this.#file);
  }
}

function sumOf(row: [...number[], unknown]): SumRow {
  const [start = 0, series = 0, sum = 0, minutes = 0, suspect = 0, invalid = 0] = row as number[];
  const level = HAND_LEVELS.find((each) => each === textIn(row[6]));
  return { start, series, sum, minutes, suspect, invalid, ...(level === undefined ? {} : { level }) };
}

function packed(day: number, rows: RawRow[]): Rows {
  const bytes = new Uint8Array(rows.reduce((sum, [, entries]) => sum + entries.length, 0));
  const ends = new Uint32Array(rows.length);
  let end = 0;
  rows.forEach(([, entries], i) => {
    bytes.set(entries, end);
    ends[i] = end += entries.length;
  });
  return { day, keys: Float64Array.from(rows, ([key]) => key), ends, bytes };
}

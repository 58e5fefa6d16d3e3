/** The embedded readings store: SQLite in two threads, one that writes and one that reads. See `packing.ts` for the layout. */
import type { KeptReading } from '../../shared/reading.ts';
import { Thread, ThreadLost } from '../thread.ts';
import { batchOf, everyOf, latestOf, readingsOf, revisionsOf, unfit } from './batch.ts';
import { Dictionary, type Words } from './dictionary.ts';
import type { Outbox, Parcel } from './outbox.ts';
import { BLOCK, BLOCKS, DAY, dayOf, minutesWithin, unpackedBatch, type Family, type Rows } from './packing.ts';
import type { Owed, OutboxRow, PageQuery, ReadAsks } from './reader.ts';
import type { HourSum, Kept, LatestQuery, Range, ReadingsStore, SeriesQuery } from './store.ts';
import type { SumRow, WriteAsks } from './writer.ts';

export type SqliteStore = ReadingsStore & Outbox;
export type Opened = { ok: true; store: SqliteStore } | { ok: false; reason: string };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const writerFile = new URL('./write-worker.ts', import.meta.url);
const readerFile = new URL('./read-worker.ts', import.meta.url);

/** Readings of the outbox that are taken at a time. */
const PARCELS = 20_000;

/** Opens, or makes, the store in `file`. One process at a time may write it (`server/lock.ts`); any may read. `ships`: what is kept waits in the outbox too. */
export async function openSqliteReadings(file: string, { ships = false }: { ships?: boolean } = {}): Promise<Opened> {
  const store = new SqliteReadings(file, ships);
  const opened = await store.open();
  if (opened.ok) return { ok: true, store };
  await store.close();
  return opened;
}

class SqliteReadings implements SqliteStore {
  readonly #writer: Thread<WriteAsks>;
  readonly #reader: Thread<ReadAsks>;
  readonly #dictionary = new Dictionary();

  constructor(file: string, ships: boolean) {
    this.#writer = new Thread(writerFile, { file, ships });
    this.#reader = new Thread(readerFile, { file });
  }

  async open(): Promise<Kept> {
    try {
      this.#reader.begin();
      const opened = await this.#writer.ask('open', null);
      if (!opened.ok) return opened;
      const strange = this.#dictionary.load(await this.#reader.ask('words', null));
      return strange === null ? { ok: true } : { ok: false, reason: strange };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  }

  keep = async (readings: readonly KeptReading[]): Promise<Kept> => {
    const reason = unfit(readings);
    if (reason !== null) return { ok: false, reason };
    return this.#write(() => {
      const batch = batchOf(readings, this.#dictionary);
      const buffers = [batch.starts.buffer, batch.series.buffer, batch.entries.buffer];
      return this.#teach((words) => this.#writer.ask('keep', { words, batch }, buffers));
    });
  };

  latest = (query: LatestQuery): AsyncIterable<KeptReading[]> => this.#pages(query);

  revisions = async ({ station, pollutant, ...range }: SeriesQuery): Promise<KeptReading[]> => {
    const series = this.#dictionary.knownSeries(station, pollutant);
    if (series === null) return [];
    const found: KeptReading[] = [];
    for (const day of await this.#daysOf(range)) {
      const rows = await this.#reader.ask('block', { ...day, block: Math.floor(series / BLOCK) });
      found.push(...revisionsOf(rows, series, this.#dictionary));
    }
    return found;
  };

  hourSums = async (range: Range): Promise<HourSum[]> => {
    const rows = await this.#reader.ask('sums', range);
    const ranks = this.#dictionary.ranks();
    return rows.sort((a, b) => a.start - b.start || (ranks[a.series] ?? 0) - (ranks[b.series] ?? 0)).map(this.#named);
  };

  compact = (before: number, sums: readonly HourSum[]): Promise<Kept> => this.#write(() => {
    const numbered = sums.map(({ station, pollutant, ...rest }) => ({ ...rest, series: this.#dictionary.seriesId(station, pollutant) }));
    return this.#teach((words) => this.#writer.ask('compact', { words, before, sums: numbered }));
  });

  extent = async (): Promise<{ end: number | null; rows: number }> => {
    const { days, end } = await this.#reader.ask('days', null);
    return { end, rows: days.reduce((sum, [, , rows]) => sum + rows, 0) };
  };

  parcels = async (): Promise<Parcel[]> => (await this.#reader.ask('outbox', { most: PARCELS })).map(this.#parcel);

  shipped = (upTo: number): Promise<Kept> => this.#write(() => this.#writer.ask('shipped', { upTo }));

  owed = (): Promise<Owed> => this.#reader.ask('owed', null);

  every = (fromDay: number): AsyncIterable<{ day: number; readings: KeptReading[] }> => this.#every(fromDay);

  note = (name: string, value: string): Promise<Kept> => this.#write(() => this.#writer.ask('note', { name, value }));

  noted = (name: string): Promise<string | null> => this.#reader.ask('note', name);

  /** What was handed over before is still written. */
  close = async (): Promise<void> => {
    // The writer last: it moves the log into the file, which nobody may be reading then.
    await Promise.allSettled([this.#reader.ask('close', null)]);
    await Promise.allSettled([this.#writer.ask('close', null)]);
    await Promise.all([this.#writer.end(), this.#reader.end()]);
  };

  readonly #named = ({ series, ...sums }: SumRow): HourSum => ({ ...this.#dictionary.series(series), ...sums });

  readonly #parcel = ({ id, kind, body }: OutboxRow): Parcel => {
    if (kind === 'keep') return { upTo: id, kind: 'keep', readings: readingsOf(unpackedBatch(body), this.#dictionary) };
    const { before, sums } = JSON.parse(Buffer.from(body).toString('utf8')) as { before: number; sums: SumRow[] };
    return { upTo: id, kind: 'compact', before, sums: sums.map(this.#named) };
  };

  async *#pages(query: LatestQuery): AsyncGenerator<KeptReading[]> {
    for await (const rows of this.#rows(query)) yield latestOf(rows, this.#dictionary, query.knownAt);
  }

  async *#every(fromDay: number): AsyncGenerator<{ day: number; readings: KeptReading[] }> {
    for await (const rows of this.#rows({ from: fromDay * DAY, to: Number.MAX_SAFE_INTEGER })) yield { day: rows.day, readings: everyOf(rows, this.#dictionary) };
  }

  async *#rows(range: Range): AsyncGenerator<Rows> {
    for (const { day, families, from, to } of await this.#daysOf(range)) {
      for (let minute = from; minute < to;) {
        const rows = await this.#reader.ask('page', { day, families, from: minute, to });
        const last = rows.keys.at(-1);
        if (last === undefined) break;
        yield rows;
        minute = Math.floor(last / BLOCKS) + 1;
      }
    }
  }

  /** Sends the words along that no durable write had yet, and remembers them as written once this one is. */
  async #teach(ask: (words: Words) => Promise<Kept>): Promise<Kept> {
    const taken = this.#dictionary.extent;
    const kept = await ask(this.#dictionary.fresh());
    if (kept.ok) this.#dictionary.written(taken);
    return kept;
  }

  /**
   * Asked again when the thread died before it answered: the same reading twice is kept once, so nobody needs
   * to know whether the first time was enough.
   */
  async #write(ask: () => Promise<Kept>): Promise<Kept> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ThreadLost) || attempt === 2) return { ok: false, reason: reasonOf(error) };
      }
    }
  }

  /** The days kept that overlap a range, oldest first, each with its minutes inside it. */
  async #daysOf({ from, to }: Range): Promise<PageQuery[]> {
    const { days } = await this.#reader.ask('days', null);
    const wanted = new Map<number, Family[]>();
    for (const [family, day] of days)
      if (day >= dayOf(from) && day * DAY < to) wanted.set(day, [...(wanted.get(day) ?? []), family]);
    return [...wanted].map(([day, families]) => ({ day, families, ...minutesWithin(day, { from, to }) }));
  }
}

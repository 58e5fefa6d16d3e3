/** What the writing thread does with the file: transactions, the rows of a day, compaction. */
import type { HourSum, Kept } from './store.ts';
import type { Words } from './dictionary.ts';
import { BLOCKS, dayOf, ENTRY, minuteOfDay, packedBatch, tableOf, type Batch, type Family } from './packing.ts';
import { joined, Refused, rowsOfBatch, type Row } from './rows.ts';
import { dayTable, daysKept, openToWrite } from './schema.ts';
import { first, inTransaction, type Connection } from '../sqlite.ts';
import { MINUTE } from '../../shared/time.ts';

export type SumRow = Omit<HourSum, 'station' | 'pollutant'> & { series: number };

/** What may be asked of the writing thread. */
export type WriteAsks = {
  open: [null, Kept];
  keep: [{ words: Words; batch: Batch }, Kept];
  note: [{ name: string; value: string }, Kept];
  compact: [{ words: Words; before: number; sums: SumRow[] }, Kept];
  shipped: [{ upTo: number }, Kept];
  close: [null, Kept];
};

/** `ships`: whether what is kept is also put into the outbox. */
export type WriterData = { file: string; ships: boolean };

type Tally = { rows: number; end: number };

export class Writer {
  readonly #file: string;
  readonly #ships: boolean;
  readonly #statements = new Map<string, ReturnType<Connection['prepare']>>();
  #db: Connection | null = null;
  #tables = new Set<string>();
  #dirty = false;

  constructor({ file, ships }: WriterData) {
    this.#file = file;
    this.#ships = ships;
  }

  /** All of `work` or nothing of it, durable when it returns; a failure is a value. */
  commit(work: () => void): Kept {
    try {
      const db = this.#open();
      inTransaction(db, work);
      this.#dirty = true;
      return { ok: true };
    } catch (error) {
      // A connection that saw the disk fail may be in any state; the next commit opens a new one, once the disk allows.
      if (!(error instanceof Refused)) this.close();
      else this.#tables = this.#tablesKept();
      return { ok: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  keep({ words, batch }: WriteAsks['keep'][0]): void {
    this.#learn(words);
    const tallies = new Map<string, Tally & { family: Family; day: number }>();
    for (const row of rowsOfBatch(batch)) {
      const { added, end } = this.#keepRow(row, batch);
      const name = tableOf(row.family, row.day);
      const tally = tallies.get(name) ?? { family: row.family, day: row.day, rows: 0, end };
      tallies.set(name, { ...tally, rows: tally.rows + added, end: Math.max(tally.end, end) });
    }
    for (const { family, day, rows, end } of tallies.values()) {
      this.#run('INSERT INTO day VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, "end" = max("end", excluded."end")', [family, day, rows, end]);
    }
    this.#ship('keep', batch.starts.length, packedBatch(batch));
  }

  shipped({ upTo }: WriteAsks['shipped'][0]): void {
    this.#run('DELETE FROM outbox WHERE id <= ?', [upTo]);
  }

  note({ name, value }: WriteAsks['note'][0]): void {
    this.#run('INSERT INTO note VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', [name, value]);
  }

  compact({ words, before, sums }: WriteAsks['compact'][0]): void {
    this.#learn(words);
    for (const { start, series, sum, minutes, suspect, invalid, level = null } of sums)
      this.#run('INSERT OR REPLACE INTO hour_sum VALUES (?, ?, ?, ?, ?, ?, ?)', [start, series, sum, minutes, suspect, invalid, level]);
    const db = this.#open();
    const newest = Number(first(db, 'SELECT max("end") FROM day') ?? 0);
    for (const [family, day] of daysKept(db)) {
      if (family !== 'part' || day > dayOf(before)) continue;
      if (day < dayOf(before)) this.#dropDay(day);
      else this.#dropUntil(day, minuteOfDay(before) * BLOCKS);
    }
    // What had been heard until when must not be forgotten with the minutes that said so.
    if (newest > 0) this.#run('INSERT INTO note VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(CAST(value AS INTEGER), excluded.value)', [':end', newest]);
    this.#ship('compact', 0, Buffer.from(JSON.stringify({ before, sums })));
  }

  /** Moves the log into the file; whoever still reads it merely puts that off. */
  checkpoint(): void {
    if (this.#db === null || !this.#dirty) return;
    try {
      this.#db.pragma('busy_timeout=50');
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
      this.#db.pragma('busy_timeout=2000');
      this.#dirty = false;
    } catch {
      // The next commit meets the same disk and says so.
    }
  }

  close(): void {
    const db = this.#db;
    this.#db = null;
    this.#statements.clear();
    db?.close();
  }

  #open(): Connection {
    if (this.#db !== null) return this.#db;
    this.#db = openToWrite(this.#file);
    this.#tables = this.#tablesKept();
    return this.#db;
  }

  #tablesKept(): Set<string> {
    return new Set(this.#db === null ? [] : daysKept(this.#db).map(([family, day]) => tableOf(family, day)));
  }

  #statement(sql: string): ReturnType<Connection['prepare']> {
    let statement = this.#statements.get(sql);
    if (statement !== undefined) return statement;
    if (this.#statements.size > 100) this.#statements.clear();
    statement = this.#open().prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #run(sql: string, params: unknown[]): void {
    this.#statement(sql).run(params);
  }

  /** In the same transaction as what it is about: neither is ever there without the other. */
  #ship(kind: 'keep' | 'compact', readings: number, body: Uint8Array): void {
    if (this.#ships && (kind === 'compact' || readings > 0)) this.#run('INSERT INTO outbox (kind, readings, at, body) VALUES (?, ?, ?, ?)', [kind, readings, Date.now(), body]);
  }

  #learn({ series, marks }: Words): void {
    for (const row of series) this.#run('INSERT OR IGNORE INTO series VALUES (?, ?, ?)', row);
    for (const row of marks) this.#run('INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)', row);
  }

  #keepRow({ family, day, key, places }: Row, batch: Batch): { added: number; end: number } {
    const table = tableOf(family, day);
    if (!this.#tables.has(table)) {
      this.#open().exec(dayTable(table));
      this.#tables.add(table);
    }
    const found = this.#statement(`SELECT entries FROM ${table} WHERE key = ?`).raw().get([key]) as [Uint8Array] | undefined;
    const kept = found?.[0] ?? null;
    const entries = joined(kept, batch, places);
    if (entries.length !== (kept?.length ?? 0))
      this.#run(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET entries = excluded.entries`, [key, entries]);
    const start = batch.starts[places[0] ?? 0] ?? 0;
    const longest = places.reduce((most, i) => Math.max(most, batch.entries[i * ENTRY + 23] ?? 0), 0);
    return { added: (entries.length - (kept?.length ?? 0)) / ENTRY, end: start + longest * MINUTE };
  }

  #dropDay(day: number): void {
    const table = tableOf('part', day);
    this.#statements.clear();
    this.#open().exec(`DROP TABLE ${table}`);
    this.#tables.delete(table);
    this.#run('DELETE FROM day WHERE day = ? AND family = ?', [day, 'part']);
  }

  #dropUntil(day: number, key: number): void {
    const table = tableOf('part', day);
    const dropped = Number(first(this.#open(), `SELECT total(length(entries)) FROM ${table} WHERE key < ?`, [key])) / ENTRY;
    this.#run(`DELETE FROM ${table} WHERE key < ?`, [key]);
    this.#run('UPDATE day SET rows = rows - ? WHERE day = ? AND family = ?', [dropped, day, 'part']);
  }
}

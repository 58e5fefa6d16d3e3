/**
 * Rooms of the past: what the journal's first facts make, at some facts of it, so that a past moment is folded from near by.
 * `journal-past.sqlite` beside the journal. They are left by whoever folds the journal anyway. One that is damaged, of another journal
 * or of another program is passed over and dropped. Many are thinned, where they lie closest.
 */
import { existsSync } from 'node:fs';
import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import type { Room } from '../../shared/situation.ts';
import { type Connection, first, inTransaction, rowsOf, textIn } from '../sqlite.ts';
import { codeOf } from './code.ts';
import { GENESIS } from './journal.ts';
import { hashAt } from './lookup.ts';
import { isDamage, openMade, removeMade } from './made.ts';
import { openToRead } from './schema.ts';

export const pastRoomsBeside = (journal: string): string => journal.replace(/(\.sqlite)?$/, '-past$1');

/** The room after fact `seq`, whose latest instant is `at`; no fact of `(after, seq]` is of an instant before `least`. */
export type Stop = { seq: number; hash: string; at: number; after: number; least: number };
export const NO_STOP: Stop = { seq: 0, hash: GENESIS, at: -Infinity, after: 0, least: Infinity };

const MADE = {
  version: 1,
  tables: `CREATE TABLE room (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, after INTEGER NOT NULL, least INTEGER NOT NULL,
  code TEXT NOT NULL, sum INTEGER NOT NULL, kept BLOB NOT NULL) STRICT;`,
};

/** `every`: facts from one to the next; `most`: how many; `bytes`: of all of them. */
export type Spacing = { every: number; most: number; bytes: number };
const SPACING: Spacing = { every: 10_000, most: 256, bytes: 256 * 1024 ** 2 };
/** `tell`: what was passed over and why; `code`: which program folds; `touches`: whether what is no good may be dropped. */
export type PastOptions = { tell?: (reason: string) => void; spacing?: Spacing; code?: string; touches?: boolean };

const sumOf = ({ seq, hash, at, after, least }: Stop): number => crc32([seq, hash, at, after, least].join());

export class PastRooms {
  private readonly file: string;
  private readonly journal: Connection;
  private readonly options: Required<PastOptions>;
  private db: Connection | null = null;

  constructor(file: string, journal: Connection, { tell = () => undefined, spacing = SPACING, code = codeOf(), touches = true }: PastOptions = {}) {
    this.file = file;
    this.journal = journal;
    this.options = { tell, spacing, code, touches };
  }

  /** Those that fit the journal, in order. */
  stops(): Stop[] {
    return existsSync(this.file) ? this.guarded(() => this.rows().filter((row) => this.sound(row)).map(({ stop }) => stop)) ?? [] : [];
  }

  /** What was kept of it; null where it is damaged. */
  room({ seq }: Stop): Room | null {
    return this.guarded(() => {
      try {
        const room = JSON.parse(gunzipSync(first(this.open(), 'SELECT kept FROM room WHERE seq = ?', [seq]) as Buffer).toString('utf8')) as Room;
        if (room.seq === seq) return room;
      } catch (error) {
        if (isDamage(error)) throw error;
      }
      this.drop(seq, 'is damaged');
      return null;
    });
  }

  /** Leaves the room of a journal's first facts, if none is near; a refusal costs time later and nothing else. */
  leave(room: () => Room, { seq, hash }: { seq: number; hash: string }): void {
    this.guarded(() => {
      const after = existsSync(this.file) ? Number(first(this.open(), 'SELECT max(seq) FROM room WHERE seq <= ?', [seq]) ?? 0) : 0;
      if (seq - after < this.options.spacing.every) return;
      const least = Number(first(this.journal, 'SELECT min(at) FROM fact WHERE seq > ? AND seq <= ?', [after, seq]));
      const made = room();
      const stop = { seq, hash, at: made.at, after, least };
      const kept = gzipSync(JSON.stringify(made), { level: 1 });
      inTransaction(this.open(), () => { this.put(stop, kept); this.thin(); });
    });
  }

  close(): void {
    this.db?.close();
    this.db = null;
  }

  private open(): Connection {
    const { code, touches } = this.options;
    // What another program made is nobody's loss.
    const use = (db: Connection): Connection => { db.prepare('DELETE FROM room WHERE code <> ?').run([code]); return db; };
    this.db ??= touches ? openMade(this.file, MADE, { use, anew: (reason) => { this.passedOver(reason); } }) : openToRead(this.file);
    return this.db;
  }

  private guarded<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.passedOver(error instanceof Error ? error.message : String(error));
      this.close();
      if (this.options.touches && isDamage(error)) removeMade(this.file);
      return null;
    }
  }

  private rows(): { stop: Stop; sum: number }[] {
    const rows = rowsOf(this.open(), 'SELECT seq, CAST(hash AS BLOB), at, after, least, sum FROM room WHERE code = ? ORDER BY seq', [this.options.code]);
    return (rows as [number, unknown, number, number, number, number][]).map(([seq, hash, at, after, least, sum]) => ({ stop: { seq, hash: textIn(hash) ?? '', at, after, least }, sum }));
  }

  private sound({ stop, sum }: { stop: Stop; sum: number }): boolean {
    if (sumOf(stop) !== sum) this.drop(stop.seq, 'is damaged');
    else if (hashAt(this.journal, stop.seq) !== stop.hash) this.drop(stop.seq, 'is of another journal');
    else return true;
    return false;
  }

  private drop(seq: number, reason: string): void {
    this.passedOver(`the room after fact ${seq} ${reason}`);
    if (this.options.touches) this.open().prepare('DELETE FROM room WHERE seq = ?').run([seq]);
  }

  private passedOver(reason: string): void {
    this.options.tell(`${this.file}: ${reason}`);
  }

  private put(stop: Stop, kept: Uint8Array): void {
    const { seq, hash, at, after, least } = stop;
    this.open().prepare('INSERT OR REPLACE INTO room VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run([seq, hash, at, after, least, this.options.code, sumOf(stop), kept]);
  }

  /** The last one stays: the next is counted from it. */
  private thin(): void {
    const { most, bytes } = this.options.spacing;
    for (let rows = this.rows(); rows.length > 1 && (rows.length > most || this.size() > bytes); rows = this.rows()) {
      const gap = (n: number): number => (rows[n + 1]?.stop.seq ?? Infinity) - (rows[n - 1]?.stop.seq ?? 0);
      const n = rows.reduce((least, _, i) => (gap(i) < gap(least) ? i : least), 0);
      this.joinToNext(rows[n]?.stop ?? NO_STOP, rows[n + 1]?.stop ?? NO_STOP);
    }
  }

  private joinToNext(gone: Stop, next: Stop): void {
    this.open().prepare('DELETE FROM room WHERE seq = ?').run([gone.seq]);
    const joined = { ...next, after: Math.min(gone.after, next.after), least: Math.min(gone.least, next.least) };
    this.open().prepare('UPDATE room SET after = ?, least = ?, sum = ? WHERE seq = ?').run([joined.after, joined.least, sumOf(joined), next.seq]);
  }

  private size(): number {
    return Number(first(this.open(), 'SELECT sum(length(kept)) FROM room'));
  }
}

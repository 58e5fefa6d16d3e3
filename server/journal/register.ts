/**
 * The register of the journal: which facts are about what, `journal-register.sqlite` beside the journal. It is made from the journal,
 * by whoever reads, and never on the way of a fact to the disk; whoever deletes it loses nothing but the time to make it again.
 */
import type { Fact } from '../../shared/fact.ts';
import type { Listed, Page } from '../../shared/page.ts';
import { type Connection, first, inTransaction, rowsOf } from '../sqlite.ts';
import { type Entry, entriesOf, named } from './entries.ts';
import type { Began } from './journal.ts';
import { openMade, removeMade } from './made.ts';
import { openToRead } from './schema.ts';

const VERSION = 2;

export const registerBeside = (journal: string): string => journal.replace(/(\.sqlite)?$/, '-register$1');

/** `begun`: when what it is about began; of alerts the start of the period, of orders when they were issued. `first`: the fact that said so first. `point`: what is shelved together. */
const tables = `
CREATE TABLE subject (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, begun INTEGER, first INTEGER, point INTEGER) STRICT;
CREATE INDEX begun ON subject (begun) WHERE begun IS NOT NULL;
CREATE TABLE about (subject INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (subject, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE reached (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
`;

/** Names that are at hand: facts about one thing come close together. */
const AT_HAND = 5_000;

export class Register {
  private readonly db: Connection;
  private readonly numbers = new Map<string, number>();

  private constructor(db: Connection) {
    this.db = db;
  }

  /** Opens it, or makes it. */
  static open(file: string): Register {
    return openMade(file, { version: VERSION, tables }, { use: (db) => new Register(db) });
  }

  /** One that somebody else may be writing. */
  static toRead(file: string): Register {
    return new Register(openToRead(file));
  }

  static remove(file: string): void {
    removeMade(file);
  }

  reached(): { seq: number; hash: string } | null {
    const [row] = rowsOf(this.db, 'SELECT seq, hash FROM reached') as [number, string][];
    return row === undefined ? null : { seq: row[0], hash: row[1] };
  }

  /** All of them or none. */
  add(facts: readonly Fact[]): void {
    const last = facts.at(-1);
    if (last === undefined) return;
    try {
      inTransaction(this.db, () => {
        const about = this.db.prepare('INSERT OR IGNORE INTO about VALUES (?, ?)');
        for (const fact of facts) for (const entry of entriesOf(fact)) about.run([this.numberOf(entry, fact.seq), fact.seq]);
        this.db.prepare('INSERT OR REPLACE INTO reached VALUES (1, ?, ?)').run([last.seq, last.hash]);
      });
    } catch (error) {
      this.numbers.clear();
      throw error;
    }
  }

  private numberOf({ name, begun, point }: Entry, seq: number): number {
    const known = this.numbers.get(name);
    if (known !== undefined && begun === undefined) return known;
    const place: number | null = point === undefined ? null : this.numberOf({ name: point }, seq);
    const put = this.db.prepare('INSERT INTO subject (name, begun, first, point) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET begun = coalesce(excluded.begun, begun), first = coalesce(first, excluded.first), point = coalesce(excluded.point, point) RETURNING n');
    const [row] = put.raw().all([name, begun ?? null, begun === undefined ? null : seq, place]) as [number][];
    const n = row?.[0] ?? 0;
    if (this.numbers.size >= AT_HAND) this.numbers.clear();
    this.numbers.set(name, n);
    return n;
  }

  /** Numbers of the facts under a name, those above one. */
  about(name: string, after: number): number[] {
    return (rowsOf(this.db, 'SELECT seq FROM about WHERE subject = (SELECT n FROM subject WHERE name = ?) AND seq > ?', [name, after]) as [number][]).map(([seq]) => seq);
  }

  /** The name of the point of an alert, by its name. */
  pointOf(name: string): string[] {
    return (rowsOf(this.db, 'SELECT name FROM subject WHERE n = (SELECT point FROM subject WHERE name = ?)', [name]) as [string][]).map(([point]) => point);
  }

  /** Names of what began in a span, in the order in which they came. */
  begun({ of, from, to }: Began): string[] {
    const select = 'SELECT name FROM subject WHERE begun >= ? AND begun < ? AND substr(name, 1, ?) = ? ORDER BY first';
    const prefix = named(of, '');
    return (rowsOf(this.db, select, [from, to, prefix.length, prefix]) as [string][]).map(([name]) => name.slice(prefix.length));
  }

  /** A page of the alerts, by the index of when they began. */
  latest({ from, to, before, limit }: Page): Listed[] {
    const select = 'SELECT begun, name FROM subject WHERE begun >= ? AND begun < ? AND begun <= ? AND (begun < ? OR name < ?) AND substr(name, 1, ?) = ? ORDER BY begun DESC, name DESC LIMIT ?';
    const prefix = named('alert', '');
    const { start, id } = before ?? { start: to, id: '' };
    return (rowsOf(this.db, select, [from, to, start, start, prefix + id, prefix.length, prefix, limit]) as [number, string][]).map(([begun, name]) => ({ start: begun, id: name.slice(prefix.length) }));
  }

  /** How many entries it has, and whether one is among them. */
  size(): number {
    return Number(first(this.db, 'SELECT count(*) FROM about'));
  }

  has({ name, begun }: Entry, seq: number): boolean {
    const select = 'SELECT begun FROM about JOIN subject ON n = subject WHERE name = ? AND seq = ?';
    const [row] = rowsOf(this.db, select, [name, seq]) as [number | null][];
    return row !== undefined && (begun === undefined || row[0] !== null);
  }

  close(): void {
    this.db.close();
  }
}

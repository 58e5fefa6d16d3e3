/** What a journal's reader finds by its register; what is not registered yet, or cannot be, is looked at fact by fact. */
import type { Fact } from '../../shared/fact.ts';
import { type Listed, type Page, pageOf } from '../../shared/page.ts';
import { type Connection, first, rowsOf, textIn } from '../sqlite.ts';
import { aboutIn, begunIn, latestIn, named, type Unregistered, unregistered, widened } from './entries.ts';
import type { Began, Sought } from './journal.ts';
import { isDamage } from './made.ts';
import { Register } from './register.ts';

/** Facts at a time. */
const PAGE = 10_000;
/** From how many on it is said how far it has come: an old journal is registered once, and somebody waits for it. */
const MANY = 50_000;

type Row = [seq: number, text: unknown, hash: unknown];
const COLUMNS = 'seq, CAST(text AS BLOB), CAST(hash AS BLOB)';
const factIn = ([, text, hash]: Row): Fact => ({ ...(JSON.parse(textIn(text) ?? '{}') as Fact), hash: textIn(hash) ?? '' });

export const factsAfter = (db: Connection, seq: number, limit: number): Fact[] =>
  (rowsOf(db, `SELECT ${COLUMNS} FROM fact WHERE seq > ? ORDER BY seq LIMIT ?`, [seq, limit]) as Row[]).map(factIn);

/** Of the facts in `(after, upTo]` those whose event time had come by `at`. */
export const factsBy = (db: Connection, { after, upTo, at, limit }: { after: number; upTo: number; at: number; limit: number }): Fact[] =>
  (rowsOf(db, `SELECT ${COLUMNS} FROM fact WHERE seq > ? AND seq <= ? AND at <= ? ORDER BY seq LIMIT ?`, [after, upTo, at, limit]) as Row[]).map(factIn);

/** The hash of a fact, or null where the journal does not reach so far. */
export const hashAt = (db: Connection, seq: number): string | null => textIn(first(db, 'SELECT CAST(hash AS BLOB) FROM fact WHERE seq = ?', [seq]));

/** Facts of a higher seq than `after`. */
export type About = { of: Sought; ids: readonly string[]; after: number };

export class Lookup {
  private readonly journal: () => Connection;
  private readonly file: string;
  private readonly say: (line: string) => void;
  private register: Register | null = null;

  constructor(journal: () => Connection, file: string, say: (line: string) => void) {
    this.journal = journal;
    this.file = file;
    this.say = say;
  }

  about({ of, ids, after }: About): Fact[] {
    const tail = this.tail();
    const names = ids.map((id) => named(of, id));
    const points = names.flatMap((name) => this.register?.pointOf(name) ?? []);
    const wanted = widened([...names, ...points], tail);
    const seqs = new Set([...wanted].flatMap((name) => this.register?.about(name, after) ?? []));
    for (const seq of aboutIn(tail, wanted)) if (seq > after) seqs.add(seq);
    const one = this.journal().prepare(`SELECT ${COLUMNS} FROM fact WHERE seq = ?`).raw();
    return [...seqs].sort((a, b) => a - b).flatMap((seq) => { const row = one.get([seq]) as Row | undefined; return row === undefined ? [] : [factIn(row)]; });
  }

  begun(began: Began): string[] {
    const tail = this.tail();
    return [...new Set([...this.register?.begun(began) ?? [], ...begunIn(tail, began)])];
  }

  latest(page: Page): Listed[] {
    const tail = this.tail();
    return pageOf([...this.register?.latest(page) ?? [], ...latestIn(tail, page)], page);
  }

  /** Registers what has come since; a refusal is the next one's to make good. */
  catchUp(): void {
    try {
      this.register ??= this.opened();
      this.registerAll(this.register);
    } catch (error) {
      this.close();
      if (!isDamage(error)) throw error;
      Register.remove(this.file);
      this.register = this.opened();
      this.registerAll(this.register);
    }
  }

  close(): void {
    this.register?.close();
    this.register = null;
  }

  /** One of another journal is none. */
  private opened(): Register {
    const register = Register.open(this.file);
    const reached = register.reached();
    if (reached === null || hashAt(this.journal(), reached.seq) === reached.hash) return register;
    register.close();
    Register.remove(this.file);
    return Register.open(this.file);
  }

  private registerAll(register: Register): void {
    let seq = register.reached()?.seq ?? 0;
    const last = Number(first(this.journal(), 'SELECT max(seq) FROM fact') ?? 0);
    const many = last - seq > MANY;
    for (let told = seq; ;) {
      const facts = factsAfter(this.journal(), seq, PAGE);
      register.add(facts);
      seq = facts.at(-1)?.seq ?? seq;
      if (many && seq - told >= MANY) { told = seq; this.say(`日志登记 · registering the journal: ${seq} / ${last}`); }
      if (facts.length < PAGE) return;
    }
  }

  /** What no register has. */
  private tail(): Unregistered[] {
    try {
      this.catchUp();
      return [];
    } catch {
      const found: Unregistered[] = [];
      for (let seq = this.register?.reached()?.seq ?? 0; ;) {
        const facts = factsAfter(this.journal(), seq, PAGE);
        for (const each of unregistered(facts)) found.push(each);
        seq = facts.at(-1)?.seq ?? seq;
        if (facts.length < PAGE) return found;
      }
    }
  }
}

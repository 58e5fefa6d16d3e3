/** The embedded journal: SQLite in two threads, one that writes and one that reads. */
import type { Fact } from '../../shared/fact.ts';
import type { Listed, Page } from '../../shared/page.ts';
import { Thread, ThreadLost } from '../thread.ts';
import type { Began, Chained, Head, JournalStore, OpenedJournal, Sought, Written } from './journal.ts';
import type { ReadAsks } from './read-worker.ts';
import type { FactRow } from './schema.ts';
import type { WriteAsks } from './writer.ts';

/** Ids at a time, at the start. */
const CHUNK = 10_000;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const rowOf = ({ fact, text }: Chained): FactRow => [fact.seq, fact.id, fact.at, fact.kind, text, fact.hash];

/** Opens, or makes, the journal in `file`. One process at a time may write it (`server/lock.ts`); any may read. */
export async function openSqliteJournal(file: string): Promise<OpenedJournal> {
  const journal = new SqliteJournal(file);
  const opened = await journal.open();
  if (opened.ok) return { ok: true, journal };
  await journal.close();
  return opened;
}

class SqliteJournal implements JournalStore {
  readonly #writer: Thread<WriteAsks>;
  readonly #reader: Thread<ReadAsks>;

  constructor(file: string) {
    this.#writer = new Thread(new URL('./write-worker.ts', import.meta.url), { file });
    this.#reader = new Thread(new URL('./read-worker.ts', import.meta.url), { file });
  }

  open = (): Promise<Written> => {
    this.#reader.begin();
    return this.#write(() => this.#writer.ask('open', null));
  };

  write = (facts: readonly Chained[]): Promise<Written> => this.#write(() => this.#writer.ask('write', facts.map(rowOf)));

  head = (): Promise<Head> => this.#reader.ask('head', null);

  read = async (after: number, limit: number): Promise<Fact[]> => {
    const rows = await this.#reader.ask('read', { after, limit });
    return rows.map(([text, hash]) => ({ ...(JSON.parse(text) as Fact), hash }));
  };

  about = async (of: Sought, ids: readonly string[], after = 0): Promise<Fact[]> => (ids.length === 0 ? [] : this.#reader.ask('about', { of, ids, after }));

  begun = (began: Began): Promise<string[]> => this.#reader.ask('begun', began);

  latest = (page: Page): Promise<Listed[]> => this.#reader.ask('latest', page);

  ids = (): AsyncIterable<string[]> => this.#chunks();

  /** What was handed over before is still written. */
  close = async (): Promise<void> => {
    // The writer last: it moves the log into the file, which nobody may be reading then.
    await Promise.allSettled([this.#reader.ask('close', null)]);
    await Promise.allSettled([this.#writer.ask('close', null)]);
    await Promise.all([this.#writer.end(), this.#reader.end()]);
  };

  async *#chunks(): AsyncGenerator<string[]> {
    for (let after = 0; ;) {
      const { ids, last } = await this.#reader.ask('ids', { after, limit: CHUNK });
      if (ids.length === 0) return;
      yield ids;
      after = last;
    }
  }

  /** Asked again when the thread died before it answered: facts already written are passed over. */
  async #write(ask: () => Promise<Written>): Promise<Written> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ThreadLost) || attempt === 2) return { ok: false, reason: reasonOf(error) };
      }
    }
  }
}

/** A journal that forgets: for tests and for reports from files. */
import type { Fact } from '../../shared/fact.ts';
import type { Listed, Page } from '../../shared/page.ts';
import { link } from './chain.ts';
import { aboutIn, begunIn, latestIn, named, unregistered, widened } from './entries.ts';
import { type Began, type Chained, GENESIS, type Head, type JournalStore, type Sought, type Written } from './journal.ts';

/** `refusal` lets a test play the failing disk: while it answers a reason, nothing is written. */
export const memoryJournal = (refusal: () => string | null = () => null): JournalStore => new MemoryJournal(refusal);

class MemoryJournal implements JournalStore {
  readonly #facts: Fact[] = [];
  readonly #ids = new Set<string>();
  readonly #refusal: () => string | null;

  constructor(refusal: () => string | null) {
    this.#refusal = refusal;
  }

  write = (facts: readonly Chained[]): Promise<Written> => {
    const fresh = facts.filter(({ fact: { seq, hash } }) => this.#facts[seq - 1]?.hash !== hash);
    const reason = this.#refusal() ?? this.#fault(fresh);
    if (reason !== null) return Promise.resolve({ ok: false, reason });
    for (const { fact: { durable: _shown, ...fact } } of fresh) {
      this.#facts.push(fact);
      this.#ids.add(fact.id);
    }
    return Promise.resolve({ ok: true });
  };

  head = (): Promise<Head> => Promise.resolve(this.#head());

  read = (after: number, limit: number): Promise<Fact[]> => Promise.resolve(this.#facts.slice(after, after + limit));

  about = (of: Sought, ids: readonly string[], after = 0): Promise<Fact[]> => {
    const all = unregistered(this.#facts);
    const seqs = new Set(aboutIn(all, widened(ids.map((id) => named(of, id)), all)));
    return Promise.resolve(this.#facts.filter(({ seq }) => seq > after && seqs.has(seq)));
  };

  begun = (began: Began): Promise<string[]> => Promise.resolve(begunIn(unregistered(this.#facts), began));

  latest = (page: Page): Promise<Listed[]> => Promise.resolve(latestIn(unregistered(this.#facts), page));

  ids = (): AsyncIterable<string[]> => this.#chunks();

  async *#chunks(): AsyncGenerator<string[]> {
    yield await Promise.resolve([...this.#ids]);
  }

  close = (): Promise<void> => Promise.resolve();

  #head(): Head {
    const last = this.#facts.at(-1);
    return last === undefined ? { seq: 0, hash: GENESIS } : { seq: last.seq, hash: last.hash };
  }

  /** The same checks, in the same words, as those of the file's writer. */
  #fault(facts: readonly Chained[]): string | null {
    let { seq, hash } = this.#head();
    const ids = new Set<string>();
    for (const { fact, text } of facts) {
      if (fact.seq !== seq + 1) return `fact ${fact.seq} does not follow fact ${seq}`;
      if (link(hash, text) !== fact.hash) return `fact ${fact.seq} does not chain to fact ${seq}`;
      if (this.#ids.has(fact.id) || ids.has(fact.id)) return `a fact with the id ${fact.id} is already there`;
      ids.add(fact.id);
      ({ seq, hash } = fact);
    }
    return null;
  }
}

/**
 * The journal: one append-only, hash-chained list of facts. This interface is the durable end of it;
 * numbering, id check and hash happen in memory when a fact is decided (`sequencer.ts`), one queue writes in that order.
 * Implementations: `memory.ts`, `sqlite.ts`; one contract suite runs on all.
 */
import type { Fact } from '../../shared/fact.ts';
import type { Listed, Page } from '../../shared/page.ts';

export type Written = { ok: true } | { ok: false; reason: string };

/** The last link: what a new fact chains to. An empty journal has seq 0 and the genesis hash. */
export type Head = { seq: number; hash: string };
export const GENESIS = '0'.repeat(64);

/** A fact with the text that its hash covers (`textOf` of `chain.ts`): made when it was chained, and not again to be written. */
export type Chained = { fact: Fact; text: string };

/** What facts are found by: an alert or an order by its id, or one of the few kinds of which a start needs all. */
export type Sought = 'alert' | 'order' | 'kind';
/** Alerts by the start of their period, orders by when they were issued: `[from, to)`, event time. */
export type Began = { of: 'alert' | 'order'; from: number; to: number };

export type JournalStore = {
  /**
   * All or nothing, fsynced before it resolves. Facts must follow the head without a gap and chain to it; those
   * already written, word for word, are passed over, so that asking again is safe when the answer was lost.
   */
  write: (facts: readonly Chained[]) => Promise<Written>;
  head: () => Promise<Head>;
  /** Facts with seq > after, in order, at most `limit`. */
  read: (after: number, limit: number) => Promise<Fact[]>;
  /**
   * Every fact about these alerts or orders, or of these kinds, in order of seq; of alerts also what was shelved of their points,
   * whichever alert it was said of. What it costs depends on how many there are, not on how long the journal is.
   * `after`: only those of a higher seq.
   */
  about: (of: Sought, ids: readonly string[], after?: number) => Promise<Fact[]>;
  /** Ids of what began in a span, in the order in which they first came. */
  begun: (began: Began) => Promise<string[]>;
  /** Alerts a page at a time. What it costs depends on the page, not on how many there are. */
  latest: (page: Page) => Promise<Listed[]>;
  /** Every id, in order of seq, in chunks: what the sequencer must know to refuse a second fact of the same id. */
  ids: () => AsyncIterable<string[]>;
  close: () => Promise<void>;
};

export type OpenedJournal = { ok: true; journal: JournalStore } | { ok: false; reason: string };

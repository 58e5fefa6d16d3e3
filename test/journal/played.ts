/** A sequencer upon a journal whose disk does as the test says. */
import { memoryJournal } from '../../server/journal/memory.ts';
import type { JournalStore, Written } from '../../server/journal/journal.ts';
import { openSequencer, type Sequencer, type SequencerOptions } from '../../server/journal/sequencer.ts';
import type { Draft, Fact } from '../../shared/fact.ts';
import { draft, T0 } from './contract.ts';

export const air = draft;
export const staff = (id: string): Draft => draft(id, 'person:张三');
/** Facts without how they were shown. */
export const bare = (facts: Fact[]): Fact[] => facts.map(({ durable: _, ...fact }) => fact);

export class Played {
  /** Why the disk refuses; null: it does not. */
  refusal: string | null = null;
  /** How many facts each write had. */
  readonly writes: number[] = [];
  readonly shown: Fact[] = [];
  readonly #inner = memoryJournal(() => this.refusal);
  #gate = Promise.resolve();

  readonly journal: JournalStore = {
    ...this.#inner,
    write: async (facts): Promise<Written> => {
      this.writes.push(facts.length);
      await this.#gate;
      return this.#inner.write(facts);
    },
  };

  async open(more: Partial<SequencerOptions> = {}): Promise<Sequencer> {
    const sequencer = await openSequencer({ journal: this.journal, air: 'live', now: () => T0 + 5, retry: { first: 5, longest: 20 }, ...more });
    sequencer.onShow((facts) => { this.shown.push(...facts); });
    return sequencer;
  }

  /** The disk takes its time until the answer is called. */
  holdWrites(): () => void {
    let release = (): void => undefined;
    this.#gate = new Promise((resolve) => { release = resolve; });
    return release;
  }

  idsShown = (): string[] => this.shown.map(({ id }) => id);
  journalled = (): Promise<Fact[]> => this.journal.read(0, 1e6);
}

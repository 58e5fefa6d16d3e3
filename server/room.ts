/**
 * The room in memory: what was decided and what screens were shown, both folds of the same facts. Judgement goes by what
 * was decided; a person's word is decided at once and shown when it is durable. What has closed long ago is the journal's (`archive.ts`).
 */
import { AlertBook, type Alerts } from '../shared/book.ts';
import type { CallLog } from '../shared/calls.ts';
import type { Draft, Fact } from '../shared/fact.ts';
import { Memory } from '../shared/memory.ts';
import type { Asked } from '../shared/once.ts';
import type { Alert, Room as Situation } from '../shared/situation.ts';

/** As much of the sequencer as the room needs; facts are shown strictly in order of `seq`. */
export type Numbering = {
  append: (drafts: readonly Draft[]) => Fact[];
  /** Decided and not yet shown. */
  pending: () => Fact[];
  onDecide: (listener: (facts: Fact[]) => void) => void;
  onVoid: (listener: () => void) => void;
  onShow: (listener: (facts: Fact[]) => void) => void;
};

export class Room {
  private readonly numbering: Numbering;
  /** What was shown. */
  private readonly memory: Memory;
  /** The alerts as decided. */
  private book: AlertBook;
  private readonly listeners: ((facts: readonly Fact[]) => void)[] = [];

  /** `memory`: of the whole journal; from now on it is the room's. */
  constructor(numbering: Numbering, memory = new Memory()) {
    this.numbering = numbering;
    this.memory = memory;
    this.book = this.decided();
    numbering.onDecide((facts) => { this.book.take(facts); });
    numbering.onVoid(() => { this.book = this.decided(); });
    numbering.onShow((facts) => { this.show(facts); });
  }

  /** What was shown, and what is decided beyond it. */
  private decided(): AlertBook {
    const book = new AlertBook(this.situation());
    book.take(this.numbering.pending());
    return book;
  }

  private show(facts: readonly Fact[]): void {
    this.memory.take(facts);
    for (const listener of this.listeners) listener(facts);
  }

  /** Numbers what was decided; drafts that the journal has already are left out. */
  append(drafts: Draft[]): Fact[] {
    return drafts.length === 0 ? [] : this.numbering.append(drafts);
  }

  /** Called with facts when they are shown. */
  onShow(listener: (facts: readonly Fact[]) => void): void {
    this.listeners.push(listener);
  }

  /** Alerts as decided: what judgement goes by. */
  alerts(): Alerts {
    return this.book;
  }

  /** The room as screens have it. */
  situation(): Situation {
    return this.memory.room();
  }

  /** An alert as shown that is at hand: not closed, or not long ago. */
  alert(id: string): Alert | undefined {
    return this.memory.alert(id);
  }

  /** The calls of its load. */
  calls(): CallLog {
    return this.memory.calls();
  }

  /** Where the facts are that a person asked for under a key; null: it is not remembered. `now`: machine time. */
  asked(by: string, key: string, now: number): Asked | null {
    return this.memory.asked(by, key, now);
  }

  /** Ids of alerts that changed since an instant, at most two days ago. */
  movedSince(at: number): string[] {
    return this.memory.movedSince(at);
  }
}

/**
 * The room in memory: what was decided and what screens were shown, both folds of the same facts. Judgement goes by what
 * was decided; a person's word is decided at once and shown when it is durable.
 */
import { AlertBook, type Alerts } from '../shared/book.ts';
import type { Draft, Fact } from '../shared/fact.ts';
import { type Alert, applyAll, emptyRoom, type Order, type Room as Situation } from '../shared/situation.ts';

/** As much of the sequencer as the room needs; facts are shown strictly in order of `seq`. */
export type Numbering = {
  append: (drafts: readonly Draft[]) => Fact[];
  /** Decided and not yet shown. */
  pending: () => Fact[];
  onDecide: (listener: (facts: Fact[]) => void) => void;
  onVoid: (listener: () => void) => void;
  onShow: (listener: (facts: Fact[]) => void) => void;
};

/** An alert with every fact about it, oldest first. */
export type AlertFile = { alert: Alert; history: readonly Fact[] };

export class Room {
  private readonly numbering: Numbering;
  private shown: Situation = emptyRoom;
  /** Shown, and not yet folded into `shown`: a room is a value, and making one costs as much as it has alerts. */
  private unfolded: Fact[] = [];
  /** The alerts as decided. */
  private book: AlertBook;
  /** Every alert there ever was, as shown, and the facts of each. */
  private readonly ever = new AlertBook({}, { forgets: false });
  private readonly histories = new Map<string, Fact[]>();
  private readonly allOrders = new Map<string, Order>();
  private readonly listeners: ((facts: readonly Fact[]) => void)[] = [];

  /** `past` is the whole journal, in order. */
  constructor(numbering: Numbering, past: readonly Fact[]) {
    this.numbering = numbering;
    this.fold(past);
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

  private fold(facts: readonly Fact[]): void {
    for (const fact of facts) this.unfolded.push(fact);
    this.ever.take(facts);
    for (const fact of facts) if ('alert' in fact) this.file(fact, fact.alert);
    const moved = facts.flatMap((fact) => ('order' in fact ? [fact.order] : []));
    for (const id of moved) {
      const order = this.situation().orders[id];
      if (order !== undefined) this.allOrders.set(id, order);
    }
  }

  private file(fact: Fact, id: string): void {
    const history = this.histories.get(id);
    if (history === undefined) this.histories.set(id, [fact]);
    else history.push(fact);
  }

  private show(facts: readonly Fact[]): void {
    this.fold(facts);
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
    if (this.unfolded.length > 0) {
      this.shown = applyAll(this.shown, this.unfolded);
      this.unfolded = [];
    }
    return this.shown;
  }

  /** Every alert there ever was, closed ones too. */
  alertFiles(): AlertFile[] {
    return [...this.histories.keys()].flatMap((id) => this.alertFile(id) ?? []);
  }

  alertFile(id: string): AlertFile | undefined {
    const alert = this.ever.of(id);
    return alert === undefined ? undefined : { alert, history: this.histories.get(id) ?? [] };
  }

  /** Every order there ever was. */
  orders(): Order[] {
    return [...this.allOrders.values()];
  }
}

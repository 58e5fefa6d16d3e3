/** Facts that are decided but not yet durable: numbered, chained, in order; some shown, some waiting to be. */
import type { Air, Draft, Fact } from '../../shared/fact.ts';
import { link, textOf } from './chain.ts';
import type { Chained, Head } from './journal.ts';

/** What a command waits for: all of its facts are durable, or none ever will be. */
export class Ticket {
  readonly outcome: Promise<boolean>;
  #settle: (durable: boolean) => void = () => undefined;

  constructor() {
    this.outcome = new Promise((resolve) => { this.#settle = resolve; });
  }

  settle(durable: boolean): void {
    this.#settle(durable);
  }
}

/** A staff fact has its command's ticket, and is shown only once it is durable; a fact of the air has none. */
type Entry = Chained & { ticket: Ticket | null };
export type Stamping = { air: Air; now: () => number };

export class Queue {
  readonly #stamping: Stamping;
  /** The last durable fact, and the last decided one. */
  #durable: Head;
  #decided: Head;
  #entries: Entry[] = [];
  /** How many of the entries, from the front, are shown. */
  #shown = 0;
  readonly #ids = new Map<string, Ticket | null>();

  constructor(head: Head, stamping: Stamping) {
    this.#durable = this.#decided = head;
    this.#stamping = stamping;
  }

  get length(): number { return this.#entries.length; }
  get durable(): Head { return this.#durable; }
  get decided(): Head { return this.#decided; }

  has = (id: string): boolean => this.#ids.has(id);
  /** The ticket of the command that a waiting staff fact belongs to. */
  ticketOf = (id: string): Ticket | null => this.#ids.get(id) ?? null;

  /** Decided, and not shown yet. */
  unshown = (): Fact[] => this.#entries.slice(this.#shown).map(({ fact }) => fact);

  /** Shown, and not durable yet. */
  shownOnly = (): Fact[] => this.#entries.slice(0, this.#shown).map(({ fact }) => fact);

  add(draft: Draft, ticket: Ticket | null): Fact {
    const { id, at, actor, body, once } = draft;
    const { air, now } = this.#stamping;
    // The body last: fields added behind a spread cost several times as much.
    const decided: Fact = { seq: this.#decided.seq + 1, id, at, recorded: now(), actor, air, hash: '', ...body };
    if (once !== undefined) decided.once = once;
    const { fact, text } = chain(decided, this.#decided.hash);
    this.#entries.push({ fact, text, ticket });
    this.#ids.set(id, ticket);
    this.#decided = { seq: fact.seq, hash: fact.hash };
    return fact;
  }

  /** The next facts to write: about as many as asked for, but never a part of what one command decided. */
  next(limit: number): Chained[] {
    let end = Math.min(limit, this.#entries.length);
    while (end > 0 && end < this.#entries.length && this.#entries[end]?.ticket != null && this.#entries[end]?.ticket === this.#entries[end - 1]?.ticket) end++;
    return this.#entries.slice(0, end);
  }

  /** Takes those that may be shown now: up to the first staff fact that is not durable. */
  takeShowable(): Fact[] {
    const from = this.#shown;
    while (this.#mayBeShown(this.#entries[this.#shown])) this.#shown++;
    return this.#entries.slice(from, this.#shown).map(({ fact }) => fact);
  }

  /** The facts up to `seq` are durable. */
  written(seq: number): void {
    const last = this.#entries[seq - this.#durable.seq - 1];
    if (last !== undefined) this.#durable = { seq, hash: last.fact.hash };
    // They stay until they are shown, which the caller does next.
  }

  /** Drops what is durable and shown; answers their ids, and settles the tickets that came with them. */
  takeWritten(): string[] {
    const count = this.#entries.findIndex(({ fact }) => fact.seq > this.#durable.seq);
    const done = this.#entries.splice(0, count === -1 ? this.#entries.length : count);
    this.#shown = Math.max(0, this.#shown - done.length);
    for (const { fact } of done) this.#ids.delete(fact.id);
    for (const ticket of ticketsOf(done)) ticket.settle(true);
    return done.map(({ fact }) => fact.id);
  }

  /**
   * Takes back every staff fact that waits. None was shown and nothing behind one was, so their numbers stay, what
   * they said becomes `command-voided`, and what is behind them is chained anew. Their ids are free again.
   */
  void(): Ticket[] {
    const voided = ticketsOf(this.#entries);
    if (voided.length === 0) return [];
    let { hash } = this.#durable;
    this.#entries = this.#entries.map(({ fact, ticket }) => {
      if (ticket !== null) this.#ids.delete(fact.id);
      const kept = chain(ticket === null ? { ...fact } : voidOf(fact), hash);
      if (ticket !== null) this.#ids.set(kept.fact.id, null);
      ({ hash } = kept.fact);
      return { ...kept, ticket: null };
    });
    this.#decided = { seq: this.#decided.seq, hash };
    return voided;
  }

  #mayBeShown(entry: Entry | undefined): boolean {
    return entry !== undefined && (entry.ticket === null || entry.fact.seq <= this.#durable.seq);
  }
}

/** Gives a fact that nobody else has yet its hash. */
function chain(fact: Fact, before: string): Chained {
  const text = textOf(fact);
  fact.hash = link(before, text);
  return { fact, text };
}

function voidOf({ seq, id, at, recorded, actor, air }: Fact): Fact {
  return { seq, id: `command-voided:${seq}`, at, recorded, actor: 'system', air, hash: '', kind: 'command-voided', of: id, by: actor };
}

const ticketsOf = (entries: Entry[]): Ticket[] => [...new Set(entries.map(({ ticket }) => ticket))].filter((ticket) => ticket !== null);

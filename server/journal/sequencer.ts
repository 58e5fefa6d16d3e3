/**
 * The end of the journal in memory: gives each decided fact its number and hash, shows them in that order, and has
 * one queue written in that order. Facts of the air are shown at once and written later; what staff do is written
 * first and shown second. While the disk refuses, the air goes on (`durable: false`), and staff are told so.
 */
import type { Air, Draft, Fact } from '../../shared/fact.ts';
import type { Head, JournalStore, Written } from './journal.ts';
import { KnownIds } from './known.ts';
import { Queue, Ticket } from './queue.ts';

export type SequencerOptions = {
  journal: JournalStore; air: Air;
  /** Machine time, UTC ms: what `recorded` says. */
  now: () => number;
  /** How many facts may wait for a disk that refuses. */
  limit?: number;
  /** Milliseconds between attempts while the disk refuses: the first, and the longest. */
  retry?: { first: number; longest: number };
};

/** Whether what is decided becomes durable; `full`: nothing more can be decided until it does. */
export type Durability = { durable: boolean; queued: number; refusedSince: number | null; reason: string | null; full: boolean };
export type Commanded = { ok: true; facts: Fact[] } | { ok: false; reason: 'not-durable' };
type Listener<T> = (told: T) => void;

/** Facts to one write: enough to share an fsync, few enough to be quick. */
const GROUP = 1_000;
const NOT_DURABLE: Commanded = { ok: false, reason: 'not-durable' };

/** Starts where the journal ends; reads every id it has. */
export async function openSequencer(options: SequencerOptions): Promise<Sequencer> {
  const known = new KnownIds();
  for await (const chunk of options.journal.ids()) for (const id of chunk) known.add(id);
  return new Sequencer(options, await options.journal.head(), known);
}

export class Sequencer {
  readonly #options: Required<SequencerOptions>;
  readonly #queue: Queue;
  readonly #known: KnownIds;
  readonly #listeners = { decide: [] as Listener<Fact[]>[], show: [] as Listener<Fact[]>[], void: [] as Listener<Fact[]>[], change: [] as Listener<Durability>[] };
  #waiting: { seq: number; resolve: (written: Written) => void }[] = [];
  #refused: { since: number; reason: string } | null = null;
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #delay: number;
  #showing = false;

  constructor(options: SequencerOptions, head: Head, known: KnownIds) {
    this.#options = { limit: 100_000, retry: { first: 100, longest: 5_000 }, ...options };
    this.#queue = new Queue(head, options);
    this.#known = known;
    this.#delay = this.#options.retry.first;
  }

  /** Facts of the air: numbered, shown and handed to the writer. Answers the new ones: an id is decided only once. */
  append = (drafts: readonly Draft[]): Fact[] => this.#decide(drafts, null);

  /**
   * What staff do: all of it durable and shown when this answers, or none of it happened. An id that is there
   * already is no failure, and gives no fact.
   */
  command = async (drafts: readonly Draft[]): Promise<Commanded> => {
    if (this.#refused !== null || this.#isFull(drafts)) return NOT_DURABLE;
    const others = drafts.map(({ id }) => this.#queue.ticketOf(id)).filter((ticket) => ticket !== null);
    const ticket = new Ticket();
    const facts = this.#decide(drafts, ticket);
    if (facts.length === 0) ticket.settle(true);
    const outcomes = await Promise.all([ticket, ...others].map(({ outcome }) => outcome));
    return outcomes.every((durable) => durable) ? { ok: true, facts } : NOT_DURABLE;
  };

  /** When fact `seq` and all before it are durable, or the disk refuses them. */
  durable = (seq: number): Promise<Written> => {
    if (seq <= this.#queue.durable.seq) return Promise.resolve({ ok: true });
    if (this.#refused !== null) return Promise.resolve({ ok: false, reason: this.#refused.reason });
    return new Promise((resolve) => { this.#waiting.push({ seq, resolve }); });
  };

  state = (): Durability => ({
    durable: this.#refused === null, queued: this.#queue.length, full: this.#queue.length >= this.#options.limit,
    refusedSince: this.#refused?.since ?? null, reason: this.#refused?.reason ?? null,
  });

  /** The last decided fact. */
  head = (): Head => this.#queue.decided;
  /** Decided and not yet shown: a room that is to know them folds them upon the one that is shown. */
  pending = (): Fact[] => this.#queue.unshown();
  /** Shown and not durable yet, as they were shown: the journal does not have them. */
  shownOnly = (): Fact[] => this.#asShown(this.#queue.shownOnly());

  /** Facts as they are decided, before anyone is shown them. */
  onDecide = (listener: Listener<Fact[]>): void => { this.#listeners.decide.push(listener); };
  /** Facts to show, in order of `seq` without a gap; `durable: false` on those decided while the disk refuses. */
  onShow = (listener: Listener<Fact[]>): void => { this.#listeners.show.push(listener); };
  /** What is decided and not shown was changed: staff facts voided. Told what it is now, before any of it is shown. */
  onVoid = (listener: Listener<Fact[]>): void => { this.#listeners.void.push(listener); };
  /** The disk refuses, or takes again. */
  onChange = (listener: Listener<Durability>): void => { this.#listeners.change.push(listener); };

  /** Writes what waits, with one more attempt if the disk refuses; answers whether anything is lost. */
  close = async (): Promise<Written> => {
    await this.#writing;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#queue.length > 0) await this.#write();
    if (this.#timer !== null) clearTimeout(this.#timer);
    return this.#queue.length === 0 ? { ok: true } : { ok: false, reason: `${this.#queue.length} facts are lost: ${this.#refused?.reason ?? 'closed'}` };
  };

  #isFull = (drafts: readonly Draft[]): boolean => this.#queue.length + drafts.length > this.#options.limit;

  #decide(drafts: readonly Draft[], ticket: Ticket | null): Fact[] {
    if (this.#isFull(drafts)) return [];
    const facts: Fact[] = [];
    for (const draft of drafts)
      if (!this.#queue.has(draft.id) && !this.#known.has(draft.id)) facts.push(this.#queue.add(draft, ticket));
    if (facts.length === 0) return [];
    this.#tell(this.#listeners.decide, facts);
    this.#show();
    if (this.#writing === null && this.#timer === null) void this.#write();
    return facts;
  }

  #asShown = (facts: Fact[]): Fact[] => (this.#refused === null ? facts : facts.map((fact) => ({ ...fact, durable: false })));

  #tell<T>(listeners: Listener<T>[], told: T): void {
    for (const listener of listeners) listener(told);
  }

  /** A listener may decide further facts: they are shown after those it is being told of. */
  #show(): void {
    if (this.#showing) return;
    this.#showing = true;
    try {
      for (let facts = this.#queue.takeShowable(); facts.length > 0; facts = this.#queue.takeShowable())
        this.#tell(this.#listeners.show, this.#asShown(facts));
    } finally {
      this.#showing = false;
    }
  }

  /** Writes until nothing waits or the disk refuses; never two at a time. */
  #write(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    return this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#timer = null;
    while (this.#queue.length > 0) {
      const facts = this.#queue.next(GROUP);
      const written = await this.#options.journal.write(facts);
      if (!written.ok) { this.#refuse(written.reason); break; }
      this.#taken(facts.at(-1)?.fact.seq ?? 0);
    }
    // Not in a `finally` of the caller: a fact decided in between would find a writer that is already gone.
    this.#writing = null;
  }

  #taken(seq: number): void {
    const before = this.#refused;
    this.#refused = null;
    this.#delay = this.#options.retry.first;
    this.#queue.written(seq);
    this.#show();
    for (const id of this.#queue.takeWritten()) this.#known.add(id);
    this.#settle(({ seq: wanted }) => wanted <= seq, { ok: true });
    if (before !== null) this.#tell(this.#listeners.change, this.state());
  }

  #refuse(reason: string): void {
    const before = this.#refused;
    this.#refused = { since: before?.since ?? this.#options.now(), reason };
    const tickets = this.#queue.void();
    if (tickets.length > 0) this.#tell(this.#listeners.void, this.#queue.unshown());
    this.#show();
    for (const ticket of tickets) ticket.settle(false);
    this.#settle(() => true, { ok: false, reason });
    if (before === null) this.#tell(this.#listeners.change, this.state());
    this.#timer = setTimeout(() => { void this.#write(); }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, this.#options.retry.longest);
  }

  #settle(which: (waiting: { seq: number }) => boolean, written: Written): void {
    const settled = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((waiting) => !which(waiting));
    for (const { resolve } of settled) resolve(written);
  }
}

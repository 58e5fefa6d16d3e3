/**
 * What is remembered of a journal, folded in place as facts come: the room, the calls of its load, which alerts moved lately, under
 * which keys people asked lately. It grows with what is open, not with what was; a value of it can be kept, and facts go on from there as if all of them had come.
 */
import { AlertBook, type Alerts } from './book.ts';
import { CallLog, type KeptCalls } from './calls.ts';
import type { Fact } from './fact.ts';
import { type Asked, type KeptKeys, Keys } from './once.ts';
import { type Alert, emptyRoom, foldBeside, type Room } from './situation.ts';
import { HOUR } from './time.ts';

/** Event time for which it is remembered which alerts moved: as far back as the feed of messages about them reaches. */
export const LATELY = 48 * HOUR;

/** As JSON keeps it; `moved`: ids of alerts and when each last changed, in the order of those changes. */
export type Remembered = { room: Room; calls: KeptCalls; moved: readonly (readonly [id: string, at: number])[]; keys: KeptKeys };

export class Memory {
  private readonly book: AlertBook;
  private beside: Omit<Room, 'alerts' | 'shelves' | 'outOfService'>;
  private readonly calling: CallLog;
  private readonly moved: Map<string, number>;
  private readonly keys: Keys;
  /** Made when it is asked for: a room is a value, and making one costs as much as it has alerts. */
  private made: Room | null;

  /** Of a room alone nothing is known of its calls, nor of what moved before. */
  constructor(kept?: Pick<Remembered, 'room'> & Partial<Remembered>) {
    const room = kept?.room ?? emptyRoom;
    this.book = new AlertBook(room);
    this.beside = room;
    this.calling = new CallLog(kept?.calls);
    this.moved = new Map(kept?.moved);
    this.keys = new Keys(kept?.keys);
    this.made = room;
  }

  /** Folds facts, in order of `seq`; a gap is the caller's to see. Answers itself. */
  take(facts: Iterable<Fact>): this {
    for (const fact of facts) this.one(fact);
    return this;
  }

  private one(fact: Fact): void {
    const before = this.beside.at;
    this.made = null;
    this.book.take([fact]);
    this.beside = foldBeside(this.beside, fact);
    if ('alert' in fact) this.about(fact, this.book.of(fact.alert));
    if (fact.kind === 'command-voided') this.keys.voided(fact.of);
    else this.keys.take(fact);
    if (Math.floor(this.beside.at / HOUR) > Math.floor(before / HOUR)) this.forget(this.beside.at - LATELY);
  }

  private about(fact: Fact & { alert: string }, alert: Alert | undefined): void {
    this.calling.take(fact, alert);
    if (alert?.changedAt !== fact.at) return;
    this.moved.delete(alert.id);
    this.moved.set(alert.id, alert.changedAt);
  }

  private forget(before: number): void {
    for (const [id, at] of this.moved) if (at < before) this.moved.delete(id);
  }

  room(): Room {
    const { seq, at, orders, levels, revisions, notices, handover, calls } = this.beside;
    const { record, shelved: shelves, out: outOfService } = this.book;
    this.made ??= { seq, at, alerts: { ...record }, orders, levels, revisions, notices, shelves, outOfService, handover, calls };
    return this.made;
  }

  /** An alert that is not closed, or closed not long ago. */
  alert(id: string): Alert | undefined {
    return this.book.of(id);
  }

  alerts(): Alerts {
    return this.book;
  }

  calls(): CallLog {
    return this.calling;
  }

  /** Alerts that changed since an instant, at most `LATELY` ago; also some that are closed and no longer in the room. */
  movedSince(at: number): string[] {
    return [...this.moved].filter(([, changed]) => changed >= at).map(([id]) => id);
  }

  /** Where the facts are that a person asked for under a key; null: it is not remembered. `now`: machine time. */
  asked(by: string, key: string, now: number): Asked | null {
    return this.keys.of(by, key, now);
  }

  kept(): Remembered {
    return { room: this.room(), calls: this.calling.kept(), moved: [...this.moved], keys: this.keys.kept() };
  }
}

/**
 * Facts become messages that are owed, in the order in which they happened, a slice at a time; while the disk refuses they are kept
 * in memory. A start looks again at those of which a message may have been lost with the machine.
 */
import type { Fact } from '../../shared/fact.ts';
import type { Alert } from '../../shared/situation.ts';
import { toldOf } from '../../shared/telling.ts';
import { type Box, type Message, ROSTER } from './box.ts';
import { REFUSED } from './pace.ts';
import type { Roster } from './roster.ts';
import type { Routing } from './routing.ts';

export type IntakeParts = {
  box: Box; routing: Routing; roster: Pick<Roster, 'owe'>;
  channels: readonly string[];
  /** An alert as shown that is at hand; and those that have closed long ago, from the journal. */
  alert: (id: string) => Alert | undefined;
  closed: (ids: readonly string[]) => Promise<readonly Alert[]>;
  /** A page of the journal, by `seq`. */
  journal: (after: number, limit: number) => Promise<readonly Fact[]>;
  log: { warn: (about: object, message: string) => void };
  give: (fresh: readonly Message[]) => void;
};
/** With the alert that it is about, as it was when the fact came: it may no longer be at hand when its turn comes. */
type Held = { fact: Fact; alert: Alert | undefined };

/** The first time a channel is seen it begins with what comes, by this note of the journal's end. */
const since = (channel: string): string => `since:${channel}`;
const REACHED = 'reached';
/** How far back a start looks again, in facts: what was shown last may have been lost with the machine. */
const LOOK_BACK = 2_000;
/** Facts at a time: a few at first, so that they are on their way; and how many are held at most while the disk refuses. */
const [SLICE, LONGEST_SLICE, MOST_HELD] = [64, 512, 100_000];

export class Intake {
  private readonly parts: IntakeParts;
  /** Facts that are not in the box yet: they wait for their turn, or the box has refused them. */
  private held: Held[] = [];
  private slice = SLICE;
  private next: NodeJS.Immediate | null = null;
  /** The last fact that was looked at, and how far that is kept. */
  private reached: number;
  private kept: number;
  /** Where in the journal each channel begins. */
  private readonly begun: ReadonlyMap<string, number>;
  private readonly again: NodeJS.Timeout;

  constructor(parts: IntakeParts, head: number) {
    this.parts = parts;
    const { box, channels } = parts;
    for (const id of channels) if (box.noted(since(id)) === null) box.note(since(id), head);
    this.begun = new Map(channels.map((id) => [id, box.noted(since(id)) ?? head]));
    this.reached = this.kept = box.noted(REACHED) ?? head;
    this.again = setInterval(() => { if (this.held.length > 0 && this.next === null) this.putSome(); }, REFUSED);
  }

  /** `all`: of all of them the messages are in the box when it is done. */
  async catchUp(all: boolean): Promise<void> {
    const { journal } = this.parts;
    let after = Math.max(0, this.reached - LOOK_BACK);
    for (let page = await journal(after, 1_000); page.length > 0; page = await journal(after, 1_000)) {
      const old = await this.longClosed(page);
      this.hold(page, (id) => this.parts.alert(id) ?? old.get(id));
      after = page.at(-1)?.seq ?? after + 1_000;
    }
    if (all) this.drain();
  }

  /** A slice at a time goes into the box, so that the first are on their way while the last are worded. */
  take(facts: readonly Fact[]): void { this.hold(facts, this.parts.alert); }

  /** What waits goes into the box, unless the box refuses. */
  stop(): void {
    clearInterval(this.again);
    this.drain();
  }

  private drain(): void {
    for (let before = -1; this.held.length > 0 && this.held.length !== before;) { before = this.held.length; this.putSome(); }
    if (this.next === null) return;
    clearImmediate(this.next);
    this.next = null;
  }

  private async longClosed(facts: readonly Fact[]): Promise<ReadonlyMap<string, Alert>> {
    const ids = new Set(facts.flatMap((fact) => ('alert' in fact && this.parts.alert(fact.alert) === undefined ? [fact.alert] : [])));
    return new Map((await this.parts.closed([...ids])).map((alert) => [alert.id, alert]));
  }

  private hold(facts: readonly Fact[], alertOf: (id: string) => Alert | undefined): void {
    if (this.parts.channels.length === 0) return;
    this.reached = Math.max(this.reached, facts.at(-1)?.seq ?? 0);
    const fresh = facts.map((fact): Held => ({ fact, alert: 'alert' in fact ? alertOf(fact.alert) : undefined }));
    // Most facts oblige to nothing, and most are not worth a write: a start looks back further than that.
    if (this.held.length === 0 && this.reached - this.kept < LOOK_BACK / 2 && !fresh.some(({ fact, alert }) => toldOf(fact, alert) !== null)) return;
    const idle = this.held.length === 0;
    this.held = this.held.concat(fresh);
    if (idle || this.next === null) this.putSome();
  }

  private putSome(): void {
    const slice = this.held.slice(0, this.slice);
    const { box, give, log } = this.parts;
    try {
      const fresh = box.together(() => {
        // One fact after the other: where an end goes depends on where its beginning has gone.
        const made = slice.flatMap((each) => this.messagesOf(each).filter((message) => this.put(message)));
        box.note(REACHED, slice.at(-1)?.fact.seq ?? this.reached);
        return made;
      });
      this.held = this.held.slice(slice.length);
      this.kept = slice.at(-1)?.fact.seq ?? this.kept;
      give(fresh);
      this.slice = this.held.length > 0 ? Math.min(LONGEST_SLICE, this.slice * 2) : SLICE;
      if (this.held.length > 0 && this.next === null) this.next = setImmediate(() => { this.next = null; if (this.held.length > 0) this.putSome(); });
    } catch (error) {
      // The disk refuses: kept in memory, and tried again in a second.
      if (this.held.length > MOST_HELD) this.held = this.held.slice(-MOST_HELD);
      log.warn({ reason: String(error), facts: this.held.length }, 'messages could not be kept; tried again');
    }
  }

  private messagesOf({ fact, alert }: Held): Message[] {
    const { routing } = this.parts;
    const told = toldOf(fact, 'alert' in fact ? this.parts.alert(fact.alert) ?? alert : undefined);
    return told === null ? [] : routing.messages(told, routing.routes(told).filter(({ channel }) => (this.begun.get(channel) ?? 0) < told.seq));
  }

  /** What is over goes to the people on duty as well, where that is who was to be told of it. */
  private put(message: Message): boolean {
    if (message.channel !== ROSTER) return this.parts.box.put(message);
    this.parts.roster.owe(message);
    return true;
  }
}

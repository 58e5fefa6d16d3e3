/**
 * What is owed to one channel, as far as it is in memory, and which of it may be sent now. What has to do with one alert stays in
 * the order in which it happened, lest an end be told before its beginning; what has not may overtake.
 */
import type { Box, Owed } from './box.ts';
import { gravities, isOver } from './gravity.ts';

/** Read from the box at a time; and held at most, the rest is read when it is wanted. */
const [MOST, MOST_HELD] = [2_000, 10_000];

/** What keeps its order: the messages about one alert to one number (elsewhere: to everybody), about levels, about notices. */
const laneOf = ({ alert, what, person, to }: Owed, apart: boolean): string => `${alert ?? what}|${apart || person !== undefined ? to.join() : ''}`;

type Reads = Pick<Box, 'owed'>;

export class Held {
  private readonly box: Reads;
  private readonly channel: string;
  /** Whether each number gets its own message. */
  private readonly apart: boolean;
  private messages: Owed[] = [];
  /** Being sent, or sent and not written down yet. */
  private readonly away = new Set<string>();
  /** Whether the box has more than is held. */
  private more = true;

  constructor(box: Reads, { channel, apart }: { channel: string; apart: boolean }) {
    this.box = box;
    this.channel = channel;
    this.apart = apart;
  }

  /** What has just been put into the box. */
  give(fresh: readonly Owed[]): void {
    if (this.more || this.messages.length + fresh.length > MOST_HELD) { this.more = true; return; }
    const last = this.messages.at(-1)?.seq ?? 0;
    this.messages = [...this.messages, ...fresh];
    if (fresh.some(({ seq }) => seq < last)) this.messages.sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1));
  }

  /** Single messages that may be sent at once, each of another lane, the gravest first; where it is but one, one that has failed least of such. */
  singles(now: number, most: number): Owed[] {
    return this.reading(() => {
      const due = this.due(now);
      const gravity = this.gravities();
      return due.sort((a, b) => (gravity.get(a.id) ?? 0) - (gravity.get(b.id) ?? 0) || (most > 1 ? 0 : a.attempts - b.attempts)).slice(0, most);
    });
  }

  /** What is due to the same people as the gravest that has failed least, the gravest first; what is over by itself. */
  together(now: number, most: number): Owed[] {
    return this.reading(() => {
      const gravity = this.gravities();
      const of = ({ id }: Owed): number => gravity.get(id) ?? 0;
      const [head] = this.due(now).sort((a, b) => of(a) - of(b) || a.attempts - b.attempts);
      if (head === undefined) return [];
      const passed = new Set<string>();
      const found: Owed[] = [];
      for (const message of this.messages) {
        const lane = this.laneOf(message);
        const fits = !this.away.has(message.id) && message.next <= now && !passed.has(lane) && isAlike(head, message);
        if (fits && isOver(of(message)) === isOver(of(head)) && found.length < most) found.push(message);
        else passed.add(lane);
      }
      return found.sort((a, b) => of(a) - of(b));
    });
  }

  /** All that waits and is such, in order, but for what is behind something that is on its way. */
  waiting(is: (message: Owed) => boolean): Owed[] {
    return this.reading(() => this.free(this.messages.filter(is)));
  }

  /** Of some, all but what is behind something that is on its way. */
  free(some: readonly Owed[]): Owed[] {
    if (some.length === 0) return [];
    const behind = new Set(this.messages.filter(({ id }) => this.away.has(id)).map((message) => this.laneOf(message)));
    return some.filter((message) => !behind.has(this.laneOf(message)));
  }

  /** Of what is held all that is past its time, on its way or not; and when the next is. */
  past(timeOf: (message: Owed) => number, now: number): { past: Owed[]; next: number } {
    const past: Owed[] = [];
    let next = Infinity;
    for (const message of this.messages) {
      const at = timeOf(message);
      if (at <= now) past.push(message);
      else next = Math.min(next, at);
    }
    return { past, next };
  }

  /** When the next of what may not be sent yet may be; Infinity: something else has to happen first. */
  dueAt(): number {
    return this.more ? 0 : this.heads().reduce((soonest, { next }) => Math.min(soonest, next), Infinity);
  }

  /** They are on their way. */
  goes(messages: readonly Owed[]): void {
    for (const { id } of messages) this.away.add(id);
  }

  /** They were about to go and have not. */
  stay(messages: readonly Owed[]): void {
    for (const { id } of messages) this.away.delete(id);
  }

  settled(messages: readonly Owed[]): void {
    const ids = new Set(messages.map(({ id }) => id));
    for (const id of ids) this.away.delete(id);
    this.messages = this.messages.filter(({ id }) => !ids.has(id));
  }

  later(messages: readonly Owed[], next: number): void {
    for (const message of messages) {
      this.away.delete(message.id);
      Object.assign(message, { next, attempts: message.attempts + 1 });
    }
  }

  private laneOf(message: Owed): string {
    return laneOf(message, this.apart);
  }

  private gravities(): ReadonlyMap<string, number> {
    return gravities(this.messages, (message) => this.laneOf(message));
  }

  private due(now: number): Owed[] {
    return this.heads().filter(({ next }) => next <= now);
  }

  /** The first of each lane, unless it is on its way. */
  private heads(): Owed[] {
    const passed = new Set<string>();
    return this.messages.filter((message) => {
      const lane = this.laneOf(message);
      if (passed.has(lane)) return false;
      passed.add(lane);
      return !this.away.has(message.id);
    });
  }

  /** Where nothing is found, more of the box is looked at. */
  private reading(find: () => Owed[]): Owed[] {
    for (let found = find(); ; found = find()) {
      if (found.length > 0 || !this.more) return found;
      const most = this.messages.length + MOST;
      const held = new Map(this.messages.map((message) => [message.id, message]));
      this.messages = this.box.owed(this.channel, most).map((message) => held.get(message.id) ?? message);
      this.more = this.messages.length === most;
    }
  }
}

/** To the same people, and as much as the other for a person who stands in for a channel. */
const isAlike = (one: Owed, other: Owed): boolean => one.to.join() === other.to.join() && one.person === other.person;

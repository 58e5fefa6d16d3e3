/**
 * From facts to messages that are owed: who is told of what, by which channels, and to whom. What becomes of each comes back as a
 * receipt. A start tells nothing by itself: only facts that no message was made of yet, and none from before a channel was there.
 */
import type { Channel } from '../../shared/channels.ts';
import type { DutyFile } from '../../shared/duty.ts';
import type { Air, Draft, Fact } from '../../shared/fact.ts';
import type { Alert } from '../../shared/situation.ts';
import { toldOf } from '../../shared/telling.ts';
import type { TellingsBody } from '../../shared/tellings.ts';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import type { Requests } from './allowance.ts';
import { type Box, type Message, type Owed, ROSTER, type Settled } from './box.ts';
import { onward, type Onward, wentTo } from './onward.ts';
import { Roster } from './roster.ts';
import { Routing } from './routing.ts';
import { PACE, type Pace, Sender } from './sender.ts';
import { healthShown, messageShown } from './shown.ts';
import type { Setting } from './wording.ts';
import type { Way } from './way.ts';

export type NotifierParts = {
  duty: DutyFile; air: Air; setting: Setting; box: Box; requests?: Requests; ways: ReadonlyMap<string, Way>;
  /** Machine time, and event time; UTC ms. */
  now: () => number; eventNow: () => number;
  /** An alert as shown that is at hand; and those that have closed long ago, from the journal. */
  alert: (id: string) => Alert | undefined;
  closed: (ids: readonly string[]) => Promise<readonly Alert[]>;
  /** How many calls are owed: what neither a channel nor anybody on duty could be told of. */
  calls: () => number;
  append: (drafts: Draft[]) => unknown;
  /** A page of the journal, by `seq`. */
  journal: (after: number, limit: number) => Promise<readonly Fact[]>;
  log: { warn: (about: object, message: string) => void };
  pace?: Partial<Pace>;
};
export type Notifier = { take: (facts: readonly Fact[]) => void; state: () => TellingsBody; stop: () => Promise<void>; /** For another room that asks the same channels. */ requests?: Requests };

/** The first time a channel is seen it begins with what comes, by this note of the journal's end. */
const since = (channel: string): string => `since:${channel}`;
const REACHED = 'reached';
/** How far back a start looks again, in facts and messages: what was shown or settled last may have been lost with the machine. */
const LOOK_BACK = 2_000;
/** Facts at a time: a few at first, so that they are on their way; and how many are held at most while the disk refuses. */
const [SLICE, LONGEST_SLICE, MOST_HELD] = [64, 512, 100_000];

export async function openNotifier(parts: NotifierParts, head: number): Promise<Notifier> {
  const notifier = new Tellings(parts, head);
  await notifier.catchUp();
  return notifier;
}

/** With the alert that it is about, as it was when the fact came: it may no longer be at hand when its turn comes. */
type Held = { fact: Fact; alert: Alert | undefined };

class Tellings implements Notifier {
  private readonly parts: NotifierParts;
  private readonly channels: ReadonlyMap<string, Channel>;
  private readonly routing: Routing;
  private readonly roster: Roster;
  private readonly senders = new Map<string, Sender>();
  /** Of each channel the failing of which the log has told, by when that began. */
  private readonly logged = new Map<string, number>();
  /** Facts that are not in the box yet: they wait for their turn, or the box has refused them. */
  private held: Held[] = [];
  private slice = SLICE;
  private next: NodeJS.Immediate | null = null;
  /** The last fact that was looked at, and how far that is kept. */
  private reached = 0;
  private kept = 0;
  /** Where in the journal each channel begins. */
  private readonly begun = new Map<string, number>();
  private readonly again: NodeJS.Timeout;

  constructor(parts: NotifierParts, head: number) {
    this.parts = parts;
    const { duty, air, box, ways, now, pace = {} } = parts;
    const channels = this.channels = new Map(duty.channels.filter(({ id, airs }) => airs.includes(air) && ways.has(id)).map((channel) => [channel.id, channel]));
    this.routing = new Routing({ ...parts, channels });
    this.roster = new Roster({ ...parts, channels, routing: this.routing, gather: pace.gather ?? PACE.gather, give: (channel, fresh) => { this.senders.get(channel)?.give(fresh); } });
    for (const id of channels.keys()) {
      if (box.noted(since(id)) === null) box.note(since(id), head);
      this.begun.set(id, box.noted(since(id)) ?? head);
    }
    this.reached = this.kept = box.noted(REACHED) ?? head;
    for (const channel of channels.values()) {
      const way = ways.get(channel.id);
      const settled = (messages: readonly Message[], failed: string | null): void => { this.settled(channel.id, messages, failed); };
      if (way !== undefined) this.senders.set(channel.id, new Sender({ channel, way, box, requests: parts.requests, now, pace, settled, late: (messages, reason) => { this.late(messages, reason); } }));
    }
    this.again = setInterval(() => { if (this.held.length > 0 && this.next === null) this.putSome(); }, 1_000);
  }

  /** Facts of which no message may have been made, and receipts that may be lost, because the server ended before. */
  async catchUp(): Promise<void> {
    const { box, journal } = this.parts;
    let after = Math.max(0, this.reached - LOOK_BACK);
    if (this.channels.size === 0) return;
    for (let page = await journal(after, 1_000); page.length > 0; page = await journal(after, 1_000)) {
      const old = await this.longClosed(page);
      this.hold(page, (id) => this.parts.alert(id) ?? old.get(id));
      after = page.at(-1)?.seq ?? after + 1_000;
    }
    const last = box.settledLast(LOOK_BACK);
    this.parts.append(last.flatMap((message) => {
      if (message.channel === ROSTER) return message.state === 'failed' ? [this.roster.call(message)] : [];
      return this.receipt(message, message.state === 'failed' ? message.reason ?? '' : null, this.nextOf(message));
    }));
    // Nobody delivers any more what was owed to a channel that is no longer there.
    for (const id of box.owing()) if (!this.channels.has(id)) this.settled(id, box.owed(id, MOST_HELD), UNDELIVERED['no-channel']);
    box.prune(this.parts.now());
    this.roster.look();
  }

  private async longClosed(facts: readonly Fact[]): Promise<ReadonlyMap<string, Alert>> {
    const ids = new Set(facts.flatMap((fact) => ('alert' in fact && this.parts.alert(fact.alert) === undefined ? [fact.alert] : [])));
    return new Map((await this.parts.closed([...ids])).map((alert) => [alert.id, alert]));
  }

  /** Takes facts to be told; a slice at a time goes into the box, so that the first are on their way while the last are worded. */
  take = (facts: readonly Fact[]): void => { this.hold(facts, this.parts.alert); };

  private hold(facts: readonly Fact[], alertOf: (id: string) => Alert | undefined): void {
    if (this.channels.size === 0) return;
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
    try {
      const fresh = this.parts.box.together(() => {
        // One fact after the other: where an end goes depends on where its beginning has gone.
        const made = slice.flatMap((each) => this.messagesOf(each).filter((message) => this.put(message)));
        this.parts.box.note(REACHED, slice.at(-1)?.fact.seq ?? this.reached);
        return made;
      });
      this.held = this.held.slice(slice.length);
      this.kept = slice.at(-1)?.fact.seq ?? this.kept;
      this.give(fresh);
      this.slice = this.held.length > 0 ? Math.min(LONGEST_SLICE, this.slice * 2) : SLICE;
      if (this.held.length > 0 && this.next === null) this.next = setImmediate(() => { this.next = null; if (this.held.length > 0) this.putSome(); });
    } catch (error) {
      // The disk refuses: kept in memory, and tried again in a second.
      if (this.held.length > MOST_HELD) this.held = this.held.slice(-MOST_HELD);
      this.parts.log.warn({ reason: String(error), facts: this.held.length }, 'messages could not be kept; tried again');
    }
  }

  /** What is over goes to the people on duty as well, where that is who was to be told of it. */
  private put(message: Message): boolean {
    if (message.channel !== ROSTER) return this.parts.box.put(message);
    this.roster.owe(message);
    return true;
  }

  private give(fresh: readonly Message[]): void {
    const channels = new Set(fresh.map(({ channel }) => channel));
    for (const id of channels) this.senders.get(id)?.give(fresh.flatMap((message): Owed[] => (message.channel === id ? [{ ...message, next: message.created }] : [])));
    if (channels.has(ROSTER)) this.roster.look();
  }

  private messagesOf({ fact, alert }: Held): Message[] {
    const told = toldOf(fact, 'alert' in fact ? this.parts.alert(fact.alert) ?? alert : undefined);
    return told === null ? [] : this.routing.messages(told, this.routing.routes(told).filter(({ channel }) => (this.begun.get(channel) ?? 0) < told.seq));
  }

  private settled(channel: string, messages: readonly Message[], failed: string | null): void {
    const { box, now, log, append } = this.parts;
    const fresh: Message[] = [];
    const nexts = new Map<string, string | null>();
    if (failed !== null) {
      const since = this.senders.get(channel)?.failing?.since;
      if (this.logged.get(channel) !== since) log.warn({ channel, reason: failed, messages: messages.length }, 'a channel does not deliver');
      if (since !== undefined) this.logged.set(channel, since);
      box.together(() => {
        box.settle(messages.map(({ id }) => id), { state: 'failed', reason: failed, now: now() });
        for (const message of messages) nexts.set(message.id, this.handOver(message, fresh));
      });
    }
    append(messages.flatMap((message) => this.receipt(message, failed, nexts.get(message.id) ?? null)));
    this.give(fresh);
    const persons = messages.filter(({ person }) => person !== undefined).map(({ fact }) => fact);
    if (failed !== null || persons.length > 0) this.roster.look(new Set(persons));
  }

  /** To the next channel, or to the people on duty; answers to which. What waits behind it goes with it: whoever hears of a beginning hears of its end. */
  private handOver(message: Message, fresh: Message[]): string | null {
    const { box } = this.parts;
    const to = this.onward(message);
    if (to.is === 'waits' || to.is === 'roster') return to.is === 'roster' && message.person === undefined && this.roster.take(message) === 'reachable' ? ROSTER : null;
    const rest = to.is === 'next' ? to.rest : message.rest.slice(message.rest.indexOf(to.channel));
    const ends = message.person === undefined ? box.endBehind(message) : [];
    for (const each of [message, ...ends]) fresh.push(...this.routing.standIns({ ...each, rest: [...rest] }, message.channel).filter((standIn) => box.put(standIn)));
    return rest[0] ?? null;
  }

  /** Of a message to a person by that person's other ways alone. */
  private onward({ fact, person, rest }: Message): Onward {
    const used = (ids: readonly string[]): string[] => ids.filter((id) => this.channels.has(id));
    const all = person === undefined ? this.parts.box.ofFact(fact).filter((row) => row.person === null && row.channel !== ROSTER) : [];
    return onward(used(rest), all.map((row) => ({ ...row, rest: used(row.rest) })));
  }

  /** Tried on, and owed to the people on duty meanwhile. */
  private late(messages: readonly Message[], reason: string): void {
    const { box, append } = this.parts;
    const taken = box.together(() => messages.map((message) => ({ message, by: this.roster.take(message, true) })).filter(({ by }) => by !== null));
    append(taken.flatMap(({ message, by }) => this.receipt({ ...message, id: `${message.id}:late` }, reason, by === 'reachable' ? ROSTER : null)));
    if (taken.length > 0) this.roster.look();
  }

  /** To whom a message that failed went then, whatever has become of that since. */
  private nextOf({ fact, person, rest, settled }: Settled): string | null {
    const all = person === undefined ? this.parts.box.ofFact(fact) : [];
    return person !== undefined ? rest[0] ?? null : wentTo(rest, all, settled) ?? (all.some((row) => row.person !== null) ? ROSTER : null);
  }

  private receipt({ id, channel, alert, occurrence, what, drill, person }: Message, failed: string | null, next: string | null): Draft[] {
    if (alert === null || occurrence === null) return [];
    const named = person === undefined ? {} : { person: this.parts.duty.people.find((each) => each.id === person)?.name ?? person };
    return [{
      id: `alert-told:${id}`, at: this.parts.eventNow(), actor: 'system',
      body: { kind: 'alert-told', alert, occurrence, what, channel, state: failed === null ? 'delivered' : 'failed', reason: failed, next: failed === null ? null : next, drill, ...named },
    }];
  }

  get requests(): Requests { return this.parts.box; }

  state = (): TellingsBody => {
    const { box, calls } = this.parts;
    const channels = [...this.channels.values()].map(({ id, kind }) => ({ id, kind, ...healthShown(this.senders.get(id)?.failing ?? null) }));
    return { channels, queued: box.queued(), failed: calls(), messages: box.list(200).map(messageShown) };
  };

  stop = async (): Promise<void> => {
    clearInterval(this.again);
    // What waits goes into the box, unless the box refuses.
    for (let before = -1; this.held.length > 0 && this.held.length !== before;) { before = this.held.length; this.putSome(); }
    if (this.next !== null) clearImmediate(this.next);
    await Promise.all([...this.senders.values()].map((sender) => sender.stop()));
    this.roster.stop();
    this.parts.box.close();
  };
}

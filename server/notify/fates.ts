/**
 * What became of messages, taken further: each has its receipt on the alert; one that its channel has not delivered goes to the next
 * channel, and past the last to the people on duty.
 */
import type { Channel } from '../../shared/channels.ts';
import type { DutyFile } from '../../shared/duty.ts';
import type { Draft } from '../../shared/fact.ts';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import { type Box, type Message, ROSTER, type Settled } from './box.ts';
import type { Failing } from './health.ts';
import { onward, type Onward, wentTo } from './onward.ts';
import type { Roster } from './roster.ts';
import type { Routing } from './routing.ts';

export type FatesParts = {
  duty: DutyFile; box: Box; routing: Routing; roster: Roster;
  channels: ReadonlyMap<string, Channel>;
  /** Machine time, and event time; UTC ms. */
  now: () => number; eventNow: () => number;
  failing: (channel: string) => Failing | null;
  append: (drafts: Draft[]) => unknown;
  log: { warn: (about: object, message: string) => void };
  give: (fresh: readonly Message[]) => void;
};

/** How many settled messages a start looks at again: what became of them may have been lost with the machine; and how many of a channel that is gone. */
const [LOOK_BACK, MOST_GONE] = [2_000, 100_000];

export class Fates {
  private readonly parts: FatesParts;
  /** Of each channel the failing of which the log has told, by when that began. */
  private readonly logged = new Map<string, number>();

  constructor(parts: FatesParts) {
    this.parts = parts;
  }

  /** Receipts that may be lost because the server ended before, and what nobody delivers any more: it was owed to a channel that is no longer there. */
  catchUp(): void {
    const { box, append, roster, channels } = this.parts;
    append(box.settledLast(LOOK_BACK).flatMap((message) => {
      if (message.channel === ROSTER) return message.state === 'failed' ? [roster.call(message)] : [];
      return this.receipt(message, message.state === 'failed' ? message.reason ?? '' : null, this.nextOf(message));
    }));
    for (const id of box.owing()) if (!channels.has(id)) this.settled(id, box.owed(id, MOST_GONE), UNDELIVERED['no-channel']);
  }

  /** Delivered, or failed for good: `failed` says why. */
  settled(channel: string, messages: readonly Message[], failed: string | null): void {
    const { box, now, append, roster } = this.parts;
    const fresh: Message[] = [];
    const nexts = new Map<string, string | null>();
    if (failed !== null) {
      this.say(channel, failed, messages.length);
      box.together(() => {
        box.settle(messages.map(({ id }) => id), { state: 'failed', reason: failed, now: now() });
        for (const message of messages) nexts.set(message.id, this.handOver(message, fresh));
      });
    }
    append(messages.flatMap((message) => this.receipt(message, failed, nexts.get(message.id) ?? null)));
    this.parts.give(fresh);
    const persons = messages.filter(({ person }) => person !== undefined).map(({ fact }) => fact);
    if (failed !== null || persons.length > 0) roster.look(new Set(persons));
  }

  /** Tried on, and owed to the people on duty meanwhile. */
  late(messages: readonly Message[], reason: string): void {
    const { box, append, roster } = this.parts;
    const taken = box.together(() => messages.map((message) => ({ message, by: roster.take(message, true) })).filter(({ by }) => by !== null));
    append(taken.flatMap(({ message, by }) => this.receipt({ ...message, id: `${message.id}:late` }, reason, by === 'reachable' ? ROSTER : null)));
    if (taken.length > 0) roster.look();
  }

  private say(channel: string, reason: string, messages: number): void {
    const since = this.parts.failing(channel)?.since;
    if (this.logged.get(channel) !== since) this.parts.log.warn({ channel, reason, messages }, 'a channel does not deliver');
    if (since !== undefined) this.logged.set(channel, since);
  }

  /** To the next channel, or to the people on duty; answers to which. What waits behind it goes with it: whoever hears of a beginning hears of its end. */
  private handOver(message: Message, fresh: Message[]): string | null {
    const { box, roster, routing } = this.parts;
    const to = this.onward(message);
    if (to.is === 'waits' || to.is === 'roster') return to.is === 'roster' && message.person === undefined && roster.take(message) === 'reachable' ? ROSTER : null;
    const rest = to.is === 'next' ? to.rest : message.rest.slice(message.rest.indexOf(to.channel));
    const ends = message.person === undefined ? box.endBehind(message) : [];
    for (const each of [message, ...ends]) fresh.push(...routing.standIns({ ...each, rest: [...rest] }, message.channel).filter((standIn) => box.put(standIn)));
    return rest[0] ?? null;
  }

  /** Of a message to a person by that person's other ways alone. */
  private onward({ fact, person, rest }: Message): Onward {
    const { box, channels } = this.parts;
    const used = (ids: readonly string[]): string[] => ids.filter((id) => channels.has(id));
    const all = person === undefined ? box.ofFact(fact).filter((row) => row.person === null && row.channel !== ROSTER) : [];
    return onward(used(rest), all.map((row) => ({ ...row, rest: used(row.rest) })));
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
}

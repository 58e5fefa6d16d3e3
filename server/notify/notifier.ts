/**
 * The ways out to people, put together: facts come in, messages go to the channels of `duty.yaml`, and what becomes of each comes back
 * as a receipt. A start tells nothing by itself: only facts that no message was made of yet, and none from before a channel was there.
 */
import type { Channel } from '../../shared/channels.ts';
import type { DutyFile } from '../../shared/duty.ts';
import type { Air, Fact } from '../../shared/fact.ts';
import type { TellingsBody } from '../../shared/tellings.ts';
import type { Requests } from './allowance.ts';
import { type Box, type Message, type Owed, ROSTER } from './box.ts';
import { Fates, type FatesParts } from './fates.ts';
import { Intake, type IntakeParts } from './intake.ts';
import { PACE, type Pace } from './pace.ts';
import { RESTORED, takeUp } from './restored.ts';
import { Roster } from './roster.ts';
import { Routing } from './routing.ts';
import { Sender } from './sender.ts';
import { healthShown, messageShown } from './shown.ts';
import type { Setting } from './wording.ts';
import type { Way } from './way.ts';

export type NotifierParts = Pick<IntakeParts, 'alert' | 'closed' | 'journal' | 'log'> & Pick<FatesParts, 'now' | 'eventNow' | 'append'> & {
  duty: DutyFile; air: Air; setting: Setting; box: Box; requests?: Requests; ways: ReadonlyMap<string, Way>;
  /** How many calls are owed: what neither a channel nor anybody on duty could be told of. */
  calls: () => number;
  pace?: Partial<Pace>;
};
export type Notifier = { take: (facts: readonly Fact[]) => void; state: () => TellingsBody; stop: () => Promise<void>; /** For another room that asks the same channels. */ requests?: Requests };

export async function openNotifier(parts: NotifierParts, head: number): Promise<Notifier> {
  const notifier = new Tellings(parts, head);
  await notifier.catchUp();
  return notifier;
}

class Tellings implements Notifier {
  private readonly parts: NotifierParts;
  private readonly channels: ReadonlyMap<string, Channel>;
  private readonly roster: Roster;
  private readonly intake: Intake;
  private readonly fates: Fates;
  private readonly senders = new Map<string, Sender>();

  constructor(parts: NotifierParts, head: number) {
    this.parts = parts;
    const { duty, air, ways, pace = {} } = parts;
    const channels = this.channels = new Map(duty.channels.filter(({ id, airs }) => airs.includes(air) && ways.has(id)).map((channel) => [channel.id, channel]));
    const give = (fresh: readonly Message[]): void => { this.give(fresh); };
    const routing = new Routing({ ...parts, channels });
    const roster = this.roster = new Roster({ ...parts, channels, routing, gather: pace.gather ?? PACE.gather, give: (channel, fresh) => { this.senders.get(channel)?.give(fresh); } });
    this.intake = new Intake({ ...parts, channels: [...channels.keys()], routing, roster, give }, head);
    this.fates = new Fates({ ...parts, channels, routing, roster, give, failing: (channel) => this.senders.get(channel)?.failing ?? null });
  }

  private open(channel: Channel): void {
    const { ways, box, requests, now, pace = {} } = this.parts;
    const way = ways.get(channel.id);
    if (way === undefined) return;
    const { fates } = this;
    this.senders.set(channel.id, new Sender({
      channel, way, box, requests, now, pace,
      settled: (messages, failed) => { fates.settled(channel.id, messages, failed); }, late: (messages, reason) => { fates.late(messages, reason); },
    }));
  }

  /** Facts of which no message may have been made, and receipts that may be lost, because the server ended before; nothing is sent until then. */
  async catchUp(): Promise<void> {
    if (this.channels.size === 0) return;
    // Only what was put back is looked at before anything is sent.
    const restored = (this.parts.box.noted(RESTORED) ?? 0) > 0;
    if (!restored) for (const channel of this.channels.values()) this.open(channel);
    await this.intake.catchUp(restored);
    if (restored) await takeUp(this.parts);
    this.fates.catchUp();
    this.parts.box.prune(this.parts.now());
    if (restored) for (const channel of this.channels.values()) this.open(channel);
    this.roster.look();
  }

  take = (facts: readonly Fact[]): void => { this.intake.take(facts); };

  private give(fresh: readonly Message[]): void {
    const channels = new Set(fresh.map(({ channel }) => channel));
    for (const id of channels) this.senders.get(id)?.give(fresh.flatMap((message): Owed[] => (message.channel === id ? [{ ...message, next: message.created }] : [])));
    if (channels.has(ROSTER)) this.roster.look();
  }

  get requests(): Requests { return this.parts.box; }

  state = (): TellingsBody => {
    const { box, calls } = this.parts;
    const channels = [...this.channels.values()].map(({ id, kind }) => { const sender = this.senders.get(id); return { id, kind, ...healthShown(sender?.failing ?? null, sender?.again ?? null) }; });
    return { channels, queued: box.queued(), failed: calls(), messages: box.list(200).map(messageShown) };
  };

  stop = async (): Promise<void> => {
    this.intake.stop();
    await Promise.all([...this.senders.values()].map((sender) => sender.stop()));
    this.roster.stop();
    this.parts.box.close();
  };
}

/**
 * From facts to messages that are owed: who is told of what, by which channels, and to whom. What becomes of each comes back as a
 * receipt. A start tells nothing by itself: only facts that no message was made of yet, and none from before a channel was there.
 */
import type { Channel, Language } from '../../shared/channels.ts';
import type { DutyFile } from '../../shared/duty.ts';
import type { Air, Draft, Fact } from '../../shared/fact.ts';
import { onDuty } from '../../shared/roster.ts';
import type { Alert } from '../../shared/situation.ts';
import { type Told, toldOf } from '../../shared/telling.ts';
import type { TellingsBody } from '../../shared/tellings.ts';
import type { Box, Listed, Message } from './box.ts';
import { type Pace, Sender } from './sender.ts';
import { payloadOf, type Said, said, type Setting, viaSaid } from './wording.ts';
import type { Way } from './way.ts';

export type NotifierParts = {
  duty: DutyFile; air: Air; setting: Setting; box: Box; ways: ReadonlyMap<string, Way>;
  /** Machine time, and event time; UTC ms. */
  now: () => number; eventNow: () => number;
  /** An alert as shown that is at hand; and those that have closed long ago, from the journal. */
  alert: (id: string) => Alert | undefined;
  closed: (ids: readonly string[]) => Promise<readonly Alert[]>;
  append: (drafts: Draft[]) => unknown;
  /** A page of the journal, by `seq`. */
  journal: (after: number, limit: number) => Promise<readonly Fact[]>;
  log: { warn: (about: object, message: string) => void };
  pace?: Partial<Pace>;
};
export type NotifyState = TellingsBody;
export type Notifier = { take: (facts: readonly Fact[]) => void; state: () => NotifyState; stop: () => Promise<void> };

/** The first time a channel is seen it begins with what comes, by this note of the journal's end. */
const since = (channel: string): string => `since:${channel}`;
const REACHED = 'reached';
/** How far back a start looks again, in facts: what was shown last may have been lost with the machine, and been decided anew. */
const LOOK_BACK = 2_000;
/** Facts at a time; and how many are held at most while the disk refuses. */
const [SLICE, MOST_HELD] = [64, 100_000];
const LANGUAGES: readonly Language[] = ['zh', 'en'];
/** A day: for how long an undelivered message counts as a trouble of now. */
const LATELY = 24 * 3_600_000;

const listed = ({ id, channel, what, alert, drill, said: { zh, en }, to, created, state, attempts, reason, settled }: Listed): TellingsBody['messages'][number] =>
  ({ id, channel, what, alert, drill, title: { zh: zh.title, en: en.title }, to, created, state, attempts, reason, settled });

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
  private readonly senders = new Map<string, Sender>();
  private readonly failing = new Map<string, string>();
  /** Facts that are not in the box yet: they wait for their turn, or the box has refused them. */
  private readonly held: Held[] = [];
  private next: NodeJS.Immediate | null = null;
  /** The last fact that was looked at, and how far that is kept. */
  private reached = 0;
  private kept = 0;
  /** Where in the journal each channel begins. */
  private readonly begun = new Map<string, number>();
  private readonly again: NodeJS.Timeout;

  constructor(parts: NotifierParts, head: number) {
    this.parts = parts;
    const { duty, air, box, ways, now } = parts;
    this.channels = new Map(duty.channels.filter(({ id, airs }) => airs.includes(air) && ways.has(id)).map((channel) => [channel.id, channel]));
    for (const id of this.channels.keys()) {
      if (box.noted(since(id)) === null) box.note(since(id), head);
      this.begun.set(id, box.noted(since(id)) ?? head);
    }
    this.reached = this.kept = box.noted(REACHED) ?? head;
    for (const channel of this.channels.values()) {
      const way = ways.get(channel.id);
      if (way !== undefined) this.senders.set(channel.id, new Sender({ channel, way, box, now, settled: (messages, failed) => { this.settled(channel, messages, failed); }, ...(parts.pace === undefined ? {} : { pace: parts.pace }) }));
    }
    this.again = setInterval(() => { if (this.held.length > 0 && this.next === null) this.putSome(); }, 1_000);
  }

  /** Facts of which no message may have been made, because the server ended before. */
  async catchUp(): Promise<void> {
    const { box, journal } = this.parts;
    let after = Math.max(0, this.reached - LOOK_BACK);
    if (this.channels.size === 0) return;
    for (let page = await journal(after, 1_000); page.length > 0; page = await journal(after, 1_000)) {
      const old = await this.longClosed(page);
      this.hold(page, (id) => this.parts.alert(id) ?? old.get(id));
      after = page.at(-1)?.seq ?? after + 1_000;
    }
    box.prune(this.parts.now());
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
    if (this.held.length === 0 && !fresh.some(({ fact, alert }) => toldOf(fact, alert) !== null) && this.reached - this.kept < LOOK_BACK / 2) return;
    for (const each of fresh) this.held.push(each);
    this.putSome();
  }

  private putSome(): void {
    const slice = this.held.slice(0, SLICE);
    try {
      const told = this.parts.box.together(() => {
        const fresh = slice.flatMap((each) => this.messagesOf(each)).filter((message) => this.parts.box.put(message));
        this.parts.box.note(REACHED, slice.at(-1)?.fact.seq ?? this.reached);
        return fresh;
      });
      this.held.splice(0, slice.length);
      this.kept = slice.at(-1)?.fact.seq ?? this.kept;
      for (const channel of new Set(told.map((message) => message.channel))) this.senders.get(channel)?.poke();
      if (this.held.length > 0 && this.next === null) this.next = setImmediate(() => { this.next = null; if (this.held.length > 0) this.putSome(); });
    } catch (error) {
      // The disk refuses: kept in memory, and tried again in a second.
      if (this.held.length > MOST_HELD) this.held.splice(0, this.held.length - MOST_HELD);
      this.parts.log.warn({ reason: String(error), facts: this.held.length }, 'messages could not be kept; tried again');
    }
  }

  private messagesOf({ fact, alert }: Held): Message[] {
    const told = toldOf(fact, 'alert' in fact ? this.parts.alert(fact.alert) ?? alert : undefined);
    if (told === null) return [];
    return this.routes(told).flatMap(({ channel, rest }) => ((this.begun.get(channel) ?? 0) >= told.seq ? [] : this.messages(told, channel, rest)));
  }

  /** First channels, and what each falls over to. That something is over is told to whoever was told of it. */
  private routes(told: Told): { channel: string; rest: string[] }[] {
    const { box, duty } = this.parts;
    if (told.what === 'resolved' && told.alert !== null) return box.toldOf(told.alert.id).filter(({ channel }) => this.channels.has(channel));
    const fitting = duty.tell.filter(({ of, severities }) => of.includes(told.what) && severities.includes(told.severity));
    const found = new Map<string, string[]>();
    for (const { by, otherwise } of fitting) {
      for (const channel of by) if (this.channels.has(channel) && !found.has(channel)) found.set(channel, otherwise.filter((each) => this.channels.has(each) && each !== channel));
    }
    return [...found].map(([channel, rest]) => ({ channel, rest }));
  }

  private messages(told: Told, channel: string, rest: string[]): Message[] {
    const { setting, now } = this.parts;
    const both = Object.fromEntries(LANGUAGES.map((language) => [language, said(told, setting, language)])) as Record<Language, Said>;
    const { key, seq, what, alert, drill } = told;
    const base = { channel, fact: key, seq, what, alert: alert?.id ?? null, occurrence: alert?.occurrence ?? null, drill, created: now(), said: both, payload: payloadOf(told, setting), rest, attempts: 0 };
    return this.recipients(channel, told.people).map((to) => ({ ...base, id: [key, channel, ...(this.channels.get(channel)?.kind === 'sms' ? to : [])].join('|'), to }));
  }

  /** Whom a channel with addresses sends to: its own, whoever has its seats, and whom the message is for. An SMS goes to each by itself. */
  private recipients(channel: string, people: readonly string[]): string[][] {
    const of = this.channels.get(channel);
    if (of === undefined || (of.kind !== 'email' && of.kind !== 'sms')) return [[]];
    const { duty, setting: { civil }, eventNow } = this.parts;
    const seated = of.seats.flatMap((seat) => onDuty(duty, civil, { seat, at: eventNow() }).map(({ person }) => person));
    const meant = duty.people.filter(({ id }) => people.includes(id));
    const contacts = [...seated, ...meant].flatMap(({ phone, email }) => (of.kind === 'sms' ? phone ?? [] : email ?? []));
    const all = [...new Set([...of.to, ...contacts])];
    return of.kind === 'email' || all.length === 0 ? [all] : all.map((number) => [number]);
  }

  private settled(channel: Channel, messages: readonly Message[], failed: string | null): void {
    const { box, now, log } = this.parts;
    if (failed === null) this.failing.delete(channel.id);
    else {
      if (!this.failing.has(channel.id)) log.warn({ channel: channel.id, reason: failed, messages: messages.length }, 'a channel does not deliver');
      this.failing.set(channel.id, failed);
      box.together(() => { box.settle(messages.map(({ id }) => id), { state: 'failed', reason: failed, now: now() }); for (const message of messages) this.handOver(message, channel); });
    }
    this.parts.append(messages.flatMap((message) => this.receipt(message, channel.id, failed)));
    for (const next of new Set(messages.map(({ rest }) => rest[0]))) if (failed !== null && next !== undefined) this.senders.get(next)?.poke();
  }

  /** To the next channel, which says that it stands in. */
  private handOver({ rest: [next, ...rest], ...message }: Message, { id }: Channel): void {
    if (next === undefined) return;
    const standIn = Object.fromEntries(LANGUAGES.map((language) => [language, { ...message.said[language], text: `${message.said[language].text}\n${viaSaid(id, language)}` }])) as Message['said'];
    const people = 'people' in message.payload && Array.isArray(message.payload.people) ? message.payload.people.map(String) : [];
    for (const to of this.recipients(next, people)) {
      this.parts.box.put({ ...message, id: [message.fact, next, ...(this.channels.get(next)?.kind === 'sms' ? to : [])].join('|'), channel: next, created: this.parts.now(), said: standIn, to, rest, attempts: 0 });
    }
  }

  private receipt({ id, alert, occurrence, what, drill, rest }: Message, channel: string, failed: string | null): Draft[] {
    if (alert === null || occurrence === null) return [];
    return [{
      id: `alert-told:${id}`, at: this.parts.eventNow(), actor: 'system',
      body: { kind: 'alert-told', alert, occurrence, what, channel, state: failed === null ? 'delivered' : 'failed', reason: failed, next: failed === null ? null : rest[0] ?? null, drill },
    }];
  }

  state = (): NotifyState => {
    const { box, now } = this.parts;
    const channels = [...this.channels.values()].map(({ id, kind }) => ({ id, kind, state: this.failing.has(id) ? 'failing' as const : 'fine' as const, reason: this.failing.get(id) ?? null }));
    return { channels, queued: box.queued(), failed: box.failed(now() - LATELY), messages: box.list(200).map(listed) };
  };

  stop = async (): Promise<void> => {
    clearInterval(this.again);
    // What waits goes into the box, unless the box refuses.
    for (let before = -1; this.held.length > 0 && this.held.length !== before;) { before = this.held.length; this.putSome(); }
    if (this.next !== null) clearImmediate(this.next);
    await Promise.all([...this.senders.values()].map((sender) => sender.stop()));
    this.parts.box.close();
  };
}

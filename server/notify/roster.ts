/**
 * What no channel has delivered goes to the people on duty, seat by seat, by whatever reaches a person and has not failed for them;
 * where no machine reaches any of them, somebody at the desk is to call. Owed in the box until either has come to pass.
 */
import type { Draft } from '../../shared/fact.ts';
import { onDuty } from '../../shared/roster.ts';
import { SEATS } from '../../shared/seat.ts';
import { MINUTE } from '../../shared/time.ts';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import { type Box, type Message, type Owed, ROSTER, type Told } from './box.ts';
import { REFUSED } from './pace.ts';
import { contactOf, inBoth, type Routing, type RoutingParts } from './routing.ts';
import { rosterSaid } from './wording.ts';

/** Before the seats, of what is over: those who were told of it. */
const TOLD = 'told';
/** Looked at together; and again after so long, ms, whatever has come of it. */
const [MOST, LOOK_AGAIN] = [5_000, 60_000];
/** Whoever was told a moment ago is told the next after so many times the moment for which messages are gathered. */
const CALMER = 6;

export type RosterParts = Omit<RoutingParts, 'box'> & {
  box: Box; routing: Routing;
  /** For how long what nobody delivered is gathered, ms: many at once are one message to a person. */
  gather: number;
  give: (channel: string, fresh: readonly Owed[]) => void;
  append: (drafts: Draft[]) => unknown;
};
type Person = { id: string; ways: [channel: string, contact: string][] };
type Made = { fresh: Owed[]; calls: Draft[] };
export type Taken = 'reachable' | 'unreachable';

export class Roster {
  private readonly parts: RosterParts;
  private timer: NodeJS.Timeout | null = null;
  private known: { minute: number; seats: ReadonlyMap<string, readonly { id: string; name: string }[]> } = { minute: -1, seats: new Map() };
  /** When somebody was told last. */
  private told = 0;

  constructor(parts: RosterParts) {
    this.parts = parts;
  }

  /**
   * Puts what a channel could not deliver into the box, and that it is over, if that waits; answers whether anybody can be reached.
   * Null: another channel has delivered it or may yet do so, unless that is late; or it is here already. Within a transaction.
   */
  take(message: Message, late = false): Taken | null {
    const { box } = this.parts;
    const all = box.ofFact(message.fact);
    const others = all.filter(({ channel, person }) => channel !== ROSTER && person === null);
    if (others.some(({ state }) => state === 'delivered' || (!late && state === 'queued')) || all.some(({ channel }) => channel === ROSTER)) return null;
    const [taken] = [message, ...box.endBehind(message)].map((each) => this.owe(each));
    return taken ?? null;
  }

  /** A moment later, so that many are one message to each; at once where nobody can be reached. */
  owe(message: Message): Taken {
    const { box, now, gather } = this.parts;
    const { person: _, ...of } = message;
    const said = inBoth((language) => ({ ...of.said[language], text: `${of.said[language].text}\n${rosterSaid(language)}` }));
    const rest = this.seats(of.what);
    const tried = box.ofFact(of.fact);
    const reachable = rest.some((seat) => this.persons(seat, message, tried).length > 0);
    box.put({ ...of, id: `${of.fact}|${ROSTER}`, channel: ROSTER, to: [], rest, said, created: now(), attempts: 0 }, reachable ? Math.max(now() + gather, this.told + CALMER * gather) : 0);
    return reachable ? 'reachable' : 'unreachable';
  }

  /** Looks at what is owed once any of it is due: what was gathered goes together. `facts`: and at these, of whose messages to persons something has become. */
  look(facts: ReadonlySet<string> = new Set()): void {
    try {
      this.lookNow(facts);
    } catch {
      // The box refuses; of what had become something is looked at again by itself.
      this.stop();
      this.timer = setTimeout(() => { this.look(); }, REFUSED);
    }
  }

  private lookNow(facts: ReadonlySet<string>): void {
    const { box, now, give, append } = this.parts;
    const made: Made = { fresh: [], calls: [] };
    const next = box.nextDue(ROSTER);
    const due = next !== null && next <= now() ? box.owed(ROSTER, MOST) : [...facts].flatMap((fact) => box.queuedOne(`${fact}|${ROSTER}`) ?? []).sort((a, b) => a.seq - b.seq);
    if (due.length > 0) box.together(() => { for (const message of due) this.step(message, made); });
    if (made.fresh.length > 0) this.told = now();
    for (const channel of new Set(made.fresh.map((message) => message.channel))) give(channel, made.fresh.filter((message) => message.channel === channel));
    if (made.calls.length > 0) append(made.calls);
    this.arm();
  }

  /** Somebody is to call; decided but once, however often it is said. */
  call({ fact: call, what, alert, occurrence, said: { zh, en }, drill }: Message): Draft {
    const about = alert === null || occurrence === null ? null : { alert, occurrence };
    const to = SEATS.flatMap((seat) => this.seated(seat).map(({ id, name }) => ({ id, name, seat })));
    const once = to.filter(({ id }, n) => to.findIndex((other) => other.id === id) === n);
    return { id: `call-owed:${call}`, at: this.parts.eventNow(), actor: 'system', body: { kind: 'call-owed', call, what, about, said: { zh: zh.title, en: en.title }, to: once, drill } };
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private arm(): void {
    const { box, now } = this.parts;
    this.stop();
    const next = box.nextDue(ROSTER);
    this.timer = next === null ? null : setTimeout(() => { this.look(); }, Math.max(10, next - now()));
  }

  /** One seat after the other, until a message to somebody is on its way. */
  private step(message: Owed, made: Made): void {
    const { box, now } = this.parts;
    if (box.waitsBefore(message)) { box.goesOn(message.id, { rest: message.rest, next: now() + this.parts.gather }); return; }
    const tried = box.ofFact(message.fact);
    const sent = tried.filter(({ person }) => person !== null);
    if (sent.some(({ state }) => state === 'delivered')) { box.settle([message.id], { state: 'delivered', reason: null, now: now() }); return; }
    const again = now() + LOOK_AGAIN;
    if (sent.some(({ state }) => state === 'queued')) { box.goesOn(message.id, { rest: message.rest, next: again }); return; }
    for (const [n, seat] of message.rest.entries()) {
      const fresh = this.persons(seat, message, tried).map((person) => this.messageTo(person, message)).filter((each) => box.put(each));
      if (fresh.length === 0) continue;
      box.goesOn(message.id, { rest: message.rest.slice(n + 1), next: again });
      made.fresh.push(...fresh.map((each) => ({ ...each, next: each.created })));
      return;
    }
    box.settle([message.id], { state: 'failed', reason: UNDELIVERED['nobody-on-duty'], now: now() });
    made.calls.push(this.call(message));
  }

  private messageTo({ id: person, ways: [first, ...others] }: Person, message: Message): Message {
    const [channel, contact] = first ?? ['', ''];
    const of = { ...message, person, to: [contact] };
    return { ...of, id: this.parts.routing.id(of, channel), channel, rest: others.map(([each]) => each), created: this.parts.now(), attempts: 0 };
  }

  private seats(what: string): string[] {
    return what === 'resolved' ? [TOLD, ...SEATS] : [...SEATS];
  }

  /** Who has a seat now; shifts begin and end with a minute. */
  private seated(seat: string): readonly { id: string; name: string }[] {
    const { duty, setting: { civil }, eventNow } = this.parts;
    const at = eventNow();
    const minute = Math.floor(at / MINUTE);
    if (this.known.minute !== minute) this.known = { minute, seats: new Map(SEATS.map((each) => [each, onDuty(duty, civil, { seat: each, at }).map(({ person }) => person)])) };
    return this.known.seats.get(seat) ?? [];
  }

  /** Who has a seat and can be reached, by ways that have not failed for them. */
  private persons(seat: string, message: Message, tried: readonly Told[]): Person[] {
    const { box } = this.parts;
    const told = seat === TOLD && message.alert !== null ? box.reached(message.alert, message.seq) : null;
    const ids = told?.map(({ person }) => person) ?? this.seated(seat).map(({ id }) => id);
    return [...new Set(ids)].map((id) => ({ id, ways: this.waysTo(id, tried) })).filter(({ ways }) => ways.length > 0);
  }

  /** The quicker one first. */
  private waysTo(id: string, tried: readonly Told[]): [string, string][] {
    const { duty, channels } = this.parts;
    const person = duty.people.find((each) => each.id === id);
    if (person === undefined) return [];
    const ways = [...channels.values()].flatMap((channel): [string, string][] => { const contact = contactOf(person, channel); return contact === undefined ? [] : [[channel.id, contact]]; });
    const kind = (id: string): number => (channels.get(id)?.kind === 'sms' ? 0 : 1);
    return ways.filter(([channel, contact]) => !tried.some((row) => row.channel === channel && row.to.includes(contact))).sort(([a], [b]) => kind(a) - kind(b));
  }
}

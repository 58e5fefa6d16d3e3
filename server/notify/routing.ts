/** Which channels a fact's message goes by, to whom, and who stands in where one of them fails. */
import type { Channel, Language } from '../../shared/channels.ts';
import type { DutyFile, DutyPerson } from '../../shared/duty.ts';
import { remembered } from '../../shared/remembered.ts';
import { onDuty } from '../../shared/roster.ts';
import type { Told } from '../../shared/telling.ts';
import { type Box, type Message, ROSTER } from './box.ts';
import { payloadOf, type Said, said, type Setting, viaSaid } from './wording.ts';

export type Route = { channel: string; rest: string[] };
export type RoutingParts = {
  duty: DutyFile; setting: Setting; box: Pick<Box, 'toldOf' | 'wentToRoster' | 'ofFact'>;
  /** Those that are used under this air. */
  channels: ReadonlyMap<string, Channel>;
  /** Machine time, and event time; UTC ms. */
  now: () => number; eventNow: () => number;
};

const LANGUAGES: readonly Language[] = ['zh', 'en'];
export const inBoth = (of: (language: Language) => Said): Record<Language, Said> => Object.fromEntries(LANGUAGES.map((language) => [language, of(language)])) as Record<Language, Said>;

/** How a channel reaches a person; undefined: it does not. */
export function contactOf(person: DutyPerson, channel: Channel | undefined): string | undefined {
  if (channel?.kind === 'sms') return person.phone;
  return channel?.kind === 'email' ? person.email : undefined;
}

/** Of one fact there is one message to a channel, to a number, to a person: whatever is killed between, it is this one. */
const idOf = ({ fact, person, to }: Pick<Message, 'fact' | 'person' | 'to'>, channel: string, apart: boolean): string =>
  [fact, channel, ...(person === undefined ? (apart ? to : []) : [`@${person}`])].join('|');

export class Routing {
  private readonly parts: RoutingParts;

  constructor(parts: RoutingParts) {
    // Many at once are of the same instants and places.
    const { civil, place } = parts.setting;
    this.parts = { ...parts, setting: { ...parts.setting, civil: { ...civil, iso: remembered(civil.iso), day: remembered(civil.day) }, place } };
  }

  /** First channels, and what each falls over to. That something is over, or another level, is told to whoever was told of it, and to whoever else that fell to. */
  routes(told: Told): Route[] {
    const { box, duty, channels } = this.parts;
    if (told.what === 'resolved' && told.alert !== null) {
      const roster = box.wentToRoster(told.alert.id) ? [{ channel: ROSTER, rest: [] }] : [];
      return [...box.toldOf(told.alert.id).filter(({ channel }) => channels.has(channel)), ...roster];
    }
    const found = new Map<string, string[]>();
    for (const { of, severities, by, otherwise } of duty.tell) {
      if (!of.includes(told.what) || !(told.severities ?? [told.severity]).some((each) => severities.includes(each))) continue;
      for (const channel of by) if (channels.has(channel) && !found.has(channel)) found.set(channel, otherwise.filter((each) => channels.has(each) && each !== channel));
    }
    for (const channel of this.toldBefore(told)) if (!found.has(channel)) found.set(channel, []);
    return [...found].map(([channel, rest]) => ({ channel, rest }));
  }

  /** Of a level: the channels that were told of what it was before. */
  private toldBefore({ fact }: Told): string[] {
    const { box, channels } = this.parts;
    const before = fact.kind === 'level-changed' ? fact.before ?? [] : [];
    return before.flatMap((each) => box.ofFact(each.fact)).filter(({ channel, person, state }) => channels.has(channel) && person === null && state !== 'failed').map(({ channel }) => channel);
  }

  /** A fact's messages by these routes, but for the people on duty. */
  messages(told: Told, routes: readonly Route[]): Message[] {
    if (routes.length === 0) return [];
    const { setting, now } = this.parts;
    const { key: fact, seq, what, alert, drill } = told;
    const base = {
      fact, seq, what, alert: alert?.id ?? null, occurrence: alert?.occurrence ?? null, drill, created: now(),
      said: inBoth((language) => said(told, setting, language)), payload: payloadOf(told, setting), attempts: 0,
    };
    return routes.flatMap(({ channel, rest }) => this.recipients(channel, told.people).map((to): Message => ({ ...base, id: this.id({ fact, to }, channel), channel, to, rest })));
  }

  /** The same by the next channel, which says for which it stands in. */
  standIns(message: Message, failed: string): Message[] {
    const [next, ...rest] = message.rest;
    if (next === undefined) return [];
    const text = inBoth((language) => ({ ...message.said[language], text: `${message.said[language].text}\n${viaSaid(failed, language)}` }));
    const to = message.person === undefined ? this.recipients(next, peopleOf(message)) : [this.contacts(message.person, next)];
    return to.map((each) => ({ ...message, id: this.id({ ...message, to: each }, next), channel: next, created: this.parts.now(), since: message.since ?? message.created, said: text, to: each, rest, attempts: 0 }));
  }

  id(of: Pick<Message, 'fact' | 'person' | 'to'>, channel: string): string {
    return idOf(of, channel, this.parts.channels.get(channel)?.kind === 'sms');
  }

  private contacts(person: string, channel: string): string[] {
    const known = this.parts.duty.people.find(({ id }) => id === person);
    const contact = known === undefined ? undefined : contactOf(known, this.parts.channels.get(channel));
    return contact === undefined ? [] : [contact];
  }

  /** Whom a channel with addresses sends to: its own, whoever has its seats, and whom the message is for. An SMS goes to each by itself. */
  private recipients(channel: string, people: readonly string[]): string[][] {
    const of = this.parts.channels.get(channel);
    if (of === undefined || (of.kind !== 'email' && of.kind !== 'sms')) return [[]];
    const { duty, setting: { civil }, eventNow } = this.parts;
    const seated = of.seats.flatMap((seat) => onDuty(duty, civil, { seat, at: eventNow() }).map(({ person }) => person));
    const meant = duty.people.filter(({ id }) => people.includes(id));
    const all = [...new Set([...of.to, ...[...seated, ...meant].flatMap((person) => contactOf(person, of) ?? [])])];
    return of.kind === 'email' || all.length === 0 ? [all] : all.map((number) => [number]);
  }
}

const peopleOf = ({ payload }: Message): string[] => ('people' in payload && Array.isArray(payload.people) ? payload.people.map(String) : []);

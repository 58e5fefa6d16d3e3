/**
 * Alerts as CAP 1.2 (OASIS, Common Alerting Protocol): each a message that others refer to. A new occurrence is an update, its end a
 * cancel; both name every message of the incident before them, and what comes after a cancel is a new alert, an incident of its own.
 * A message says what was so at its own fact, whatever has come since. What is no real air is a test; a drill and an exercise are exercises.
 */
import { alertAfter } from '../../shared/alert-fold.ts';
import type { Language } from '../../shared/channels.ts';
import type { AlertKind, Area, Severity } from '../../shared/event.ts';
import type { Air, Fact } from '../../shared/fact.ts';
import { EXERCISE_BASE } from '../../shared/exercises.ts';
import type { Alert } from '../../shared/situation.ts';
import { toldOf } from '../../shared/telling.ts';
import { DAY } from '../../shared/time.ts';
import { type Said, said, type Setting } from './wording.ts';

export type CapMessage = { id: string; sent: number; title: string; type: 'Alert' | 'Update' | 'Cancel'; xml: string };
/** `partition`: the exercise whose alerts they are, or null. */
export type CapSetting = Setting & { area: (place: string) => Area | undefined; partition: string | null };

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
export const tag = (name: string, text: string): string => `<${name}>${escape(text)}</${name}>`;

/** No spaces, commas or markup in an identifier or a sender (CAP 1.2, 3.2.1). */
export const plain = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '-');
export const SEVERITY: Readonly<Record<Severity, string>> = { critical: 'Severe', warning: 'Moderate', notice: 'Minor' };

function urgencyOf(kind: AlertKind): { urgency: string; certainty: string } {
  if (kind.endsWith('exceeded')) return { urgency: 'Past', certainty: 'Observed' };
  if (kind === 'silent') return { urgency: 'Immediate', certainty: 'Observed' };
  return kind.endsWith('locked') ? { urgency: 'Immediate', certainty: 'Observed' } : { urgency: 'Expected', certainty: 'Likely' };
}

const statusOf = (air: Air, drill: boolean): string => (air === 'exercise' ? 'Exercise' : air !== 'live' ? 'Test' : drill ? 'Exercise' : 'Actual');

export const figure = (name: string, value: string | number | null): string => (value === null ? '' : `<parameter>${tag('valueName', name)}${tag('value', String(value))}</parameter>`);

export function areaOf(place: string, setting: CapSetting, language: Language): string {
  const area = setting.area(place);
  return `<area>${tag('areaDesc', setting.place(place)[language])}${area?.adcode === undefined ? '' : `<geocode>${tag('valueName', 'adcode')}${tag('value', area.adcode)}</geocode>`}</area>`;
}

/** `alert`: as it is after the fact. */
type Info = { fact: Fact; alert: Alert; type: CapMessage['type'] };

function saidOf({ fact, alert }: Info, setting: CapSetting, language: Language): Said {
  const told = toldOf(fact, { ...alert, shelved: false, suppressed: false });
  return told === null ? { title: '', text: '' } : said(told, setting, language);
}

/** As long as a period of its kind from when it is sent, by when the next has been judged; a silence for a day. */
const expiresOf = ({ period: { start, end } }: Alert, sent: number): number => sent + (end === null ? DAY : end - start);

function infoOf(info: Info, setting: CapSetting, language: Language): string {
  const { fact, alert, type } = info;
  const { title, text } = saidOf(info, setting, language);
  const { urgency, certainty } = urgencyOf(alert.kind);
  return ['<info>', tag('language', language === 'zh' ? 'zh-CN' : 'en-US'), tag('category', 'Env'), tag('event', setting.event.name[language]),
    type === 'Cancel' ? tag('responseType', 'AllClear') : tag('responseType', 'Monitor'), tag('urgency', urgency), tag('severity', SEVERITY[alert.severity]), tag('certainty', certainty),
    tag('onset', setting.civil.iso(alert.period.start)), tag('expires', setting.civil.iso(expiresOf(alert, fact.at))), tag('headline', title), tag('description', text),
    figure('pollutant', alert.pollutant), figure('value', alert.value), figure('limit', alert.limit), figure('limitAssumed', alert.assumed ? 'true' : null), figure('marks', alert.marks.join(' ') || null),
    areaOf(alert.place, setting, language), '</info>'].join('');
}

export const senderOf = ({ event, partition }: CapSetting): string => `qingkong.${plain(event.id)}${partition === null ? '' : `.exercise.${plain(partition)}`}`;

/** `before`: all messages of the incident that came before it. */
type Envelope = { id: string; fact: Fact; type: CapMessage['type']; drill: boolean; before: readonly CapMessage[]; incident: string; infos: string };

export function xmlOf({ id, fact, type, drill, before, incident, infos }: Envelope, setting: CapSetting): string {
  const sender = senderOf(setting);
  const references = before.map((message) => `${sender},${message.id},${setting.civil.iso(message.sent)}`).join(' ');
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">', tag('identifier', id), tag('sender', sender), tag('sent', setting.civil.iso(fact.at)),
    tag('status', statusOf(setting.air, drill)), tag('msgType', type), tag('scope', 'Restricted'), tag('restriction', 'For the staff of the event'),
    references === '' ? '' : tag('references', references), tag('incidents', plain(incident)), infos, '</alert>'].join('');
}

function typeOf(fact: Fact, first: boolean): CapMessage['type'] | null {
  switch (fact.kind) {
    case 'alert-raised': return fact.suppression !== undefined ? null : first ? 'Alert' : 'Update';
    case 'alert-returned': case 'alert-withdrawn': case 'alert-closed': return first ? null : 'Cancel';
    default: return null;
  }
}

/** A chain's first is that of the alert; those after a cancel have their occurrence. */
const incidentOf = ({ id, occurrence }: Alert, n: number): string => (n === 0 ? id : `${id}:${occurrence}`);

/** The messages of one alert from its whole history, oldest first. What was suppressed when it was raised is no message, and neither is its end. */
export function capOf(history: readonly Fact[], setting: CapSetting): CapMessage[] {
  const chains: { incident: string; messages: CapMessage[] }[] = [];
  let alert: Alert | undefined;
  for (const fact of history) {
    alert = alertAfter(alert, fact);
    const open = chains.at(-1)?.messages.at(-1)?.type === 'Cancel' ? undefined : chains.at(-1);
    const type = typeOf(fact, open === undefined);
    if (type === null || alert === undefined) continue;
    const { incident, messages } = open ?? { incident: incidentOf(alert, chains.length), messages: [] };
    if (open === undefined) chains.push({ incident, messages });
    const id = `${senderOf(setting)}.${fact.seq}`;
    const info = { fact, alert, type };
    const infos = (['zh', 'en'] as const).map((language) => infoOf(info, setting, language)).join('');
    const xml = xmlOf({ id, fact, type, drill: alert.drill, before: messages, incident, infos }, setting);
    messages.push({ id, sent: fact.at, title: saidOf(info, setting, 'zh').title, type, xml });
  }
  return chains.flatMap(({ messages }) => messages);
}

/** An Atom feed of messages, the latest first; each entry leads to its message. `began`: since when there is a feed, which it says of itself while it is empty. */
export function capFeed(messages: readonly CapMessage[], { civil, event, air, partition }: CapSetting, began: number): string {
  const base = air === 'exercise' ? EXERCISE_BASE : '';
  const entries = [...messages].sort((a, b) => b.sent - a.sent || (a.id < b.id ? 1 : -1)).map(({ id, sent, title, type }) =>
    `<entry>${tag('id', `urn:qingkong:cap:${id}`)}${tag('title', title)}${tag('updated', civil.iso(sent))}<category term="${type}"/><link type="application/cap+xml" href="${base}/api/cap/${encodeURIComponent(id)}"/></entry>`);
  const updated = messages.reduce((latest, { sent }) => Math.max(latest, sent), began);
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">${tag('id', `urn:qingkong:${event.id}${partition === null ? '' : `:exercise:${partition}`}`)}${tag('title', event.name.zh)}${tag('updated', civil.iso(updated))}<author>${tag('name', event.name.zh)}</author><link rel="self" href="${base}/api/cap"/>${entries.join('')}</feed>`;
}

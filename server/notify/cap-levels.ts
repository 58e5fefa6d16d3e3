/**
 * Response levels as CAP 1.2. An area's level is an incident of its own: what takes it back in one area takes back no other's. The
 * start is an alert, a change an update, the lifting a cancel; both name every message since the start, whatever ended in between.
 */
import type { Language } from '../../shared/channels.ts';
import { type LevelChanged, severitiesOf } from '../../shared/level-change.ts';
import { toldOf } from '../../shared/telling.ts';
import { areaOf, type CapMessage, type CapSetting, figure, plain, senderOf, SEVERITY, tag, xmlOf } from './cap.ts';
import { type Said, said } from './wording.ts';

type Chain = { messages: CapMessage[]; incident: string };
/** A fact as it says of one area alone. */
type OfArea = { fact: LevelChanged; area: string; type: CapMessage['type'] };

const alone = (fact: LevelChanged, area: string): LevelChanged =>
  ({ ...fact, areas: [area], ...(fact.before === undefined ? {} : { before: fact.before.filter((each) => each.area === area) }) });

function saidOf(fact: LevelChanged, setting: CapSetting, language: Language): Said {
  const told = toldOf(fact, undefined);
  return told === null ? { title: '', text: '' } : said(told, setting, language);
}

function infoOf({ fact, area, type }: OfArea, setting: CapSetting, language: Language): string {
  const { title, text } = saidOf(fact, setting, language);
  const isOver = type === 'Cancel';
  return ['<info>', tag('language', language === 'zh' ? 'zh-CN' : 'en-US'), tag('category', 'Env'), tag('event', setting.event.name[language]), tag('responseType', isOver ? 'AllClear' : 'Execute'),
    tag('urgency', isOver ? 'Past' : 'Expected'), tag('severity', SEVERITY[severitiesOf(fact)[0] ?? 'notice']), tag('certainty', 'Likely'), tag('onset', setting.civil.iso(fact.at)), tag('headline', title), tag('description', text),
    figure('ladder', fact.ladder), figure('level', fact.level), figure('levelBefore', fact.before?.[0]?.level ?? null), areaOf(area, setting, language), '</info>'].join('');
}

function add(chain: Chain, of: OfArea, setting: CapSetting): void {
  const { fact, area, type } = of;
  const id = `${senderOf(setting)}.${fact.seq}.${plain(area)}`;
  const infos = (['zh', 'en'] as const).map((language) => infoOf(of, setting, language)).join('');
  const xml = xmlOf({ id, fact, type, drill: fact.drill, before: chain.messages, incident: chain.incident, infos }, setting);
  chain.messages.push({ id, sent: fact.at, title: saidOf(fact, setting, 'zh').title, type, xml });
}

/** The messages of what is in force, and of what was lifted since `from`; `facts`: all of levels, in order. */
export function levelCapOf(facts: readonly LevelChanged[], setting: CapSetting, from: number): CapMessage[] {
  const open = new Map<string, Chain>();
  const over: Chain[] = [];
  for (const [fact, area] of facts.flatMap((each) => each.areas.map((one) => [alone(each, one), one] as const))) {
    const key = `${fact.ladder}/${area}`;
    const before = open.get(key);
    // What was never in force has no end.
    if (before === undefined && fact.level === null) continue;
    const chain = before ?? { messages: [], incident: `${fact.start}:${area}` };
    add(chain, { fact, area, type: fact.level === null ? 'Cancel' : before === undefined ? 'Alert' : 'Update' }, setting);
    if (fact.level === null) { open.delete(key); over.push(chain); } else open.set(key, chain);
  }
  return [...over.filter(({ messages }) => (messages.at(-1)?.sent ?? 0) >= from), ...open.values()].flatMap(({ messages }) => messages);
}

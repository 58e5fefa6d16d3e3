/** A message in words, and whole for machines. Every mark of what is not real travels with it. */
import type { Language, TellingKind } from '../../shared/channels.ts';
import type { AlertKind, Level, Name, Severity } from '../../shared/event.ts';
import type { Air } from '../../shared/fact.ts';
import { type LevelChanged, type Move, stepsOf } from '../../shared/level-change.ts';
import type { Seat } from '../../shared/seat.ts';
import type { Alert } from '../../shared/situation.ts';
import type { Told } from '../../shared/telling.ts';
import { HOUR, type Civil } from '../../shared/time.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

type Figure = { value: number | null; limit: number | null; unit: string; assumed: boolean };
/** All that messages say, a file a language. */
export type Words = {
  kind: Record<AlertKind, string>; severity: Record<Severity, string>; what: Record<TellingKind, string>; seat: Record<Seat, string>; mark: Record<'drill' | Air, string>;
  bracket: (text: string) => string; value: (figure: Figure) => string; period: (text: string) => string; at: (text: string) => string; occurrence: (n: number) => string;
  up: (seat: string, names: string, minutes: number) => string; over: Record<'returned' | 'withdrawn' | 'closed', string>;
  level: (level: Level | null, areas: string) => string; step: (step: { move: Move; level: Level | null; areas: string; from: { level: Level; since: string; by: string } | null }) => string; move: Record<Move, string>; why: (why: string, by: string) => string; notice: (code: string, detail: string) => string; exerciseOver: string;
  digest: (n: number) => string; left: (n: number) => string; counted: (of: { rule: string; n: number; places: string; of: number; named: number }) => string; gravest: string; desk: string; via: (channel: string) => string; roster: string; restored: string; more: (n: number) => string; link: (url: string) => string; list: string;
};
export const WORDS: Readonly<Record<Language, Words>> = { zh, en };

/** What wording needs to know of the room. `place`: a name of an area or station. `desk`: the desk's address, or null. */
export type Setting = { civil: Civil; air: Air; event: { id: string; name: Name }; place: (id: string) => Name; desk: string | null };
/** `counted`: by what, and where, it is counted among very many; absent: it is always told in full. */
export type Said = { title: string; text: string; counted?: { rule: string; place: string } };

const unitOf = (pollutant: string): string => (pollutant === 'CO' ? 'mg/m³' : 'µg/m³');
const clock = (civil: Civil, at: number): string => civil.iso(at).slice(5, 16).replace('T', ' ');

function periodOf({ period: { start, end } }: Alert, civil: Civil): string {
  if (end === null) return clock(civil, start);
  return end - start > HOUR ? civil.day(start) : `${clock(civil, start)}–${clock(civil, end).slice(6)}`;
}

function bodyOf({ fact, alert, what }: Told, words: Words, { civil, place, language }: Setting & { language: Language }): string[] {
  const name = (of: Name): string => of[language];
  if (fact.kind === 'level-changed') return levelSaid(fact, words, { civil, names: (areas) => areas.map((area) => name(place(area))).join(words.list) });
  if (fact.kind === 'data-notice') return [words.notice(fact.reason.code, String(fact.reason['reason'] ?? fact.station))];
  if (fact.kind === 'exercise-ended') return [words.exerciseOver];
  if (alert === null) return [];
  const figure = alert.kind === 'silent' ? [] : [`${alert.pollutant} ${words.value({ ...alert, unit: unitOf(alert.pollutant) })}`];
  const up = fact.kind === 'alert-escalated' ? [words.up(words.seat[fact.seat], fact.to.map((person) => person.name).join(words.list), fact.minutes)] : [];
  const over = what !== 'resolved' ? [] : [words.over[fact.kind === 'alert-returned' ? 'returned' : fact.kind === 'alert-withdrawn' ? 'withdrawn' : 'closed']];
  const again = alert.occurrence > 1 ? [words.occurrence(alert.occurrence)] : [];
  return [...up, ...over, ...figure, words.period(periodOf(alert, civil)), ...again];
}

/** A line for areas of the same before: what it was, since when and by whom. */
function levelSaid(fact: LevelChanged, words: Words, { civil, names }: { civil: Civil; names: (areas: readonly string[]) => string }): string[] {
  const steps = stepsOf(fact)?.map(({ move, areas, from }) => words.step({ move, level: fact.level, areas: names(areas), from: from === null ? null : { ...from, since: clock(civil, from.since) } }));
  return [...steps ?? [words.level(fact.level, names(fact.areas))], words.why(fact.why, fact.by)];
}

/** What is told, in a word: of levels which way they moved, where it is one way. */
function whatSaid({ what, fact }: Told, words: Words): string {
  const moves = new Set(fact.kind === 'level-changed' ? stepsOf(fact)?.map(({ move }) => move) : []);
  const [move] = moves;
  return move === undefined || moves.size > 1 ? words.what[what] : `${words.what[what]} ${words.move[move]}`;
}

/** A message as people read it. */
export function said(told: Told, setting: Setting, language: Language): Said {
  const words = WORDS[language];
  const name = (of: Name): string => of[language];
  const { alert, drill, what, severity } = told;
  const marks = [...(drill ? [words.mark.drill] : []), ...(words.mark[setting.air] === '' ? [] : [words.mark[setting.air]])];
  const of = alert === null ? whatSaid(told, words) : `${name(setting.place(alert.place))} ${words.kind[alert.kind]}${what === 'raised' ? '' : ` ${words.what[what]}`}`;
  const link = setting.desk === null ? [] : [words.link(setting.desk)];
  return {
    title: `${marks.map(words.bracket).join('')}${words.bracket(words.severity[severity])}${of}`,
    text: [...bodyOf(told, words, { ...setting, language }), words.at(clock(setting.civil, told.at)), ...link].join('\n'),
    ...(alert === null ? {} : { counted: { place: name(setting.place(alert.place)), rule: [words.severity[severity], words.kind[alert.kind], ...(alert.kind === 'silent' ? [] : [alert.pollutant]), words.what[what]].join(' ') } }),
  };
}

export const restoredSaid = (language: Language): string => WORDS[language].restored;

export const rosterSaid = (language: Language): string => WORDS[language].roster;

export const viaSaid = (channel: string, language: Language): string => WORDS[language].via(channel);

/** `references`: ids of the messages that told of what was before. An end of nothing that was told refers to nothing. */
function levelOf(fact: LevelChanged, { iso }: Civil): object {
  const { ladder, level, areas, why: reason, by, before } = fact;
  const steps = stepsOf(fact)?.map(({ move, areas: of, from }) => ({ move, areas: of, from: from === null ? null : { level: from.level, since: iso(from.since), by: from.by } }));
  return { level: { ladder, level, areas, reason, by, ...(steps === undefined ? {} : { steps }) }, ...(before === undefined ? {} : { references: [...new Set(before.map(({ fact: id }) => id))] }) };
}

/** The whole of it for machines; instants as civil time. */
export function payloadOf({ key, what, severity, at, drill, alert, fact, people }: Told, { civil, air, event }: Setting): object {
  const about = alert === null ? {} : {
    alert: {
      id: alert.id, kind: alert.kind, place: alert.place, pollutant: alert.pollutant, occurrence: alert.occurrence, condition: alert.condition, state: alert.state,
      period: { start: civil.iso(alert.period.start), end: alert.period.end === null ? null : civil.iso(alert.period.end) },
      value: alert.value, limit: alert.limit, assumed: alert.assumed, marks: alert.marks, raisedAt: civil.iso(alert.raisedAt),
    },
  };
  const level = fact.kind === 'level-changed' ? levelOf(fact, civil) : {};
  const notice = fact.kind === 'data-notice' ? { notice: { station: fact.station, reason: fact.reason } } : {};
  return { id: key, event: event.id, air, drill, what, severity, at: civil.iso(at), ...about, ...level, ...notice, ...(people.length > 0 ? { people } : {}) };
}

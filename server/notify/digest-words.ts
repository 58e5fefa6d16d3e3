/** Several messages in the words of one: each as it is, the first by their titles, or counted by what they are of. */
import type { Language } from '../../shared/channels.ts';
import type { Message } from './box.ts';
import type { Measure } from './split.ts';
import { restoredSaid, type Said, WORDS } from './wording.ts';

type Room = { most: number; measure: Measure };

/** What is real of none says so in their common title as well: of a drill and of what is no drill, each by itself. */
function marksBy(language: Language, are: (mark: string) => boolean): string {
  const { mark, bracket } = WORDS[language];
  return [...new Set(Object.values(mark))].filter((text) => text !== '').map(bracket).filter(are).join('');
}
const marksOf = (all: readonly Said[], language: Language): string => marksBy(language, (mark) => all.every(({ title }) => title.includes(mark)));
/** Those of any. */
export const marksIn = (all: readonly Said[], language: Language): string => marksBy(language, (mark) => all.some(({ title }) => title.includes(mark)));

/** `left`: how many come behind them. */
export const titleOf = ({ marks, n, left }: { marks: string; n: number; left: number }, language: Language): string =>
  `${marks}${WORDS[language].digest(n)}${left > 0 ? WORDS[language].left(left) : ''}`;

/** One of several. */
export const entryOf = ({ title, text }: Said): string => `${title}\n${text.split('\n').map((line) => `  ${line}`).join('\n')}`;

/** Several messages as one, and how many are left for the next. */
export const digestOf = (all: readonly Said[], left: number, language: Language): Said =>
  ({ title: titleOf({ marks: marksOf(all, language), n: all.length, left }, language), text: all.map(entryOf).join('\n') });

/** As much as may stand between the parts of a message. */
const BETWEEN = ' '.repeat(12);

/** What was put back says so in a digest as well. */
const restoredIn = (all: readonly Said[], language: Language): string[] => (all.some(({ text }) => text.includes(restoredSaid(language))) ? [restoredSaid(language)] : []);

/** Of lines as many as fit. */
function fitted(lines: readonly string[], { most, measure }: Room): string[] {
  let size = 0;
  const end = lines.findIndex((line) => { size += measure(`${line}\n`); return size > most; });
  return end < 0 ? [...lines] : lines.slice(0, end);
}

/** Several messages as one that a telephone takes, of at most so much: by their titles, and how many more there are. */
export function briefOf(all: readonly Said[], language: Language, { most, measure }: Room): Said {
  const words = WORDS[language];
  const said = { title: titleOf({ marks: marksOf(all, language), n: all.length, left: 0 }, language), text: '' };
  const last = (left: number): string => [...(left > 0 ? [words.more(left)] : []), ...restoredIn(all, language), words.roster].join('\n');
  const lines = fitted(all.map(({ title }) => title), { most: most - measure(said.title) - measure(last(all.length)) - 2 * measure(BETWEEN), measure });
  return { ...said, text: [...lines, last(all.length - lines.length)].join('\n') };
}

/** Named of very many, and places of one rule. */
const [NAMED, PLACES] = [5, 12];

/** By how much a limit is exceeded. */
function excessOf({ payload }: Message): number {
  const { value, limit } = 'alert' in payload ? payload.alert as { value: number | null; limit: number | null } : { value: null, limit: null };
  return value === null || limit === null || limit === 0 ? 0 : value / limit;
}

/** How many of each rule, and how many of them where. */
function counts(all: readonly Said[], language: Language): string[] {
  const words = WORDS[language];
  const rules = new Map<string, string[]>();
  for (const { counted, title } of all) {
    const { rule, place } = counted ?? { rule: title, place: '' };
    rules.set(rule, [...rules.get(rule) ?? [], place]);
  }
  return [...rules].sort(([, a], [, b]) => b.length - a.length).map(([rule, places]) => {
    const by = new Map<string, number>();
    for (const place of places) by.set(place, (by.get(place) ?? 0) + 1);
    const named = [...by].sort(([, a], [, b]) => b - a).slice(0, PLACES).map(([place, n]) => (n === 1 ? place : `${place} ${n}`));
    return words.counted({ rule, n: places.length, places: named.join(words.list), of: by.size, named: named.length });
  });
}

/** Very many as one, of at most so much: the gravest in full, how many of what there are and where, and that the desk has them all. */
export function countedOf(all: readonly Message[], language: Language, { most, measure }: Room): Said {
  const words = WORDS[language];
  const said = all.map((message) => message.said[language]);
  // In a row of equal gravity those that exceed most.
  const gravest = all.filter(({ what }) => what === all[0]?.what).toSorted((a, b) => excessOf(b) - excessOf(a)).slice(0, NAMED);
  const end = [words.desk, ...restoredIn(said, language)];
  const room = most - measure(`${words.gravest}\n${end.join('\n')}\n`);
  const named = fitted(gravest.map((message) => entryOf(message.said[language])), { most: room / 2, measure });
  const lines = fitted(counts(said, language), { most: room - measure(`${named.join('\n')}\n`), measure });
  return { title: titleOf({ marks: marksOf(said, language), n: all.length, left: 0 }, language), text: [...(named.length > 0 ? [words.gravest, ...named] : []), ...lines, ...end].join('\n') };
}

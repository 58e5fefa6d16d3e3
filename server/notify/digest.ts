/**
 * What the next request to people says, of all that waits for them: one message, in pieces where it is too long; or the next of
 * several as one, cut between them; or, of very many, how many of what and where, and the gravest by name.
 */
import { createHash } from 'node:crypto';
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Message } from './box.ts';
import { briefOf, countedOf, digestOf, entryOf, marksIn, titleOf } from './digest-words.ts';
import { byCharacter, inJson, type Measure, plainly, split } from './split.ts';
import type { Way } from './way.ts';
import type { Said } from './wording.ts';

/** One request: the messages of which it is, and its key. `more`: of a message in pieces there is another behind it. */
export type Part<M extends Message = Message> = Said & { batch: readonly M[]; key: string; more: boolean };
/** `spare`: requests that may be spent on telling several in full. */
export type Around = { channel: Channel; way: Pick<Way, 'around'>; spare: number };

/** More than so many at once are one message. */
const FEW = 3;
/** So many alerts, in so many requests, are told each in full; more are counted, unless one request holds them. */
const [IN_FULL, PARTS] = [100, 6];
/** A piece's number, and what stands between its title and its text, are no longer than this. */
const NUMBER = ' (999/999) ';

const measureOf = ({ channel: { kind }, way: { around } }: Around): Measure => (kind === 'sms' ? byCharacter : around === undefined ? plainly : inJson);
const roomOf = ({ channel, way }: Around): number => boundsOf(channel).bytes - (way.around?.() ?? 0);

/** In order, numbered where they are several. Each is no more than the channel takes, as its service counts. */
function piecesOf({ title, text }: Said, around: Around): Said[] {
  const measure = measureOf(around);
  const texts = split(text, roomOf(around) - measure(title) - measure(NUMBER), measure);
  return texts.map((piece, n) => (texts.length === 1 ? { title, text: piece } : { title: `${title} (${n + 1}/${texts.length})`, text: piece }));
}

/** The same for the same messages, and for no others. */
const keyOf = (batch: readonly Message[]): string => `${batch[0]?.id ?? ''}#${createHash('sha256').update(batch.map(({ id }) => id).join('\n')).digest('hex').slice(0, 12)}`;

/** A message by itself; `taken`: how many of its pieces the channel has. */
function alone<M extends Message>(message: M, around: Around, taken: number): Part<M> {
  const pieces = piecesOf(message.said[around.channel.language], around);
  const n = Math.min(taken, pieces.length - 1);
  return { ...pieces[n] ?? { title: '', text: '' }, batch: [message], key: pieces.length === 1 ? message.id : `${message.id}#${n + 1}`, more: n + 1 < pieces.length };
}

/** How many of the first fit into one request; and all into how many. */
function fitting(all: readonly Said[], most: number, measure: Measure): { first: number; requests: number } {
  let [size, requests, first] = [0, 1, 0];
  for (const [n, said] of all.entries()) {
    const own = measure(`${entryOf(said)}\n`);
    if (size + own > most && size > 0) { requests += 1; size = 0; }
    if (requests === 1 && own <= most) first = n + 1;
    requests += own > most ? Math.floor(own / most) : 0;
    size += own;
  }
  return { first, requests };
}

/** `all`: due to the same people, the gravest first. Null: nothing is. `taken`: of a message by its id, see `alone`. */
export function nextPart<M extends Message>(all: readonly M[], around: Around, taken: ReadonlyMap<string, number>): Part<M> | null {
  const [head] = all;
  if (head === undefined) return null;
  const { language } = around.channel;
  const counts = (message: M): boolean => message.said[language].counted !== undefined;
  const alike = all.filter((message) => counts(message) === counts(head));
  const said = alike.map((message) => message.said[language]);
  if (alike.length <= FEW) return alone(head, around, taken.get(head.id) ?? 0);
  const measure = measureOf(around);
  const of = (batch: readonly M[], whole: Said): Part<M> => ({ ...whole, batch, key: keyOf(batch), more: false });
  // A person's telephone is not flooded: as much as one message holds, and how many more there are.
  if (head.person !== undefined) return of(alike, briefOf(said, language, { most: roomOf(around), measure }));
  const room = roomOf(around) - measure(titleOf({ marks: marksIn(said, language), n: said.length, left: said.length }, language)) - measure(NUMBER);
  const { first, requests } = fitting(said, room, measure);
  if (counts(head) && (requests > Math.max(1, Math.min(PARTS, around.spare)) || (requests > 1 && alike.length > IN_FULL))) return of(alike, countedOf(alike, language, { most: room, measure }));
  return first <= 1 ? alone(head, around, taken.get(head.id) ?? 0) : of(alike.slice(0, first), digestOf(said.slice(0, first), said.length - first, language));
}

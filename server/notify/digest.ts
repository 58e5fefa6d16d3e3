/** What is sent of several messages at once, in the pieces that a channel takes. */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Message } from './box.ts';
import { byCharacter, inJson, type Measure, plainly, split } from './split.ts';
import type { Way } from './way.ts';
import { briefOf, digestOf, type Said } from './wording.ts';

const measureOf = ({ kind }: Channel, { around }: Pick<Way, 'around'>): Measure => (kind === 'sms' ? byCharacter : around === undefined ? plainly : inJson);

function saidOf(batch: readonly Message[], channel: Channel, measure: Measure): Said {
  const { language } = channel;
  const [head] = batch;
  if (batch.length === 1 && head !== undefined) return head.said[language];
  const all = batch.map(({ said }) => said[language]);
  // A person's telephone is not flooded: as much as one message holds, and how many more there are.
  return head?.person === undefined ? digestOf(all, language) : briefOf(all, language, { most: boundsOf(channel).bytes, measure });
}

/** A piece's number, and what stands between its title and its text, are no longer than this. */
const NUMBER = ' (999/999) ';

/** In order, numbered where they are several; `mark` tells them apart. Each is no more than the channel takes, as its service counts. */
export function piecesOf(batch: readonly Message[], channel: Channel, way: Pick<Way, 'around'>): (Said & { mark: string })[] {
  const measure = measureOf(channel, way);
  const { title, text } = saidOf(batch, channel, measure);
  const texts = split(text, boundsOf(channel).bytes - (way.around?.() ?? 0) - measure(title) - measure(NUMBER), measure);
  return texts.map((piece, n) => (texts.length === 1 ? { title, text: piece, mark: '' } : { title: `${title} (${n + 1}/${texts.length})`, text: piece, mark: `#${n + 1}` }));
}

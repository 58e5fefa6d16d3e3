/** What is sent of several messages at once, in the pieces that a channel takes. */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Message } from './box.ts';
import { inJson, plainly, split } from './split.ts';
import type { Way } from './way.ts';
import { briefOf, digestOf, type Said } from './wording.ts';

function saidOf(batch: readonly Message[], channel: Channel): Said {
  const { language } = channel;
  const [head] = batch;
  if (batch.length === 1 && head !== undefined) return head.said[language];
  const all = batch.map(({ said }) => said[language]);
  // A person's telephone is not flooded: as much as one message holds, and how many more there are.
  return head?.person === undefined ? digestOf(all, language) : briefOf(all, language, boundsOf(channel).bytes);
}

/** Of a piece's number, and of the line end behind its title. */
const NUMBER = 16;

/** In order, numbered where they are several; `mark` tells them apart. Each is no more than the channel takes, as its service counts. */
export function piecesOf(batch: readonly Message[], channel: Channel, { around }: Pick<Way, 'around'>): (Said & { mark: string })[] {
  const { title, text } = saidOf(batch, channel);
  const measure = around === undefined ? plainly : inJson;
  const texts = split(text, boundsOf(channel).bytes - (around?.() ?? 0) - measure(title) - NUMBER, measure);
  return texts.map((piece, n) => (texts.length === 1 ? { title, text: piece, mark: '' } : { title: `${title} (${n + 1}/${texts.length})`, text: piece, mark: `#${n + 1}` }));
}

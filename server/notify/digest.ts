/** What is sent of several messages at once, in the pieces that a channel takes. */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Message } from './box.ts';
import { split } from './split.ts';
import { briefOf, digestOf, type Said } from './wording.ts';

function saidOf(batch: readonly Message[], channel: Channel): Said {
  const { language } = channel;
  const [head] = batch;
  if (batch.length === 1 && head !== undefined) return head.said[language];
  const all = batch.map(({ said }) => said[language]);
  // A person's telephone is not flooded: as much as one message holds, and how many more there are.
  return head?.person === undefined ? digestOf(all, language) : briefOf(all, language, boundsOf(channel).bytes);
}

/** In order, numbered where they are several; `mark` tells them apart. */
export function piecesOf(batch: readonly Message[], channel: Channel): (Said & { mark: string })[] {
  const { title, text } = saidOf(batch, channel);
  const texts = split(text, boundsOf(channel).bytes - Buffer.byteLength(title) - 16);
  return texts.map((piece, n) => (texts.length === 1 ? { title, text: piece, mark: '' } : { title: `${title} (${n + 1}/${texts.length})`, text: piece, mark: `#${n + 1}` }));
}

/** A request to a service: a message as it is where a machine takes it, what people read within the budget. */
import type { Channel } from '../../shared/channels.ts';
import type { Requests } from './allowance.ts';
import type { Box, Message } from './box.ts';
import type { Part } from './digest.ts';
import type { Outcome, Way } from './way.ts';

export type ParcelParts = { channel: Channel; way: Way; box: Pick<Box, 'asked' | 'answered' | 'lately'>; requests?: Requests | undefined; now: () => number };

/** To a machine, whole. */
export const sendWhole = async (head: Message, { channel, way }: ParcelParts): Promise<Outcome> =>
  way.send({ key: head.id, ...head.said[channel.language], to: head.to, payload: head.payload });

/** To people. It counts from when it was answered: at what time between the service has counted it nobody here knows. */
export async function sendPart({ key, title, text, batch: [head] }: Part, { channel, way, box, requests, now }: ParcelParts): Promise<Outcome> {
  if (head === undefined) return { ok: true, ref: null };
  const kept = requests ?? box;
  const request = kept.asked(channel.id, now());
  try {
    return await way.send({ key, title, text, to: head.to, payload: head.payload });
  } finally {
    kept.answered(request, now());
  }
}

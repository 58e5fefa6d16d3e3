/** Messages on their way to a service: one as it is where a machine takes it, several as one where people read them, in pieces within the budget. */
import type { Channel } from '../../shared/channels.ts';
import { allowedAt, type Requests } from './allowance.ts';
import type { Box, Message } from './box.ts';
import { piecesOf } from './digest.ts';
import type { Outcome, Way } from './way.ts';

/** `window`: of the budget, ms. */
export type ParcelParts = { channel: Channel; way: Way; box: Pick<Box, 'asked' | 'lately'>; requests?: Requests | undefined; now: () => number; window: number };

/** To a machine, whole. */
export const sendWhole = (head: Message, { channel, way }: ParcelParts): Promise<Outcome> =>
  way.send({ key: head.id, ...head.said[channel.language], to: head.to, payload: head.payload });

/** To people; the first piece that fails is the outcome. */
export async function sendPieces(batch: readonly Message[], parts: ParcelParts): Promise<Outcome> {
  const { channel, way, box, requests, now, window } = parts;
  const [head] = batch;
  let outcome: Outcome = { ok: true, ref: null };
  if (head === undefined) return outcome;
  for (const { title, text, mark } of piecesOf(batch, channel, way)) {
    for (let wait = allowedAt(parts, window) - now(); wait > 0; wait = allowedAt(parts, window) - now()) await new Promise((resolve) => { setTimeout(resolve, Math.min(wait, 1_000)); });
    (requests ?? box).asked(channel.id, now());
    outcome = await way.send({ key: `${head.id}${mark}`, title, text, to: head.to, payload: head.payload });
    if (!outcome.ok) return outcome;
  }
  return outcome;
}

/** A channel's requests of a minute, kept in the box: a service that takes so many is never asked too often by us. */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Box } from './box.ts';

/** How often a channel has been asked lately, of the real room: an exercise takes half of what a channel allows, both rooms together. */
export type Requests = Pick<Box, 'lately' | 'asked' | 'answered'>;
type Asking = { channel: Channel; box: Pick<Box, 'lately'>; requests?: Requests | undefined; now: () => number };

const BOUNDLESS = 10_000;

/** When the next request is within the budget of a `window`, ms; and how many are left of it now, of how many. */
export function allowance({ channel, box, requests, now }: Asking, window: number): { at: number; left: number; most: number } {
  const { perMinute } = boundsOf(channel);
  if (perMinute >= BOUNDLESS) return { at: 0, left: perMinute, most: perMinute };
  const most = requests === undefined ? perMinute : Math.ceil(perMinute / 2);
  const lately = (requests ?? box).lately(channel.id, now() - window);
  return { at: lately.length < most ? 0 : (lately[lately.length - most] ?? 0) + window, left: Math.max(0, most - lately.length), most };
}

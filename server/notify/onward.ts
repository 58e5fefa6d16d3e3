/**
 * What becomes of a message that its channel has not delivered. One rule, in whatever order channels fail: while another may still
 * reach somebody it is that one's; once the last has failed, it is owed to the people on duty.
 */
import type { MessageState } from './box.ts';

/** A fact's message to a channel, what has become of it, and what that channel falls over to. */
export type Sent = { channel: string; state: MessageState; rest: readonly string[] };
/** `next`: made now, to the first of `rest`; `stands`: made before, and it may have reached somebody; `waits`: for another channel of the fact. */
export type Onward = { is: 'next'; rest: readonly string[] } | { is: 'stands'; channel: string } | { is: 'waits' } | { is: 'roster' };

/** `all`: every message of the fact to a channel as it is now, the failed one among them. */
export function onward(rest: readonly string[], all: readonly Sent[]): Onward {
  const asked = (channel: string): boolean => all.some((sent) => sent.channel === channel);
  const lives = (channel: string): boolean => all.some((sent) => sent.channel === channel && sent.state !== 'failed');
  const open = rest.findIndex((channel) => !asked(channel) || lives(channel));
  const channel = rest[open];
  if (channel !== undefined) return lives(channel) ? { is: 'stands', channel } : { is: 'next', rest: rest.slice(open) };
  if (all.some(({ state }) => state !== 'failed')) return { is: 'waits' };
  // Behind a channel that failed before stood one that was left out, because another was on its way then.
  const left = all.map((sent) => sent.rest.filter((each) => !asked(each))).find((those) => those.length > 0);
  return left === undefined ? { is: 'roster' } : { is: 'next', rest: left };
}

/** To which of its next ones a message went when it failed, whatever has become of that since. */
export const wentTo = (rest: readonly string[], all: readonly (Sent & { person: string | null; settled: number | null })[], failed: number): string | undefined =>
  rest.find((channel) => all.some((sent) => sent.channel === channel && sent.person === null && (sent.state !== 'failed' || (sent.settled ?? 0) > failed)));

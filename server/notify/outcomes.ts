/**
 * What became of a channel's messages: written down first and told second. What may yet go well waits for its next attempt; what
 * will not, and what would wait for a service that is down, is handed on.
 */
import type { Channel } from '../../shared/channels.ts';
import type { Box, Message, Owed } from './box.ts';
import type { Failed, Health } from './health.ts';
import type { Held } from './held.ts';
import { LONG_ENOUGH, type Pace, REFUSED } from './pace.ts';
import type { Outcome } from './way.ts';

export type OutcomesParts = {
  channel: Channel; box: Box; held: Held; health: Health; pace: Pace;
  /** Machine time, UTC ms. */
  now: () => number;
  /** Told of messages that were delivered, or failed for good: `failed` says why. */
  settled: (messages: readonly Message[], failed: string | null) => void;
  /** Told of messages that are tried on, and that somebody else should know of by now. */
  late?: ((messages: readonly Message[], reason: string) => void) | undefined;
};
type Sent = { batch: readonly Owed[]; outcome: Outcome };
type Sorted = { waiting: Owed[]; over: Owed[]; next: number; outcome: Failed };

export class Outcomes {
  private readonly parts: OutcomesParts;
  private sent: Sent[] = [];
  /** The box did not take what became of some: nothing more is sent until it does, lest it be sent twice. */
  refused = false;

  constructor(parts: OutcomesParts) {
    this.parts = parts;
  }

  /** How many came back that are not written down. */
  get open(): number { return this.sent.length; }

  cameBack(batch: readonly Owed[], outcome: Outcome): void {
    this.sent.push({ batch, outcome });
  }

  /** What became of several is written down at once. */
  conclude(): void {
    const { sent, parts: { box, held, health, settled, now } } = this;
    if (sent.length === 0) return;
    const delivered = sent.flatMap(({ batch, outcome }) => (outcome.ok ? batch : []));
    const failed = sent.flatMap(({ batch, outcome }) => (outcome.ok ? [] : [this.sorted(batch, outcome)]));
    const written = this.writes(() => box.together(() => {
      box.settle(delivered.map(({ id }) => id), { state: 'delivered', reason: null, now: now() });
      for (const { waiting, next, outcome: { reason } } of failed) box.later(waiting.map(({ id }) => id), { reason, next });
    }));
    this.refused = !written;
    if (!written) return;
    this.sent = [];
    held.settled(delivered);
    for (const { waiting, next } of failed) held.later(waiting, next);
    health.heard(sent.map(({ outcome }) => outcome));
    health.pause(delivered.length > 0, failed.filter(({ waiting }) => waiting.length > 0).map(({ outcome: { wait = 0 } }) => wait));
    if (delivered.length > 0) settled(delivered, null);
    for (const each of failed) this.handOn(each);
  }

  /** Of what has no other channel behind it, since too long: somebody is to know of it while it is tried on. */
  tellLate(): void {
    const { box, channel, pace, now, health } = this.parts;
    const overdue = box.overdue(channel.id, now() - pace.late);
    if (overdue.length > 0) this.tell(overdue, health.failing?.reason ?? '');
  }

  /** What waits for a service that is down goes to the next channel; answers whether any did. */
  passOn(): boolean {
    const { held, health, settled } = this.parts;
    // A person's only way is tried for them once.
    const over = held.waiting(({ rest, person, attempts }) => rest.length > 0 || (person !== undefined && attempts > 0));
    if (over.length === 0 || !this.writes(() => { settled(over, health.failing?.reason ?? ''); })) return false;
    held.settled(over);
    return true;
  }

  private handOn({ over, waiting, outcome: { reason } }: Sorted): void {
    const { held, settled, pace, now } = this.parts;
    // Handing on is a write as well: what it could not write is still owed here, and looked at again.
    if (over.length > 0 && this.writes(() => { settled(over, reason); })) held.settled(over);
    else if (over.length > 0) held.later(over, now() + REFUSED);
    const overdue = waiting.filter(({ rest, person, created }) => rest.length === 0 && person === undefined && now() - created >= pace.late);
    if (overdue.length > 0) this.tell(overdue, reason);
  }

  private tell(overdue: readonly Message[], reason: string): void {
    this.writes(() => { this.parts.late?.(overdue, reason); });
  }

  /** Whether the box takes it; it refuses when the disk does. */
  private writes(work: () => void): boolean {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  }

  /** Those that are tried again here, and when; and those for which this channel is over. */
  private sorted(batch: readonly Owed[], outcome: Failed): Sorted {
    const { pace, now: clock } = this.parts;
    const { again, wait } = outcome;
    const now = clock();
    const waits = ({ attempts, rest, person, created }: Owed): boolean => again
      && (rest.length === 0 && person === undefined ? now - created < LONG_ENOUGH : attempts + 1 < pace.tries && (wait ?? 0) < pace.longest);
    const attempts = Math.max(...batch.map((message) => message.attempts));
    const next = now + (wait ?? Math.min(pace.longest, pace.first * 2 ** attempts));
    return { waiting: batch.filter(waits), over: batch.filter((message) => !waits(message)), next, outcome };
  }
}

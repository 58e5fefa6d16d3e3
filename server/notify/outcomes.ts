/**
 * What became of a channel's messages: written down first and told second. What may yet go well waits for its next attempt; what
 * will not, and what would wait for a service that is down, is handed on.
 */
import type { Channel } from '../../shared/channels.ts';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import type { Box, Message, Owed } from './box.ts';
import { goesOnAt } from './due.ts';
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
  private readonly opened: number;
  /** Of what is tried on, that the people on duty have been told. */
  private readonly told = new Set<string>();
  /** When the next message is past its time, machine time. */
  lateAt = Infinity;
  /** The box did not take what became of some: nothing more is sent until it does, lest it be sent twice. */
  refused = false;

  constructor(parts: OutcomesParts) {
    this.parts = parts;
    this.opened = parts.now();
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
    for (const { id } of delivered) this.told.delete(id);
    for (const { waiting, next } of failed) held.later(waiting, next);
    health.heard(sent.map(({ outcome }) => outcome));
    health.pause(delivered.length > 0, failed.filter(({ waiting }) => waiting.length > 0).map(({ outcome: { wait = 0 } }) => wait));
    if (delivered.length > 0) settled(delivered, null);
    for (const each of failed) this.handOn(each);
  }

  /** What is past its time, waiting included, goes on: to the next channel; or, where there is none, to the people on duty while it is tried on. `unsent`: is about to be sent. */
  passLate(unsent: () => void): void {
    const { held, health, now, late: tell, settled } = this.parts;
    const { past, next } = held.past((message) => (this.told.has(message.id) ? Infinity : this.goesOnAt(message)), now());
    this.lateAt = next;
    if (past.length === 0) return;
    unsent();
    const reason = health.failing?.reason ?? UNDELIVERED.waited;
    const last = past.filter(({ rest }) => rest.length === 0);
    const over = held.free(past.filter(({ rest }) => rest.length > 0));
    const written = this.writes(() => {
      if (over.length > 0) settled(over, reason);
      held.settled(over);
      if (last.length > 0) tell?.(last, reason);
      for (const { id } of last) this.told.add(id);
    });
    if (!written) this.lateAt = now() + REFUSED;
  }

  private goesOnAt(message: Owed): number {
    return goesOnAt(message, { late: this.parts.pace.late, opened: this.opened });
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

  private handOn({ over, outcome: { reason } }: Sorted): void {
    const { held, settled, now } = this.parts;
    // Handing on is a write as well: what it could not write is still owed here, and looked at again.
    if (over.length > 0 && this.writes(() => { settled(over, reason); })) held.settled(over);
    else if (over.length > 0) held.later(over, now() + REFUSED);
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
    const attempts = Math.max(...batch.map((message) => message.attempts));
    const next = now + (wait ?? Math.min(pace.longest, pace.first * 2 ** attempts));
    const waits = (message: Owed): boolean => again && (message.rest.length === 0 && message.person === undefined ? now - message.created < LONG_ENOUGH
      : message.attempts + 1 < pace.tries && (wait ?? 0) < pace.longest && next < this.goesOnAt(message));
    return { waiting: batch.filter(waits), over: batch.filter((message) => !waits(message)), next, outcome };
  }
}

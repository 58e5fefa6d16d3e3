/** How a channel's service is: whether it fails, since when and why, when it is asked again, and whether it is down. */
import type { Outcome } from './way.ts';

export type Failed = Extract<Outcome, { ok: false }>;
/** When a service that fails is asked again, machine time, and by what; null: with the next message. */
export type Again = { by: 'message' | 'probe'; at: number | null };
/** `since`: machine time of the first failure after which nothing was delivered. */
export type Failing = { since: number; reason: string };
/** `tries`: a service that has failed so often in a row is down, whatever the messages were of; `late`: one that has failed for so long, ms. */
type HealthPace = { first: number; longest: number; tries: number; late: number };

export class Health {
  private readonly pace: HealthPace;
  private readonly now: () => number;
  private inARow = 0;
  failing: Failing | null = null;
  /** It is left alone until then, and is then asked with one message first. */
  paused = 0;
  trying = false;
  /** When something was heard of it last, machine time; and whether what fails is the service, and may pass, or it has refused a message. */
  heardAt = 0;
  passing = false;

  constructor(pace: HealthPace, now: () => number) {
    this.pace = pace;
    this.now = now;
  }

  /** What waits for it is not to wait any longer. */
  get down(): boolean {
    return this.inARow >= this.pace.tries || (this.inARow > 0 && this.failing !== null && this.now() - this.failing.since >= this.pace.late);
  }

  /** What came back, in order. */
  heard(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      this.failing = outcome.ok ? null : { since: this.failing?.since ?? this.now(), reason: outcome.reason };
      this.passing = !outcome.ok && outcome.again;
    }
    this.heardAt = this.now();
  }

  /** It answers again, though no message has asked: what comes is sent as if nothing had been. */
  back(): void {
    this.heardAt = this.now();
    this.failing = null;
    [this.inARow, this.paused, this.trying] = [0, 0, false];
  }

  /** A service that fails altogether is left alone for a while, as is one that says how long (`asked`, ms); a message that fails alone holds up no other for long. */
  pause(some: boolean, asked: readonly number[]): void {
    if (some) this.inARow = 0;
    const known = this.now() < this.paused;
    const own = some || known || asked.length === 0 ? 0 : Math.min(this.pace.longest, this.pace.first * 2 ** this.inARow++);
    const pause = Math.max(own, ...asked);
    if (pause > 0) this.paused = Math.max(this.paused, this.now() + pause);
    this.trying = pause > 0 || (this.trying && !some);
  }
}

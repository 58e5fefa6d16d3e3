/**
 * A service that fails and that nothing is owed to: where its kind has something harmless to be asked, it is asked that now and then,
 * so that it is known to be back before somebody needs it. Where it has not, the next message asks it.
 */
import type { Health } from './health.ts';
import type { Outcome, Way } from './way.ts';

export type ProbeParts = {
  way: Pick<Way, 'probe'>; health: Health;
  /** Between two of them, ms. */
  every: number;
  /** Machine time, UTC ms. */
  now: () => number;
  /** Told when an answer has come. */
  heard: () => void;
};

export class Probe {
  private readonly parts: ProbeParts;
  private asking = false;

  constructor(parts: ProbeParts) {
    this.parts = parts;
  }

  /** When it is asked next; Infinity: not at all. */
  get at(): number {
    const { way, health, every } = this.parts;
    return way.probe === undefined || health.failing === null || !health.passing ? Infinity : Math.max(health.heardAt + every, health.paused);
  }

  /** How long until then, ms. */
  get wait(): number {
    return this.asking ? Infinity : this.at - this.parts.now();
  }

  /** Asks, where it is time to. */
  look(): void {
    const { way: { probe } } = this.parts;
    if (probe === undefined || this.wait > 0) return;
    this.asking = true;
    void this.ask(probe);
  }

  private async ask(probe: () => Promise<Outcome>): Promise<void> {
    const { health, heard } = this.parts;
    const { heardAt } = health;
    const outcome = await probe().catch((error: unknown): Outcome => ({ ok: false, reason: String(error), again: true }));
    this.asking = false;
    // A message that has come back meanwhile knows better.
    if (health.heardAt === heardAt && outcome.ok) health.back();
    // Whatever it says, it is no word on a message.
    else if (health.heardAt === heardAt && !outcome.ok) health.heard([{ ...outcome, again: true }]);
    heard();
  }
}

/**
 * One channel's turn: when something may be sent, what goes next, and how many are on their way at a time. Within a budget of a
 * minute, several as one where people are told, several side by side where a machine is.
 */
import type { Channel } from '../../shared/channels.ts';
import { allowance, type Requests } from './allowance.ts';
import type { Box, Owed } from './box.ts';
import { nextPart, type Part } from './digest.ts';
import { type Again, type Failing, Health } from './health.ts';
import { Held } from './held.ts';
import { Outcomes, type OutcomesParts } from './outcomes.ts';
import { PACE, type Pace, REFUSED } from './pace.ts';
import { type ParcelParts, sendPart, sendWhole } from './parcel.ts';
import { Probe } from './probe.ts';
import { CONNECTIONS, type Outcome, type Way } from './way.ts';

export type SenderParts = Pick<OutcomesParts, 'settled' | 'late' | 'now'> & {
  channel: Channel; way: Way; box: Box;
  requests?: Requests | undefined;
  /** A test is in a hurry. */
  pace?: Partial<Pace>;
};

/** In one digest at most; and looked for at a time by a webhook. */
const [MOST, AHEAD] = [2_000, 256];
/** What became of messages is gathered for so many ms, or until it is so much, so that many are written down by one look at the disk. */
const [GATHERED, ENOUGH] = [20, 128];

export class Sender {
  private readonly parts: SenderParts;
  private readonly pace: Pace;
  private readonly held: Held;
  private readonly health: Health;
  private readonly outcomes: Outcomes;
  private readonly parcel: ParcelParts;
  private readonly probe: Probe;
  /** How many may be on their way at a time: a webhook takes them one by one, people get many as one. */
  private readonly slots: number;
  private ready: Owed[] = [];
  /** Of a message in pieces, how many the channel has. */
  private readonly taken = new Map<string, number>();
  private readonly flying = new Set<Promise<void>>();
  private stopped = false;
  private poked = false;
  private gathering: NodeJS.Timeout | null = null;
  private wake: () => void = () => undefined;
  private readonly running: Promise<void>;

  constructor(parts: SenderParts) {
    this.parts = parts;
    const { channel, box, now } = parts;
    const pace = this.pace = { ...PACE, ...parts.pace };
    const health = this.health = new Health(pace, now);
    this.slots = channel.kind === 'webhook' ? CONNECTIONS : 1;
    const held = this.held = new Held(box, { channel: channel.id, apart: channel.kind === 'sms' });
    this.outcomes = new Outcomes({ ...parts, held, health, pace });
    this.parcel = parts;
    this.probe = new Probe({ way: parts.way, health, every: pace.longest, now, heard: () => { this.poke(); } });
    this.running = this.run();
  }

  get failing(): Failing | null { return this.health.failing; }

  /** Null: it does not fail. */
  get again(): Again | null {
    const { health, probe } = this;
    if (health.failing === null) return null;
    if (!this.atRest) return { by: 'message', at: Math.max(health.paused, this.ready.length + this.flying.size > 0 ? 0 : this.held.dueAt(), health.heardAt) };
    return probe.at === Infinity ? { by: 'message', at: null } : { by: 'probe', at: probe.at };
  }

  /** Messages that have just been put into the box. */
  give(fresh: readonly Owed[]): void {
    this.held.give(fresh);
    // What is graver goes before what is only about to go.
    this.held.stay(this.ready.splice(0));
    this.poke();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.poke();
    await this.running;
    await Promise.all(this.flying);
    this.outcomes.conclude();
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.parts.way.close?.();
  }

  private poke(): void {
    this.poked = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const { outcomes } = this;
    while (!this.stopped) {
      this.poked = false;
      try {
        outcomes.conclude();
        if (!outcomes.refused) this.handOn();
        if (!outcomes.refused) this.start();
        // What could be sent is on its way by now: only what could not be goes on.
        if (!outcomes.refused) outcomes.passLate(this.unsent);
        if (this.atRest) this.probe.look();
        await this.sleep(outcomes.refused ? REFUSED : this.wait());
      } catch {
        // The box cannot even be read.
        await this.sleep(REFUSED);
      }
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.poked || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(resolve, Math.min(ms, 60_000));
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  private room(): number {
    return (this.health.trying ? 1 : this.slots) - this.flying.size;
  }

  /** Until something may be sent, or goes on; what comes back wakes as well. */
  private wait(): number {
    const late = this.outcomes.lateAt - this.parts.now();
    if (this.health.down) return Math.min(this.idle(), late, this.pace.late / 12);
    return Math.min(this.idle(), late);
  }

  /** Nothing is owed to it. */
  private get atRest(): boolean {
    return this.flying.size === 0 && this.ready.length === 0 && this.held.dueAt() === Infinity;
  }

  private idle(): number {
    if (this.atRest) return this.probe.wait;
    if (this.room() <= 0) return Infinity;
    return Math.max(this.health.paused, this.allowedAt(), this.ready.length > 0 ? 0 : this.held.dueAt()) - this.parts.now();
  }

  private allowedAt(): number { return allowance(this.parts, this.pace.window).at; }

  private readonly unsent = (): void => { this.held.stay(this.ready.splice(0)); };

  /** Of a service that is down; the next that comes once the pause is over asks it again. */
  private handOn(): void {
    const { health, outcomes } = this;
    if (!health.down || this.parts.now() >= health.paused) return;
    this.unsent();
    if (outcomes.passOn()) this.poked = true;
  }

  /** Sends as much as there is room for. */
  private start(): void {
    for (let room = this.room(); room > 0; room -= 1) {
      const flying = this.slots > 1 ? this.whole() : this.part();
      if (flying === null) return;
      const flight = flying.then((bad) => { this.flying.delete(flight); this.landed(bad); });
      this.flying.add(flight);
    }
  }

  /** The next to a machine. */
  private whole(): Promise<boolean> | null {
    const now = this.parts.now();
    if (now < this.health.paused || this.stopped) return null;
    if (this.ready.length === 0) {
      this.ready = this.held.singles(now, this.health.trying ? 1 : AHEAD);
      this.held.goes(this.ready);
    }
    const batch = this.ready.splice(0, 1);
    const [head] = batch;
    return head === undefined ? null : this.fly(batch, sendWhole(head, this.parcel));
  }

  /** The next to people, of what waits now. */
  private part(): Promise<boolean> | null {
    const now = this.parts.now();
    const { at, left, most } = allowance(this.parts, this.pace.window);
    if (now < this.health.paused || this.stopped || at > now) return null;
    // Half of the budget is kept for what comes next.
    const part = nextPart(this.held.together(now, MOST), { ...this.parts, spare: left - most / 2 }, this.taken);
    if (part === null) return null;
    this.held.goes(part.batch);
    return this.fly(part.batch, sendPart(part, this.parcel), part);
  }

  /** Answers whether it failed. */
  private async fly(batch: readonly Owed[], sent: Promise<Outcome>, part?: Part<Owed>): Promise<boolean> {
    const outcome = await sent.catch((error: unknown): Outcome => ({ ok: false, reason: String(error), again: true }));
    const [head] = batch;
    if (part?.more === true && outcome.ok && head !== undefined) {
      this.taken.set(head.id, (this.taken.get(head.id) ?? 0) + 1);
      this.held.stay(batch);
      return false;
    }
    if (outcome.ok && part !== undefined && head !== undefined) this.taken.delete(head.id);
    this.outcomes.cameBack(batch, outcome);
    return !outcome.ok;
  }

  private landed(bad: boolean): void {
    if (this.slots === 1) { this.poke(); return; }
    const { outcomes } = this;
    if (bad || outcomes.open >= ENOUGH) this.poke();
    if (!bad && !outcomes.refused && outcomes.open < 2 * ENOUGH) this.start();
    this.gathering ??= setTimeout(() => { this.gathering = null; this.poke(); }, GATHERED);
  }
}

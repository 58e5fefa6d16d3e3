/**
 * One channel's messages: within its budget of a minute, several as one where people are told, several at a time where a machine is,
 * again where it may yet go well, and handed on where it will not.
 */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Box, Message, Owed } from './box.ts';
import { piecesOf } from './digest.ts';
import { Held } from './held.ts';
import { CONNECTIONS, type Outcome, type Way } from './way.ts';

/** How often a channel has been asked lately, of the real room: an exercise takes half of what a channel allows, both rooms together. */
export type Requests = Pick<Box, 'lately' | 'asked'>;

export type SenderParts = {
  channel: Channel; way: Way; box: Box;
  requests?: Requests | undefined;
  /** Machine time, UTC ms. */
  now: () => number;
  /** Told of messages that were delivered, or failed for good: `failed` says why. */
  settled: (messages: readonly Message[], failed: string | null) => void;
  /** Told of messages that are tried on, and that somebody else should know of by now. */
  late?: (messages: readonly Message[], reason: string) => void;
  /** What is to be waited for between attempts, ms; a test is in a hurry. */
  pace?: Partial<Pace>;
};
/** `first`, `longest`: between attempts; `tries` where another channel is behind; `window`: of the budget; `late`: after how long without; `gather`: see the roster. */
export type Pace = { first: number; longest: number; tries: number; window: number; late: number; gather: number };
export const PACE: Pace = { first: 2_000, longest: 60_000, tries: 4, window: 60_000, late: 120_000, gather: 10_000 };
/** Without another channel behind it a message is tried for so long, ms. */
const LONG_ENOUGH = 3_600_000;

/** In one digest at most; and looked for at a time by a webhook. */
const [MOST, AHEAD] = [2_000, 256];
/** What became of messages is gathered for so many ms, or until it is so much, so that many are written down by one look at the disk. */
const [GATHERED, ENOUGH] = [20, 128];
type Failed = Extract<Outcome, { ok: false }>;
type Sent = { batch: readonly Owed[]; outcome: Outcome };
/** A service that takes so many a minute is never asked too often by us. */
const BOUNDLESS = 10_000;
/** How long is waited, ms, where the box refuses. */
const REFUSED = 1_000;
/** More than so many at once are one message. */
const FEW = 3;

export class Sender {
  private readonly parts: SenderParts;
  private readonly pace: Pace;
  private readonly held: Held;
  /** How many may be on their way at a time: a webhook takes them one by one, people get many as one. */
  private readonly slots: number;
  private ready: Owed[] = [];
  private readonly flying = new Set<Promise<void>>();
  /** Sent, and what became of it not written down: while the box refuses nothing more is sent, lest it be sent twice. */
  private sent: Sent[] = [];
  private refused = false;
  /** The service failed, and is left alone until then; it is then asked with one message first. `failures`: how often since it took one. */
  private paused = 0;
  private trying = false;
  private failures = 0;
  private stopped = false;
  private poked = false;
  private gathering: NodeJS.Timeout | null = null;
  private wake: () => void = () => undefined;
  private readonly running: Promise<void>;

  constructor(parts: SenderParts) {
    this.parts = parts;
    this.pace = { ...PACE, ...parts.pace };
    this.slots = parts.channel.kind === 'webhook' ? CONNECTIONS : 1;
    this.held = new Held(parts.box, { channel: parts.channel.id, apart: parts.channel.kind === 'sms' });
    this.running = this.run();
  }

  /** Messages that have just been put into the box. */
  give(fresh: readonly Owed[]): void {
    this.held.give(fresh);
    this.poke();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.poke();
    await this.running;
    await Promise.all(this.flying);
    this.conclude();
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.parts.way.close?.();
  }

  private poke(): void {
    this.poked = true;
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.poked = false;
      try {
        this.conclude();
        if (!this.refused) this.start();
        await this.sleep(this.refused ? REFUSED : this.wait());
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
    return (this.trying ? 1 : this.slots) - this.flying.size;
  }

  /** Until something may be sent; what comes back wakes as well. */
  private wait(): number {
    if (this.room() <= 0) return Infinity;
    return Math.max(this.paused, this.budgetAt(), this.ready.length > 0 ? 0 : this.held.dueAt()) - this.parts.now();
  }

  /** When the next request is within the budget. */
  private budgetAt(): number {
    const { channel, box, requests, now } = this.parts;
    const { perMinute } = boundsOf(channel);
    if (perMinute >= BOUNDLESS) return 0;
    const most = requests === undefined ? perMinute : Math.ceil(perMinute / 2);
    const lately = (requests ?? box).lately(channel.id, now() - this.pace.window);
    return lately.length < most ? 0 : (lately[lately.length - most] ?? 0) + this.pace.window;
  }

  /** Sends as much as there is room for. */
  private start(): void {
    for (let room = this.room(); room > 0; room -= 1) {
      const batch = this.next();
      if (batch.length === 0) return;
      const flight = this.fly(batch).then(() => { this.flying.delete(flight); this.landed(); });
      this.flying.add(flight);
    }
  }

  private next(): readonly Owed[] {
    const now = this.parts.now();
    if (now < this.paused || this.stopped) return [];
    if (this.slots > 1) {
      if (this.ready.length === 0) {
        this.ready = this.held.singles(now, this.trying ? 1 : AHEAD);
        this.held.goes(this.ready);
      }
      return this.ready.splice(0, 1);
    }
    if (this.budgetAt() > now) return [];
    const same = this.held.together(now, MOST);
    const batch = same.length > FEW ? same : same.slice(0, 1);
    this.held.goes(batch);
    return batch;
  }

  private async fly(batch: readonly Owed[]): Promise<void> {
    const outcome = await this.sendParts(batch).catch((error: unknown): Outcome => ({ ok: false, reason: String(error), again: true }));
    this.sent.push({ batch, outcome });
  }

  private landed(): void {
    if (this.slots === 1) { this.poke(); return; }
    const bad = this.sent.at(-1)?.outcome.ok === false;
    if (bad || this.sent.length >= ENOUGH) this.poke();
    if (!bad && !this.refused && this.sent.length < 2 * ENOUGH) this.start();
    this.gathering ??= setTimeout(() => { this.gathering = null; this.poke(); }, GATHERED);
  }

  /** What became of several is written down at once. */
  private conclude(): void {
    const { sent, parts: { box, settled, late, now } } = this;
    if (sent.length === 0) return;
    const delivered = sent.flatMap(({ batch, outcome }) => (outcome.ok ? batch : []));
    const failed = sent.flatMap(({ batch, outcome }) => (outcome.ok ? [] : [{ outcome, ...this.sorted(batch, outcome) }]));
    const written = this.writes(() => box.together(() => {
      box.settle(delivered.map(({ id }) => id), { state: 'delivered', reason: null, now: now() });
      for (const { waiting, next, outcome: { reason } } of failed) box.later(waiting.map(({ id }) => id), { reason, next });
    }));
    this.refused = !written;
    if (!written) return;
    this.sent = [];
    this.held.settled(delivered);
    for (const { waiting, next } of failed) this.held.later(waiting, next);
    this.pause(delivered.length > 0, failed);
    if (delivered.length > 0) settled(delivered, null);
    for (const { over, waiting, outcome: { reason } } of failed) {
      // Handing on is a write as well: what it could not write is still owed here, and looked at again.
      if (over.length > 0 && this.writes(() => { settled(over, reason); })) this.held.settled(over);
      else if (over.length > 0) this.held.later(over, now() + REFUSED);
      const overdue = waiting.filter(({ rest, person, created }) => rest.length === 0 && person === undefined && now() - created >= this.pace.late);
      if (overdue.length > 0) this.writes(() => { late?.(overdue, reason); });
    }
  }

  /** A service that fails altogether is left alone for a while, as is one that says how long; a message that fails alone holds up no other for long. */
  private pause(some: boolean, failed: readonly { waiting: readonly Owed[]; outcome: Failed }[]): void {
    const waiting = failed.filter(({ waiting: those }) => those.length > 0);
    const asked = waiting.map(({ outcome: { wait = 0 } }) => wait);
    if (some) this.failures = 0;
    const known = this.parts.now() < this.paused;
    const own = some || known || waiting.length === 0 ? 0 : Math.min(this.pace.longest, this.pace.first * 2 ** this.failures++);
    const pause = Math.max(own, ...asked);
    if (pause > 0) this.paused = Math.max(this.paused, this.parts.now() + pause);
    this.trying = pause > 0 || (this.trying && !some);
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
  private sorted(batch: readonly Owed[], { again, wait }: Failed): { waiting: Owed[]; over: Owed[]; next: number } {
    const now = this.parts.now();
    const waits = ({ attempts, rest, person, created }: Owed): boolean => again
      && (rest.length === 0 && person === undefined ? now - created < LONG_ENOUGH : attempts + 1 < this.pace.tries && (wait ?? 0) < this.pace.longest);
    const attempts = Math.max(...batch.map((message) => message.attempts));
    const next = now + (wait ?? Math.min(this.pace.longest, this.pace.first * 2 ** attempts));
    return { waiting: batch.filter(waits), over: batch.filter((message) => !waits(message)), next };
  }

  /** In pieces that the channel takes, each within the budget; the first that fails is the outcome. */
  private async sendParts(batch: readonly Message[]): Promise<Outcome> {
    const { channel, way, box, requests, now } = this.parts;
    const [head] = batch;
    if (head === undefined) return { ok: true, ref: null };
    if (this.slots > 1) return way.send({ key: head.id, ...head.said[channel.language], to: head.to, payload: head.payload });
    let outcome: Outcome = { ok: true, ref: null };
    for (const { title, text, mark } of piecesOf(batch, channel)) {
      for (let wait = this.budgetAt() - now(); wait > 0; wait = this.budgetAt() - now()) await new Promise((resolve) => { setTimeout(resolve, Math.min(wait, 1_000)); });
      (requests ?? box).asked(channel.id, now());
      outcome = await way.send({ key: `${head.id}${mark}`, title, text, to: head.to, payload: head.payload });
      if (!outcome.ok) return outcome;
    }
    return outcome;
  }
}

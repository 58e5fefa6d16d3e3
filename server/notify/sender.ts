/**
 * One channel's messages: within its budget of a minute, several as one where people are told, several at a time where a machine is,
 * again where it may yet go well, and handed on where it will not.
 */
import type { Channel } from '../../shared/channels.ts';
import { allowedAt, type Requests } from './allowance.ts';
import type { Box, Message, Owed } from './box.ts';
import { piecesOf } from './digest.ts';
import { type Failed, type Failing, Health } from './health.ts';
import { Held } from './held.ts';
import { CONNECTIONS, type Outcome, type Way } from './way.ts';

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
type Sent = { batch: readonly Owed[]; outcome: Outcome };
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
  private readonly health: Health;
  private stopped = false;
  private poked = false;
  private gathering: NodeJS.Timeout | null = null;
  private wake: () => void = () => undefined;
  private readonly running: Promise<void>;

  constructor(parts: SenderParts) {
    this.parts = parts;
    this.pace = { ...PACE, ...parts.pace };
    this.health = new Health(this.pace, parts.now);
    this.slots = parts.channel.kind === 'webhook' ? CONNECTIONS : 1;
    this.held = new Held(parts.box, { channel: parts.channel.id, apart: parts.channel.kind === 'sms' });
    this.running = this.run();
  }

  get failing(): Failing | null { return this.health.failing; }

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
        if (!this.refused) this.handOn();
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
    return (this.health.trying ? 1 : this.slots) - this.flying.size;
  }

  /** Until something may be sent; what comes back wakes as well. */
  private wait(): number {
    if (this.health.down) return Math.min(this.idle(), this.pace.late / 12);
    return this.idle();
  }

  private idle(): number {
    if (this.room() <= 0) return Infinity;
    return Math.max(this.health.paused, this.allowedAt(), this.ready.length > 0 ? 0 : this.held.dueAt()) - this.parts.now();
  }

  private allowedAt(): number { return allowedAt(this.parts, this.pace.window); }

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
    if (now < this.health.paused || this.stopped) return [];
    if (this.slots > 1) {
      if (this.ready.length === 0) {
        this.ready = this.held.singles(now, this.health.trying ? 1 : AHEAD);
        this.held.goes(this.ready);
      }
      return this.ready.splice(0, 1);
    }
    if (this.allowedAt() > now) return [];
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
    this.health.heard(sent.map(({ outcome }) => outcome));
    this.health.pause(delivered.length > 0, failed.filter(({ waiting }) => waiting.length > 0).map(({ outcome: { wait = 0 } }) => wait));
    if (delivered.length > 0) settled(delivered, null);
    for (const { over, waiting, outcome: { reason } } of failed) {
      // Handing on is a write as well: what it could not write is still owed here, and looked at again.
      if (over.length > 0 && this.writes(() => { settled(over, reason); })) this.held.settled(over);
      else if (over.length > 0) this.held.later(over, now() + REFUSED);
      const overdue = waiting.filter(({ rest, person, created }) => rest.length === 0 && person === undefined && now() - created >= this.pace.late);
      if (overdue.length > 0) this.writes(() => { late?.(overdue, reason); });
    }
  }

  /** Of a service that is down: what waits goes to the next channel, or is late; the next that comes once the pause is over asks it again. */
  private handOn(): void {
    const { health, held, parts: { box, channel, settled, late, now } } = this;
    if (!health.down) return;
    const reason = health.failing?.reason ?? '';
    const overdue = box.overdue(channel.id, now() - this.pace.late);
    if (overdue.length > 0) this.writes(() => { late?.(overdue, reason); });
    if (now() >= health.paused) return;
    held.stay(this.ready.splice(0));
    // A person's only way is tried for them once.
    const over = held.waiting(({ rest, person, attempts }) => rest.length > 0 || (person !== undefined && attempts > 0));
    if (over.length === 0) return;
    if (!this.writes(() => { settled(over, reason); })) return;
    held.settled(over);
    this.poked = true;
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
    for (const { title, text, mark } of piecesOf(batch, channel, way)) {
      for (let wait = this.allowedAt() - now(); wait > 0; wait = this.allowedAt() - now()) await new Promise((resolve) => { setTimeout(resolve, Math.min(wait, 1_000)); });
      (requests ?? box).asked(channel.id, now());
      outcome = await way.send({ key: `${head.id}${mark}`, title, text, to: head.to, payload: head.payload });
      if (!outcome.ok) return outcome;
    }
    return outcome;
  }
}

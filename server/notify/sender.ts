/**
 * One channel's messages, sent in order: within its budget of a minute, several as one where there are many, again where it may yet go
 * well, and handed to the next channel where it will not.
 */
import { boundsOf, type Channel } from '../../shared/channels.ts';
import type { Box, Message } from './box.ts';
import { split } from './split.ts';
import { digestOf, type Said } from './wording.ts';
import type { Outcome, Way } from './way.ts';

export type SenderParts = {
  channel: Channel; way: Way; box: Box;
  /** Machine time, UTC ms. */
  now: () => number;
  /** Told of every message that was delivered, or failed for good: `failed` says why. */
  settled: (messages: readonly Message[], failed: string | null) => void;
  /** What is to be waited for between attempts, ms; a test is in a hurry. */
  pace?: Partial<Pace>;
};
/** `first`, `longest`: between attempts; `tries` on a channel that has another behind it; `window`: of the budget. */
export type Pace = { first: number; longest: number; tries: number; window: number };
const PACE: Pace = { first: 2_000, longest: 60_000, tries: 4, window: 60_000 };
/** Without another channel behind it a message is tried for so long, ms. */
const LONG_ENOUGH = 3_600_000;

/** Looked at together; and sent at a time by a webhook, which takes them one by one. */
const [MOST, AT_ONCE] = [500, 64];
type Sent = { batch: readonly Message[]; outcome: Outcome };
/** A service that takes so many a minute is never asked too often by us. */
const BOUNDLESS = 10_000;
/** How long is waited, ms, where the box refuses. */
const REFUSED = 1_000;
/** More than so many at once are one message. */
const FEW = 3;

export class Sender {
  private readonly parts: SenderParts;
  private readonly pace: Pace;
  /** Sent, and the box has refused to write down what became of it: nothing more is sent until it has, lest it be sent twice. */
  private unsettled: readonly Sent[] = [];
  private stopped = false;
  private poked = false;
  private wake: () => void = () => undefined;
  private readonly running: Promise<void>;

  constructor(parts: SenderParts) {
    this.parts = parts;
    this.pace = { ...PACE, ...parts.pace };
    this.running = this.run();
  }

  /** Something new may be owed. */
  poke(): void {
    this.poked = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    this.parts.way.close?.();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.poked = false;
      await this.step().catch(() => this.sleep(REFUSED));
    }
  }

  private async step(): Promise<void> {
    if (this.unsettled.length > 0) this.conclude(this.unsettled);
    if (this.unsettled.length > 0) { await this.sleep(REFUSED); return; }
    const owed = this.parts.box.owed(this.parts.channel.id, this.parts.channel.kind === 'webhook' ? 2 * AT_ONCE : MOST);
    const wait = owed === null ? Infinity : Math.max(owed.due, this.budgetAt()) - this.parts.now();
    if (owed === null || wait > 0) await this.sleep(wait);
    else await this.sendSome(owed.messages);
  }

  /** When the next request is within the budget. */
  private budgetAt(): number {
    const { channel, box, now } = this.parts;
    const { perMinute } = boundsOf(channel);
    const lately = box.lately(channel.id, now() - this.pace.window);
    return lately.length < perMinute ? 0 : (lately[lately.length - perMinute] ?? 0) + this.pace.window;
  }

  private sleep(ms: number): Promise<void> {
    if (this.poked || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(resolve, Math.min(ms, 60_000));
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  /** A webhook takes them one by one, many at a time, never two of one alert; people get many as one. */
  private async sendSome(messages: readonly Message[]): Promise<void> {
    if (this.parts.channel.kind === 'webhook') {
      const seen = new Set<string>();
      const wave = messages.filter(({ alert }) => alert === null || (!seen.has(alert) && seen.add(alert))).slice(0, AT_ONCE);
      this.conclude(await Promise.all(wave.map(async (message) => ({ batch: [message], outcome: await this.sendParts([message]) }))));
      return;
    }
    const [head] = messages;
    if (head === undefined) return;
    const same = messages.filter(({ to }) => to.join() === head.to.join());
    const batch = same.length > FEW ? same : [head];
    this.conclude([{ batch, outcome: await this.sendParts(batch) }]);
  }

  /** What became of several is written down at once. */
  private conclude(sent: readonly Sent[]): void {
    const { box, settled, now } = this.parts;
    const delivered = sent.flatMap(({ batch, outcome }) => (outcome.ok ? batch : []));
    const over: { messages: Message[]; reason: string }[] = [];
    const written = this.writes(() => {
      box.settle(delivered.map(({ id }) => id), { state: 'delivered', reason: null, now: now() });
      for (const { batch, outcome } of sent) {
        if (outcome.ok) continue;
        const [waiting, done] = this.sorted(batch, outcome);
        if (waiting.length > 0) box.later(waiting.map(({ id }) => id), { reason: outcome.reason, next: now() + this.patience(waiting, outcome) });
        if (done.length > 0) over.push({ messages: done, reason: outcome.reason });
      }
    });
    this.unsettled = written ? [] : sent;
    if (!written) return;
    if (delivered.length > 0) settled(delivered, null);
    // Handing over is a write as well: what it could not write is still owed here, and looked at again.
    for (const { messages, reason } of over) this.writes(() => { settled(messages, reason); }, false);
  }

  /** Whether the box takes it; it refuses when the disk does. */
  private writes(work: () => void, together = true): boolean {
    try {
      if (together) this.parts.box.together(work);
      else work();
      return true;
    } catch {
      return false;
    }
  }

  /** Those that are tried again here, and those for which this channel is over. */
  private sorted(batch: readonly Message[], { again, wait = 0 }: Extract<Outcome, { ok: false }>): [Message[], Message[]] {
    const waits = ({ attempts, rest, created }: Message): boolean => again
      && (rest.length === 0 ? this.parts.now() - created < LONG_ENOUGH : attempts + 1 < this.pace.tries && wait < this.pace.longest);
    return [batch.filter(waits), batch.filter((message) => !waits(message))];
  }

  private patience(waiting: readonly Message[], { wait }: Extract<Outcome, { ok: false }>): number {
    const attempts = Math.max(...waiting.map((message) => message.attempts));
    return wait ?? Math.min(this.pace.longest, this.pace.first * 2 ** attempts);
  }

  /** In pieces that the channel takes, each within the budget; the first that fails is the outcome. */
  private async sendParts(batch: readonly Message[]): Promise<Outcome> {
    const { channel, way, box, now } = this.parts;
    const [head] = batch;
    if (head === undefined) return { ok: true, ref: null };
    const said = this.saidOf(batch);
    const texts = split(said.text, boundsOf(channel).bytes - Buffer.byteLength(said.title) - 16);
    let outcome: Outcome = { ok: true, ref: null };
    for (const [n, text] of texts.entries()) {
      for (let wait = this.budgetAt() - now(); wait > 0; wait = this.budgetAt() - now()) await new Promise((resolve) => { setTimeout(resolve, Math.min(wait, 1_000)); });
      if (boundsOf(channel).perMinute < BOUNDLESS) box.asked(channel.id, now());
      const title = texts.length === 1 ? said.title : `${said.title} (${n + 1}/${texts.length})`;
      outcome = await way.send({ key: texts.length === 1 ? head.id : `${head.id}#${n + 1}`, title, text, to: head.to, payload: head.payload });
      if (!outcome.ok) return outcome;
    }
    return outcome;
  }

  private saidOf(batch: readonly Message[]): Said {
    const { language } = this.parts.channel;
    const [head] = batch;
    if (batch.length === 1 && head !== undefined) return head.said[language];
    // What is no real air says so in the digest's title as well.
    const marks = /^(?:[【[](?:演练|模拟|回放|演习|DRILL|SIMULATED|REPLAY|EXERCISE)[】\]] ?)*/.exec(head?.said[language].title ?? '')?.[0] ?? '';
    return digestOf(batch.map(({ said }) => said[language]), language, marks);
  }
}

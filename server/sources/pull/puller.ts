/**
 * A feed that is asked by schedule. What an outage left open is asked for when it is over, oldest first; three kinds of missing
 * stay apart: the feed could not be asked, a row was refused, a station was not in it.
 */
import { deliveriesOf, type Take } from '../../../shared/delivery.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { PullSource } from '../../../shared/sources.ts';
import { type Civil, durationMs } from '../../../shared/time.ts';
import type { FeedReader, FeedReject } from '../../layouts/feed.ts';
import type { Fetcher } from './fetch.ts';
import { asksHours, hoursDue, type Request, requestsOf, type Span, spansOf, waitAfter } from './plan.ts';

/** `failing`: why it cannot be asked, and since when (event time); `absent`: stations of the source that the last answer had nothing of. */
export type PullState = { id: string; reached: number | null; asked: number; failures: number; failing: string | null; since: number | null; absent: string[] };

export type PullParts = {
  source: PullSource; stations: readonly string[]; civil: Civil; fetch: Fetcher; read: FeedReader; take: Take;
  clock: { now: () => number; at: (instant: number, done: () => void) => () => void };
  /** Until when all was taken; kept, so that a restart goes on from there. */
  reached: number | null; note: (reached: number) => Promise<unknown>;
  /** Told once for an outage, when it is one, and when it is over. */
  onChange: (failing: string | null, since: number) => void;
};

/** Failures in a row after which it is an outage, and not a hiccup. */
const OUTAGE = 3;

type Done = { ok: true; stations: ReadonlySet<string> } | { ok: false; reason: string; wait?: number };

export class Puller {
  readonly state: PullState;
  private readonly parts: PullParts;
  private readonly stopping = new AbortController();
  private wake: () => void = () => undefined;
  private told = false;
  private readonly running: Promise<void>;

  constructor(parts: PullParts) {
    this.parts = parts;
    this.state = { id: parts.source.id, reached: parts.reached, asked: 0, failures: 0, failing: null, since: null, absent: [] };
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopped()) {
      const done = await this.once().catch((error: unknown): Done => ({ ok: false, reason: String(error) }));
      this.say(done);
      if (this.stopped()) return;
      // Trying again is the machine's time; the schedule is the event's.
      await (done.ok ? this.untilEvent(this.parts.clock.now() + (durationMs(this.parts.source.every) ?? 0)) : this.sleep(waitAfter(this.state.failures, Math.random(), done.wait)));
    }
  }

  /** Everything that is due now, span after span; what is taken is noted, so that nothing is asked for twice without need. */
  private async once(): Promise<Done> {
    const { source, civil, clock } = this.parts;
    const due = hoursDue(source, civil, { now: clock.now(), reached: this.state.reached });
    if (!asksHours(source)) return this.ask({ from: clock.now(), to: clock.now() });
    const heard = new Set<string>();
    for (const span of due === null ? [] : spansOf(source, due)) {
      const done = await this.ask(span);
      if (!done.ok) return done;
      for (const station of done.stations) heard.add(station);
      await this.reach(span.to);
      if (this.stopped()) break;
    }
    return { ok: true, stations: heard };
  }

  private async reach(to: number): Promise<void> {
    if (this.state.reached !== null && to <= this.state.reached) return;
    this.state.reached = to;
    await this.parts.note(to);
  }

  /** The requests of a span, some at a time. */
  private async ask(span: Span): Promise<Done> {
    const { source, civil } = this.parts;
    const waiting = requestsOf(source, civil, span);
    const heard = new Set<string>();
    const failed: Extract<Done, { ok: false }>[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && failed.length === 0 && !this.stopped(); next = waiting.shift()) {
        const done = await this.request(next);
        if (!done.ok) failed.push(done);
        else for (const station of done.stations) heard.add(station);
      }
    };
    await Promise.all(Array.from({ length: source.atOnce }, work));
    return failed[0] ?? { ok: true, stations: heard };
  }

  private async request({ url, place }: Request): Promise<Done> {
    this.state.asked += 1;
    const got = await this.parts.fetch(url);
    if (!got.ok) return got;
    if (!('bytes' in got)) return { ok: true, stations: new Set(this.parts.stations) };
    const read = await this.parts.read(got.bytes, place);
    if (!read.ok) return { ok: false, reason: `the answer cannot be read: ${read.reason}` };
    const taken = await this.deliver(read.readings, read.rejected);
    return taken.ok ? { ok: true, stations: new Set(read.readings.map(({ station }) => station)) } : { ok: false, reason: taken.detail };
  }

  private async deliver(readings: readonly Reading[], rejected: readonly FeedReject[]): Promise<{ ok: true } | { ok: false; detail: string }> {
    for (const delivery of deliveriesOf(this.parts.source.id, { readings, rejected })) {
      const taken = await this.parts.take(delivery);
      if (!taken.ok) return taken;
    }
    return { ok: true };
  }

  private say(done: Done): void {
    const { state, parts: { stations, clock, onChange } } = this;
    if (done.ok) {
      if (done.stations.size > 0) state.absent = stations.filter((station) => !done.stations.has(station));
      if (this.told) onChange(null, state.since ?? clock.now());
      Object.assign(state, { failures: 0, failing: null, since: null });
      this.told = false;
      return;
    }
    state.failures += 1;
    state.failing = done.reason;
    state.since ??= clock.now();
    if (state.failures !== OUTAGE) return;
    this.told = true;
    onChange(done.reason, state.since);
  }

  private untilEvent(instant: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.parts.clock.at(instant, resolve);
      this.wake = () => { callOff(); resolve(); };
      if (this.stopped()) this.wake();
    });
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => { clearTimeout(timer); resolve(); };
      if (this.stopped()) this.wake();
    });
  }
}

/**
 * The way from the embedded store to an InfluxDB: in the order it came, again until it is confirmed, whatever goes away in
 * between. Nothing is forgotten before the far end has it; to send something twice changes nothing there.
 */
import type { KeptReading } from '../../shared/reading.ts';
import type { Answer, Failure } from './influx/driver.ts';
import type { Owed } from './reader.ts';
import type { HourSum, Kept, Range } from './store.ts';

/** What waits in the outbox up to a line of it. */
export type Parcel = { upTo: number } & ({ kind: 'keep'; readings: KeptReading[] } | { kind: 'compact'; before: number; sums: HourSum[] });

/** As much of the embedded store as shipping needs. */
export type Outbox = {
  /** The oldest parcels; none: nothing waits. */
  parcels: () => Promise<Parcel[]>;
  shipped: (upTo: number) => Promise<Kept>;
  owed: () => Promise<Owed>;
  /** Every revision that is kept, a page at a time, from a UTC day on; with the day it is of. */
  every: (fromDay: number) => AsyncIterable<{ day: number; readings: KeptReading[] }>;
  hourSums: (range: Range) => Promise<HourSum[]>;
  note: (name: string, value: string) => Promise<Kept>;
  noted: (name: string) => Promise<string | null>;
};

export type Far = {
  /** What it is and where, without a secret: of another one all is shipped anew. */
  name: string;
  prepare: () => Promise<Answer>;
  store: { ship: (readings: readonly KeptReading[]) => Promise<Answer>; shipSums: (sums: readonly HourSum[]) => Promise<Answer>; compact: (before: number, sums: readonly HourSum[]) => Promise<Kept>; close: () => Promise<void> };
};

/** `failing`: why the far end does not take it, or null; `setAside`: readings that it will never take. */
export type ShippingState = Owed & { to: string; failing: string | null; setAside: number; shipped: number };
export type Shipping = { state: () => Promise<ShippingState>; stop: () => Promise<void> };

type Parts = {
  outbox: Outbox; far: Far;
  /** Keeps a reading that the far end refuses for good. */
  setAside: (reading: KeptReading, reason: string) => void;
  /** Told when it begins to fail, and when it goes on. */
  onChange: (failing: string | null) => void;
};

/** The name under which it is noted what was shipped whole, and how far. */
export const SHIPPED = 'shipped';
/** Milliseconds: between two looks at an empty outbox, and between attempts, from the first to the longest. */
const [IDLE, FIRST, LONGEST] = [500, 1_000, 60_000];
/** However long the far end asks to be left alone. */
const MOST_PATIENCE = 600_000;

export class Shipper implements Shipping {
  private readonly parts: Parts;
  private stopped = false;
  private wake: () => void = () => undefined;
  private failing: string | null = null;
  private aside = 0;
  private count = 0;
  private attempts = 0;
  private readonly running: Promise<void>;

  constructor(parts: Parts) {
    this.parts = parts;
    this.running = this.run();
  }

  async state(): Promise<ShippingState> {
    return { ...(await this.parts.outbox.owed()), to: this.parts.far.name, failing: this.failing, setAside: this.aside, shipped: this.count };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await this.parts.far.store.close();
  }

  private async run(): Promise<void> {
    for (const step of [() => this.parts.far.prepare(), () => this.shipWhole()]) await this.untilDone(step);
    while (!this.stopped) await this.untilDone(() => this.shipNext());
  }

  /** Does something until it has succeeded, with patience. A failure that it cannot name is one that may pass. */
  private async untilDone(step: () => Promise<Answer>): Promise<void> {
    while (!this.stopped) {
      const answer = await step().catch((error: unknown): Failure => ({ ok: false, reason: String(error), refused: false }));
      if (answer.ok) { this.say(null); return; }
      this.say(answer.reason);
      await this.pause(answer);
    }
  }

  private say(failing: string | null): void {
    const changed = (failing === null) !== (this.failing === null);
    this.failing = failing;
    if (failing === null) this.attempts = 0;
    if (changed) this.parts.onChange(failing);
  }

  private pause({ wait }: Failure): Promise<void> {
    const usual = Math.min(LONGEST, FIRST * 2 ** this.attempts) * (0.8 + Math.random() * 0.4);
    this.attempts = Math.min(this.attempts + 1, 10);
    return this.sleep(wait === undefined ? usual : Math.min(MOST_PATIENCE, wait));
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  /** What was kept before anything was shipped to this far end; day by day, so that a restart goes on where it was. */
  private async shipWhole(): Promise<Answer> {
    const { outbox, far: { name, store } } = this.parts;
    const noted = JSON.parse(await outbox.noted(SHIPPED) ?? '{}') as { to?: string; day?: number | null };
    if (noted.to === name && noted.day === null) return { ok: true };
    let reached = noted.to === name ? noted.day ?? 0 : 0;
    for await (const { day, readings } of outbox.every(reached)) {
      if (this.stopped) return { ok: true };
      if (day !== reached) await outbox.note(SHIPPED, JSON.stringify({ to: name, day }));
      reached = day;
      const answer = await this.shipReadings(readings);
      if (!answer.ok) return answer;
    }
    const sums = await store.shipSums(await outbox.hourSums({ from: 0, to: Number.MAX_SAFE_INTEGER }));
    if (!sums.ok) return sums;
    const done = await outbox.note(SHIPPED, JSON.stringify({ to: name, day: null }));
    return done.ok ? done : { ...done, refused: false };
  }

  private async shipNext(): Promise<Answer> {
    const { outbox } = this.parts;
    const parcels = await outbox.parcels();
    const last = parcels.at(-1);
    if (last === undefined) {
      await this.sleep(IDLE);
      return { ok: true };
    }
    const answer = await this.shipParcels(parcels);
    if (!answer.ok) return answer;
    const done = await outbox.shipped(last.upTo);
    return done.ok ? done : { ...done, refused: false };
  }

  private async shipParcels(parcels: readonly Parcel[]): Promise<Answer> {
    let together: KeptReading[] = [];
    for (const parcel of parcels) {
      if (parcel.kind === 'keep') { together.push(...parcel.readings); continue; }
      const before = await this.shipReadings(together);
      if (!before.ok) return before;
      together = [];
      const compacted = await this.parts.far.store.compact(parcel.before, parcel.sums);
      if (!compacted.ok) return { ...compacted, refused: false };
    }
    return this.shipReadings(together);
  }

  /** Of readings that are refused together, those are found that are refused alone, and set aside. */
  private async shipReadings(readings: readonly KeptReading[]): Promise<Answer> {
    const [first] = readings;
    if (first === undefined) return { ok: true };
    const answer = await this.parts.far.store.ship(readings);
    if (answer.ok) {
      this.count += readings.length;
      return answer;
    }
    if (!answer.refused) return answer;
    if (readings.length === 1) {
      this.aside += 1;
      this.parts.setAside(first, answer.reason);
      return { ok: true };
    }
    const half = Math.ceil(readings.length / 2);
    const left = await this.shipReadings(readings.slice(0, half));
    return left.ok ? this.shipReadings(readings.slice(half)) : left;
  }
}

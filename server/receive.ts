/** THE PATH of a reading: check → average → judge → show → keep → answer. The wall never waits for the disk; the reply does. */
import { type Gate, refusal } from '../shared/check.ts';
import type { Alerts } from '../shared/book.ts';
import type { Draft, Fact } from '../shared/fact.ts';
import type { Bench } from '../shared/judge.ts';
import { clocksAhead } from '../shared/notice.ts';
import { USUAL_QUALITY } from '../shared/quality/setting.ts';
import type { KeptReading, Reading } from '../shared/reading.ts';
import { MINUTE } from '../shared/time.ts';
import { average, judge, type Moved } from '../shared/turn.ts';
import type { Delivery, Receipt, Reject } from './http/ports.ts';

export type ReceiveParts = {
  bench: Bench;
  now: () => number;
  /** What a source may write. */
  gate: (source: string) => Gate;
  room: { alerts: () => Alerts; append: (drafts: Draft[]) => Fact[] };
  screens: { moved: (moved: Moved) => void };
  /** Resolves when the readings, everything given before them, and the facts decided so far are durable. */
  keep: (readings: readonly KeptReading[]) => Promise<{ ok: true } | { ok: false; reason: string }>;
};

/** Takes one delivery of one source. One bad reading never costs the others; no answer before what was taken is durable. */
export async function receive(parts: ReceiveParts, delivery: Delivery): Promise<Receipt> {
  const now = parts.now();
  const { good, rejected, ahead, off } = check(parts, delivery, now);
  const { civil } = parts.bench.calendar;
  const moved = average(parts.bench, good, { at: now, source: delivery.source });
  parts.room.append([
    ...judge(parts.bench, parts.room.alerts(), { moved, now }),
    ...clocksAhead(ahead, { civil, at: now }), ...clocksAhead(off, { civil, at: now, code: 'clock-off' }),
  ]);
  parts.screens.moved(moved);
  const kept = await parts.keep(moved.kept);
  return kept.ok ? { ok: true, ...moved.counts, rejected } : { ok: false, code: 'not-durable', detail: kept.reason, retryAfterSeconds: 2 };
}

/** Which readings come in, and why the others do not; whose clock is ahead, and whose is off by more than the rules allow. */
function check(parts: ReceiveParts, delivery: Delivery, now: number): { good: Reading[]; rejected: Reject[]; ahead: Reading[]; off: Reading[] } {
  const gate = parts.gate(delivery.source);
  const soon = now + (parts.bench.ledger.setup.quality ?? USUAL_QUALITY).parameters.clock;
  const [good, ahead, off]: Reading[][] & [Reading[], Reading[], Reading[]] = [[], [], []];
  const rejected: Reject[] = [...delivery.rejected];
  for (const [i, reading] of delivery.readings.entries()) {
    const refused = refusal(gate, reading, now);
    if (refused === null) good.push(reading);
    else rejected.push({ index: delivery.indexes[i] ?? i, ...refused });
    if (refused?.code === 'future-time') ahead.push(reading);
    if (refused === null && reading.start + reading.minutes * MINUTE > soon) off.push(reading);
  }
  rejected.sort((a, b) => a.index - b.index);
  return { good, rejected, ahead, off };
}

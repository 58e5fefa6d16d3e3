/** What a source hands to the room, over whichever way, and what becomes of it. */
import type { Reject } from './decode.ts';
import type { Reading } from './reading.ts';

/**
 * One body of one source. `indexes[i]` is the place in the body of `readings[i]`, so that a further refusal names it;
 * `rejected` are those that were no readings at all. The receipt's `rejected` holds these and the room's own.
 */
export type Delivery = { source: string; readings: readonly Reading[]; indexes: readonly number[]; rejected: readonly Reject[] };

/** Counts add up to what was sent. Resolves once what was accepted is durable, or says that it cannot be. */
export type Receipt =
  | { ok: true; accepted: number; unchanged: number; revised: number; rejected: readonly Reject[] }
  | { ok: false; code: 'not-durable' | 'replaying'; detail: string; retryAfterSeconds?: number };

export type Ingest = (delivery: Delivery) => Promise<Receipt>;
/** As much of it as a source needs that asks only whether it is durable. */
export type Take = (delivery: Delivery) => Promise<{ ok: true } | { ok: false; detail: string }>;

type Refused = Omit<Reject, 'index'>;
/** Readings that came together, in deliveries of at most so many; what was refused already goes with the first. */
export function deliveriesOf(source: string, of: { readings: readonly Reading[]; rejected: readonly Refused[] }, most = 10_000): Delivery[] {
  const deliveries: Delivery[] = [];
  for (let from = 0; from === 0 || from < of.readings.length; from += most) {
    const readings = of.readings.slice(from, from + most);
    const rejected = from > 0 ? [] : of.rejected.map(({ code, detail }, i) => ({ index: readings.length + i, code, detail }));
    deliveries.push({ source, readings, indexes: readings.map((_, i) => i), rejected });
  }
  return deliveries;
}

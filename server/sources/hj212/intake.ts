/** Readings of many connections, handed on together: one delivery for whatever came in the same moment. */
import type { Reject } from '../../../shared/decode.ts';
import { deliveriesOf, type Delivery } from '../../../shared/delivery.ts';
import type { Reading, RejectCode } from '../../../shared/reading.ts';

export type Refused = { code: RejectCode; detail: string; reading: Reading };
export type Taken = { ok: true; refused: Refused[] } | { ok: false; detail: string };
/** As much of the room's word as a line needs. */
export type Take = (delivery: Delivery) => Promise<{ ok: true; rejected: readonly Reject[] } | { ok: false; detail: string }>;

const MOST = 10_000;
type Waiting = { readings: readonly Reading[]; done: (taken: Taken) => void };

/** Resolves once the readings are durable, with those that were refused. */
export type Intake = (source: string, readings: readonly Reading[]) => Promise<Taken>;

function handOut(batch: readonly Waiting[], receipt: Awaited<ReturnType<Take>>): void {
  let from = 0;
  for (const { readings, done } of batch) {
    const [start, end] = [from, from + readings.length];
    from = end;
    if (!receipt.ok) { done({ ok: false, detail: receipt.detail }); continue; }
    done({ ok: true, refused: receipt.rejected.flatMap(({ index, code, detail }) => {
      const reading = index >= start && index < end ? readings[index - start] : undefined;
      return reading === undefined ? [] : [{ code, detail, reading }];
    }) });
  }
}

async function deliver(take: Take, source: string, batch: readonly Waiting[]): Promise<void> {
  const [all] = deliveriesOf(source, { readings: batch.flatMap((each) => each.readings), rejected: [] }, Infinity);
  if (all !== undefined) handOut(batch, await take(all));
}

/** `failed`: what to do where the house itself fails; whoever waits gets no answer. */
export function intakeOf(take: Take, failed: (error: unknown) => void): Intake {
  const waiting = new Map<string, Waiting[]>();
  let armed = false;
  const flush = (): void => {
    armed = false;
    for (const [source, all] of waiting) {
      for (let from = 0, size = 0, at = 0; at < all.length; at += 1) {
        size += all[at]?.readings.length ?? 0;
        const next = all[at + 1];
        if (next !== undefined && size + next.readings.length <= MOST) continue;
        void deliver(take, source, all.slice(from, at + 1)).catch(failed);
        [from, size] = [at + 1, 0];
      }
    }
    waiting.clear();
  };
  return (source, readings) => new Promise((done) => {
    const all = waiting.get(source);
    if (all === undefined) waiting.set(source, [{ readings, done }]);
    else all.push({ readings, done });
    if (armed) return;
    armed = true;
    setImmediate(flush);
  });
}

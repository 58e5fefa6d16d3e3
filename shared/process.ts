/** How the room worked over a range: alerts raised and acknowledged and how fast, orders issued, verified, overdue. */
import type { Fact } from './fact.ts';
import type { Order } from './situation.ts';

export type ProcessCount = {
  alerts: { raised: number; acknowledged: number; medianAcknowledgeSeconds: number | null; p90AcknowledgeSeconds: number | null };
  orders: { issued: number; verified: number; overdue: number };
};
type Span = { from: number; to: number };
type Input = { alertFacts: readonly Fact[]; orders: readonly Order[]; now: number };

/** Occurrences whose period starts in the span, drills apart; seconds are event time from raised to acknowledged. */
export function processOf({ alertFacts, orders, now }: Input, span: Span): ProcessCount {
  const raised = new Map<string, number>();
  const waits: number[] = [];
  for (const fact of alertFacts) {
    if (fact.kind === 'alert-raised' && !fact.drill && inSpan(fact.period.start, span)) raised.set(`${fact.alert}#${fact.occurrence}`, fact.at);
    if (fact.kind !== 'alert-acknowledged') continue;
    const at = raised.get(`${fact.alert}#${fact.occurrence}`);
    if (at !== undefined) waits.push((fact.at - at) / 1000);
  }
  waits.sort((a, b) => a - b);
  const issued = orders.filter((order) => !order.drill && inSpan(order.issuedAt, span));
  return {
    alerts: { raised: raised.size, acknowledged: waits.length, medianAcknowledgeSeconds: percentile(waits, 0.5), p90AcknowledgeSeconds: percentile(waits, 0.9) },
    orders: { issued: issued.length, verified: issued.filter((order) => order.state === 'verified').length, overdue: issued.filter((order) => wasLate(order, now)).length },
  };
}

const inSpan = (at: number, { from, to }: Span): boolean => at >= from && at < to;

/** Whether an order was not started by its time: started late, or not yet. */
export function wasLate(order: Order, now: number): boolean {
  const started = order.steps.find(({ step }) => step === 'started')?.at;
  if (started !== undefined) return started > order.due;
  return order.state !== 'lifted' && now > order.due;
}

/** Linear between the two nearest ranks (HJ 663 appendix A), to a tenth; null of none. */
export function percentile(sorted: readonly number[], p: number): number | null {
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : Math.round((low + (high - low) * (at - Math.floor(at))) * 10) / 10;
}

/**
 * What staff make of an alert, as the documents of the event want it: exceedance, follow-up, diagnosis, disposal. Acknowledged is
 * not handled: the ladder goes on after the alert itself has closed. Notes stand beside it.
 */
import type { Draft, FactOf } from './fact.ts';
import type { Alert, Handling } from './situation.ts';

export type HandlingStep = FactOf<'alert-handled'>['step'];
/** How far an alert's handling has come. */
export type Rung = 'none' | 'follow-up' | 'diagnosis' | 'disposal';

export function rungOf({ followUps, diagnosis, disposal }: Handling): Rung {
  if (disposal !== null) return 'disposal';
  if (diagnosis !== null) return 'diagnosis';
  return followUps.length === 0 ? 'none' : 'follow-up';
}

export type HandlingRefusal = 'already-disposed' | 'unknown-order' | 'not-diagnosed' | 'not-acknowledged';
export type HandlingDecided = { ok: true; drafts: Draft[] } | { ok: false; code: HandlingRefusal; detail: string; /** Of what is there already. */ extra?: { by: string; at: number } };

/** `seen`: the version of the alert that the person had before them, or null: they do not say. */
type Word = { by: string; at: number; step: HandlingStep; seen: number | null; knowsOrder: (id: string) => boolean };

/** As it is written down: a follow-up of what was dealt with opens it again, and an order is linked once. */
function written(step: HandlingStep, { disposal }: Handling): HandlingStep {
  if (step.is === 'orders') return { ...step, orders: [...new Set(step.orders)] };
  return step.is === 'follow-up' ? { is: step.is, note: step.note, ...(disposal === null ? {} : { reopens: true }) } : step;
}

/** A step of the ladder. What was dealt with is dealt with once, until somebody follows it up again who has seen that it was. What caused a breach is known before it counts as dealt with; and somebody has seen it. */
export function handle(alert: Alert, { by, at, step, seen, knowsOrder }: Word): HandlingDecided {
  const strange = step.is === 'orders' ? step.orders.filter((id) => !knowsOrder(id)) : [];
  if (strange.length > 0) return { ok: false, code: 'unknown-order', detail: `no such order: ${strange.join(', ')}` };
  const { disposal } = alert.handling;
  if (disposal !== null && (step.is === 'disposal' || (step.is === 'follow-up' && seen !== alert.version)))
    return { ok: false, code: 'already-disposed', detail: `${disposal.by} has dealt with it; a follow-up by whoever has seen that (If-Match: ${alert.version}) opens it again`, extra: { by: disposal.by, at: disposal.at } };
  if (step.is === 'disposal' && alert.acknowledged === null && alert.state !== 'closed')
    return { ok: false, code: 'not-acknowledged', detail: 'acknowledge it first: what nobody has seen is not dealt with' };
  if (step.is === 'disposal' && alert.handling.diagnosis === null && alert.kind !== 'silent')
    return { ok: false, code: 'not-diagnosed', detail: 'say what caused it and who is responsible first' };
  const { id, occurrence, drill } = alert;
  return { ok: true, drafts: [{
    // How often it was touched keeps two of one instant apart, where the clock stands.
    id: `alert-handled:${id}:${step.is}:${at}:${alert.touched + 1}:${by}`, at, actor: `person:${by}`, body: { kind: 'alert-handled', alert: id, occurrence, by, drill, step: written(step, alert.handling) },
  }] };
}

/** Whether this is what stands on the ladder now, whoever wrote it. */
export function stands({ followUps, diagnosis, orders, disposal }: Handling, step: HandlingStep): boolean {
  switch (step.is) {
    case 'follow-up': return followUps.at(-1)?.note === step.note;
    case 'diagnosis': return diagnosis?.cause === step.cause && diagnosis.unit === step.unit;
    case 'orders': return orders.length === new Set(step.orders).size && step.orders.every((id) => orders.includes(id));
    case 'disposal': return disposal?.reason === step.reason;
  }
}

/** A note for whoever comes next. */
export function comment({ id, occurrence, drill, touched }: Alert, { by, text, at }: { by: string; text: string; at: number }): Draft {
  return { id: `alert-commented:${id}:${at}:${touched + 1}:${by}`, at, actor: `person:${by}`, body: { kind: 'alert-commented', alert: id, occurrence, by, text, drill } };
}

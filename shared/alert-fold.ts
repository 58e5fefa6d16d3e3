/** An alert after one more fact about it: a pure fold, run by the server and by every screen alike. What covers it is `book.ts`'s. */
import type { Fact, FactOf } from './fact.ts';
import type { Alert, Handling, Receipt, Signature } from './situation.ts';

type Folded<K extends Fact['kind']> = Fact & FactOf<K>;

const UNHANDLED: Handling = { followUps: [], diagnosis: null, orders: [], disposal: null };
/** A screen holds the last of them; the journal has them all. */
const MOST_NOTES = 50;

export const isOpen = ({ state }: Pick<Alert, 'state'>): boolean => state === 'unacknowledged' || state === 'acknowledged';

/** Shelved or suppressed: it is judged, listed and marked, and disturbs nobody. */
export const isCovered = ({ shelved, suppressed }: Pick<Alert, 'shelved' | 'suppressed'>): boolean => shelved || suppressed;

/** What staff wrote and found out outlives the occurrence; that it is dealt with does not. */
function raised(alert: Alert | undefined, fact: Folded<'alert-raised'>): Alert {
  const { alert: id, alertKind, place, pollutant, period, condition, value, reason, marks, severity, limit, assumed, drill, occurrence, at, needs, suppression } = fact;
  return {
    id, kind: alertKind, place, pollutant, period, severity, condition, state: 'unacknowledged', shelved: alert?.shelved ?? false, suppressed: suppression !== undefined,
    drill, occurrence, version: (alert?.version ?? 0) + 1, touched: (alert?.touched ?? 0) + 1, raisedAt: at, changedAt: at, judgedAt: at, value, limit, assumed, marks, acknowledged: null, reason,
    suppression: suppression ?? null, askedAt: at, needs: needs ?? [], signed: [], notes: alert?.notes ?? [], escalated: [], told: alert?.told ?? [],
    handling: alert === undefined ? UNHANDLED : { ...alert.handling, disposal: null },
  };
}

function signed(alert: Alert, { by, role, note, at, waits }: Folded<'alert-acknowledged'>): Partial<Alert> {
  const word: Signature = { by, role: role ?? null, at, note };
  const all = { signed: [...alert.signed, word] };
  if (waits === true) return all;
  return { ...all, state: isOpen(alert) ? 'acknowledged' : alert.state, acknowledged: { by, at, note } };
}

function handled({ handling }: Alert, { step, by, at }: Folded<'alert-handled'>): Partial<Alert> {
  switch (step.is) {
    case 'follow-up': {
      const reopens = step.reopens === true ? { reopens: true as const } : {};
      return { handling: { ...handling, followUps: [...handling.followUps, { by, at, note: step.note, ...reopens }].slice(-MOST_NOTES), ...(step.reopens === true ? { disposal: null } : {}) } };
    }
    case 'diagnosis': return { handling: { ...handling, diagnosis: { by, at, cause: step.cause, unit: step.unit } } };
    case 'orders': return { handling: { ...handling, orders: step.orders } };
    case 'disposal': return { handling: { ...handling, disposal: { by, at, reason: step.reason } } };
  }
}

const MOST_RECEIPTS = 20;
const receiptOf = ({ what, channel, state, at, reason, next, person }: Folded<'alert-told'>): Receipt => ({ what, channel, state, at, reason, next, ...(person === undefined ? {} : { person }) });

const judgedOf = ({ condition, value, reason, marks, at }: Pick<Alert, 'condition' | 'value' | 'reason' | 'marks'> & { at: number }) => ({ condition, value, reason, marks, judgedAt: at });

/** What people said: nothing of it changes what judgement says. */
function afterStaff(alert: Alert, fact: Fact): Partial<Alert> | null {
  switch (fact.kind) {
    case 'alert-acknowledged': return signed(alert, fact);
    case 'alert-commented': return { notes: [...alert.notes, { by: fact.by, at: fact.at, text: fact.text }].slice(-MOST_NOTES) };
    case 'alert-handled': return handled(alert, fact);
    // Decided while a judgement was on its way to the disk: what is over asks nobody.
    case 'alert-asked-again': return !isOpen(alert) ? {} : { state: 'unacknowledged', occurrence: fact.occurrence, askedAt: fact.at, acknowledged: null, signed: [], escalated: [] };
    case 'alert-escalated': return { escalated: [...alert.escalated, { seat: fact.seat, at: fact.at, to: fact.to }] };
    case 'alert-told': return { told: [receiptOf(fact), ...alert.told].slice(0, MOST_RECEIPTS) };
    case 'alert-shelved': case 'alert-unshelved': return {};
    case 'alert-suppressed': return { suppressed: true, suppression: fact.because };
    case 'alert-released': return { suppressed: false, suppression: null };
    default: return null;
  }
}

function afterJudgement(alert: Alert, fact: Fact): Partial<Alert> | null {
  switch (fact.kind) {
    case 'alert-changed': return judgedOf(fact);
    // Decided while an acknowledgement was on its way to the disk: acknowledged and over is closed.
    case 'alert-returned': return { ...judgedOf(fact), state: alert.state === 'acknowledged' ? 'closed' : 'returned' };
    case 'alert-withdrawn': return { ...judgedOf(fact), state: alert.state === 'acknowledged' ? 'closed' : 'withdrawn' };
    case 'alert-closed': return { state: 'closed' };
    default: return null;
  }
}

/** What is written or sent beside an alert changes nothing that somebody who acts on it must have seen: its version stays. */
const BESIDE: readonly Fact['kind'][] = ['alert-commented', 'alert-told', 'alert-escalated'];
/** Whether a fact about an alert makes another version of it. */
export const movesVersion = (kind: Fact['kind']): boolean => !BESIDE.includes(kind);

/** Undefined where the fact is about an alert that nobody knows. */
export function alertAfter(alert: Alert | undefined, fact: Fact): Alert | undefined {
  if (fact.kind === 'alert-raised') return raised(alert, fact);
  if (alert === undefined) return undefined;
  const changed = afterJudgement(alert, fact) ?? afterStaff(alert, fact);
  if (changed === null) return alert;
  const version = movesVersion(fact.kind) ? alert.version + 1 : alert.version;
  // What people make of it is another version, and nothing that is so of the air.
  const changedAt = version === alert.version || fact.kind === 'alert-handled' ? alert.changedAt : fact.at;
  return { ...alert, ...changed, version, changedAt, touched: alert.touched + 1 };
}

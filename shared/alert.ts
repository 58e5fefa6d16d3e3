/**
 * The life of an alert: what moves it between its states (ISA-18.2, and *held*: the condition is unknown for want of data).
 * `advance` turns a judgement into facts, `acknowledge` a person's word; `alertAfter` folds a fact.
 */
import type { ReasonCode } from './codes.ts';
import { type AlertKind, SEVERITIES, type Severity } from './event.ts';
import type { Condition, Draft, Fact, FactBody, Mark, Reason } from './fact.ts';
import type { Lasting } from './lasting.ts';
import type { Alert } from './situation.ts';

/** A reason with a code that every face has words for. */
export type Why = Reason & { code: ReasonCode };

/** What judgement says of one subject and period, now. */
export type Finding = {
  id: string; kind: AlertKind; place: string; pollutant: string; period: { start: number; end: number | null };
  condition: Condition; limit: number | null; assumed: boolean; drill: boolean; severity: Severity;
  /** Its figure, what that is worth, and why: worked out only where somebody needs it, for most findings change nothing. */
  said: () => { value: number | null; marks: Mark[]; reason: Why };
  /** Whether the period is still news: only then may an alert be raised. */
  current: boolean;
  /** Whether readings of a closed period changed, which alone takes back what is judged once (exceeded, locked). */
  revised: boolean;
  /** The alert that says more than this one does: this one then closes. Null: a verdict that is no longer news and raises none. */
  supersededBy?: string | null | undefined;
  /** More figures for the reason, worked out only where a fact is made: between what the mean can lie. */
  more?: (() => Record<string, string | number | null>) | undefined;
  /** Of a projection under rules with delays or a deadband: whether it has lasted. Absent: at once. */
  lasting?: Lasting | undefined;
};

const family = (kind: AlertKind): 'exceeded' | 'locked' | 'passing' =>
  kind.endsWith('exceeded') ? 'exceeded' : kind.endsWith('locked') ? 'locked' : 'passing';

function told({ said, more }: Finding): ReturnType<Finding['said']> {
  const { value, marks, reason } = said();
  return { value, marks, reason: more === undefined ? reason : { ...reason, ...more() } };
}

const system = (at: number, id: string, body: FactBody): Draft => ({ id, at, actor: 'system', body });

function raise(finding: Finding, occurrence: number, at: number): Draft {
  const { id: alert, kind: alertKind, place, pollutant, period, condition, severity, limit, assumed, drill } = finding;
  const { value, marks, reason } = told(finding);
  return system(at, `alert-raised:${alert}:${occurrence}`, {
    kind: 'alert-raised', alert, occurrence, alertKind, place, pollutant, period, condition, value, reason, marks, severity, limit, assumed, drill,
  });
}

type Step = 'alert-changed' | 'alert-returned' | 'alert-withdrawn';
function step(kind: Step, alert: Alert, { finding, at }: { finding: Finding; at: number }): Draft {
  const { condition } = finding;
  const { value, marks, reason } = told(finding);
  return system(at, `${kind}:${alert.id}:${alert.version + 1}`, { kind, alert: alert.id, occurrence: alert.occurrence, condition, value, reason, marks });
}

/** Closes the alert's occurrence, with the reason; no occurrence closes twice. */
export function close(alert: Alert, at: number, reason: Why): Draft {
  return system(at, `alert-closed:${alert.id}:${alert.occurrence}`, { kind: 'alert-closed', alert: alert.id, occurrence: alert.occurrence, reason, drill: alert.drill });
}

const graver = (a: Severity, b: Severity): boolean => SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);
const isOpen = (alert: Alert): boolean => alert.state === 'unacknowledged' || alert.state === 'acknowledged';

/** The facts that a judgement makes of an alert (or of none): an empty list where nothing changed. */
export function advance(alert: Alert | undefined, finding: Finding, at: number): Draft[] {
  if (alert === undefined || !isOpen(alert)) {
    if (finding.condition !== 'over' || !finding.current || finding.supersededBy !== undefined || finding.lasting?.over() === false) return [];
    return [raise(finding, (alert?.occurrence ?? 0) + 1, at)];
  }
  const by = finding.supersededBy;
  if (by !== undefined) return [close(alert, at, by === null ? finding.said().reason : { code: 'superseded', by })];
  if (finding.condition === 'under') return finding.lasting?.under() === false ? stayOver(alert, finding, at) : goUnder(alert, finding, at);
  if (finding.condition === 'over' && finding.current && graver(finding.severity, alert.severity)) return [raise(finding, alert.occurrence + 1, at)];
  if (alert.condition === finding.condition && !worthSaying(alert, finding)) return [];
  return [step('alert-changed', alert, { finding, at })];
}

/** An exceeded average whose figure a revision changed is news; a projection's moving figure is not (the cells show it). */
const worthSaying = (alert: Alert, finding: Finding): boolean =>
  family(alert.kind) === 'exceeded' && finding.revised && alert.value !== finding.said().value;

/** Not clear of the limit, or not for long enough: it stays over; one that was held for want of data is over again. */
const stayOver = (alert: Alert, finding: Finding, at: number): Draft[] =>
  (alert.condition === 'over' ? [] : [step('alert-changed', alert, { finding: { ...finding, condition: 'over' }, at })]);

function goUnder(alert: Alert, finding: Finding, at: number): Draft[] {
  const kind = family(alert.kind);
  if (kind !== 'passing' && !finding.revised) return [];
  const acknowledged = alert.state === 'acknowledged';
  if (kind === 'exceeded') {
    const withdrawn = step('alert-withdrawn', alert, { finding, at });
    return acknowledged ? [withdrawn, close(alert, at, { code: 'withdrawn' })] : [withdrawn];
  }
  return acknowledged ? [close(alert, at, finding.said().reason)] : [step('alert-returned', alert, { finding, at })];
}

export type Acknowledgement = { by: string; occurrence: number; note: string | null; at: number };
export type Acknowledged =
  | { ok: true; drafts: Draft[] }
  /** The same person again on the same occurrence: nothing to do, the first result stands. */
  | { ok: true; drafts: []; first: { by: string; at: number } }
  | { ok: false; code: 'already-acknowledged'; by: string; at: number }
  | { ok: false; code: 'stale-occurrence'; occurrence: number }
  | { ok: false; code: 'nothing-to-acknowledge' };

/** An acknowledgement is of one occurrence; the first person wins, and is named to the second. */
export function acknowledge(alert: Alert, word: Acknowledgement): Acknowledged {
  if (word.occurrence !== alert.occurrence) return { ok: false, code: 'stale-occurrence', occurrence: alert.occurrence };
  const had = alert.acknowledged;
  if (had !== null) {
    return had.by === word.by ? { ok: true, drafts: [], first: { by: had.by, at: had.at } } : { ok: false, code: 'already-acknowledged', by: had.by, at: had.at };
  }
  if (alert.state === 'closed') return { ok: false, code: 'nothing-to-acknowledge' };
  const { by, note, at } = word;
  const said: Draft = {
    id: `alert-acknowledged:${alert.id}:${alert.occurrence}`, at, actor: `person:${by}`,
    body: { kind: 'alert-acknowledged', alert: alert.id, occurrence: alert.occurrence, by, note, drill: alert.drill },
  };
  if (isOpen(alert)) return { ok: true, drafts: [said] };
  return { ok: true, drafts: [said, close(alert, at, { code: alert.state === 'withdrawn' ? 'withdrawn' : 'returned' })] };
}

/** The alert after one more fact about it; undefined where it is about none we know. */
export function alertAfter(alert: Alert | undefined, fact: Fact): Alert | undefined {
  if (fact.kind === 'alert-raised') {
    const { alert: id, alertKind, place, pollutant, period, condition, value, reason, marks, severity, limit, assumed, drill, occurrence } = fact;
    return {
      id, kind: alertKind, place, pollutant, period, severity, condition, state: 'unacknowledged', shelved: false, suppressed: false,
      drill, occurrence, version: (alert?.version ?? 0) + 1, raisedAt: fact.at, changedAt: fact.at, value, limit, assumed, marks, acknowledged: null, reason,
    };
  }
  if (alert === undefined) return undefined;
  const next = { ...alert, version: alert.version + 1, changedAt: fact.at };
  switch (fact.kind) {
    case 'alert-changed': return { ...next, ...judgedOf(fact) };
    // Decided while an acknowledgement was on its way to the disk: acknowledged and over is closed.
    case 'alert-returned': return { ...next, ...judgedOf(fact), state: alert.state === 'acknowledged' ? 'closed' : 'returned' };
    case 'alert-withdrawn': return { ...next, ...judgedOf(fact), state: alert.state === 'acknowledged' ? 'closed' : 'withdrawn' };
    case 'alert-acknowledged': return { ...next, state: isOpen(alert) ? 'acknowledged' : alert.state, acknowledged: { by: fact.by, at: fact.at, note: fact.note } };
    case 'alert-closed': return { ...next, state: 'closed' };
    default: return alert;
  }
}

const judgedOf = ({ condition, value, reason, marks }: Pick<Alert, 'condition' | 'value' | 'reason' | 'marks'>) => ({ condition, value, reason, marks });

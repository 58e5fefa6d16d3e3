/**
 * A judgement into facts about its alert, by the table of `life.ts`. `acknowledge.ts` and its neighbours do the same for a
 * person's word, `alert-fold.ts` folds a fact.
 */
import type { ReasonCode } from './codes.ts';
import { type AlertKind, graver, type Severity } from './event.ts';
import { isOpen } from './alert-fold.ts';
import type { AlertFactKind, Condition, Draft, FactBody, Mark, Reason, Suppression } from './fact.ts';
import type { Lasting } from './lasting.ts';
import { type Happening, LIFE, type LifeState, lifeOf } from './life.ts';
import type { SigningRole } from './roles.ts';
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
  /** Roles that must each acknowledge; absent: whoever may. */
  needs?: readonly SigningRole[] | undefined;
  /** Why it shall disturb nobody, by design. */
  suppression?: Suppression | null;
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
  const needs = finding.needs === undefined || finding.needs.length === 0 ? {} : { needs: [...finding.needs] };
  const suppression = finding.suppression === undefined || finding.suppression === null ? {} : { suppression: finding.suppression };
  return system(at, `alert-raised:${alert}:${occurrence}`, {
    kind: 'alert-raised', alert, occurrence, alertKind, place, pollutant, period, condition, value, reason, marks, severity, limit, assumed, drill, ...needs, ...suppression,
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


/** An exceeded average whose figure a revision changed is news; a projection's moving figure is not (the cells show it). */
const worthSaying = (alert: Alert, finding: Finding): boolean =>
  family(alert.kind) === 'exceeded' && finding.revised && alert.value !== finding.said().value;

/** What a judgement means for an alert that is open; null: nothing. */
function happensToOpen(alert: Alert, finding: Finding): Happening | null {
  if (finding.supersededBy !== undefined) return 'superseded';
  if (finding.condition === 'under') {
    // Not clear of the limit, or not for long enough: it stays over.
    if (finding.lasting?.under() === false) return alert.condition === 'over' ? null : 'over';
    const kind = family(alert.kind);
    if (kind !== 'passing' && !finding.revised) return null;
    return kind === 'exceeded' ? 'revised' : 'under';
  }
  if (finding.condition === 'over' && finding.current && graver(finding.severity, alert.severity)) return 'graver';
  if (alert.condition !== finding.condition) return finding.condition;
  return worthSaying(alert, finding) ? 'revalued' : null;
}

function happens(alert: Alert | undefined, finding: Finding): Happening | null {
  if (alert !== undefined && isOpen(alert)) return happensToOpen(alert, finding);
  const news = finding.condition === 'over' && finding.current && finding.supersededBy === undefined && finding.lasting?.over() !== false;
  return news ? 'over' : null;
}

/** Why judgement closes an alert. */
function closing({ supersededBy: by, said }: Finding, happening: Happening): Why {
  if (happening === 'revised') return { code: 'withdrawn' };
  return by === undefined || by === null ? said().reason : { code: 'superseded', by };
}

type Making = { alert: Alert | undefined; finding: Finding; happening: Happening; at: number };

/** One fact of a step. */
function draft(kind: AlertFactKind, { alert, finding, happening, at }: Making): Draft[] {
  if (kind === 'alert-raised') return [raise(finding, (alert?.occurrence ?? 0) + 1, at)];
  if (alert === undefined) return [];
  if (kind === 'alert-closed') return [close(alert, at, closing(finding, happening))];
  if (kind === 'alert-changed') return [step(kind, alert, { finding: happening === 'over' ? { ...finding, condition: 'over' } : finding, at })];
  return kind === 'alert-returned' || kind === 'alert-withdrawn' ? [step(kind, alert, { finding, at })] : [];
}

const NOT_OVER: readonly LifeState[] = ['unacknowledged', 'acknowledged', 'held-unacknowledged', 'held-acknowledged'];

/** The facts that a judgement makes of an alert (or of none): an empty list where nothing changed. */
export function advance(alert: Alert | undefined, finding: Finding, at: number): Draft[] {
  const happening = happens(alert, finding);
  const next = happening === null ? 'stays' : LIFE[lifeOf(alert)][happening];
  const covered = alert === undefined || !isOpen(alert) ? [] : suppressing(alert, finding.suppression ?? null, at);
  if (happening === null || typeof next === 'string') return covered;
  // What is raised anew says itself under what it was raised; what closes needs no cover; what is over is covered by nothing any more, and asks nobody.
  const settled = next.to === 'closed' || next.facts.includes('alert-raised');
  const left = NOT_OVER.includes(next.to) ? covered : covered.filter(({ body }) => body.kind === 'alert-released');
  return [...next.facts.flatMap((kind) => draft(kind, { alert, finding, happening, at })), ...(settled ? [] : left)];
}

/** What changes of a suppression by design; when it ends, the alert asks again. */
export function suppressing(alert: Alert, because: Suppression | null, at: number): Draft[] {
  if (alert.suppression === because) return [];
  const { id, occurrence, drill, version } = alert;
  if (because !== null) return [system(at, `alert-suppressed:${id}:${version + 1}`, { kind: 'alert-suppressed', alert: id, occurrence, because, drill })];
  const released = system(at, `alert-released:${id}:${version + 1}`, { kind: 'alert-released', alert: id, occurrence, drill });
  return [released, ...(alert.shelved ? [] : askAgain(alert, 'suppression-ended', at))];
}

/** Asks again from the beginning, as a new occurrence that nobody has acknowledged: whoever it was kept from is told, and it goes up anew. What is over does not. */
export function askAgain(alert: Alert, because: 'acknowledgement-expired' | 'shelf-ended' | 'suppression-ended', at: number): Draft[] {
  if (typeof LIFE[lifeOf(alert)].again === 'string') return [];
  const { id, drill } = alert;
  const occurrence = alert.occurrence + 1;
  return [system(at, `alert-asked-again:${id}:${occurrence}`, { kind: 'alert-asked-again', alert: id, occurrence, because, drill })];
}

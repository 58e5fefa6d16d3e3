/** Which facts somebody outside the room is told of. What disturbs nobody by design, or is shelved, is told to nobody. */
import { isCovered } from './alert-fold.ts';
import type { TellingKind } from './channels.ts';
import type { Severity } from './event.ts';
import type { Fact, FactOf } from './fact.ts';
import { LEVEL_SEVERITY, severitiesOf } from './level-change.ts';
import type { Alert } from './situation.ts';

/** What is to be told. `key`: the fact's own id, so that nothing is told twice; `people`: ids of `duty.yaml` whom it goes up to. */
export type Told = {
  key: string; seq: number; what: TellingKind; severity: Severity; at: number; drill: boolean; people: readonly string[];
  /** Of a level: of all levels that it leads from and to. Whoever hears of one of them hears of it. */
  severities?: readonly Severity[];
  /** The alert as it is then, or null: it is about something else. */
  alert: Alert | null; fact: Fact;
};

/** Notices about data that whoever keeps the room must hear of. */
const GRAVE_NOTICES: readonly string[] = ['source-failed', 'path-failed', 'screen-dark'];
/** Closings of what somebody was told before that it is over. */
const TOLD_BEFORE: readonly string[] = ['returned', 'withdrawn'];

/** The alert as the fact itself says: it may have moved on before it is told of. */
function asTold(fact: Fact, alert: Alert): Alert {
  switch (fact.kind) {
    case 'alert-raised': return { ...alert, severity: fact.severity, value: fact.value, limit: fact.limit, condition: fact.condition, marks: fact.marks, occurrence: fact.occurrence };
    case 'alert-returned': case 'alert-withdrawn': return { ...alert, value: fact.value, condition: fact.condition, marks: fact.marks };
    default: return alert;
  }
}

function ofAlert(fact: Fact, now: Alert, what: TellingKind): Told {
  const alert = asTold(fact, now);
  const people = fact.kind === 'alert-escalated' ? fact.to.map(({ id }) => id) : [];
  return { key: fact.id, seq: fact.seq, what, severity: alert.severity, at: fact.at, drill: alert.drill, people, alert, fact };
}

/** Obligations about alerts; `resolved` ends what was told, whether or not it has been covered since. */
function aboutAlert(fact: Fact, alert: Alert): Told | null {
  const covered = isCovered(alert);
  switch (fact.kind) {
    case 'alert-raised': return covered ? null : ofAlert(fact, alert, 'raised');
    case 'alert-asked-again': return covered ? null : ofAlert(fact, alert, 'again');
    case 'alert-escalated': return ofAlert(fact, alert, 'escalated');
    case 'alert-returned': case 'alert-withdrawn': return ofAlert(fact, alert, 'resolved');
    case 'alert-closed': return TOLD_BEFORE.includes(fact.reason.code) ? null : ofAlert(fact, alert, 'resolved');
    default: return null;
  }
}

function aboutLevel(fact: Fact & FactOf<'level-changed'>): Told {
  const severities = severitiesOf(fact);
  return { key: fact.id, seq: fact.seq, what: 'level', severity: fact.level === null ? severities[0] ?? 'notice' : LEVEL_SEVERITY[fact.level], severities, at: fact.at, drill: fact.drill, people: [], alert: null, fact };
}

/** What a fact obliges us to tell; `alert`: the one it is about, as it is after it. */
export function toldOf(fact: Fact, alert: Alert | undefined): Told | null {
  if (fact.kind === 'level-changed') return aboutLevel(fact);
  // Whoever was told of an exercise is told that it is over: nothing of it asks for anybody any more.
  if (fact.kind === 'exercise-ended') return { key: fact.id, seq: fact.seq, what: 'resolved', severity: 'critical', at: fact.at, drill: false, people: [], alert: null, fact };
  if (fact.kind === 'data-notice') {
    return GRAVE_NOTICES.includes(fact.reason.code) ? { key: fact.id, seq: fact.seq, what: 'notice', severity: 'warning', at: fact.at, drill: false, people: [], alert: null, fact } : null;
  }
  return alert === undefined || !('alert' in fact) ? null : aboutAlert(fact, alert);
}

/**
 * The alerts of a room, kept as facts come, with those at hand that time alone may move: so that a turn costs the same
 * however many alerts nobody has closed. One owner changes it; a room that is a value is folded through one of its own.
 */
import { alertAfter } from './alert.ts';
import type { Fact } from './fact.ts';
import type { Alert } from './situation.ts';

/** What judgement asks of the alerts there are. */
export type Alerts = {
  of: (id: string) => Alert | undefined;
  all: () => readonly Alert[];
  /** Acknowledged ones with a period that ends: they close when it is no longer news. */
  lasting: () => readonly Alert[];
  /** Starts of the open silences of a series, `station|pollutant`. */
  silences: (series: string) => readonly number[];
};

/** Closed alerts stay this long after their period, while their condition could still come back. */
const KEEP_CLOSED = 36 * 3_600_000;
const prunable = (alert: Alert, at: number): boolean => Math.max(alert.changedAt, alert.period.end ?? alert.period.start) + KEEP_CLOSED < at;

const isLasting = ({ state, period }: Alert): boolean => state === 'acknowledged' && period.end !== null;
const isSilence = ({ kind, state }: Alert): boolean => kind === 'silent' && (state === 'unacknowledged' || state === 'acknowledged');
const NONE: readonly number[] = [];

type Shelves = { lasting: Map<string, Alert>; closed: Map<string, Alert>; silent: Map<string, Map<string, number>> };

export class AlertBook implements Alerts {
  /** By id, in the order in which they were first raised. */
  readonly record: Record<string, Alert>;
  /** Made when first asked for: whoever only folds a few facts has no need of them. */
  private shelves: Shelves | null = null;

  constructor(alerts: Readonly<Record<string, Alert>> = {}) {
    this.record = { ...alerts };
  }

  of(id: string): Alert | undefined {
    return this.record[id];
  }

  all(): readonly Alert[] {
    return Object.values(this.record);
  }

  lasting(): readonly Alert[] {
    return [...this.sorted().lasting.values()];
  }

  silences(series: string): readonly number[] {
    const starts = this.sorted().silent.get(series);
    return starts === undefined ? NONE : [...starts.values()];
  }

  /** Folds facts, in order; those of no alert change nothing. */
  take(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (!('alert' in fact)) continue;
      const was = this.record[fact.alert];
      const next = alertAfter(was, fact);
      if (next === undefined) continue;
      this.record[next.id] = next;
      if (this.shelves !== null) this.move(this.shelves, was, next);
      if (fact.kind === 'alert-closed') this.prune(fact.at);
    }
  }

  private sorted(): Shelves {
    if (this.shelves !== null) return this.shelves;
    this.shelves = { lasting: new Map(), closed: new Map(), silent: new Map() };
    for (const alert of Object.values(this.record)) this.move(this.shelves, undefined, alert);
    return this.shelves;
  }

  private move({ lasting, closed, silent }: Shelves, was: Alert | undefined, is: Alert): void {
    if (was !== undefined) {
      lasting.delete(was.id);
      closed.delete(was.id);
      if (isSilence(was)) silent.get(`${was.place}|${was.pollutant}`)?.delete(was.id);
    }
    if (isLasting(is)) lasting.set(is.id, is);
    if (is.state === 'closed') closed.set(is.id, is);
    if (!isSilence(is)) return;
    const key = `${is.place}|${is.pollutant}`;
    const starts = silent.get(key) ?? new Map<string, number>();
    silent.set(key, starts.set(is.id, is.period.start));
  }

  private prune(at: number): void {
    const { closed } = this.sorted();
    for (const alert of closed.values()) {
      if (!prunable(alert, at)) continue;
      closed.delete(alert.id);
      Reflect.deleteProperty(this.record, alert.id);
    }
  }
}

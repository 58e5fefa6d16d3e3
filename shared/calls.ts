/** The calls of a room's alerts, kept as facts come, for the figures of its load. Which facts came together changes nothing. */
import type { Fact } from './fact.ts';
import type { Call } from './load.ts';
import type { Alert } from './situation.ts';
import { DAY, HOUR } from './time.ts';

/** Calls that are older than any span that is asked for, and how many are held at most (a tenth more until the next hour). */
const [KEPT, MOST] = [8 * DAY, 100_000];

/** As JSON keeps it. `open`: the last call of each alert that is not over, by its place in `calls`, or itself where it is no longer there. */
export type KeptCalls = { calls: readonly Call[]; open: readonly (number | Call)[]; latest: number };
const NONE: KeptCalls = { calls: [], open: [], latest: 0 };

export class CallLog {
  private calls: Call[];
  /** The last call of each alert that is not closed. */
  private readonly last = new Map<string, Call>();
  private latest: number;

  constructor({ calls, open, latest }: KeptCalls = NONE) {
    this.calls = calls.map((call) => ({ ...call }));
    this.latest = latest;
    for (const each of open) {
      const call = typeof each === 'number' ? this.calls[each] : { ...each };
      if (call !== undefined) this.last.set(call.alert, call);
    }
  }

  /** `alert`: the one that the fact is about, as it is after it. */
  take(fact: Fact & { alert: string }, alert: Alert | undefined): void {
    this.forget(fact.at);
    const open = this.last.get(fact.alert);
    if (fact.kind === 'alert-raised' || fact.kind === 'alert-asked-again') {
      if (alert?.state !== 'unacknowledged') return;
      if (open !== undefined) open.followed = true;
      this.last.delete(fact.alert);
      if (!(fact.kind === 'alert-raised' && (fact.suppression !== undefined || alert.shelved))) this.call(fact, alert);
    } else if (open !== undefined && fact.kind === 'alert-acknowledged' && fact.waits !== true) open.acknowledged ??= fact.at;
    else if (open !== undefined && (fact.kind === 'alert-returned' || fact.kind === 'alert-withdrawn' || fact.kind === 'alert-closed')) open.ended ??= fact.at;
    if (fact.kind === 'alert-closed') this.last.delete(fact.alert);
  }

  private call(fact: Fact & { alert: string }, { kind, place, pollutant, severity }: Alert): void {
    const call: Call = { alert: fact.alert, point: { kind, place, pollutant }, severity, at: fact.at, acknowledged: null, ended: null };
    this.calls.push(call);
    this.last.set(fact.alert, call);
  }

  /** With the first fact of an hour, so that each costs the same however many are held. */
  private forget(at: number): void {
    const turns = Math.floor(at / HOUR) > Math.floor(this.latest / HOUR);
    this.latest = Math.max(this.latest, at);
    if (turns) this.calls = this.calls.filter((call) => call.at >= at - KEPT);
    if (this.calls.length > MOST * 1.1) this.calls = this.calls.slice(-MOST);
  }

  /** In the order in which they came. */
  all(): readonly Call[] {
    return this.calls;
  }

  kept(): KeptCalls {
    const places = new Map(this.calls.map((call, n) => [call, n]));
    return { calls: this.calls, open: [...this.last.values()].map((call) => places.get(call) ?? call), latest: this.latest };
  }
}

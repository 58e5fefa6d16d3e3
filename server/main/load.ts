/** The calls of the room's alerts, kept as facts come, for the figures of its load. */
import type { Fact } from '../../shared/fact.ts';
import { type Call, type LoadBody, loadOf } from '../../shared/load.ts';
import type { Alert } from '../../shared/situation.ts';
import { DAY, type Civil } from '../../shared/time.ts';

/** Calls that are older than any span that is asked for, and how many are held at most. */
const [KEPT, MOST] = [8 * DAY, 100_000];
/** Alerts that are over for longer are stale (ISA-18.2). */
const STALE = DAY;

export class LoadLog {
  private calls: Call[] = [];
  /** The last call of each alert. */
  private readonly last = new Map<string, Call>();

  take(facts: readonly Fact[], alertOf: (id: string) => Alert | undefined): void {
    for (const fact of facts) if ('alert' in fact) this.one(fact, alertOf);
    const now = facts.at(-1)?.at ?? 0;
    if (this.calls.length > MOST || (this.calls[0]?.at ?? now) < now - KEPT) this.calls = this.calls.filter(({ at }) => at >= now - KEPT).slice(-MOST);
  }

  private one(fact: Fact & { alert: string }, alertOf: (id: string) => Alert | undefined): void {
    const open = this.last.get(fact.alert);
    if (fact.kind === 'alert-raised' || fact.kind === 'alert-asked-again') {
      const alert = alertOf(fact.alert);
      if (alert === undefined || (fact.kind === 'alert-raised' && (fact.suppression !== undefined || alert.shelved))) return;
      const { kind, place, pollutant, severity } = alert;
      const call: Call = { alert: fact.alert, point: { kind, place, pollutant }, severity: fact.kind === 'alert-raised' ? fact.severity : severity, at: fact.at, acknowledged: null, ended: null };
      this.calls.push(call);
      this.last.set(fact.alert, call);
    } else if (open !== undefined && fact.kind === 'alert-acknowledged' && fact.waits !== true) open.acknowledged ??= fact.at;
    else if (open !== undefined && (fact.kind === 'alert-returned' || fact.kind === 'alert-withdrawn' || fact.kind === 'alert-closed')) open.ended ??= fact.at;
    if (fact.kind === 'alert-closed') this.last.delete(fact.alert);
  }

  body(alerts: readonly Alert[], { from, now, civil }: { from: number; now: number; civil: Civil }): LoadBody {
    const stale = alerts.filter(({ state, condition, raisedAt }) => state !== 'closed' && condition !== 'under' && raisedAt < now - STALE).map(({ id }) => id).sort();
    return { from: civil.iso(from), to: civil.iso(now), ...loadOf(this.calls, { from, now }), stale };
  }
}

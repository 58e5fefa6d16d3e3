/**
 * The alerts of a room, kept as facts come, with those at hand that time alone may move: so that a turn costs the same
 * however many alerts nobody has closed. One owner changes it; a room that is a value is folded through one of its own.
 */
import { alertAfter, isCovered, isOpen } from './alert-fold.ts';
import type { Fact, FactOf } from './fact.ts';
import { pointOf } from './point.ts';
import { covers, shelfOf } from './shelf.ts';
import type { Alert, OutOfService, Room, Shelf } from './situation.ts';

type Shelving = { at: number } & Pick<FactOf<'alert-unshelved'>, 'alertKind' | 'place' | 'pollutant'>;

/** What nobody has acknowledged begins to ask when nothing covers it any more: its time counts from then. */
const uncovered = (was: Alert, is: Alert, at: number): Alert =>
  (is.state === 'unacknowledged' && isCovered(was) && !isCovered(is) ? { ...is, askedAt: at } : is);

/** What judgement asks of the alerts there are. */
export type Alerts = {
  of: (id: string) => Alert | undefined;
  all: () => readonly Alert[];
  /** Those that are unacknowledged: they may go up. */
  asking: () => readonly Alert[];
  /** Those that are acknowledged: their acknowledgement may expire. */
  acknowledged: () => readonly Alert[];
  /** Acknowledged ones with a period that ends: they close when it is no longer news. */
  lasting: () => readonly Alert[];
  /** Starts of the open silences of a series, `station|pollutant`. */
  silences: (series: string) => readonly number[];
  /** Those of a point, `kind|place|pollutant`, that are not closed. */
  at: (point: string) => readonly Alert[];
  shelf: (point: string) => Shelf | undefined;
  shelves: () => readonly Shelf[];
  /** Why a station is out of service, or undefined. */
  outOfService: (station: string) => OutOfService | undefined;
  out: Room['outOfService'];
};

/** Closed alerts stay this long after their period, while their condition could still come back. */
const KEEP_CLOSED = 36 * 3_600_000;
const prunable = (alert: Alert, at: number): boolean => Math.max(alert.changedAt, alert.period.end ?? alert.period.start) + KEEP_CLOSED < at;

const isSilence = (alert: Alert): boolean => alert.kind === 'silent' && isOpen(alert);
const NONE: readonly number[] = [];

type Ranks = { asking: Map<string, Alert>; acknowledged: Map<string, Alert>; closed: Map<string, Alert>; silent: Map<string, Map<string, number>>; live: Map<string, Map<string, Alert>> };
type Begin = Partial<Pick<Room, 'alerts' | 'shelves' | 'outOfService' | 'at'>>;
const HOUR = 3_600_000;

function within<K, T>(map: Map<string, Map<K, T>>, key: string): Map<K, T> {
  const found = map.get(key) ?? new Map<K, T>();
  map.set(key, found);
  return found;
}

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));

export class AlertBook implements Alerts {
  /** By id, in the order in which they were first raised. */
  readonly record: Record<string, Alert>;
  /** What is shelved, by point; a value. */
  shelved: Room['shelves'];
  /** Stations out of service; a value. */
  out: Room['outOfService'];
  private readonly forgets: boolean;
  /** The latest instant that any fact told of: what is old is looked for once an hour of it. */
  private latest: number;
  /** Made when first asked for: whoever only folds a few facts has no need of them. */
  private made: Ranks | null = null;

  /** `forgets`: closed alerts leave it once they are old, as they leave a screen. */
  constructor({ alerts = {}, shelves = {}, outOfService = {}, at = 0 }: Begin = {}, { forgets = true } = {}) {
    this.record = { ...alerts };
    this.shelved = shelves;
    this.out = outOfService;
    this.forgets = forgets;
    this.latest = at;
  }

  /** By any word that somebody may send, such as `constructor`. */
  of(id: string): Alert | undefined {
    return Object.hasOwn(this.record, id) ? this.record[id] : undefined;
  }

  all(): readonly Alert[] {
    return Object.values(this.record);
  }

  asking(): readonly Alert[] {
    return [...this.ranks().asking.values()];
  }

  acknowledged(): readonly Alert[] {
    return [...this.ranks().acknowledged.values()];
  }

  lasting(): readonly Alert[] {
    return this.acknowledged().filter(({ period }) => period.end !== null);
  }

  silences(series: string): readonly number[] {
    const starts = this.ranks().silent.get(series);
    return starts === undefined ? NONE : [...starts.values()];
  }

  at(point: string): readonly Alert[] {
    return [...this.ranks().live.get(point)?.values() ?? []];
  }

  shelf(point: string): Shelf | undefined {
    return this.shelved[point];
  }

  shelves(): readonly Shelf[] {
    return Object.values(this.shelved);
  }

  outOfService(station: string): OutOfService | undefined {
    return this.out[station];
  }

  /** Folds facts, in order; those of no alert and no station's service change nothing. */
  take(facts: readonly Fact[]): void {
    for (const fact of facts) {
      this.timeAt(fact.at);
      if (fact.kind === 'station-out-of-service') {
        const { station, by, why, workOrder, until, at } = fact;
        this.out = { ...this.out, [station]: { station, by, why, workOrder, at, until } };
      } else if (fact.kind === 'station-in-service') this.out = without(this.out, fact.station);
      else if ('alert' in fact) this.takeAlert(fact);
    }
  }

  private takeAlert(fact: Fact & { alert: string }): void {
    const was = this.of(fact.alert);
    const next = alertAfter(was, fact);
    if (next !== undefined) this.put(was, this.covered(next), fact.at);
    // What is shelved is a point: the alerts of it are covered with the one that was meant.
    if (fact.kind === 'alert-shelved') this.cover(fact, shelfOf(fact));
    if (fact.kind === 'alert-unshelved') this.cover(fact, null);
  }

  private covered(alert: Alert): Alert {
    const shelf = this.shelved[pointOf(alert)];
    const shelved = shelf !== undefined && covers(shelf, alert);
    return shelved === alert.shelved ? alert : { ...alert, shelved };
  }

  private cover({ at, alertKind: kind, place, pollutant }: Shelving, shelf: Shelf | null): void {
    const point = pointOf({ kind, place, pollutant });
    this.shelved = shelf === null ? without(this.shelved, point) : { ...this.shelved, [point]: shelf };
    for (const alert of this.at(point)) this.put(alert, this.covered(alert), at);
  }

  private put(was: Alert | undefined, next: Alert, at: number): void {
    if (was === next) return;
    const is = was === undefined ? next : uncovered(was, next, at);
    this.record[is.id] = is;
    if (this.made !== null) this.move(this.made, was, is);
  }

  private ranks(): Ranks {
    if (this.made !== null) return this.made;
    this.made = { asking: new Map(), acknowledged: new Map(), closed: new Map(), silent: new Map(), live: new Map() };
    for (const alert of Object.values(this.record)) this.move(this.made, undefined, alert);
    return this.made;
  }

  private move({ asking, acknowledged, closed, silent, live }: Ranks, was: Alert | undefined, is: Alert): void {
    const series = `${is.place}|${is.pollutant}`;
    if (was !== undefined) {
      asking.delete(was.id);
      acknowledged.delete(was.id);
      closed.delete(was.id);
      if (isSilence(was)) silent.get(series)?.delete(was.id);
    }
    if (is.state === 'unacknowledged') asking.set(is.id, is);
    if (is.state === 'acknowledged') acknowledged.set(is.id, is);
    if (is.state === 'closed') {
      closed.set(is.id, is);
      live.get(pointOf(is))?.delete(is.id);
    } else within(live, pointOf(is)).set(is.id, is);
    if (isSilence(is)) within(silent, series).set(is.id, is.period.start);
  }

  /** With the first fact of an hour those go that are old by then: so that a close costs the same however many are closed. */
  private timeAt(at: number): void {
    const turns = Math.floor(at / HOUR) > Math.floor(this.latest / HOUR);
    this.latest = Math.max(this.latest, at);
    if (turns && this.forgets) this.prune(at);
  }

  private prune(at: number): void {
    const { closed } = this.ranks();
    for (const alert of closed.values()) {
      if (!prunable(alert, at)) continue;
      closed.delete(alert.id);
      Reflect.deleteProperty(this.record, alert.id);
    }
  }
}

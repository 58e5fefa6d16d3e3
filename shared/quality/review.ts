/**
 * Hours judged beside others, each once for a batch of readings: what a batch touched waits until the batch is done, and
 * until the hour has ended; then it is judged, with every hour that its mean can matter to. What is said is a pure function
 * of the readings there are and of the time, whatever the order in which they came.
 */
import { ownCounts, type StationHour } from '../hour.ts';
import type { Series } from '../series.ts';
import { HOUR } from '../time.ts';
import { type Bounds, Look } from './look.ts';
import { neighbourhoods } from './near.ts';
import type { Quality } from './setting.ts';
import type { Remark } from './rule.ts';
import { reachOf, remarksOn, stirs } from './table.ts';
import { hourIndex } from './track.ts';
import { Watch, type Watched } from './watched.ts';
import type { Station } from '../event.ts';

export type ReviewSetup = {
  quality: Quality; stations: readonly Station[];
  /** Minutes that make an hour valid. */
  need: number;
  /** Takes what is now said of an hour. */
  say: (series: Series, hour: StationHour, remarks: readonly Remark[] | null) => void;
};

/** Hours that wait, and whose they are: two lists side by side, for there are many. */
type Waiting = { watched: Watched[]; hours: StationHour[] };

/** The mean of a valid hour, to a whole millionth (half to even); not a number where it is not valid. */
function levelOf(hour: StationHour, need: number): number {
  const { n, sum } = hour;
  if (n < need) return NaN;
  if (ownCounts(hour)) return sum / n;
  const rest = ((sum % n) + n) % n;
  const floor = (sum - rest) / n;
  return 2 * rest > n || (2 * rest === n && floor % 2 !== 0) ? floor + 1 : floor;
}

export class Review {
  private readonly setup: ReviewSetup;
  private readonly watch: Watch;
  private readonly look: Look;
  private readonly reach: { before: number; after: number };
  /** Hours that a reading touched, by their start: those that have not ended wait on. */
  private readonly waiting = new Map<number, Waiting>();
  private lately: Waiting | null = null;
  private latelyAt = NaN;
  /** What is to be judged, one beside the other. */
  private readonly todo: { watched: Watched[]; indexes: number[] } = { watched: [], indexes: [] };

  constructor(setup: ReviewSetup) {
    const { quality: { parameters, fireworks }, stations } = setup;
    this.setup = setup;
    this.watch = new Watch(neighbourhoods(stations, parameters.neighbours));
    this.reach = reachOf(parameters);
    this.look = new Look(parameters, fireworks, this.reach);
  }

  open(series: Series): Watched | null {
    return this.watch.open(series);
  }

  /** A reading touched an hour. Asked for every reading: the second of an hour costs nothing. */
  touch(watched: Watched, hour: StationHour): void {
    if (hour.waits) return;
    hour.waits = true;
    const list = this.listOf(hour.start);
    list.watched.push(watched);
    list.hours.push(hour);
  }

  private listOf(start: number): Waiting {
    if (this.lately !== null && this.latelyAt === start) return this.lately;
    const list = this.waiting.get(start) ?? { watched: [], hours: [] };
    this.waiting.set(start, list);
    this.latelyAt = start;
    this.lately = list;
    return list;
  }

  /** Judges what waits and has ended by `now`, and all that depends on it: the end of every batch, and of every hour. */
  settle(now: number): void {
    for (const [start, { watched, hours }] of this.waiting) {
      if (start + HOUR > now) continue;
      this.waiting.delete(start);
      this.lately = null;
      for (let i = 0; i < hours.length; i += 1) this.release(watched[i], hours[i]);
    }
    const { watched, indexes } = this.todo;
    for (let i = 0; i < indexes.length; i += 1) this.judge(watched[i], indexes[i] ?? NaN);
    watched.length = 0;
    indexes.length = 0;
  }

  private release(watched: Watched | undefined, hour: StationHour | undefined): void {
    if (watched === undefined || hour === undefined) return;
    const index = hourIndex(hour.start);
    hour.waits = false;
    const fresh = Number.isNaN(watched.track.level(index));
    const moved = watched.track.put(index, hour, levelOf(hour, this.setup.need));
    if (moved) this.matters(watched, index, fresh);
    else this.queueRange(watched, index - 1, index + 1);
  }

  /** Every hour to which an hour's mean can matter: what lies before it looks ahead to it, what lies after looks back. */
  private matters(watched: Watched, index: number, fresh: boolean): void {
    const ahead = fresh && !stirs(this.look.moveTo(watched, index)) ? 0 : this.reach.after;
    this.queueRange(watched, index - ahead, index + this.reach.before);
    if (watched.partner !== null) this.queue(watched.partner, index);
    for (const other of watched.nearOf) {
      this.queue(other, index);
      // Elsewhere a neighbour matters only to hours of which something is said already.
      if (other.remarked < index - this.reach.after) continue;
      for (let at = index - this.reach.after; at <= index + this.reach.before; at += 1) {
        if (other.track.hour(at)?.remarks != null) this.queue(other, at);
      }
    }
  }

  private queueRange(watched: Watched, from: number, to: number): void {
    for (let at = from; at <= to; at += 1) this.queue(watched, at);
  }

  private queue(watched: Watched, index: number): void {
    if (!watched.track.wait(index)) return;
    this.todo.watched.push(watched);
    this.todo.indexes.push(index);
  }

  private judge(watched: Watched | undefined, index: number): void {
    if (watched === undefined) return;
    watched.track.done(index);
    const hour = watched.track.hour(index);
    if (hour === undefined) return;
    const remarks = this.remarks(watched, index);
    if (remarks !== null && index > watched.remarked) watched.remarked = index;
    if (remarks !== null || hour.remarks !== null) this.setup.say(watched.series, hour, remarks);
  }

  /** What the rules say of an hour, looking no further than the bounds. */
  remarks(watched: Watched, index: number, bounds?: Bounds): readonly Remark[] | null {
    if (Number.isNaN(watched.track.level(index))) return null;
    return remarksOn(this.look.moveTo(watched, index, bounds));
  }

  /** Whether hours outside the bounds can matter to an hour. */
  reachesOut(index: number, { from, to }: Bounds): boolean {
    return index - this.reach.before < from || index + this.reach.after >= to;
  }
}

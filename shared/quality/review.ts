/**
 * Hours judged beside others, each once for a batch of readings: what a batch touched waits until the batch is done, and
 * until the hour has ended; then it is judged, with every hour that its mean can matter to. What is said is a pure function
 * of the readings there are and of the time, whatever the order in which they came.
 */
import { ownCounts, type StationHour } from '../hour.ts';
import type { Series } from '../series.ts';
import { type Bounds, Look } from './look.ts';
import { goesOver } from './minutes.ts';
import { neighbourhoods } from './near.ts';
import type { Quality } from './setting.ts';
import { Queue } from './queue.ts';
import type { Remark } from './rule.ts';
import { daysOf, reachOf, remarksOn, stirs } from './table.ts';
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

const DAY = 24;

/** The mean of a valid hour, to a whole millionth (half to even); not a number where it is not valid. */
function levelOf(hour: StationHour, need: number): number {
  const { n, sum } = hour;
  if (n < need) return NaN;
  if (ownCounts(hour)) return sum / n;
  const rest = ((sum % n) + n) % n;
  const floor = (sum - rest) / n;
  return 2 * rest > n || (2 * rest === n && floor % 2 !== 0) ? floor + 1 : floor;
}

const isRemarked = ({ track }: Watched, index: number): boolean => track.hour(index)?.remarks != null;

export class Review {
  private readonly setup: ReviewSetup;
  private readonly watch: Watch;
  private readonly look: Look;
  private readonly reach: { before: number; after: number };
  /** For how many days the same hour matters, and so the hours beside it. */
  private readonly days: number;
  /** Hours that a reading touched: those of which nothing more is expected, and those that still lack minutes. */
  private readonly whole = new Queue();
  private readonly partial = new Queue();
  /** What is to be judged, one beside the other. */
  private readonly todo: { watched: Watched[]; indexes: number[] } = { watched: [], indexes: [] };

  constructor(setup: ReviewSetup) {
    const { quality: { parameters, fireworks }, stations } = setup;
    this.setup = setup;
    this.watch = new Watch(neighbourhoods(stations, parameters.neighbours));
    this.reach = reachOf(parameters);
    this.days = daysOf(parameters);
    this.look = new Look(parameters, fireworks, this.reach);
  }

  open(series: Series): Watched | null {
    return this.watch.open(series);
  }

  /** A reading touched an hour. Asked for every reading: the second of an hour costs nothing. */
  touch(watched: Watched, hour: StationHour): void {
    if (hour.waits && !hour.whole) return;
    hour.waits = true;
    (hour.whole ? this.whole : this.partial).add(watched, hour);
  }

  /**
   * Judges what waits and has ended by `now`, and all that depends on it, each once. Of an hour that still lacks minutes more
   * is expected with every batch: it is looked at when time goes on, or when somebody looks (`all`).
   */
  settle(now: number, all: boolean): void {
    this.whole.take(now, (watched, hour) => { this.release(watched, hour); });
    if (all) this.partial.take(now, (watched, hour) => { this.release(watched, hour); });
    const { watched, indexes } = this.todo;
    for (let i = 0; i < indexes.length; i += 1) this.judge(watched[i], indexes[i] ?? NaN);
    watched.length = 0;
    indexes.length = 0;
  }

  private release(watched: Watched, hour: StationHour): void {
    if (!hour.waits) return;
    const index = hourIndex(hour.start);
    hour.waits = false;
    const moved = watched.track.put(index, hour, levelOf(hour, this.setup.need));
    if (moved) this.matters(watched, index);
    if (hour.slots.length > 0) this.minutesMatter(watched, index);
  }

  /** Every hour to which an hour's mean can matter: what lies before it looks ahead to it, what lies after looks back. */
  private matters(watched: Watched, index: number): void {
    const { before, after } = this.reach;
    // Hours before it of which nothing is said are looked at again only where its mean can stir them.
    const ahead = watched.remarked >= index - after || stirs(this.look.moveTo(watched, index)) ? after : 0;
    // Beyond the latest hour none waits to be looked at: mostly that is this one.
    const { latest } = watched.track;
    for (let at = index - ahead; at <= Math.min(index + before, latest); at += 1) this.queue(watched, at);
    for (let day = 1; day <= this.days && index + day * DAY - 1 <= latest; day += 1) for (let beside = -1; beside <= 1; beside += 1) this.queue(watched, index + day * DAY + beside);
    if (watched.partner !== null) this.queue(watched.partner, index);
    for (const other of watched.nearOf) {
      this.queue(other, index);
      // Elsewhere a neighbour matters only to hours of which something is said already.
      if (other.remarked < index - after) continue;
      for (let at = index - after; at <= index + before; at += 1) if (isRemarked(other, at)) this.queue(other, at);
    }
  }

  /** An hour's minutes matter to itself, and to an hour beside it whose minutes go on as these begin or end. */
  private minutesMatter(watched: Watched, index: number): void {
    const { track } = watched;
    this.queue(watched, index);
    if (goesOver(track.hour(index - 1), track.hour(index)) || isRemarked(watched, index - 1)) this.queue(watched, index - 1);
    if (goesOver(track.hour(index), track.hour(index + 1)) || isRemarked(watched, index + 1)) this.queue(watched, index + 1);
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
    return index - Math.max(this.reach.before, this.days * DAY + 1) < from || index + this.reach.after >= to;
  }
}

/** Hours that wait to be judged, by when they start: those that have not ended wait on. */
import type { StationHour } from '../hour.ts';
import { HOUR } from '../time.ts';
import type { Watched } from './watched.ts';

/** Hours, and whose they are: two lists side by side, for there are many. */
type Waiting = { watched: Watched[]; hours: StationHour[] };

export class Queue {
  private readonly waiting = new Map<number, Waiting>();
  private lately: Waiting | null = null;
  private latelyAt = NaN;

  add(watched: Watched, hour: StationHour): void {
    const list = this.listOf(hour.start);
    list.watched.push(watched);
    list.hours.push(hour);
  }

  /** Readings come in rows of one hour, mostly. */
  private listOf(start: number): Waiting {
    if (this.lately !== null && this.latelyAt === start) return this.lately;
    const list = this.waiting.get(start) ?? { watched: [], hours: [] };
    this.waiting.set(start, list);
    this.latelyAt = start;
    this.lately = list;
    return list;
  }

  /** Takes out every hour that has ended by `now`. */
  take(now: number, each: (watched: Watched, hour: StationHour) => void): void {
    for (const [start, { watched, hours }] of this.waiting) {
      if (start + HOUR > now) continue;
      this.waiting.delete(start);
      this.lately = null;
      for (let i = 0; i < hours.length; i += 1) {
        const [one, hour] = [watched[i], hours[i]];
        if (one !== undefined && hour !== undefined) each(one, hour);
      }
    }
  }
}

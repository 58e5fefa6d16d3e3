/**
 * The hourly means of one station and pollutant, hour by hour, as the rules of context read them: whole millionths of the
 * unit, not a number where an hour has no valid mean or has not ended. Reading one costs the same however long the record is.
 */
import { HOUR } from '../time.ts';

/** Hours since 1970, by which neighbouring hours find each other. */
export const hourIndex = (start: number): number => Math.floor(start / HOUR);

const BITS = 6;
const SIZE = 1 << BITS;
/** A stretch of hours: their means, the hours themselves, and which of them wait to be judged again. */
type Stretch<H> = { readonly levels: Float64Array; readonly hours: (H | undefined)[]; readonly waits: Uint8Array };

export class Track<H> {
  private readonly stretches = new Map<number, Stretch<H>>();
  private last: Stretch<H> | undefined = undefined;
  private lastAt = NaN;
  /** The latest hour that was ever put, by its index. */
  latest = -Infinity;

  private stretch(index: number): Stretch<H> | undefined {
    const at = index >> BITS;
    if (at === this.lastAt) return this.last;
    this.lastAt = at;
    this.last = this.stretches.get(at);
    return this.last;
  }

  /** The mean of an hour in millionths; NaN where there is none. */
  level(index: number): number {
    return this.stretch(index)?.levels[index & (SIZE - 1)] ?? NaN;
  }

  /** Copies the means of hours from one on into a list, as many as it takes. */
  copy(from: number, into: Float64Array): void {
    for (let i = 0; i < into.length; i += 1) {
      const stretch = this.stretch(from + i);
      into[i] = stretch === undefined ? NaN : (stretch.levels[(from + i) & (SIZE - 1)] ?? NaN);
    }
  }

  hour(index: number): H | undefined {
    return this.stretch(index)?.hours[index & (SIZE - 1)];
  }

  /** Takes an hour's mean; answers whether it is another one than before. */
  put(index: number, hour: H, level: number): boolean {
    const stretch = this.stretch(index) ?? this.open(index);
    const slot = index & (SIZE - 1);
    stretch.hours[slot] = hour;
    if (index > this.latest) this.latest = index;
    if (Object.is(stretch.levels[slot], level)) return false;
    stretch.levels[slot] = level;
    return true;
  }

  private open(index: number): Stretch<H> {
    const fresh: Stretch<H> = { levels: new Float64Array(SIZE).fill(NaN), hours: new Array<H | undefined>(SIZE).fill(undefined), waits: new Uint8Array(SIZE) };
    this.stretches.set(index >> BITS, fresh);
    this.lastAt = NaN;
    return fresh;
  }

  /** Has an hour wait; false where it waits already or there is no such hour. */
  wait(index: number): boolean {
    const stretch = this.stretch(index);
    const slot = index & (SIZE - 1);
    if (stretch?.hours[slot] === undefined || stretch.waits[slot] === 1) return false;
    stretch.waits[slot] = 1;
    return true;
  }

  done(index: number): void {
    const stretch = this.stretch(index);
    if (stretch !== undefined) stretch.waits[index & (SIZE - 1)] = 0;
  }
}

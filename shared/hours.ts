/**
 * The hours of one station and pollutant, found by when they start: looking one up costs the same however long the record is,
 * and far less than asking a map, which the path would do for every reading.
 */
import { HOUR } from './time.ts';

const BITS = 6;
const SIZE = 1 << BITS;
type Kept<H> = (H | undefined)[];

export class Hours<H extends { readonly start: number }> {
  private readonly stretches = new Map<number, Kept<H>>();
  private last: Kept<H> | undefined = undefined;
  private lastAt = NaN;
  /** Where clocks move by less than an hour, two civil hours begin within one: the second of them. */
  private second: Map<number, H> | null = null;

  private stretch(index: number): Kept<H> | undefined {
    const at = index >> BITS;
    if (at === this.lastAt) return this.last;
    this.lastAt = at;
    this.last = this.stretches.get(at);
    return this.last;
  }

  get(start: number): H | undefined {
    const index = Math.floor(start / HOUR);
    const found = this.stretch(index)?.[index & (SIZE - 1)];
    return found === undefined || found.start === start ? found : this.second?.get(start);
  }

  add(hour: H): void {
    const index = Math.floor(hour.start / HOUR);
    const kept = this.stretch(index) ?? this.open(index);
    const slot = index & (SIZE - 1);
    const there = kept[slot];
    if (there === undefined || there.start === hour.start) kept[slot] = hour;
    else (this.second ??= new Map<number, H>()).set(hour.start, hour);
  }

  private open(index: number): Kept<H> {
    const fresh = new Array<H | undefined>(SIZE).fill(undefined);
    this.stretches.set(index >> BITS, fresh);
    this.last = fresh;
    return fresh;
  }

  /** Every hour, in no particular order. */
  *values(): Generator<H, void, undefined> {
    for (const kept of this.stretches.values()) for (const hour of kept) if (hour !== undefined) yield hour;
    yield* this.second?.values() ?? [];
  }
}

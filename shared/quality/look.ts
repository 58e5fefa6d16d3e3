/** The one look at an hour and what is around it that all rules share: moved from hour to hour, so that it makes no garbage. */
import type { StationHour } from '../hour.ts';
import { HOUR } from '../time.ts';
import { Few } from './median.ts';
import type { Parameters } from './parameters.ts';
import type { View } from './rule.ts';
import type { Watched } from './watched.ts';

/** A window in which fireworks are to be expected: the key date's id, `[start, end)`. */
export type Fireworks = { id: string; start: number; end: number };

/** Hours, by their index, beyond which nothing is looked at: `[from, to)`. */
export type Bounds = { from: number; to: number };
export const UNBOUNDED: Bounds = { from: -Infinity, to: Infinity };

export class Look implements View {
  readonly parameters: Parameters;
  readonly few = new Few();
  readonly other = new Few();
  near = 0;
  pollutant = '';
  private readonly windows: readonly Fireworks[];
  private of: Watched | null = null;
  private index = 0;
  private bounds = UNBOUNDED;

  constructor(parameters: Parameters, windows: readonly Fireworks[]) {
    this.parameters = parameters;
    this.windows = windows;
  }

  moveTo(of: Watched, index: number, bounds: Bounds = UNBOUNDED): this {
    this.of = of;
    this.index = index;
    this.bounds = bounds;
    this.near = of.near.length;
    this.pollutant = of.series.pollutant;
    return this;
  }

  private within(index: number): boolean {
    return index >= this.bounds.from && index < this.bounds.to;
  }

  at(offset: number): number {
    const index = this.index + offset;
    return this.of !== null && this.within(index) ? this.of.track.level(index) : NaN;
  }

  hour(offset: number): StationHour | undefined {
    const index = this.index + offset;
    return this.of !== null && this.within(index) ? this.of.track.hour(index) : undefined;
  }

  partner(): number {
    return this.of?.partner?.track.level(this.index) ?? NaN;
  }

  nearAt(neighbour: number, offset: number): number {
    const index = this.index + offset;
    return this.within(index) ? (this.of?.near[neighbour]?.track.level(index) ?? NaN) : NaN;
  }

  fireworks(): string | null {
    const start = this.hour(0)?.start ?? NaN;
    return this.windows.find((window) => start < window.end && start + HOUR > window.start)?.id ?? null;
  }
}

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
  private readonly before: number;
  /** The hour's own means, from the first to the last that any rule looks at, and the neighbours' of the same hour. */
  private readonly levels: Float64Array;
  private readonly beside: Float64Array;
  private of: Watched | null = null;
  private index = 0;
  private bounds = UNBOUNDED;

  constructor(parameters: Parameters, windows: readonly Fireworks[], reach: { before: number; after: number }) {
    this.parameters = parameters;
    this.windows = windows;
    // An hour before this one that looks ahead to it looks back as far: whether a new hour stirs it is asked from here.
    this.before = Math.max(reach.before, 2 * reach.after);
    this.levels = new Float64Array(this.before + 1 + reach.after);
    this.beside = new Float64Array(parameters.neighbours.most);
  }

  moveTo(of: Watched, index: number, bounds: Bounds = UNBOUNDED): this {
    this.of = of;
    this.index = index;
    this.bounds = bounds;
    this.pollutant = of.series.pollutant;
    this.near = of.near.length;
    of.track.copy(index - this.before, this.levels);
    if (bounds !== UNBOUNDED) this.levels.forEach((_, i) => { if (!this.within(index - this.before + i)) this.levels[i] = NaN; });
    for (let i = 0; i < this.near; i += 1) this.beside[i] = of.near[i]?.track.level(index) ?? NaN;
    return this;
  }

  private within(index: number): boolean {
    return index >= this.bounds.from && index < this.bounds.to;
  }

  at(offset: number): number {
    return this.levels[this.before + offset] ?? NaN;
  }

  ago(hours: number): number {
    const index = this.index - hours;
    return this.within(index) ? (this.of?.track.level(index) ?? NaN) : NaN;
  }

  hour(offset: number): StationHour | undefined {
    const index = this.index + offset;
    return this.within(index) ? this.of?.track.hour(index) : undefined;
  }

  partner(): number {
    return this.of?.partner?.track.level(this.index) ?? NaN;
  }

  nearNow(neighbour: number): number {
    return this.beside[neighbour] ?? NaN;
  }

  nearAt(neighbour: number, offset: number): number {
    const index = this.index + offset;
    return this.within(index) ? (this.of?.near[neighbour]?.track.level(index) ?? NaN) : NaN;
  }

  fireworks(): string | null {
    const start = this.hour(0)?.start ?? NaN;
    return this.windows.find((night) => start < night.end && start + HOUR > night.start)?.id ?? null;
  }
}

/** Medians and median deviations of a few whole numbers, exact: doubled and fourfold rather than halved. */

/** A small list that is used over and over, so that judging an hour makes no garbage. */
export class Few {
  private readonly numbers: number[] = [];
  private readonly deviations: number[] = [];
  size = 0;

  clear(): void {
    this.size = 0;
  }

  /** Takes a number in, in order; what is not a number is left out. */
  add(value: number): void {
    if (Number.isNaN(value)) return;
    insert(this.numbers, this.size, value);
    this.size += 1;
  }

  get least(): number {
    return this.numbers[0] ?? NaN;
  }

  get most(): number {
    return this.numbers[this.size - 1] ?? NaN;
  }

  /** Twice the median; not a number of none. */
  twiceMedian(): number {
    return twiceMiddle(this.numbers, this.size);
  }

  /** Four times the median of the distances from the median (MAD). */
  fourfoldDeviation(): number {
    const middle = this.twiceMedian();
    for (let i = 0; i < this.size; i += 1) insert(this.deviations, i, Math.abs(2 * (this.numbers[i] ?? NaN) - middle));
    return twiceMiddle(this.deviations, this.size);
  }
}

function insert(list: number[], size: number, value: number): void {
  let at = size;
  for (; at > 0 && (list[at - 1] ?? 0) > value; at -= 1) list[at] = list[at - 1] ?? 0;
  list[at] = value;
}

function twiceMiddle(list: readonly number[], size: number): number {
  if (size === 0) return NaN;
  const half = size >> 1;
  return size % 2 === 1 ? 2 * (list[half] ?? 0) : (list[half - 1] ?? 0) + (list[half] ?? 0);
}

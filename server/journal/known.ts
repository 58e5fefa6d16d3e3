/** Which ids the journal has: a million of them in 32 MiB, where a set of their texts would take four times that. */
import { hash } from 'node:crypto';

const LANES = 4;

/**
 * Ids by the first 128 bits of their SHA-256: that two of a million ids agree is as good as impossible
 * (1 in 10^26), and a lesser hash could one day swallow an alert.
 */
export class KnownIds {
  #slots = new Uint32Array(1_024 * LANES);
  #count = 0;

  /** `slots`, `count`: what `kept` gave. */
  constructor(slots?: Uint32Array<ArrayBuffer>, count = 0) {
    if (slots === undefined) return;
    this.#slots = slots;
    this.#count = count;
  }

  /** The table itself: filled in the same order, it is the same to the last bit. */
  kept(): Uint32Array<ArrayBuffer> {
    return this.#slots;
  }

  get size(): number {
    return this.#count;
  }

  has(id: string): boolean {
    return this.#isTaken(this.#slotOf(print(id)));
  }

  add(id: string): void {
    const at = this.#slotOf(print(id));
    if (this.#isTaken(at)) return;
    this.#slots.set(wanted, at);
    this.#count++;
    if (this.#count * 2 * LANES > this.#slots.length) this.#grow();
  }

  #isTaken(at: number): boolean {
    const slots = this.#slots;
    return slots[at] !== 0 || slots[at + 1] !== 0 || slots[at + 2] !== 0 || slots[at + 3] !== 0;
  }

  /** Where a print is, or the free slot where it belongs. */
  #slotOf([a = 0, b = 0, c = 0, d = 0]: Uint32Array): number {
    const slots = this.#slots;
    for (let at = (a * LANES) % slots.length; ; at = (at + LANES) % slots.length) {
      if (!this.#isTaken(at)) return at;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += LANES) {
      const print128 = old.subarray(at, at + LANES);
      if (print128.some((lane) => lane !== 0)) this.#slots.set(print128, this.#slotOf(print128));
    }
  }
}

/** One array for all, since a million are made at the start. */
const wanted = new Uint32Array(LANES);

function print(id: string): Uint32Array {
  const digest = hash('sha256', id, 'buffer');
  for (let lane = 0; lane < LANES; lane++) wanted[lane] = digest.readUInt32LE(lane * 4);
  return wanted;
}

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

  get size(): number {
    return this.#count;
  }

  has(id: string): boolean {
    return this.#isTaken(this.#slotOf(print(id)));
  }

  add(id: string): void {
    const print128 = print(id);
    const slot = this.#slotOf(print128);
    if (this.#isTaken(slot)) return;
    this.#slots.set(print128, slot);
    this.#count++;
    if (this.#count * 2 * LANES > this.#slots.length) this.#grow();
  }

  #isTaken(slot: number): boolean {
    return this.#slots.subarray(slot, slot + LANES).some((lane) => lane !== 0);
  }

  /** Where a print is, or the free slot where it belongs. */
  #slotOf(wanted: Uint32Array): number {
    const slots = this.#slots;
    const size = slots.length / LANES;
    for (let i = (wanted[0] ?? 0) % size; ; i = (i + 1) % size) {
      const at = i * LANES;
      if (slots[at] === wanted[0] && slots[at + 1] === wanted[1] && slots[at + 2] === wanted[2] && slots[at + 3] === wanted[3]) return at;
      if (slots[at] === 0 && slots[at + 1] === 0 && slots[at + 2] === 0 && slots[at + 3] === 0) return at;
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

function print(id: string): Uint32Array {
  const digest = hash('sha256', id, 'buffer');
  return Uint32Array.from({ length: LANES }, (_, lane) => digest.readUInt32LE(lane * 4));
}

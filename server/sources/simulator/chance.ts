/** Chance that can be repeated: the same numbers in give the same number out, whenever and in whatever order it is asked. */

/** 32 mixed bits of some integers. */
function mixed(numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** A number in [0, 1) that belongs to these integers. */
export const chance = (...numbers: readonly number[]): number => mixed(numbers) / 2 ** 32;

/** An integer for a text, for `chance`. */
export function numberOf(text: string): number {
  let hash = 0;
  for (const letter of text) hash = Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0);
  return hash | 0;
}

/** A smooth wandering around 0, within [-1, 1]; it turns about once a unit of `x`. `kind` tells one from another. */
export function wandering(x: number, ...kind: readonly number[]): number {
  const step = Math.floor(x);
  const part = x - step;
  const ease = part * part * (3 - 2 * part);
  const [before, after] = [chance(step, ...kind), chance(step + 1, ...kind)];
  return 2 * (before + (after - before) * ease) - 1;
}

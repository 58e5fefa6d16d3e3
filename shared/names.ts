/** Names in an event folder: which are there twice, which stand for nothing, and what may have been meant. */
import type { Mistake } from './keydate.ts';

/** Second and later bearers of an id, as mistakes. */
export function duplicates(ids: readonly string[], at: (index: number) => (string | number)[]): Mistake[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) < index ? [{ path: at(index), message: `"${id}" is there twice` }] : []));
}

/** The nearest of some words to a mistyped one, if near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known.map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) })).sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(1, Math.floor(word.length / 3)) ? best.each : null;
}

/** Letters to change, add, leave out or swap with the next, to make one word of another. */
function distance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const [above, twoAbove] = [row, before];
    row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (twoAbove[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped));
    }
    before = above;
  }
  return row[b.length] ?? 0;
}

/** "no phase …", with what is near or what there is. */
export function unknownName(kind: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint = near !== null ? `; did you mean "${near}"?` : known.length > 0 && known.length <= 12 ? `; there are ${known.join(', ')}` : '';
  return `no ${kind} "${name}"${hint}`;
}

/** Where marks and words go so that none hides another. Depends on places only, never on values: nothing on the map jumps. */
import { within, type Size, type Spot } from './projection.ts'

export type Wanted = { id: string; at: Spot; radius: number }
/** `full` has room for its text; otherwise a dot where it really is. */
export type Placed = { id: string; at: Spot; from: Spot; radius: number; full: boolean }
export type Box = { left: number; top: number; right: number; bottom: number }

const DOT = 6
const GAP = 1.5
const TURN = 0.6

const apart = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Spots around one, from near to far, in a fixed order. */
function* around(at: Spot, furthest: number): Generator<Spot> {
  yield at
  for (let far = 4; far <= furthest; far += 4) {
    const steps = Math.max(8, Math.round((2 * Math.PI * far) / 6))
    for (let step = 0; step < steps; step += 1) {
      const angle = (2 * Math.PI * step) / steps + TURN
      yield { x: at.x + far * Math.cos(angle), y: at.y + far * Math.sin(angle) }
    }
  }
}

function firstOf(spots: Iterable<Spot>, fits: (spot: Spot) => boolean): Spot | undefined {
  for (const spot of spots) if (fits(spot)) return spot
  return undefined
}

/** Moves each mark, first come first served, to the nearest free spot; what finds none within reach becomes a dot. */
export function placeMarks(wanted: readonly Wanted[], size: Size, reach: number): Placed[] {
  const placed: Placed[] = []
  const free = (spot: Spot, radius: number): boolean =>
    within(spot, size, radius + 1) && placed.every((other) => apart(spot, other.at) >= radius + other.radius + GAP)
  for (const { id, at, radius } of wanted) {
    const found = firstOf(around(at, reach), (spot) => free(spot, radius))
    placed.push(found === undefined
      ? { id, at, from: at, radius: Math.min(radius, DOT), full: false }
      : { id, at: found, from: at, radius, full: true })
  }
  return placed
}

/** `extra`: room kept free beside and above the text, for what may come to stand there. */
export type Word = { id: string; text: string; at: Spot; height: number; must: boolean; extra?: { width: number; height: number } }
export type PlacedWord = Word & { box: Box }

/** Chinese characters are as wide as high, others a little over half. */
export const widthOf = (text: string, height: number): number =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 1 : 0.62), 0) * height

const boxAround = (centre: Spot, width: number, height: number): Box =>
  ({ left: centre.x - width / 2, right: centre.x + width / 2, top: centre.y - height / 2, bottom: centre.y + height / 2 })
const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const touches = (box: Box, mark: Placed): boolean => {
  const x = Math.max(box.left, Math.min(mark.at.x, box.right))
  const y = Math.max(box.top, Math.min(mark.at.y, box.bottom))
  return apart({ x, y }, mark.at) < mark.radius
}
const inside = (box: Box, size: Size): boolean => box.left >= 2 && box.top >= 2 && box.right <= size.width - 2 && box.bottom <= size.height - 2

/** Where along the edge a word of a place beyond it stands free of marks and of the words before it: up and down only. */
export function slideFree(box: Box, taken: { marks: readonly Placed[]; boxes: readonly Box[] }, size: Size): Box {
  const moved = (by: number): Box => ({ ...box, top: box.top + by, bottom: box.bottom + by })
  const free = (other: Box): boolean => inside(other, size) && !taken.boxes.some((each) => overlap(other, each)) && !taken.marks.some((mark) => touches(other, mark))
  for (let by = 0; by < size.height; by += 6) {
    const found = [moved(by), moved(-by)].find(free)
    if (found !== undefined) return found
  }
  return box
}

/** Puts each word near its place where it covers neither a mark nor another word; one that has no room is left out unless it must be there. */
export function placeWords(words: readonly Word[], taken: { marks: readonly Placed[]; boxes: readonly Box[] }, size: Size): PlacedWord[] {
  const placed: PlacedWord[] = []
  for (const word of words) {
    const { width: wider, height: higher } = word.extra ?? { width: 0, height: 0 }
    const width = widthOf(word.text, word.height) + wider
    const height = word.height + higher
    const free = (box: Box): boolean =>
      inside(box, size) && !taken.boxes.some((other) => overlap(box, other))
      && !placed.some((other) => overlap(box, other.box)) && !taken.marks.some((mark) => touches(box, mark))
    const box = (spot: Spot): Box => boxAround(spot, width, height)
    const found = firstOf(around(word.at, word.must ? 140 : 40), (spot) => free(box(spot))) ?? (word.must ? word.at : undefined)
    if (found !== undefined) placed.push({ ...word, box: box(found) })
  }
  return placed
}

/** Places of single words on the map: of zones, and of cities beyond its edge. */
import { boxAround, gapTo, inside, overlap, widthOf, type Box } from './boxes.ts'
import { around, firstOf } from './placing.ts'
import type { Size, Spot } from './projection.ts'

type Round = { at: Spot; radius: number }
/** What words may not cover. */
export type Taken<M extends Round = Round> = { marks: readonly M[]; boxes: readonly Box[] }
/** `at`: where it would stand, best first. */
export type Word = { id: string; text: string; at: readonly Spot[]; height: number; must: boolean }
export type PlacedWord = Word & { box: Box }

/** Whether a box is on the map and covers neither a mark nor another box. */
export const isFree = (box: Box, { marks, boxes }: Taken, size: Size): boolean =>
  inside(box, size) && !boxes.some((other) => overlap(box, other)) && !marks.some((mark) => gapTo(box, mark) < 0)

/** Where along the edge a word of a place beyond it stands free of marks and of the words before it: up and down only. */
export function slideFree(box: Box, taken: Taken, size: Size): Box {
  const moved = (by: number): Box => ({ ...box, top: box.top + by, bottom: box.bottom + by })
  for (let by = 0; by < size.height; by += 6) {
    const found = [moved(by), moved(-by)].find((other) => isFree(other, taken, size))
    if (found !== undefined) return found
  }
  return box
}

/** A later place must be so much nearer than an earlier one to be preferred. */
const LATER = 6

/** Puts each word near one of its places where it covers neither a mark nor another word; one that has no room is left out unless it must be there. */
export function placeWords(words: readonly Word[], taken: Taken, size: Size): PlacedWord[] {
  const placed: PlacedWord[] = []
  for (const word of words) {
    const box = (spot: Spot): Box => boxAround(spot, widthOf(word.text, word.height), word.height)
    const boxes = [...taken.boxes, ...placed.map((other) => other.box)]
    const found = word.at.flatMap((at, order) => {
      const spot = firstOf(around(at, word.must ? 140 : 40), (each) => isFree(box(each), { marks: taken.marks, boxes }, size))
      return spot === undefined ? [] : [{ spot, far: Math.hypot(spot.x - at.x, spot.y - at.y) + order * LATER }]
    }).sort((a, b) => a.far - b.far)[0]?.spot ?? (word.must ? word.at[0] : undefined)
    if (found !== undefined) placed.push({ ...word, box: box(found) })
  }
  return placed
}

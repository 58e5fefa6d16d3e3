/** Places of single words on the map: of zones, and of cities beyond its edge. */
import { boxAround, gapTo, inside, overlap, widthOf, type Box } from './boxes.ts'
import { around, firstOf } from './placing.ts'
import type { Size, Spot } from './projection.ts'

type Round = { at: Spot; radius: number }
/** What words may not cover. */
export type Taken<M extends Round = Round> = { marks: readonly M[]; boxes: readonly Box[] }
export type Word = { id: string; text: string; at: Spot; height: number; must: boolean }
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

/** Puts each word near its place where it covers neither a mark nor another word; one that has no room is left out unless it must be there. */
export function placeWords(words: readonly Word[], taken: Taken, size: Size): PlacedWord[] {
  const placed: PlacedWord[] = []
  for (const word of words) {
    const box = (spot: Spot): Box => boxAround(spot, widthOf(word.text, word.height), word.height)
    const boxes = [...taken.boxes, ...placed.map((other) => other.box)]
    const found = firstOf(around(word.at, word.must ? 140 : 40), (spot) => isFree(box(spot), { marks: taken.marks, boxes }, size)) ?? (word.must ? word.at : undefined)
    if (found !== undefined) placed.push({ ...word, box: box(found) })
  }
  return placed
}

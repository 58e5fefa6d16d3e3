/** Cities beyond the map's frame: each has its word at the edge, with a sign that points to it. */
import { widthOf, type Box } from './boxes.ts'
import type { Size, Spot } from './projection.ts'
import { slideFree, type Taken } from './wording.ts'

/** `turn`: degrees clockwise from north towards the city; `arrow`, `shape` and `word` are distances from `at` along the line. */
export type Beyond = { id: string; text: string; at: Spot; turn: number; arrow: number; shape: number; word: number }

const HEIGHT = 16
/** Widths of the arrow, of the shape of a severity and of the figure behind the name. */
const ARROW = 20
const SHAPE = 26
const FIGURE = 38

/** Puts them one after the other where there is room. */
export function beyondOf(far: readonly { id: string; text: string; at: Spot }[], taken: Taken, size: Size): Beyond[] {
  const centre = { x: size.width / 2, y: size.height / 2 }
  const beyond: Beyond[] = []
  const boxes: Box[] = [...taken.boxes]
  for (const { id, text, at } of far) {
    const half = (widthOf(text, HEIGHT) + ARROW + SHAPE + FIGURE) / 2
    const [dx, dy] = [at.x - centre.x, at.y - centre.y]
    const share = Math.min((centre.x - half - 4) / Math.max(Math.abs(dx), 1), (centre.y - 16) / Math.max(Math.abs(dy), 1))
    const [x, y] = [centre.x + dx * share, centre.y + dy * share]
    const box = slideFree({ left: x - half, right: x + half, top: y - 13, bottom: y + 13 }, { marks: taken.marks, boxes }, size)
    const west = dx < 0
    const shape = west ? -half + ARROW : -half
    boxes.push(box)
    beyond.push({
      id, text, at: { x, y: (box.top + box.bottom) / 2 }, turn: (Math.atan2(dx, -dy) * 180) / Math.PI,
      arrow: west ? -half + ARROW / 2 : half - ARROW / 2, shape, word: shape + SHAPE,
    })
  }
  return beyond
}

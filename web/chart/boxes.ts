/** Rectangles of words on the map: how large a word is, and what it may not touch. */
import type { Size, Spot } from './projection.ts'

export type Box = { left: number; top: number; right: number; bottom: number }

const NARROW = 'fijlrtI.,:() '
const WIDE = 'mwMW'
const shareOf = (letter: string): number =>
  (letter.charCodeAt(0) > 0x2e7f ? 1 : NARROW.includes(letter) ? 0.36 : WIDE.includes(letter) ? 0.92 : /[A-Z]/.test(letter) ? 0.7 : 0.62)

/** How wide a word is in the wall's type, bold: Chinese characters are as wide as high. */
export const widthOf = (text: string, height: number): number => [...text].reduce((sum, letter) => sum + shareOf(letter), 0) * height

export const boxAround = (centre: Spot, width: number, height: number): Box =>
  ({ left: centre.x - width / 2, right: centre.x + width / 2, top: centre.y - height / 2, bottom: centre.y + height / 2 })

export const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** The spot of a box that is nearest to another spot. */
export const nearest = (box: Box, { x, y }: Spot): Spot =>
  ({ x: Math.max(box.left, Math.min(x, box.right)), y: Math.max(box.top, Math.min(y, box.bottom)) })

/** How far a mark's rim is from a box; below zero where it covers the box. */
export function gapTo(box: Box, { at, radius }: { at: Spot; radius: number }): number {
  const x = Math.max(box.left - at.x, at.x - box.right, 0)
  const y = Math.max(box.top - at.y, at.y - box.bottom, 0)
  return Math.sqrt(x * x + y * y) - radius
}

export const inside = (box: Box, size: Size): boolean => box.left >= 2 && box.top >= 2 && box.right <= size.width - 2 && box.bottom <= size.height - 2

/** What is written around the timeline: cities and limits at its right end, key dates above it. Pure; lengths in the wall's units. */
import { placesOf } from '../../shared/outlook.ts'
import { roundShown } from '../../shared/rounding.ts'
import { widthOf } from './boxes.ts'
import { spread } from './spread.ts'
import { ceiling, HOUR, lastOf, points, type Line, type TimelineData, type Tone } from './timeline.ts'

/** The room around the curves. */
export type Margins = { left: number; right: number; top: number; bottom: number }
/** `x`, `y`: the left end and the middle of a text, from the drawing's upper left. */
export type Caption = { key: string; text: string; tone: Tone | 'limit' | 'stretch'; x: number; y: number }

const CITY = { height: 17, step: 21 }
const LIMIT = { height: 16, step: 20 }
const NAME = { height: 16, row: 22 }
const BESIDE = 8
const COLUMN = 14

type Text = { key: string; text: string; tone: Caption['tone']; value: number }

function cityTexts(lines: readonly Line[]): Text[] {
  return lines.flatMap(({ name, tone, cell }) => {
    const last = lastOf(points(cell))
    return last === null ? [] : [{ key: `city-${cell.city}`, text: `${name} ${roundShown(last, placesOf(cell.pollutant))}`, tone, value: last }]
  })
}

/** Each limit once, as it was last. */
function limitTexts({ lines, words }: TimelineData): Text[] {
  const known = (which: 'hourLimit' | 'dayLimit'): Text[] => [...new Set(lines.flatMap(({ cell }) => cell[which].findLast((limit) => limit !== null) ?? []))]
    .map((value) => ({ key: `${which}-${value}`, text: `${words[which]} ${value}`, tone: 'limit' as const, value }))
  return [...known('hourLimit'), ...known('dayLimit')]
}

const widest = (texts: readonly Text[], height: number): number => Math.max(0, ...texts.map(({ text }) => widthOf(text, height)))

export function marginsOf(data: TimelineData): Margins {
  const [cities, limits] = [widest(cityTexts(data.lines), CITY.height), widest(limitTexts(data), LIMIT.height)]
  return { left: 46, right: BESIDE + cities + (limits > 0 ? COLUMN + limits : 0) + 4, top: data.stretches.length > 0 ? NAME.row + 2 : 12, bottom: 32 }
}

type Size = { width: number; height: number }

/** Cities next to their lines, limits in a column of their own behind them: no two are ever over each other. */
function endCaptions(data: TimelineData, size: Size, margins: Margins): Caption[] {
  const top = ceiling(data.lines)
  const [from, to] = [data.stretches.length > 0 ? NAME.row : 0, size.height - margins.bottom + CITY.step / 2]
  const yOf = (value: number): number => margins.top + (1 - value / top) * (size.height - margins.top - margins.bottom)
  const cities = cityTexts(data.lines)
  const x = size.width - margins.right + BESIDE
  const column = (texts: readonly Text[], step: number, left: number): Caption[] => {
    const places = spread(texts.map(({ value }) => ({ at: yOf(value), size: step })), from, to)
    return texts.map(({ key, text, tone }, at) => ({ key, text, tone, x: left, y: places[at] ?? from }))
  }
  return [...column(cities, CITY.step, x), ...column(limitTexts(data), LIMIT.step, x + widest(cities, CITY.height) + COLUMN)]
}

/** Names of key dates in a row above their stretches, moved aside where they would touch or leave the drawing. */
function nameCaptions({ stretches, lines }: TimelineData, size: Size, margins: Margins): Caption[] {
  const [first] = lines
  if (first === undefined) return []
  const { start, means } = first.cell
  const xOf = (at: number): number => margins.left + ((at - start) / (means.length * HOUR)) * (size.width - margins.left - margins.right)
  const widths = stretches.map(({ name }) => widthOf(name, NAME.height) + 10)
  const places = spread(stretches.map((stretch, at) => ({ at: xOf((stretch.from + stretch.to) / 2), size: widths[at] ?? 0 })), margins.left, size.width)
  return stretches.map(({ name, from }, at) => ({ key: `stretch-${from}-${name}`, text: name, tone: 'stretch', x: (places[at] ?? 0) - (widths[at] ?? 0) / 2 + 5, y: NAME.row / 2 }))
}

export const captionsOf = (data: TimelineData, size: Size, margins: Margins): Caption[] =>
  [...nameCaptions(data, size, margins), ...endCaptions(data, size, margins)]

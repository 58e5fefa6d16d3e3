/** From the last 72 hours of a few cities to what ECharts draws. Pure; times come as labels already made. */
import type { LineSeriesOption } from 'echarts/charts'
import type { TimelineCell } from '../../shared/air.ts'
import type { Margins } from './captions.ts'

/** `host` and `second` are the pinned cities, `plain` another one; the severities are those of its standing. */
export type Tone = 'host' | 'second' | 'plain' | 'warning' | 'critical'
export type Line = { name: string; tone: Tone; cell: TimelineCell }
/** A stretch of time with a name: a key date's window. */
export type Stretch = { name: string; from: number; to: number }
export type Label = { at: number; text: string; day: boolean }
export type TimelineData = {
  lines: readonly Line[]; stretches: readonly Stretch[]; labels: readonly Label[]
  words: { hourLimit: string; dayLimit: string }
}
export type Palette = Record<Tone | 'soft' | 'faint' | 'line' | 'stretch', string> & { face: string; unit: number }

export const HOUR = 3_600_000
type Pair = [number, number | null]

/** An hour's mean stands in the middle of its hour. */
export const points = (cell: TimelineCell): Pair[] => cell.means.map((mean, hour) => [cell.start + (hour + 0.5) * HOUR, mean])

/** A limit from hour to hour, with its last hour drawn to the end. */
export function steps(start: number, limits: readonly (number | null)[]): Pair[] {
  const pairs = limits.map((limit, hour): Pair => [start + hour * HOUR, limit])
  return [...pairs, [start + limits.length * HOUR, limits.at(-1) ?? null]]
}

/** Different limits among the cities shown, each once. */
function limitsOf(lines: readonly Line[], which: 'hourLimit' | 'dayLimit'): Pair[][] {
  const known = new Map<string, Pair[]>()
  for (const { cell } of lines) {
    const limits = cell[which]
    if (limits.some((limit) => limit !== null)) known.set(JSON.stringify(limits), steps(cell.start, limits))
  }
  return [...known.values()]
}

export const lastOf = (pairs: readonly Pair[]): number | null => pairs.findLast(([, value]) => value !== null)?.[1] ?? null

function limitSeries(data: TimelineData, palette: Palette): LineSeriesOption[] {
  const draw = (which: 'hourLimit' | 'dayLimit', type: number[]): LineSeriesOption[] => limitsOf(data.lines, which).map((pairs, at) => ({
    id: `${which}-${at}`, type: 'line', step: 'end', data: pairs, symbol: 'none', silent: true, z: 1, animation: false,
    lineStyle: { color: palette.soft, width: 1.5 * palette.unit, type: type.map((part) => part * palette.unit) },
  }))
  return [...draw('hourLimit', [10, 5]), ...draw('dayLimit', [2, 5])]
}

function stretchArea({ stretches }: TimelineData, palette: Palette): NonNullable<LineSeriesOption['markArea']> {
  return { silent: true, animation: false, itemStyle: { color: palette.stretch }, label: { show: false }, data: stretches.map(({ from, to }) => [{ xAxis: from }, { xAxis: to }]) }
}

const dashes: Partial<Record<Tone, number[]>> = { plain: [7, 4] }

const alone = ({ means }: TimelineCell, hour: number): boolean => (means[hour - 1] ?? null) === null && (means[hour + 1] ?? null) === null
/** A revised hour is a hollow square on its line; an hour without neighbours, which no line would show, a dot. */
const symbolOf = (cell: TimelineCell, hour: number): string => (cell.revised[hour] === true ? 'emptyRect' : alone(cell, hour) ? 'circle' : 'none')

/** Hours without a valid mean are gaps. */
function citySeries({ name, tone, cell }: Line, at: number, palette: Palette): LineSeriesOption {
  return {
    id: `city-${cell.city}`, name, type: 'line', connectNulls: false, animation: false, silent: true, z: 10 - at,
    showAllSymbol: true, symbolSize: 8 * palette.unit,
    data: points(cell).map((value, hour) => ({ value, symbol: symbolOf(cell, hour) })),
    lineStyle: { color: palette[tone], width: (tone === 'plain' ? 2 : 3) * palette.unit, ...(dashes[tone] === undefined ? {} : { type: dashes[tone].map((part) => part * palette.unit) }) },
    itemStyle: { color: palette[tone] },
  }
}

/** The highest figure drawn, with room above it, in steps of 25. */
export function ceiling(lines: readonly Line[]): number {
  const drawn = lines.flatMap(({ cell }) => [...cell.means, ...cell.hourLimit, ...cell.dayLimit]).filter((value) => value !== null)
  return Math.ceil((Math.max(50, ...drawn) * 1.06) / 25) * 25
}

function axes(data: TimelineData, palette: Palette) {
  const text = { color: palette.faint, fontSize: 16 * palette.unit, fontFamily: palette.face }
  const start = Math.min(...data.lines.map(({ cell }) => cell.start))
  const end = Math.max(...data.lines.map(({ cell }) => cell.start + cell.means.length * HOUR))
  const top = ceiling(data.lines)
  const step = top > 200 ? 100 : 50
  const at = data.labels.map((label) => label.at)
  return {
    xAxis: {
      type: 'value' as const, min: start, max: end, axisLine: { lineStyle: { color: palette.line } }, splitLine: { show: false },
      axisTick: { show: true, customValues: at, length: 5 * palette.unit, lineStyle: { color: palette.line } },
      axisLabel: { ...text, customValues: at, formatter: (value: number) => data.labels.find((label) => label.at === value)?.text ?? '', margin: 8 * palette.unit },
    },
    yAxis: {
      type: 'value' as const, min: 0, max: top, interval: step, splitLine: { lineStyle: { color: palette.line, width: 1 } },
      axisLabel: { ...text, showMaxLabel: top % step === 0 },
    },
  }
}

/** The whole drawing but its captions: nothing moves, nothing answers to a mouse. */
export function timelineOption(data: TimelineData, palette: Palette, { left, right, top, bottom }: Margins) {
  const [first, ...others] = data.lines.map((line, at) => citySeries(line, at, palette))
  const { unit } = palette
  return {
    animation: false, grid: { left: left * unit, right: right * unit, top: top * unit, bottom: bottom * unit },
    ...(first === undefined ? { xAxis: { type: 'value' as const, show: false }, yAxis: { type: 'value' as const, show: false } } : axes(data, palette)),
    series: first === undefined ? [] : [{ ...first, markArea: stretchArea(data, palette) }, ...others, ...limitSeries(data, palette)],
  }
}

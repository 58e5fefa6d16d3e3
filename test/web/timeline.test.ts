import { describe, expect, test } from 'vitest'
import { ceiling, points, steps, timelineOption, type Line, type Palette } from '../../web/chart/timeline.ts'
import { stretchesIn } from '../../web/wall/matters.ts'
import { given, timelineCell } from './fixture/air.ts'
import { at, event } from './fixture/event.ts'

const HOUR = 3_600_000
const cell = (order: number) => timelineCell(given[order]!, order)
const lines: Line[] = [{ name: '北京', tone: 'host', cell: cell(0) }, { name: '廊坊', tone: 'warning', cell: cell(2) }, { name: '保定', tone: 'critical', cell: cell(3) }]
const palette = Object.fromEntries(['host', 'second', 'plain', 'warning', 'critical', 'ink', 'soft', 'faint', 'line', 'stretch', 'ground'].map((name) => [name, name])) as unknown as Palette
const option = timelineOption({ lines, stretches: [{ name: '彩排', from: 1, to: 2 }], labels: [{ at: 5, text: '03/06', day: true }], words: { hourLimit: '小时限值', dayLimit: '日均限值' } }, { ...palette, face: 'x', unit: 1 })
const series = (id: string) => option.series.find((each) => each.id === id)!

describe('the last 72 hours', () => {
  test('an hour stands in the middle of its hour, and one without a mean is a gap', () => {
    const drawn = points(cell(2))
    expect(drawn[0]![0]).toBe(cell(2).start + HOUR / 2)
    expect(drawn[32]![1]).toBeNull()
    expect(series('city-langfang')).toMatchObject({ connectNulls: false })
  })

  test('a limit is drawn as it stepped, up to the end of the last hour', () => {
    expect(steps(0, [null, 75, 100])).toEqual([[0, null], [HOUR, 75], [2 * HOUR, 100], [3 * HOUR, 100]])
    expect(series('hourLimit-0')).toMatchObject({ step: 'end' })
  })

  test('limits that are the same for all cities are drawn once, different ones each', () => {
    expect(option.series.filter(({ id }) => String(id).startsWith('dayLimit'))).toHaveLength(1)
    const other = { ...cell(3), dayLimit: cell(3).dayLimit.map(() => 50) }
    const two = timelineOption({ lines: [lines[0]!, { ...lines[2]!, cell: other }], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 })
    expect(two.series.filter(({ id }) => String(id).startsWith('dayLimit'))).toHaveLength(2)
  })

  test('revised hours are marked and no others', () => {
    const marked = (series('city-baoding').data as { symbol: string }[]).flatMap(({ symbol }, hour) => (symbol === 'none' ? [] : [hour]))
    expect(marked).toEqual([41, 42, 43, 44, 45, 46])
  })

  test('an hour that stands alone between gaps is a dot: no line would show it', () => {
    const lone = { ...cell(0), means: cell(0).means.map((mean, hour) => (hour === 70 ? mean : null)) }
    const [drawn] = timelineOption({ lines: [{ ...lines[0]!, cell: lone }], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 }).series
    expect((drawn!.data as { symbol: string }[]).flatMap(({ symbol }, hour) => (symbol === 'circle' && lone.means[hour] !== null ? [hour] : []))).toEqual([70])
  })

  test('nothing moves and nothing is asked of a mouse', () => {
    expect(option.animation).toBe(false)
    expect(option.series.every((each) => each.animation === false && each.silent === true)).toBe(true)
  })

  test('shades the windows of key dates that touch it, cut to it', () => {
    const span = { from: at('2022-03-06T20:00:00'), to: at('2022-03-08T20:00:00') }
    expect(stretchesIn(event, span, 'zh')).toEqual([
      { name: '元宵补放', from: span.from, to: at('2022-03-07T00:00:00') }, { name: '闭幕式彩排', from: at('2022-03-07T20:00:00'), to: at('2022-03-07T22:00:00') }])
  })

  test('leaves room above the highest figure or limit', () => {
    expect(ceiling(lines)).toBeGreaterThan(100)
    expect(ceiling([])).toBe(75)
  })

  test('draws an empty frame for no cities', () => {
    expect(timelineOption({ lines: [], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 }).series).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { widthOf } from '../../web/chart/boxes.ts'
import { captionsOf, marginsOf, type Caption } from '../../web/chart/captions.ts'
import { spread } from '../../web/chart/spread.ts'
import { ceiling, points, steps, timelineOption, type Line, type Palette } from '../../web/chart/timeline.ts'
import { stretchesIn } from '../../web/wall/matters.ts'
import { given, timelineCell } from './fixture/air.ts'
import { at, event } from './fixture/event.ts'

const HOUR = 3_600_000
const cell = (order: number) => timelineCell(given[order]!, order)
const lines: Line[] = [{ name: '北京', tone: 'host', cell: cell(0) }, { name: '廊坊', tone: 'warning', cell: cell(2) }, { name: '保定', tone: 'critical', cell: cell(3) }]
const palette = Object.fromEntries(['host', 'second', 'plain', 'warning', 'critical', 'soft', 'faint', 'line', 'stretch'].map((name) => [name, name])) as unknown as Palette
const margins = { left: 46, right: 200, top: 12, bottom: 32 }
const option = timelineOption({ lines, stretches: [{ name: '彩排', from: 1, to: 2 }], labels: [{ at: 5, text: '03/06', day: true }], words: { hourLimit: '小时限值', dayLimit: '日均限值' } }, { ...palette, face: 'x', unit: 1 }, margins)
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
    const two = timelineOption({ lines: [lines[0]!, { ...lines[2]!, cell: other }], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 }, margins)
    expect(two.series.filter(({ id }) => String(id).startsWith('dayLimit'))).toHaveLength(2)
  })

  test('revised hours are marked and no others', () => {
    const marked = (series('city-baoding').data as { symbol: string }[]).flatMap(({ symbol }, hour) => (symbol === 'none' ? [] : [hour]))
    expect(marked).toEqual([41, 42, 43, 44, 45, 46])
  })

  test('an hour that stands alone between gaps is a dot: no line would show it', () => {
    const lone = { ...cell(0), means: cell(0).means.map((mean, hour) => (hour === 70 ? mean : null)) }
    const [drawn] = timelineOption({ lines: [{ ...lines[0]!, cell: lone }], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 }, margins).series
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
    expect(timelineOption({ lines: [], stretches: [], labels: [], words: { hourLimit: '', dayLimit: '' } }, { ...palette, face: 'x', unit: 1 }, margins).series).toEqual([])
  })
})

describe('labels along a line', () => {
  test('stay where they are while there is room', () => { expect(spread([{ at: 50, size: 20 }, { at: 20, size: 20 }], 0, 100)).toEqual([50, 20]) })

  test('move apart in equal parts where they would touch, and keep their order', () => {
    expect(spread([{ at: 50, size: 20 }, { at: 50, size: 20 }], 0, 100)).toEqual([40, 60])
    const many = spread([60, 61, 59, 20].map((at) => ({ at, size: 20 })), 0, 100)
    expect(many).toEqual([60, 80, 40, 20])
  })

  test('stay within both ends', () => {
    expect(spread([{ at: 99, size: 20 }, { at: 98, size: 20 }], 0, 100)).toEqual([90, 70])
    expect(spread([{ at: -5, size: 20 }], 0, 100)).toEqual([10])
  })
})

describe('what is written around the timeline', () => {
  const size = { width: 1140, height: 164 }
  const close: Line[] = lines.map((line) => ({ ...line, name: `${line.name}石家庄`, cell: { ...line.cell, means: line.cell.means.map(() => 97) } }))
  const end = close[0]!.cell.start + 72 * HOUR
  const data = {
    lines: close, labels: [], words: { hourLimit: '小时限值', dayLimit: '日均限值' },
    stretches: [{ name: '元宵节烟花补放时段', from: end - 9 * HOUR, to: end - 3 * HOUR }, { name: '冬残奥会闭幕式、烟花燃放及其后各场馆周边散场保障时段（延庆、崇礼）', from: end - 2 * HOUR, to: end }],
  }
  const boxOf = ({ text, tone, x, y }: Caption) => { const height = tone === 'limit' || tone === 'stretch' ? 16 : 17; return { left: x, right: x + widthOf(text, height), top: y - height / 2, bottom: y + height / 2 } }
  const boxes = captionsOf(data, size, marginsOf(data)).map(boxOf)

  test('touches nothing else of it: neither a limit a city, nor a key date another', () => {
    expect(boxes).toHaveLength(3 + 2 + 2)
    for (const [at, one] of boxes.entries()) for (const other of boxes.slice(at + 1))
      expect(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top).toBe(true)
  })

  test('is never cut off, not even the name of a key date at the right edge', () => {
    for (const { left, right, top, bottom } of boxes) expect([left >= 0, right <= size.width, top >= 0, bottom <= size.height]).toEqual([true, true, true, true])
  })

  test('a city without any mean has no figure, and a limit stands once', () => {
    const mute = { ...data, lines: [{ ...close[0]!, cell: { ...close[0]!.cell, means: close[0]!.cell.means.map(() => null) } }] }
    expect(captionsOf(mute, size, marginsOf(mute)).filter(({ tone }) => tone !== 'stretch').map(({ text }) => text)).toEqual(['小时限值 100', '日均限值 75'])
  })
})

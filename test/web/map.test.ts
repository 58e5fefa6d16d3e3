import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { project as folder } from '../../server/built.ts'
import { loadEvent } from '../../server/config.ts'
import { decodeRing, type Ring } from '../../web/chart/boundaries/decode.ts'
import { region } from '../../web/chart/boundaries/region.ts'
import { gcj02 } from '../../web/chart/datum.ts'
import { layOut, shortName } from '../../web/chart/layout.ts'
import { gapTo, overlap, type Box } from '../../web/chart/boxes.ts'
import { badgeSpot, placeMarks, type Placed } from '../../web/chart/placing.ts'
import { frameOf, project } from '../../web/chart/projection.ts'
import { inkOn } from '../../web/chart/symbols.ts'
import { cityOf, outlinesOf, type Places } from '../../web/chart/territory.ts'
import { placeWords, slideFree } from '../../web/chart/wording.ts'
import { event } from './fixture/event.ts'

const size = { width: 830, height: 700 }
const area = (id: string) => event.areas.find((each) => each.id === id)!
const layout = layOut({ places: event, boundaries: region, size, language: 'zh' })!

function inside(ring: Ring, [x, y]: readonly [number, number]): boolean {
  return ring.reduce((is, [x1, y1], at) => {
    const [x2, y2] = ring[(at + ring.length - 1) % ring.length]!
    return (y1 > y) !== (y2 > y) && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !is : is
  }, false)
}

describe('the boundaries', () => {
  test('are read from their compressed form: offsets in zigzag, a 1024th of a degree', () => {
    expect(decodeRing('@@ADBC', [1024, 2048])).toEqual([[1, 2], [1023 / 1024, 2050 / 1024], [1024 / 1024, 2048 / 1024]])
  })

  test('are those of sixteen districts of Beijing and eleven prefectures of Hebei, in their right places', () => {
    expect(outlinesOf(area('beijing'), region)).toHaveLength(16)
    expect(region.filter(({ adcode }) => adcode.startsWith('13'))).toHaveLength(11)
    const yanqing = outlinesOf(area('yanqing'), region)
    expect(yanqing.map(({ name }) => name)).toEqual(['延庆区'])
    expect(inside(yanqing[0]!.rings[0]!, gcj02([115.972, 40.453]))).toBe(true)
    expect(inside(yanqing[0]!.rings[0]!, gcj02([116.39, 39.9]))).toBe(false)
  })
})

describe('the datum', () => {
  test.each([
    [[116.404, 39.915], [116.410_244_499_169_38, 39.916_404_281_501_64]],
    [[139.75, 35.68], [139.75, 35.68]],
    [[116.404, 60], [116.404, 60]],
  ] as const)('moves %j to %j, and nothing outside the country', (wgs, gcj) => {
    const [longitude, latitude] = gcj02(wgs)
    expect(longitude).toBeCloseTo(gcj[0], 10)
    expect(latitude).toBeCloseTo(gcj[1], 10)
  })
})

describe('the projection', () => {
  test('puts north up and east right, keeps the margin, and stretches nothing', () => {
    const { spot, perKilometre } = project([115, 39, 117, 41], size, 20)
    const [northWest, southEast] = [spot([115, 41]), spot([117, 39])]
    expect(northWest.x).toBeGreaterThanOrEqual(20 - 1e-9)
    expect(northWest.y).toBeCloseTo(20)
    expect(southEast.x).toBeGreaterThan(northWest.x)
    expect(southEast.y).toBeCloseTo(680)
    const [east, north] = [spot([116.1, 40]).x - spot([116, 40]).x, spot([116, 40]).y - spot([116, 40.1]).y]
    expect(east / north).toBeCloseTo(Math.cos((40 * Math.PI) / 180), 5)
    expect(north / perKilometre).toBeCloseTo(11.12, 2)
  })

  test('has no frame for no points', () => { expect(frameOf([])).toBeNull() })
})

describe('marks and words', () => {
  test('no mark hides another, and each stays within reach of its place', () => {
    const wanted = Array.from({ length: 10 }, (_, n) => ({ id: String(n), at: { x: 300 + (n % 3), y: 300 }, radius: 14 }))
    const placed = placeMarks(wanted, size, 60)
    for (const [at, one] of placed.entries()) for (const other of placed.slice(at + 1))
      expect(Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y)).toBeGreaterThanOrEqual(28)
    expect(placed.every(({ at, from }) => Math.hypot(at.x - from.x, at.y - from.y) <= 60)).toBe(true)
  })

  test('a mark without room is a dot beside the others, over no number, and none is dropped', () => {
    const placed = placeMarks(Array.from({ length: 40 }, (_, n) => ({ id: String(n), at: { x: 300, y: 300 }, radius: 14 })), size, 60)
    expect(placed).toHaveLength(40)
    const dots = placed.filter(({ full }) => !full)
    expect(dots.length).toBeGreaterThan(5)
    for (const dot of dots) for (const other of placed) if (other.id !== dot.id)
      expect(Math.hypot(dot.at.x - other.at.x, dot.at.y - other.at.y)).toBeGreaterThanOrEqual(dot.radius + other.radius)
  })

  test('a mark stays on the ground of its city where there is room, though elsewhere were nearer', () => {
    const home = ({ x }: { x: number }): boolean => x < 300
    const [first, second] = placeMarks([{ id: '1', at: { x: 290, y: 300 }, radius: 14, home }, { id: '2', at: { x: 292, y: 300 }, radius: 14, home }], size, 60)
    expect([first!.at.x, second!.at.x].every((x) => x < 300)).toBe(true)
  })

  test('the sign of doubt stands where it covers no other number', () => {
    const mark = (id: string, x: number, y: number): Placed => ({ id, at: { x, y }, from: { x, y }, radius: 15, full: true })
    const lone = badgeSpot(mark('1', 100, 100), [], [])
    expect([lone.x > 100, lone.y < 100]).toEqual([true, true])
    const beside = badgeSpot(mark('1', 100, 100), [mark('1', 100, 100), mark('2', 124, 80), mark('3', 131, 105)], [])
    for (const [x, y] of [[124, 80], [131, 105]] as const) expect(Math.hypot(beside.x - x, beside.y - y)).toBeGreaterThanOrEqual(23.5)
    const name = { left: 105, right: 180, top: 60, bottom: 88 }
    expect(gapTo(name, { at: badgeSpot(mark('1', 100, 100), [], [name]), radius: 8.5 })).toBeGreaterThanOrEqual(0)
  })

  test('words cover neither marks nor each other; one that must be said is said', () => {
    const marks = placeMarks([{ id: 'a', at: { x: 200, y: 200 }, radius: 14 }], size, 10)
    const word = { text: '延庆区', at: [{ x: 200, y: 200 }], height: 16, must: true }
    const placed = placeWords([{ ...word, id: '1' }, { ...word, id: '2' }], { marks, boxes: [] }, size)
    expect(placed).toHaveLength(2)
    const [one, two] = placed.map(({ box }) => box)
    expect(one!.right <= two!.left || two!.right <= one!.left || one!.bottom <= two!.top || two!.bottom <= one!.top).toBe(true)
  })

  test.each([['#ffff00', '#000000'], ['#00e400', '#000000'], ['#ff7e00', '#000000'], ['#ff0000', '#ffffff'], ['#99004c', '#ffffff'], ['#7e0023', '#ffffff']])(
    'a value on %s is written in %s', (colour, ink) => { expect(inkOn(colour)).toBe(ink) })
})

describe('the map', () => {
  test('shows every station that lies in its frame, and every city by name, inside or at the edge', () => {
    expect(layout.marks.length).toBeGreaterThan(80)
    expect([...layout.cities, ...layout.beyond].map(({ id }) => id).sort()).toEqual(event.areas.filter(({ kind }) => kind === 'city').map(({ id }) => id).sort())
  })

  test('outlines the venues: our circle, and the district that is a host', () => { expect(layout.venues.map(({ id }) => id)).toEqual(['yanqing', 'chongli']) })

  test('stays as it is whatever the air does: it depends on places only', () => {
    expect(layOut({ places: event, boundaries: region, size, language: 'zh' })).toEqual(layout)
  })

  test('finds the city of a district, of a zone and of itself', () => {
    expect(['changping', 'chongli', 'baoding'].map((id) => cityOf(id, event.areas)?.id)).toEqual(['beijing', 'zhangjiakou', 'baoding'])
    expect(cityOf('nowhere', event.areas)).toBeUndefined()
  })

  test('says 北京 for 北京市 and leaves a name in English whole', () => {
    expect([shortName(area('beijing'), 'zh'), shortName(area('beijing'), 'en')]).toEqual(['北京', 'Beijing'])
  })
})

describe('the name of a city', () => {
  const games = async (): Promise<Places> => {
    const loaded = await loadEvent(path.join(folder, 'config/beijing-2022'))
    if (!loaded.ok) throw new Error('the event does not load')
    return { areas: [...loaded.config.areas], stations: [...loaded.config.stations] }
  }
  const drawings = (['zh', 'en'] as const).flatMap((language) => ([[760, 640], [1270, 900], [900, 820]] as const).map(([width, height]) => ({ language, width, height })))

  describe.each([['the made-up event', () => Promise.resolve<Places>(event)], ['the Winter Games', games]] as const)('of %s', (_, load) => {
    test.each(drawings)('is read as no other city\'s in $language on $width × $height, and covers nothing', async ({ language, width, height }) => {
      const places = await load()
      const drawn = layOut({ places, boundaries: region, size: { width, height }, language })!
      const owner = new Map(places.stations.map(({ id, area: of }) => [id, cityOf(of, places.areas)?.id]))
      const near = (box: Box, marks: Placed[]): number => Math.min(...marks.map((mark) => gapTo(box, mark)))
      const others = (at: number): Box[] => [...drawn.words, ...drawn.cities.filter((__, n) => n !== at)].map(({ box }) => box)
      for (const [at, { id, box, lead }] of drawn.cities.entries()) {
        expect(others(at).filter((other) => overlap(box, other)), id).toEqual([])
        expect(near(box, drawn.marks), id).toBeGreaterThanOrEqual(0)
        const own = near(box, drawn.marks.filter((mark) => owner.get(mark.id) === id))
        if (lead === null && Number.isFinite(own)) expect(own, id).toBeLessThan(near(box, drawn.marks.filter((mark) => owner.get(mark.id) !== id)))
      }
      expect(drawn.cities.filter(({ lead }) => lead !== null).length).toBeLessThanOrEqual(2)
      expect(drawn.marks.filter(({ id, full }) => !full && places.stations.some((station) => station.id === id && station.evaluates))).toEqual([])
    })
  })
})

describe('a city beyond the frame', () => {
  test('has its word slid along the edge, up or down, until it is free', () => {
    const box = { left: 10, right: 110, top: 200, bottom: 226 }
    const away = slideFree(box, { marks: [], boxes: [box] }, { width: 800, height: 600 })
    expect([away.left, Math.abs(away.top - 200) >= 26]).toEqual([10, true])
  })

  test('has its word at the edge, clear of every mark and of every other word there', () => {
    const small = layOut({ places: event, boundaries: region, size: { width: 700, height: 640 }, language: 'zh' })!
    expect(small.beyond.length).toBeGreaterThan(0)
    for (const { at } of small.beyond) for (const mark of small.marks)
      expect(Math.abs(at.y - mark.at.y) >= mark.radius || Math.abs(at.x - mark.at.x) >= mark.radius).toBe(true)
    const heights = small.beyond.filter(({ arrow }) => arrow < 0).map(({ at }) => at.y).sort((a, b) => a - b)
    expect(heights.every((y, n) => n === 0 || y - heights[n - 1]! >= 26)).toBe(true)
  })
})

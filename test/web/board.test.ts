import { describe, expect, test } from 'vitest'
import type { AirCells } from '../../shared/air.ts'
import { barOf, boardRows, LIMIT_AT, marksApart, pollutantsOf, shareOf } from '../../web/wall/board.ts'
import { isOld } from '../../web/wall/freshness.ts'
import { classesAt, curvesOf, stationsShown, UNCLASSED } from '../../web/wall/matters.ts'
import { pageOf } from '../../web/wall/paging.ts'
import { air, cells, cityCell, given, NOW, stationCell } from './fixture/air.ts'
import { event } from './fixture/event.ts'

const MINUTE = 60_000
const rows = (over: AirCells = air, now = NOW) => boardRows(event, over, { pollutant: 'PM2.5', now })
const row = (city: string, over: AirCells = air, now = NOW) => rows(over, now).find((each) => each.city.id === city)!
const hourly = (list: AirCells): AirCells => Object.fromEntries(Object.entries(list).map(([key, cell]) => [key, cell.kind === 'station'
  ? { ...cell, latest: { 'PM2.5': { ...cell.latest['PM2.5']!, start: cell.latest['PM2.5']!.end - 60 * MINUTE } } } : cell]))

describe('the cities board', () => {
  test('has the hosts first, then who is past saving, then who is heading there, then who is nearest to the limit', () => {
    expect(rows().map(({ city }) => city.id).slice(0, 4)).toEqual(['beijing', 'zhangjiakou', 'baoding', 'langfang'])
    const calm = rows().filter(({ pinned, tone, cell }) => !pinned && tone === 'calm' && cell?.day.limit !== null)
    const shares = calm.map(({ cell }) => Math.max(cell!.day.mean! / 75, cell!.hour.limit === null ? 0 : (cell!.hour.mean ?? 0) / 100))
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
  })

  test('says of a mean how much of what it should rest on is there, cut off, and nothing where all of it is', () => {
    const of = (valid: number, expected: number, mean: number | null = 40) => { const cell = cityCell({ ...given[2]!, mean }); return shareOf({ ...cell, day: { ...cell.day, completeness: { valid, expected } } }) }
    expect([of(117, 120), of(1199, 1200), of(120, 120), of(0, 0), of(0, 120, null), shareOf(null)]).toEqual([97, 99, null, null, null, null])
  })

  test('has a row of a district that is judged, by how it stands itself, and none of one that is not', () => {
    const district = cityCell({ ...given[3]!, city: 'changping' })
    const order = rows({ ...air, ...cells([district]) }).map(({ city }) => city.id)
    expect(order.slice(0, 4)).toEqual(['beijing', 'zhangjiakou', 'baoding', 'changping'])
    expect(row('changping', { ...air, ...cells([district]) })).toMatchObject({ tone: 'critical', cell: { city: 'changping' } })
    expect(rows().map(({ city }) => city.id)).not.toContain('changping')
  })

  test('puts who will exceed before who is nearer to the limit but safe', () => {
    const [tight, safe] = [cityCell({ ...given[2]!, mean: 40, hour: 40 }), cityCell({ ...given[4]!, mean: 74, hour: 90 })]
    const order = rows({ ...air, ...cells([tight, safe]) }).map(({ city }) => city.id)
    expect(order.indexOf('langfang')).toBeLessThan(order.indexOf('tianjin'))
  })

  test('lists a city that has no cell at all, grey', () => {
    const { 'city:tianjin:PM2.5': _, ...without } = air
    expect(row('tianjin', without)).toMatchObject({ tone: 'old', cell: null, age: null })
  })

  test('shows what cannot be met any more as critical and what will exceed as a warning, the hour apart from the day', () => {
    expect([row('baoding').tone, row('langfang').tone, row('beijing').tone, row('beijing').hourTone]).toEqual(['critical', 'warning', 'calm', 'warning'])
  })

  test('no data is never a good colour, but what is known beside it keeps its own', () => {
    expect(row('hengshui').tone).toBe('old')
    const bare = cityCell({ ...given[0]!, mean: null, hour: null, standing: 'impossible' })
    const shown = row('beijing', { ...air, ...cells([{ ...bare, lastHour: { ...bare.lastHour!, mean: 113, rounded: 113, standing: 'exceeded' } }]) })
    expect([shown.tone, shown.hourTone]).toEqual(['none', 'critical'])
  })

  test('says a mark of all figures once, and the others where they belong', () => {
    const { common, own } = marksApart(rows())
    expect(common).toEqual(['assumed', 'provisional'])
    expect([own(row('langfang')), own(row('tianjin'))]).toEqual([['suspect'], []])
  })

  test('draws the limit at one place for all, and cuts a bar that goes far beyond', () => {
    const { day } = cityCell(given[0]!)
    expect(barOf({ ...day, mean: 75 })).toEqual({ length: LIMIT_AT, beyond: false })
    expect(barOf({ ...day, mean: 300 })).toEqual({ length: 1, beyond: true })
    expect([barOf({ ...day, mean: null }), barOf({ ...day, limit: null })]).toEqual([null, null])
  })

  test('is about the pollutants that have a limit today', () => {
    expect(pollutantsOf({ ...air, ...cells([{ ...cityCell(given[0]!), pollutant: 'O3' }]) })).toEqual(['PM2.5'])
    expect(pollutantsOf(cells([{ ...cityCell(given[0]!), pollutant: 'O3' }]))).toEqual(['O3'])
  })
})

describe('a number that is too old', () => {
  test.each([
    { period: MINUTE, age: 15 * MINUTE, old: false }, { period: MINUTE, age: 15 * MINUTE + 1, old: true },
    { period: 60 * MINUTE, age: 120 * MINUTE, old: false }, { period: 60 * MINUTE, age: 120 * MINUTE + 1, old: true },
  ])('from readings of $period ms, $age ms after the newest: old is $old', ({ period, age, old }) => { expect(isOld(NOW - age, NOW, period)).toBe(old) })

  test('goes grey, whatever it would say: minute data after a quarter of an hour, hourly data after two', () => {
    expect([row('baoding', air, NOW + 14 * MINUTE).tone, row('baoding', air, NOW + 16 * MINUTE).tone]).toEqual(['critical', 'old'])
    expect([row('baoding', hourly(air), NOW + 100 * MINUTE).tone, row('baoding', hourly(air), NOW + 121 * MINUTE).tone]).toEqual(['critical', 'old'])
  })

  test('and one that never came is old', () => { expect(isOld(null, NOW, MINUTE)).toBe(true) })

  test('leaves a station hollow on the map, as does silence and the lack of a class', () => {
    const [station] = event.stations
    const shown = (cell: ReturnType<typeof stationCell>, now = NOW) => stationsShown(event, cells([cell]), now)[station!.id]
    const cell = stationCell(station!, 0)
    expect(shown(cell)).toMatchObject({ colour: '#ff7e00', text: String(Math.round(cell.hour!.mean!)) })
    const hollow = { text: '', colour: null, suspect: false }
    expect([shown(cell, NOW + 16 * MINUTE), shown({ ...cell, silent: true }), shown({ ...cell, aqiClass: null }), stationsShown(event, {}, NOW)[station!.id]]).toEqual([hollow, hollow, hollow, hollow])
  })
})

describe('the classes on the map', () => {
  const [standard] = event.standards
  const [station] = event.stations
  const cell = stationCell(station!, 0)
  const shown = (standards: typeof event.standards) => stationsShown({ ...event, standards }, cells([cell]), NOW)[station!.id]
  const other = (start: number) => ({ ...standard!, id: 'other', start, classes: standard!.classes.map((each) => ({ ...each, colour: '#123456' })) })

  test('are those of the standard that judges the hour: another one colours only what begins with it or after', () => {
    const start = cell.hour!.start
    expect([shown([standard!, other(start)])?.colour, shown([standard!, other(start + MINUTE)])?.colour]).toEqual(['#123456', '#ff7e00'])
    expect(classesAt({ standards: [other(start)] }, start - MINUTE)[0]?.colour).toBe('#123456')
  })

  test('are none by a standard without an index: values stand in no colour of a class, and no data stays hollow', () => {
    const none = [{ ...standard!, classes: [] }]
    const unclassed = { ...cell, aqiClass: null }
    const of = (one: typeof cell) => stationsShown({ ...event, standards: none }, cells([one]), NOW)[station!.id]
    expect(of(unclassed)).toEqual({ text: String(Math.round(cell.hour!.mean!)), colour: UNCLASSED, suspect: cell.hour!.suspect, reasons: [] })
    expect(of({ ...unclassed, hour: null })).toEqual({ text: '', colour: null, suspect: false })
  })
})

describe('paging', () => {
  const lists = { pinned: ['a', 'b'], rest: ['c', 'd', 'e', 'f', 'g'] }
  test('keeps what is pinned on every page, shows everything in turn and leaves no page half empty', () => {
    expect(pageOf(lists, 4, 0)).toEqual({ shown: ['a', 'b', 'c', 'd'], page: 1, pages: 3 })
    expect(pageOf(lists, 4, 2)).toEqual({ shown: ['a', 'b', 'f', 'g'], page: 3, pages: 3 })
    expect(pageOf(lists, 4, 3).page).toBe(1)
    const seen = new Set([0, 1, 2].flatMap((turn) => pageOf(lists, 4, turn).shown))
    expect(seen.size).toBe(7)
  })
  test('does not page what fits', () => { expect(pageOf(lists, 7, 5)).toMatchObject({ page: 1, pages: 1 }) })
})

describe('the cities that matter', () => {
  test('are the hosts and the two worst of the others, coloured only by how they stand', () => {
    expect(curvesOf(rows(), air, 'PM2.5').map(({ city, tone }) => [city.id, tone])).toEqual([
      ['beijing', 'host'], ['zhangjiakou', 'second'], ['baoding', 'critical'], ['langfang', 'warning']])
  })
})

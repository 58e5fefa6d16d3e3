import { describe, expect, test } from 'vitest'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const DISTRICT = { average: 'hour' as const, max: 50, areas: ['yanqing'] }
const CITY = { average: 'hour' as const, max: 75 }
/** Two stations of a district that has a limit of its own, two elsewhere in its city. */
const room = (limits: Parameters<typeof eventOf>[0] = [CITY, DISTRICT], more: Partial<Setup> = {}) => new Timeline({
  event: eventOf(limits), districts: { yanqing: 'beijing' }, from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR },
  stations: [{ id: 'Y1', area: 'yanqing' }, { id: 'Y2', area: 'yanqing' }, { id: 'C1' }, { id: 'C2' }], ...more,
})
const air = (district: number | null, city: number | null) => ({ Y1: district, Y2: district, C1: city, C2: city })
const after = (at: Timeline, values: Record<string, number | null>) => at.until(`${DAY} 11:00`).push(at.hour(`${DAY} 10:00`, values))
const HERE = 'hour-exceeded:yanqing:PM2.5:2022-03-10T10'
const THERE = 'hour-exceeded:beijing:PM2.5:2022-03-10T10'

describe('a limit on a district', () => {
  test('is judged by the district\'s own stations, while its city holds', () => {
    const at = after(room(), air(60, 20))
    expect(Object.keys(at.room.alerts)).toEqual([HERE])
    expect(at.alert(HERE)).toMatchObject({ place: 'yanqing', value: 60, limit: 50, reason: { stations: 2, evaluating: 2 } })
  })

  test('leaves its stations in their city\'s mean, which has no part in the district\'s', () => {
    const at = after(room(), air(40, 120))
    expect(Object.keys(at.room.alerts)).toEqual([THERE])
    expect(at.alert(THERE)).toMatchObject({ value: 80, reason: { stations: 4, evaluating: 4 } })
  })

  test('a station of both that is revised is judged again in both', () => {
    const at = after(room(), air(60, 100))
    expect(Object.keys(at.room.alerts).sort()).toEqual([THERE, HERE])
    at.push(at.hour(`${DAY} 10:00`, { Y1: 10, Y2: 10 }))
    expect([at.alert(HERE), at.alert(THERE)].map(({ state, value }) => [state, value])).toEqual([['withdrawn', 10], ['withdrawn', 55]])
  })

  test('a district whose stations are lost is held, whatever the rest of its city sends', () => {
    const at = after(room(), air(60, 20))
    at.push(at.hour(`${DAY} 10:00`, { Y1: null, Y2: null }))
    expect(at.alert(HERE)).toMatchObject({ condition: 'unknown', state: 'unacknowledged' })
  })

  test('closes by its own stations: one that waits elsewhere in the city keeps nobody waiting', () => {
    const at = room()
    at.until(`${DAY} 11:01`).push(at.hour(`${DAY} 10:00`, { Y1: 60, Y2: 60, C1: 20 }))
    expect(at.said()).toEqual(['03-10 11:01 raised hour-exceeded:yanqing:PM2.5:03-10T10'])
  })

  test('without one of its own a district is not judged, nor by the city\'s', () => {
    expect(after(room([CITY]), air(120, 20)).said()).toEqual([])
  })

  test('is the same after a restart, and what came late counts once in each place', () => {
    const at = after(room(), air(60, 100))
    at.until(`${DAY} 11:30`).push(at.hour(`${DAY} 10:00`, { Y1: 70 }))
    const { revision: of } = at.alert(HERE).reason
    at.restart(`${DAY} 11:40`)
    expect(at.said().filter((line) => line.startsWith('03-10 11:4'))).toEqual([])
    at.push(at.hour(`${DAY} 10:00`, { Y1: 80 }))
    expect(at.alert(HERE)).toMatchObject({ value: 70, reason: { revision: Number(of) + 1 } })
    expect(at.alert(THERE)).toMatchObject({ value: 85, reason: { revision: Number(of) + 1 } })
  })
})

describe('the summary of an event that judges a district', () => {
  const day = (limits: Parameters<typeof eventOf>[0] = [{ ...CITY, average: 'day' as const }, { ...DISTRICT, average: 'day' as const }]) => {
    const at = room(limits)
    at.hours(`${DAY} 00:00`, 24, air(60, 20))
    return at.until('2022-03-11 00:10').summary(DAY, DAY)
  }

  test('has it beside its city, each with its own mean, limit and verdict', () => {
    expect(day().cities.map(({ id, days: [only] }) => [id, only?.mean, only?.limit, only?.verdict])).toEqual([
      ['beijing', 40, 75, 'met'], ['yanqing', 60, 50, 'exceeded']])
    expect(day().limits.map(({ id }) => id)).toEqual(['limit-1', 'limit-2'])
  })

  test('counts a station that is in both once, and has its readings once in the digest', () => {
    const alone = day([{ ...CITY, average: 'day' as const }])
    expect(day().data).toEqual(alone.data)
    expect(day().data.readings).toBe(96)
  })
})

import { describe, expect, test } from 'vitest'
import { seriesOf } from '../../server/main/series.ts'
import { memoryReadings } from '../../server/readings/memory.ts'
import { cityCell } from '../../shared/cells.ts'
import { isPartial, percentOf, rhythmOf } from '../../shared/completeness.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from '../timeline/timeline.ts'

const DAY = '2022-03-10'
const room = (more: Partial<Setup> = {}) => new Timeline({
  event: eventOf([{ average: 'day' }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
const cell = (at: Timeline) => cityCell(at.bench, at.bench.ledger.airs[0]!, at.now)
const every = (at: Timeline, id: string, { minutes, count, value = 50 }: { minutes: number; count: number; value?: number }) =>
  at.push(Array.from({ length: count }, (_, i) => ({ station: id, pollutant: 'PM2.5' as const, start: at.instant(`${DAY} 10:00`) + i * minutes * MINUTE, minutes, value: value * 1_000_000, flag: '' })))

describe('what is expected of a running hour', () => {
  test('is what each station had to send by then, at its own rhythm', () => {
    const at = room().until(`${DAY} 10:22`)
    every(at, 'A', { minutes: 5, count: 4 })
    // A: four whole periods of five minutes; B, never heard, is taken for one that sends hours.
    expect(cell(at).hour.completeness).toEqual({ valid: 20, expected: 20 })
    every(at, 'B', { minutes: 1, count: 11 })
    expect(cell(at).hour.completeness).toEqual({ valid: 31, expected: 20 + 22 })
  })

  test('is nothing from a station that sends whole hours, until the hour is over', () => {
    const at = room().hours(`${DAY} 08:00`, 2, { A: 50, B: 50 }).until(`${DAY} 10:40`)
    expect(cell(at).hour.completeness).toEqual({ valid: 0, expected: 0 })
    at.until(`${DAY} 11:10`)
    expect(cell(at).lastHour?.completeness).toEqual({ valid: 0, expected: 120 })
  })

  test('is that of the hour before where nothing of this one has come, and the shortest of several periods', () => {
    const at = room().until(`${DAY} 11:10`)
    every(at, 'A', { minutes: 5, count: 12 })
    every(at, 'A', { minutes: 15, count: 4 })
    const [series, hour] = [at.bench.ledger.seriesOf('A', 'PM2.5'), at.instant(`${DAY} 11:00`)]
    expect([rhythmOf(series, hour), rhythmOf(series, hour + HOUR), rhythmOf(series, hour + HOUR, 1), rhythmOf(undefined, hour, 5)]).toEqual([5, 60, 1, 5])
  })
})

describe('a mean over less than everything', () => {
  test('is never called complete, whichever rows came: a station that is silent all day is expected all day', () => {
    const at = room().hours(`${DAY} 00:00`, 24, { A: 50 }).until('2022-03-11 00:10')
    expect(cell(at).lastDay).toMatchObject({ rounded: 50, completeness: { valid: 24, expected: 48 } })
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ mean: 50, incomplete: { valid: 24, expected: 48 } })
  })

  test('expects of a station the days of its time of validity, and no others', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B', validFrom: '2022-03-11' }] }).hours(`${DAY} 00:00`, 24, { A: 50 }).until('2022-03-11 00:10')
    expect(cell(at).lastDay?.completeness).toEqual({ valid: 24, expected: 24 })
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).not.toHaveProperty('incomplete')
  })

  test('says of an hour how many stations it lacks', () => {
    const event = eventOf([{ average: 'hour', max: 75 }])
    const at = room({ event }).hours(`${DAY} 00:00`, 1, { A: 50 }).hours(`${DAY} 01:00`, 23, { A: 50, B: 60 }).until('2022-03-11 00:10')
    const hours = at.summary(DAY, DAY).cities[0]?.hours ?? []
    expect([hours[0]?.incomplete, hours[1]?.incomplete]).toEqual([{ valid: 1, expected: 2 }, undefined])
  })

  test('is cut off, not rounded, when it is said in percent: 100 means that nothing is missing', () => {
    expect([percentOf({ valid: 9_999, expected: 10_000 }), percentOf({ valid: 48, expected: 48 }), percentOf({ valid: 0, expected: 0 })]).toEqual([99.9, 100, null])
    expect([isPartial({ valid: 9_999, expected: 10_000 }), isPartial({ valid: 48, expected: 48 })]).toEqual([true, false])
  })
})

describe('a series', () => {
  const points = async (at: Timeline, { average, place }: { average: 'hour' | 'day'; place: { kind: 'city' | 'station'; id: string } }, [from, to]: [string, string]) => {
    const found = await seriesOf({ bench: at.bench, store: memoryReadings(), knows: () => true, past: () => Promise.reject(new Error('asked for the past')) }, { place, pollutant: 'PM2.5', average, from: at.instant(from), to: at.instant(to), knownAt: null })
    return found.ok ? found.points.map(({ value, valid, completeness }) => [value, valid, completeness]) : []
  }
  const city = { kind: 'city', id: 'beijing' } as const

  test('has the day of the event\'s own order, and the share of the hours that a whole day of all stations has', async () => {
    for (const [cityMean, mean] of [['station-day-first', 75], ['city-hour-first', 79.17]] as const) {
      const at = room({ event: eventOf([{ average: 'day' }], { summary: { cityMean } }) }).hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 4, { A: 100 }).until('2022-03-11 00:10')
      expect(await points(at, { average: 'day', place: city }, [DAY, '2022-03-11'])).toEqual([[mean, true, 0.9166]])
    }
  })

  test('leaves the running hour out of the day', async () => {
    const at = room({ event: eventOf([{ average: 'day' }], { summary: { dayHours: 1 } }) }).hours(`${DAY} 00:00`, 1, { A: 60, B: 60 }).until(`${DAY} 01:57`)
    at.push(at.hour(`${DAY} 01:00`, { A: 900, B: 900 }))
    expect(await points(at, { average: 'day', place: city }, [DAY, '2022-03-11'])).toEqual([[60, true, 0.0416]])
  })

  test('asks 23 hours of the day on which clocks are put on', async () => {
    const event = eventOf([{}], { timezone: 'Europe/Berlin', period: { from: '2022-03-01', to: '2022-12-31' } })
    const at = room({ event, from: '2022-03-27 00:00' }).hours('2022-03-27 00:00', 23, { A: 50, B: 50 }).until('2022-03-28 00:10')
    expect(await points(at, { average: 'day', place: city }, ['2022-03-27', '2022-03-28'])).toEqual([[50, true, 1]])
  })

  test('expects nothing of a station that is out of its time, and never calls it complete', async () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B', validTo: '2022-03-09' }] }).hours(`${DAY} 00:00`, 2, { A: 50 })
    expect(await points(at, { average: 'hour', place: { kind: 'station', id: 'B' } }, [`${DAY} 00:00`, `${DAY} 02:00`])).toEqual([[null, false, 0], [null, false, 0]])
    expect(await points(at, { average: 'hour', place: city }, [`${DAY} 00:00`, `${DAY} 01:00`])).toEqual([[50, true, 1]])
  })
})

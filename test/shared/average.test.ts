import { describe, expect, test } from 'vitest'
import { COMMON, enough } from '../../shared/average.ts'
import { judged, shown, validMean } from '../../shared/outlook.ts'
import type { Reading } from '../../shared/reading.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, micro, type Setup, Timeline } from '../timeline/timeline.ts'

const DAY = '2022-03-10'
const room = (more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average: 'day' }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, ...more })

const airOf = (of: Timeline) => of.bench.ledger.airs[0]!
/** The city's mean of an hour (`10`) or of the day, to two decimals; null where too few stations are valid. */
const hourMean = (of: Timeline, hour: string) => {
  const { tally, day } = of.bench.ledger.hour(airOf(of), of.instant(`${DAY} ${hour}:00`))
  return shown(validMean(tally, day, 0.5))
}
const dayOn = (of: Timeline, date = DAY) => of.bench.ledger.day(airOf(of), date)
const dayMean = (of: Timeline, date = DAY) => shown(validMean(dayOn(of, date).tally, dayOn(of, date), of.bench.ledger.setup.method.stationShare))

/** Readings of one station in hour 10: from a minute on, each of so many minutes. */
const parts = (of: Timeline, id: string, { from = 0, minutes = 1, values }: { from?: number; minutes?: number; values: (number | null)[] }): Reading[] =>
  values.map((value, i) => ({ station: id, pollutant: 'PM2.5', start: of.instant(`${DAY} 10:00`) + (from + i * minutes) * MINUTE, minutes, value: micro(value), flag: '' }))
const times = (count: number, value: number | null) => Array.from({ length: count }, () => value)

test('every number of minutes and of hours divides the common scale', () => {
  for (let n = 1n; n <= 60n; n += 1n) expect(COMMON % n).toBe(0n)
})

describe('the day of a city', () => {
  test('is the mean of its stations\' days: 24 hours at 100 and 20 hours at 50 give 75, not 79', () => {
    const at = room().hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 4, { A: 100 }).until('2022-03-11 01:00')
    expect(dayMean(at)).toBe(75)
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ mean: 75, rounded: 75, stations: 2, verdict: 'met' })
  })

  test('has a station only from its twentieth hour on', () => {
    const at = room().hours(`${DAY} 00:00`, 19, { A: 100, B: 50 }).hours(`${DAY} 19:00`, 1, { A: 100 }).until('2022-03-11 01:00')
    expect(dayMean(at)).toBe(100)
    expect(dayMean(at.push(at.hour(`${DAY} 23:00`, { B: 50 })))).toBe(75)
  })

  test('is not valid with fewer than half of the evaluating stations', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] }).hours(`${DAY} 00:00`, 24, { A: 100 }).until('2022-03-11 01:00')
    expect(dayMean(at)).toBeNull()
  })

  test('never has the running hour in it', () => {
    const at = room({ from: `${DAY} 00:00`, event: eventOf([{}], { summary: { dayHours: 1 } }) }).hours(`${DAY} 00:00`, 1, { A: 60, B: 60 })
    at.until(`${DAY} 01:57`).push(at.hour(`${DAY} 01:00`, { A: 900, B: 900 }))
    expect(dayMean(at)).toBe(60)
    expect(dayMean(at.until(`${DAY} 02:00`))).toBe(480)
  })

  test('of 23 or 25 hours where clocks change is the mean of those', () => {
    for (const [date, next, hours] of [['2022-03-27', '2022-03-28', 23], ['2022-10-30', '2022-10-31', 25]] as const) {
      const event = eventOf([{}], { timezone: 'Europe/Berlin', period: { from: '2022-03-01', to: '2022-12-31' } })
      const at = room({ event, from: `${date} 00:00` }).hours(`${date} 00:00`, hours - 1, { A: 50, B: 50 })
      expect(airOf(at).closedTo).toBeLessThan(at.instant(next))
      at.until(next).push(at.hour(`${date} 23:00`, { A: 51, B: 50 }))
      expect([dayOn(at, date).hours.length, airOf(at).closedTo === at.instant(next), dayOn(at, date).tally.counts[hours]]).toEqual([hours, true, 2])
      expect(at.summary(date, date).cities[0]?.days[0]?.mean).toBe(50.02)
    }
  })

  test('begins and ends at civil midnight where the zone is half an hour off', () => {
    const at = room({ event: eventOf([{}], { timezone: 'Asia/Kolkata' }) }).hours(`${DAY} 00:00`, 24, { A: 50, B: 70 })
    expect(at.bench.calendar.civil.iso(dayOn(at).start)).toBe(`${DAY}T00:00:00+05:30`)
    expect(dayMean(at)).toBe(60)
    expect(at.summary(DAY, DAY).through).toBe(DAY)
  })
})

describe('the hour of a station', () => {
  test('needs 45 valid minutes', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    expect(hourMean(at.push(parts(at, 'A', { values: times(44, 80) })), '10')).toBeNull()
    expect(hourMean(at.push(parts(at, 'A', { from: 59, values: [35] })), '10')).toBe(79)
  })

  test('weighs each reading by its minutes: nine periods of five minutes are enough, eight are not', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    expect(hourMean(at.push(parts(at, 'A', { minutes: 5, values: times(8, 10) })), '10')).toBeNull()
    expect(hourMean(at.push(parts(at, 'A', { from: 55, minutes: 5, values: [100] })), '10')).toBe(20)
  })

  test('is its own hour once that has come; until then its minutes; never both', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`).push([])
    at.push(parts(at, 'A', { values: times(60, 80) }))
    expect(hourMean(at, '10')).toBe(80)
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: 50 })), '10')).toBe(50)
    expect(hourMean(at.push(parts(at, 'A', { values: times(60, 900) })), '10')).toBe(50)
  })

  test('is its minutes again where its own hour is invalid or has no value', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    at.push(parts(at, 'A', { values: times(60, 80) })).push(at.hour(`${DAY} 10:00`, { A: 50 }))
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: 1000.1 })), '10')).toBe(80)
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: 51 })), '10')).toBe(51)
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: null })), '10')).toBe(80)
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: 50 }).map((r) => ({ ...r, flag: 'M' }))), '10')).toBe(80)
  })

  test('comes from one sub-hour period: the one with more valid minutes, of equals the shorter', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    at.push(parts(at, 'A', { minutes: 5, values: times(12, 20) })).push(parts(at, 'A', { values: times(50, 80) }))
    expect(hourMean(at, '10')).toBe(20)
    expect(hourMean(at.push(parts(at, 'A', { from: 50, values: times(10, 80) })), '10')).toBe(80)
    expect(hourMean(at.push(parts(at, 'A', { values: [null] })), '10')).toBe(20)
  })

  test.each([[-5.1, null], [-5, -5], [1000, 1000], [1000.1, null], [null, null], [0, 0]])('of %s is %s', (value, mean) => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    expect(hourMean(at.push(at.hour(`${DAY} 10:00`, { A: value })), '10')).toBe(mean)
  })

  test('leaves out an invalid minute, and the minutes that are left still need to be 45', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    at.push(parts(at, 'A', { values: [...times(14, 1000.1), -5.1, ...times(45, 80)] }))
    expect(hourMean(at, '10')).toBe(80)
    expect(hourMean(at.push(parts(at, 'A', { from: 30, values: [2200.5] })), '10')).toBeNull()
    expect(hourMean(at.push(parts(at, 'A', { from: 30, values: [80] })), '10')).toBe(80)
  })

  test('counts although it is suspect, by its flag or by its step from the hour before', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 12:00`)
    at.push(at.hour(`${DAY} 10:00`, { A: 106.1 }).map((r) => ({ ...r, flag: 'T' })))
    expect([hourMean(at, '10'), at.bench.ledger.hour(airOf(at), at.instant(`${DAY} 10:00`)).suspect]).toEqual([106.1, 1])
    const eleven = at.bench.ledger.hour(airOf(at), at.instant(`${DAY} 11:00`))
    expect([hourMean(at.push(at.hour(`${DAY} 11:00`, { A: 256.1 })), '11'), eleven.suspect]).toEqual([256.1, 0])
    expect([hourMean(at.push(at.hour(`${DAY} 11:00`, { A: 256.2 })), '11'), eleven.suspect]).toEqual([256.2, 1])
    at.push(at.hour(`${DAY} 10:00`, { A: 106.2 }))
    expect(eleven.suspect).toBe(0)
  })

  test('knows no flag that an object happens to have: such a reading counts as suspect', () => {
    const at = room({ stations: [{ id: 'A' }] }).until(`${DAY} 11:00`)
    for (const flag of ['constructor', 'toString', '__proto__', 'X', '']) {
      at.push(at.hour(`${DAY} 10:00`, { A: 40 }).map((r) => ({ ...r, flag })))
      expect([hourMean(at, '10'), at.bench.ledger.hour(airOf(at), at.instant(`${DAY} 10:00`)).suspect]).toEqual([40, flag === '' ? 0 : 1])
    }
  })
})

describe('the stations that a mean is asked of', () => {
  test('are those that evaluate and are in force on the civil day, both ends included', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B', validFrom: '2022-03-11', validTo: '2022-03-11' }, { id: 'C', evaluates: false }, { id: 'D', validTo: '2022-03-09' }] })
    expect(['2022-03-09', DAY, '2022-03-11', '2022-03-12'].map((date) => [...dayOn(at, date).evaluators].join(''))).toEqual(['AD', 'A', 'AB', 'A'])
  })

  test('a station that does not evaluate, or is not in force, never moves a mean', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'C', evaluates: false }, { id: 'D', validTo: '2022-03-09' }] })
    at.hours(`${DAY} 00:00`, 24, { A: 50, C: 900, D: 900 })
    expect([dayMean(at), at.summary(DAY, DAY).data.readings]).toEqual([50, 24])
  })

  test('a station that began yesterday is asked for from its first day on, and closes no earlier day late', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B', validFrom: '2022-03-11' }, { id: 'C', validFrom: '2022-03-11' }] })
    at.hours(`${DAY} 00:00`, 24, { A: 50 })
    expect(airOf(at).closedTo).toBe(at.instant('2022-03-11'))
    at.hours('2022-03-11 00:00', 24, { A: 50 })
    expect(airOf(at).closedTo).toBe(at.instant('2022-03-11 23:00'))
    at.until('2022-03-12 00:10')
    expect([dayMean(at), dayMean(at, '2022-03-11')]).toEqual([50, null])
  })

  test('a share is met exactly: 55 of 100 is 0.55 of them, though not in doubles', () => {
    expect(0.55 * 100).not.toBe(55)
    expect([enough(55, 100, 0.55), enough(54, 100, 0.55), enough(7, 100, 0.07), enough(1, 2, 0.5), enough(1, 3, 0.5), enough(2, 3, 2 / 3)]).toEqual([true, false, true, true, false, false])
  })

  test('a city without any has no mean, no verdict and no alert, and its hours close all the same', () => {
    const at = room({ stations: [{ id: 'A', evaluates: false }] }).hours(`${DAY} 00:00`, 24, { A: 900 }).until('2022-03-11 00:10')
    expect([airOf(at).closedTo === at.instant('2022-03-11'), dayMean(at), at.said('exceeded')]).toEqual([true, null, []])
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ stations: 0, verdict: 'insufficient', mean: null })
  })
})

test('sums of ten thousand stations at the highest values that count stay exact', () => {
  const ids = Array.from({ length: 10_000 }, (_, i) => `S${i}`)
  const at = room({ quality: { dust: true }, event: eventOf([{ pollutant: 'PM10', max: 150 }]), stations: ids.map((id) => ({ id })), from: `${DAY} 00:00` }).until(`${DAY} 01:00`)
  const start = at.instant(`${DAY} 00:00`)
  const minutes = (id: string, i: number): Reading[] => Array.from({ length: i === 0 ? 60 : 1 }, (_, m) => (
    { station: id, pollutant: 'PM10', start: start + m * MINUTE, minutes: i === 0 ? 1 : 60, value: i === 0 ? 9_999_999_999 : 10_000_000_000, flag: '' }))
  at.push(ids.flatMap(minutes))
  const { tally } = at.bench.ledger.hour(airOf(at), start)
  const mean = validMean(tally, dayOn(at), 0.5)
  expect([judged(mean, 'PM10'), mean !== null && mean.num * 10_000n === mean.den * 99_999_999_999_999n]).toEqual([10_000, true])
  expect(at.now).toBe(start + HOUR)
})

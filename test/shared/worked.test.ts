import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanOf } from '../../shared/average.ts'
import { dayOutlook } from '../../shared/outlook.ts'
import type { Reading } from '../../shared/reading.ts'
import { roundMicro } from '../../shared/rounding.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, micro, STEADY, Timeline } from '../timeline/timeline.ts'

const DAY = '2022-03-10'
const room = (ids: readonly string[] = ['A'], cityMean = 'station-day-first') => new Timeline({
  event: eventOf([{ average: 'day', max: 75 }], { summary: { cityMean } }), stations: ids.map((id) => ({ id })), from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, quality: STEADY,
})
const dayOf = (at: Timeline) => at.summary(DAY, DAY).cities[0]?.days[0]

describe('the four worked averages', () => {
  test('two orders of averaging: 24 hours at 100 beside 20 at 50 are 75 and met, or 79.17 and exceeded', () => {
    const of = (cityMean: string) => dayOf(room(['A', 'B'], cityMean).hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 4, { A: 100 }).until('2022-03-11 00:10'))
    expect(of('station-day-first')).toMatchObject({ mean: 75, rounded: 75, verdict: 'met' })
    expect(of('city-hour-first')).toMatchObject({ mean: 79.17, rounded: 79, verdict: 'exceeded' })
  })

  test('the rest of a day: after 23 hours of the same, the station that is there may have up to 124 in the last one', () => {
    const last = (value: number) => dayOf(room(['A', 'B']).hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 3, { A: 100 }).hours(`${DAY} 23:00`, 1, { A: value }).until('2022-03-11 00:10'))
    expect([last(123.9)?.verdict, last(124)?.verdict]).toEqual(['met', 'exceeded'])
    const six = room()
    ;[90, 88, 85, 80, 70, 65].forEach((value, i) => six.hours(`${DAY} 0${i}:00`, 1, { A: value }))
    const air = six.bench.ledger.airs[0]!
    const limit = six.bench.calendar.limitOn({ area: 'beijing', pollutant: 'PM2.5', average: 'day', day: DAY })
    expect(roundMicro(dayOutlook(six.bench.ledger, { air, day: six.bench.ledger.day(air, DAY) }, limit).budget!.exact, 2)).toBe(74.11)
  })

  test('a day of 75.4 is met; a review takes its suspect hour of 30 out, and 77.37 is not', () => {
    const at = room().hours(`${DAY} 00:00`, 23, { A: 77.4 }).until(`${DAY} 23:30`)
    // 23 hours that come to 1,779.6 in whole tenths, and the hour of 30: 1,809.6 of 24.
    at.push(at.hour(`${DAY} 22:00`, { A: 76.8 })).tick(at.instant('2022-03-11 00:00'))
    at.push(at.hour(`${DAY} 23:00`, { A: 30 }).map((r) => ({ ...r, flag: '?' })))
    expect(dayOf(at)).toMatchObject({ mean: 75.4, rounded: 75, verdict: 'met' })
    expect(at.summary(DAY, DAY).data).toMatchObject({ suspect: 1, invalid: 0 })
    expect(at.review('A', [`${DAY} 23:00`, '2022-03-11'])).toBe('done')
    expect(dayOf(at)).toMatchObject({ mean: 77.37, rounded: 77, verdict: 'exceeded', incomplete: { valid: 23, expected: 24 } })
    expect(at.alert(`day-exceeded:beijing:PM2.5:${DAY}`)).toMatchObject({ value: 77, condition: 'over', marks: expect.arrayContaining(['revised']) as unknown })
  })

  test('rounding once: a mean of 15.4546 is 15, never 15.455, 15.46, 15.5 and 16', () => {
    const at = room().hours(`${DAY} 00:00`, 24, { A: 15.4546 }).until('2022-03-11 00:10')
    expect(dayOf(at)).toMatchObject({ mean: 15.45, rounded: 15 })
    const half = room().hours(`${DAY} 00:00`, 12, { A: 75 }).hours(`${DAY} 12:00`, 12, { A: 76 }).until('2022-03-11 00:10')
    expect(dayOf(half)).toMatchObject({ mean: 75.5, rounded: 76, verdict: 'exceeded' })
  })
})

/** Hours of three stations of one day, about the limit; some have no value, or a flag. */
const IDS = ['A', 'B', 'C']
const origin = room().now
const reading: fc.Arbitrary<Reading> = fc.record({
  id: fc.constantFrom(...IDS), hour: fc.nat({ max: 23 }), value: fc.option(fc.integer({ min: 700, max: 810 }), { freq: 12 }), flag: fc.constantFrom('', '', '', 'S', 'M'),
}).map(({ id, hour, value, flag }) => ({ station: id, pollutant: 'PM2.5', start: origin + hour * HOUR, minutes: 60, value: micro(value === null ? null : value / 10), flag }))
const whole = fc.array(fc.integer({ min: 700, max: 810 }), { minLength: 72, maxLength: 72 })
  .map((values) => values.map((value, i): Reading => ({ station: IDS[i % 3]!, pollutant: 'PM2.5', start: origin + Math.floor(i / 3) * HOUR, minutes: 60, value: micro(value / 10), flag: '' })))
const keyOf = (r: Reading) => `${r.station} ${r.start}`
/** Each reading once, as the last to arrive has it. */
const final = (readings: readonly Reading[]) => [...new Map(readings.map((r) => [keyOf(r), r])).values()]

/** The mean and the verdict of the day when everything has come. */
function said(cityMean: string, batches: readonly (readonly Reading[])[]): string {
  const at = room(IDS, cityMean)
  at.tick(origin + 24 * HOUR)
  for (const batch of batches) at.push(batch)
  at.tick(origin + 25 * HOUR)
  const day = dayOf(at)
  const alert = at.room.alerts[`day-exceeded:beijing:PM2.5:${DAY}`]
  return JSON.stringify([day, alert?.condition === 'over' ? alert.value : null, meanOf(at.bench.ledger.hour(at.bench.ledger.airs[0]!, origin).tally).stations])
}

/** In an order given by ranks, in batches of these sizes. */
function mixed(readings: readonly Reading[], ranks: readonly number[], sizes: readonly number[]): Reading[][] {
  const order = readings.map((r, i) => ({ r, rank: ranks[i % ranks.length] ?? 0, i })).sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ r }) => r)
  const batches: Reading[][] = []
  for (let at = 0, i = 0; at < order.length; i += 1) { const size = sizes[i % sizes.length] ?? 1; batches.push(order.slice(at, at + size)); at += size }
  return batches
}
const ranks = fc.array(fc.nat({ max: 1000 }), { minLength: 10, maxLength: 80 })
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 })

describe.each(['station-day-first', 'city-hour-first'])('an average and a verdict, %s, never change with', (order) => {
  const runs = { numRuns: 25, seed: 20220310 }
  test('the order and the batches in which the readings come', () => {
    fc.assert(fc.property(fc.tuple(whole, fc.array(reading, { maxLength: 20 })), ranks, sizes, ([base, more], rank, size) => {
      const last = final([...base, ...more])
      expect(said(order, mixed(last, rank, size))).toBe(said(order, [last]))
    }), runs)
  })

  test('readings that come twice', () => {
    fc.assert(fc.property(whole, ranks, sizes, (base, rank, size) => {
      expect(said(order, [...mixed(base, rank, size), ...mixed(base, [...rank].reverse(), size)])).toBe(said(order, [base]))
    }), runs)
  })

  test('what a reading was before it was revised', () => {
    fc.assert(fc.property(whole, fc.array(reading, { minLength: 5, maxLength: 60 }), sizes, (base, before, size) => {
      expect(said(order, [...mixed(before, [0], size), base])).toBe(said(order, [base]))
    }), runs)
  })

  test('whether anything exceeds: in these sets some do and some do not', () => {
    const found = fc.sample(whole, { numRuns: 30, seed: 20220310 }).map((base) => said(order, [base]))
    expect(found.some((one) => one.includes('"exceeded"')) && found.some((one) => one.includes('"met"'))).toBe(true)
  })
})

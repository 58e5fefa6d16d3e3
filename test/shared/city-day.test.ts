import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cityCell } from '../../shared/cells.ts'
import { dayMean } from '../../shared/city-day.ts'
import type { Method } from '../../shared/event.ts'
import { standsAt } from '../../shared/expected.ts'
import { dayOutlook } from '../../shared/outlook.ts'
import { compare, type Rational } from '../../shared/rounding.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from '../timeline/timeline.ts'

const DAY = '2022-03-10'
const NEXT = '2022-03-11'
type Order = Method['cityMean']
const room = (cityMean: Order, more: Partial<Setup> & { max?: number; dayHours?: number } = {}) => new Timeline({
  event: eventOf([{ average: 'day', max: more.max ?? 75 }], { summary: { cityMean, dayHours: more.dayHours ?? 20 } }),
  stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
/** The example of both orders: A has the whole day at 100, B twenty hours at 50. */
const example = (cityMean: Order) => room(cityMean).hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 4, { A: 100 }).until(`${NEXT} 00:10`)
const airOf = (at: Timeline) => at.bench.ledger.airs[0]!
const outlookOf = (at: Timeline) => {
  const air = airOf(at)
  const limit = at.bench.calendar.limitOn({ area: 'beijing', pollutant: 'PM2.5', average: 'day', day: DAY })
  return dayOutlook(at.bench.ledger, { air, day: at.bench.ledger.day(air, DAY) }, limit)
}

describe('by city hours first, 24 hours at 100 beside 20 at 50 are 79, where by station days they are 75', () => {
  test('in the summary, which names the order', () => {
    const of = (cityMean: Order) => { const { method, cities } = example(cityMean).summary(DAY, DAY); return [method.cityMean, cities[0]?.days[0]?.mean, cities[0]?.days[0]?.rounded, cities[0]?.days[0]?.verdict] }
    expect(of('city-hour-first')).toEqual(['city-hour-first', 79.17, 79, 'exceeded'])
    expect(of('station-day-first')).toEqual(['station-day-first', 75, 75, 'met'])
  })

  test('in the alert: one is raised, and none by station days', () => {
    const [hours, days] = [example('city-hour-first'), example('station-day-first')]
    expect(hours.alert(`day-exceeded:beijing:PM2.5:${DAY}`)).toMatchObject({ value: 79, limit: 75, condition: 'over', reason: { code: 'day-exceeded', mean: 79.17, stations: 2, evaluating: 2 } })
    expect(days.said('day-exceeded')).toEqual([])
  })

  test('in what a test of rules is told of the day', () => {
    const of = (cityMean: Order) => { const at = example(cityMean); return standsAt(at.bench, airOf(at), { average: 'day', start: at.instant(`${DAY} 00:00`), now: at.now }) }
    expect(of('city-hour-first')).toMatchObject({ mean: 79.17, rounded: 79, verdict: 'exceeded' })
    expect(of('station-day-first')).toMatchObject({ mean: 75, rounded: 75, verdict: 'met' })
  })

  test('on the wall, while the day runs and when it is over', () => {
    const wall = (at: Timeline) => { const { day, lastDay } = cityCell(at.bench, airOf(at), at.now); return [day.rounded, lastDay?.rounded, lastDay?.standing, lastDay?.stations] }
    expect(wall(example('city-hour-first'))).toEqual([null, 79, 'exceeded', { valid: 2, evaluating: 2 }])
    expect(wall(example('station-day-first'))).toEqual([null, 75, 'met', { valid: 2, evaluating: 2 }])
    const running = room('city-hour-first').hours(`${DAY} 00:00`, 6, { A: 100, B: 50 }).hours(`${DAY} 06:00`, 2, { A: 100 }).until(`${DAY} 08:10`)
    expect(wall(running)[0]).toBe(81)
  })

  test('in the budget: after 23 hours the city\'s series leaves less than 12, where its stations\' days leave 84.5', () => {
    const at = (cityMean: Order) => outlookOf(room(cityMean).hours(`${DAY} 00:00`, 20, { A: 100, B: 50 }).hours(`${DAY} 20:00`, 3, { A: 100 }).until(`${DAY} 23:10`))
    // 24 × 75.5 − 20 × 75 − 3 × 100 = 12, just not reached: 75 is met below 75.5.
    expect(at('city-hour-first')).toMatchObject({ budget: { tenths: 11.9 }, left: 1, able: 2, evaluating: 2 })
    expect(at('station-day-first')).toMatchObject({ budget: { tenths: 84.5 } })
  })
})

describe('a day by city hours', () => {
  test('needs twenty valid city hours, not twenty hours of each station', () => {
    const of = (hours: number) => {
      // A has the first twelve, B the rest: no station has twenty.
      const at = room('city-hour-first').hours(`${DAY} 00:00`, 12, { A: 60 }).hours(`${DAY} 12:00`, hours - 12, { B: 90 }).until(`${NEXT} 00:10`)
      return at.summary(DAY, DAY).cities[0]?.days[0]
    }
    expect(of(20)).toMatchObject({ mean: 72, stations: 2, verdict: 'met', incomplete: { valid: 20, expected: 48 } })
    expect(of(19)).toMatchObject({ mean: null, verdict: 'insufficient' })
  })

  test('leaves out an hour of which too few stations are valid', () => {
    const at = room('city-hour-first', { stations: ['A', 'B', 'C'].map((id) => ({ id })) })
    at.hours(`${DAY} 00:00`, 20, { A: 60, B: 60 }).hours(`${DAY} 20:00`, 4, { A: 900 }).until(`${NEXT} 00:10`)
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ mean: 60, rounded: 60 })
  })

  test('cannot become valid once five hours are lost, and says so', () => {
    const at = room('city-hour-first').until(`${DAY} 04:10`)
    expect(outlookOf(at)).toMatchObject({ able: 2, standing: 'unknown' })
    expect(outlookOf(at.until(`${DAY} 05:10`))).toMatchObject({ able: 0, standing: 'impossible', budget: null })
  })

  test('moves with a late hour and with a revised one, as if they had come in time', () => {
    const at = example('city-hour-first')
    at.push(at.hour(`${DAY} 20:00`, { B: 50 })).push([21, 22, 23].flatMap((hour) => at.hour(`${DAY} ${hour}:00`, { B: 50 })))
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ mean: 75, verdict: 'met' })
    at.push(at.hour(`${DAY} 00:00`, { A: 124 }))
    expect(at.summary(DAY, DAY).cities[0]?.days[0]).toMatchObject({ mean: 75.5, rounded: 76, verdict: 'exceeded' })
  })

  test('of a city without a station is none', () => {
    const at = room('city-hour-first', { stations: [{ id: 'A', evaluates: false }] }).hours(`${DAY} 00:00`, 24, { A: 50 }).until(`${NEXT} 00:10`)
    expect(dayMean(at.bench.ledger.setup.method, { air: airOf(at), day: at.bench.ledger.day(airOf(at), DAY) })).toEqual({ mean: null, stations: 0 })
    expect(outlookOf(at)).toMatchObject({ able: 0, budget: null })
  })
})

/** A plain second way: fractions of every hour's stations, added up one after the other. */
function plain(hours: readonly (readonly (number | null)[])[], share = 0.5): Rational | null {
  let [num, den, count] = [0n, 1n, 0n]
  for (const stations of hours) {
    const valid = stations.filter((v) => v !== null)
    if (valid.length === 0 || valid.length < share * stations.length) continue
    const sum = BigInt(valid.reduce((total, v) => total + v, 0)) * 100_000n
    num = num * BigInt(valid.length) + sum * den
    den *= BigInt(valid.length)
    count += 1n
  }
  return count < 20n ? null : { num, den: den * count }
}

/** Hours of three stations in tenths of a µg/m³, some of them missing. */
const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 2000 }) }, { weight: 1, arbitrary: fc.constant(null) })
const days = fc.array(fc.tuple(value, value, value), { minLength: 24, maxLength: 24 })
const IDS = ['A', 'B', 'C']
const hourOf = (values: readonly (number | null)[]) => Object.fromEntries(values.flatMap((v, i) => (v === null ? [] : [[IDS[i] ?? '', v / 10]])))
function played(hours: readonly (readonly (number | null)[])[], max: number): Timeline {
  const at = room('city-hour-first', { stations: IDS.map((id) => ({ id })), max })
  hours.forEach((values, i) => { const text = `${DAY} ${String(i).padStart(2, '0')}:00`; at.tick(at.instant(text) + HOUR); at.push(at.hour(text, hourOf(values))) })
  at.tick(at.instant(`${DAY} 00:00`) + hours.length * HOUR + 600_000)
  return at
}

describe('whatever the stations had', () => {
  test('the mean of a day is that of plain fractions', () => {
    fc.assert(fc.property(days, (hours) => {
      const at = played(hours, 75)
      const air = airOf(at)
      const { mean } = dayMean(at.bench.ledger.setup.method, { air, day: at.bench.ledger.day(air, DAY) })
      const expected = plain(hours)
      expect(mean === null).toBe(expected === null)
      if (mean !== null && expected !== null) expect(compare(mean, expected)).toBe(0)
    }), { numRuns: 60, seed: 2022 })
  })

  test('the budget kept by all stations meets the limit, and a tenth more does not; locked is what noughts cannot save', () => {
    let [kept, locked] = [0, 0]
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 23 }), fc.integer({ min: 40, max: 140 }), (hours, gone, max) => {
      const had = hours.slice(0, gone)
      const { budget } = outlookOf(played(had, max))
      fc.pre(budget !== null)
      const verdict = (rest: number) => {
        const all = [...had, ...Array.from({ length: 24 - gone }, () => [rest, rest, rest])]
        return played(all, max).summary(DAY, DAY).cities[0]?.days[0]?.verdict
      }
      const tenths = Math.round(budget.tenths * 10)
      expect(budget.locked).toBe(tenths < 0)
      if (budget.locked) { locked += 1; expect(verdict(0)).toBe('exceeded'); return }
      kept += 1
      if (tenths + 1 > 9_000) return
      expect([verdict(tenths), verdict(tenths + 1)]).toEqual(['met', 'exceeded'])
    }), { numRuns: 60, seed: 2022 })
    expect([kept > 20, locked > 3]).toEqual([true, true])
  })
})

test('by city hours a day does not count an hour that has not closed, though most of its minutes are there', () => {
  const at = room('city-hour-first', { dayHours: 1, stations: [{ id: 'A' }] }).hours(`${DAY} 00:00`, 6, { A: 100 }).live(`${DAY} 06:00`, { station: 'A', count: 50, value: 20 })
  const mean = () => { const air = airOf(at); return dayMean(at.bench.ledger.setup.method, { air, day: at.bench.ledger.day(air, DAY) }).mean }
  expect(compare(mean()!, { num: 100_000_000n, den: 1n })).toBe(0)
  at.until(`${DAY} 07:10`)
  expect(compare(mean()!, { num: 620_000_000n, den: 7n })).toBe(0)
})

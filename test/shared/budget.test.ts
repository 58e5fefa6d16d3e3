import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ableStations, COMMON, dayTally, enough, meanOf, minuteTally, NO_PART, replacePart, type Tally } from '../../shared/average.ts'
import { type Budget, budgetOf, ceilingOf, isTight, wouldExceed } from '../../shared/budget.ts'
import { dayOutlook } from '../../shared/outlook.ts'
import { roundMicro } from '../../shared/rounding.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'

/** One station's parts so far, each one value in µg/m³ (hours of a day, minutes of an hour). */
type Average = 'hour' | 'day'
const UNIT = { hour: 1_000_000n, day: 1_000_000n * COMMON }
const partOf = (average: Average, values: readonly number[]) => ({ n: values.length, sum: values.reduce((sum, v) => sum + BigInt(Math.round(v * 10)), 0n) * UNIT[average] / 10n })

function tallyOf(average: Average, stations: readonly (readonly number[])[]): Tally {
  const tally = average === 'hour' ? minuteTally(45) : dayTally(20)
  for (const values of stations) replacePart(tally, NO_PART, partOf(average, values))
  return tally
}

/** `limit` with GB/T 8170's allowance; `plain` the limit itself, as the practitioners' examples have it. */
function budget(average: Average, stations: readonly (readonly number[])[], of: { left: number; limit: number; plain?: boolean }): Budget | null {
  const ceiling = of.plain ? { raw: BigInt(of.limit) * 1_000_000n, inclusive: true } : ceilingOf(of.limit, 0)
  return budgetOf(tallyOf(average, stations), of.left, { silent: stations.filter((s) => s.length === 0).length, ceiling })
}
const times = (count: number, value: number) => Array.from({ length: count }, () => value)
const two = (of: Budget | null) => (of === null ? null : roundMicro(of.exact, 2))

describe('the worked examples, without the allowance of rounding', () => {
  test.each([
    ['hour', times(30, 80), 30, 70], ['hour', times(45, 120), 15, -60], ['hour', times(20, 60), 40, 82.5], ['hour', times(10, 200), 50, 50],
    ['day', [90, 88, 85, 80, 70, 65], 18, 73.44], ['day', times(12, 60), 12, 90], ['day', times(20, 120), 4, -150],
  ] as const)('%s %j with %i to come leaves %d', (...[average, values, left, expected]) => {
    const of = budget(average, [values], { left, limit: 75, plain: true })
    expect([two(of), of?.locked]).toEqual([expected, expected < 0])
  })
})

describe('with the allowance of rounding', () => {
  test('75 is met below 75.5: the first six hours leave 74.11, ten minutes at 200 leave 50.6', () => {
    expect(two(budget('day', [[90, 88, 85, 80, 70, 65]], { left: 18, limit: 75 }))).toBe(74.11)
    expect(two(budget('hour', [times(10, 200)], { left: 50, limit: 75 }))).toBe(50.6)
  })

  test('an odd limit leaves the tenth below, an even one the tenth itself', () => {
    expect(budget('day', [], { left: 24, limit: 75 })).toBeNull()
    expect(budget('day', [[]], { left: 24, limit: 75 })).toMatchObject({ tenths: 75.4, locked: false })
    expect(budget('day', [[]], { left: 24, limit: 60 })).toMatchObject({ tenths: 60.5, locked: false })
    expect(budget('hour', [[]], { left: 60, limit: 35 })).toMatchObject({ tenths: 35.4 })
    expect(budget('hour', [[]], { left: 60, limit: 50 })).toMatchObject({ tenths: 50.5 })
  })

  test('at nothing left an odd limit is locked, an even one just not', () => {
    expect(budget('day', [[...times(22, 75.5), 151]], { left: 1, limit: 75 })).toMatchObject({ tenths: -0.1, locked: true })
    expect(budget('day', [[...times(22, 60.5), 121]], { left: 1, limit: 60 })).toMatchObject({ tenths: 0, locked: false })
    expect(budget('day', [[...times(22, 60.5), 121.1]], { left: 1, limit: 60 })).toMatchObject({ tenths: -0.1, locked: true })
  })

  test('a limit finer than the judged figures is that of the last judged figure below it', () => {
    expect(ceilingOf(75.5, 0)).toEqual({ raw: 75_500_000n, inclusive: false })
    expect(ceilingOf(60.9, 0)).toEqual({ raw: 60_500_000n, inclusive: true })
    expect(ceilingOf(4, 1)).toEqual({ raw: 4_050_000n, inclusive: true })
    expect(ceilingOf(0.7, 1)).toEqual({ raw: 750_000n, inclusive: false })
  })
})

describe('a city', () => {
  const A = times(23, 100)
  const B = times(20, 50)

  test('with one station at 100 and one at 50 that misses three hours may have 124 in the last hour, which the series of city hours would call 12', () => {
    // 2 × 75.5 − 2300/24 − 1000/21 = 7.5476…, over 1/24 + 1/21: 84.53 for both; were B silent, A alone would have the rest.
    const both = budget('day', [A, B], { left: 1, limit: 75 })
    expect([two(both), both?.tenths]).toEqual([84.53, 84.5])
    const cityHours = [...times(20, 75), ...times(3, 100)]
    expect(two(budget('day', [cityHours], { left: 1, limit: 75 }))).toBe(12)
    // B keeps its twenty hours, and A's last hour may be 124: (2300 + 124) / 24 = 101, (101 + 50) / 2 = 75.5 is the end of it.
    expect(meanOf(tallyOf('day', [[...A, 123.9], B])).mean).toSatisfy((m: { num: bigint; den: bigint }) => roundMicro(m, 0) === 75)
    expect(meanOf(tallyOf('day', [[...A, 124], B])).mean).toSatisfy((m: { num: bigint; den: bigint }) => roundMicro(m, 0) === 76)
  })

  test('does not ask a station that can no longer be valid', () => {
    expect(two(budget('day', [times(12, 60), times(7, 900)], { left: 12, limit: 75, plain: true }))).toBe(90)
    expect(ableStations(tallyOf('day', [times(12, 60), times(7, 900)]), 12, 0)).toBe(1)
  })

  test('counts a station that is still silent while it can become valid, and not after', () => {
    expect(two(budget('hour', [times(15, 105), []], { left: 45, limit: 75, plain: true }))).toBe(70.71)
    expect(two(budget('hour', [times(16, 105), []], { left: 44, limit: 75, plain: true }))).toBe(64.09)
  })

  test('a station that is ahead of the clock has only the rest of its hour to come', () => {
    const early = budget('hour', [times(15, 60), times(10, 60)], { left: 50, limit: 75, plain: true })
    // (2·75 − 15·60/60 − 10·60/60) / (45/60 + 50/60)
    expect(two(early)).toBe(78.95)
    expect(budget('hour', [times(60, 60)], { left: 4, limit: 75 })).toBeNull()
  })

  test('nothing to come, or no station that can be valid, leaves no budget', () => {
    expect([budget('day', [times(24, 60)], { left: 0, limit: 75 }), budget('day', [times(3, 60)], { left: 16, limit: 75 })]).toEqual([null, null])
  })
})

describe('projected and tight', () => {
  const at = (tenths: bigint) => ({ num: tenths * 100_000n, den: 1n })
  const leaves = (limit: number) => budget('day', [[]], { left: 24, limit })

  test('kept on at just the budget an odd limit fails and an even one holds', () => {
    expect([wouldExceed(leaves(75)!, at(755n), ceilingOf(75, 0)), wouldExceed(leaves(75)!, at(754n), ceilingOf(75, 0))]).toEqual([true, false])
    expect([wouldExceed(leaves(60)!, at(605n), ceilingOf(60, 0)), wouldExceed(leaves(60)!, at(606n), ceilingOf(60, 0))]).toEqual([false, true])
  })

  test('it is tight below 1.2 times the recent mean', () => {
    expect([isTight(leaves(60)!, { num: 605_000_000n, den: 12n }), isTight(leaves(60)!, { num: 605_000_001n, den: 12n })]).toEqual([false, true])
  })
})

const cases = fc.record({
  average: fc.constantFrom<Average>('hour', 'day'), limit: fc.integer({ min: 1, max: 160 }), part: fc.double({ min: 0, max: 0.99, noNaN: true }),
  stations: fc.array(fc.record({ gaps: fc.nat({ max: 8 }), values: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 60, maxLength: 60 }) }), { minLength: 1, maxLength: 7 }),
})
/** What the stations have when `left` parts are to come: each misses some of those that are gone. */
function scene({ average, part, stations }: { average: Average; part: number; stations: { gaps: number; values: number[] }[] }) {
  const parts = average === 'hour' ? 60 : 24
  const gone = Math.floor(parts * part)
  const had = stations.map(({ gaps, values }) => values.slice(0, Math.max(0, gone - gaps)).map((v) => v / 10))
  return { parts, left: parts - gone, need: average === 'hour' ? 45 : 20, had }
}
/** The judged mean if each station that can still be valid keeps to `rest` from now on. */
function outcome(average: Average, { had, left, need }: ReturnType<typeof scene>, rest: number): number {
  const { mean } = meanOf(tallyOf(average, had.filter((v) => v.length + left >= need).map((v) => [...v, ...times(left, rest)])))
  return mean === null ? Number.NaN : roundMicro(mean, 0)
}

describe('whatever the stations had', () => {
  test('the budget kept by all of them meets the limit, and a tenth more does not', () => {
    fc.assert(fc.property(cases, (of) => {
      const at = scene(of)
      const found = budget(of.average, at.had, { left: at.left, limit: of.limit })
      fc.pre(found !== null)
      expect(outcome(of.average, at, found.tenths)).toBeLessThanOrEqual(of.limit)
      expect(outcome(of.average, at, Math.round(found.tenths * 10 + 1) / 10)).toBeGreaterThan(of.limit)
    }), { numRuns: 500 })
  })

  test('it is locked if, and only if, nothing but noughts would still exceed', () => {
    let locked = 0
    fc.assert(fc.property(cases, (of) => {
      const at = scene(of)
      const found = budget(of.average, at.had, { left: at.left, limit: of.limit })
      fc.pre(found !== null)
      locked += Number(found.locked)
      expect(found.locked).toBe(outcome(of.average, at, 0) > of.limit)
      expect(found.tenths < 0).toBe(found.locked)
    }), { numRuns: 500 })
    expect(locked).toBeGreaterThan(20)
  })

  test('a recent mean that would exceed if kept on is projected, and no other', () => {
    fc.assert(fc.property(cases, fc.integer({ min: 0, max: 3000 }), (of, recent) => {
      const at = scene(of)
      const found = budget(of.average, at.had, { left: at.left, limit: of.limit })
      fc.pre(found !== null)
      expect(wouldExceed(found, { num: BigInt(recent) * 100_000n, den: 1n }, ceilingOf(of.limit, 0))).toBe(outcome(of.average, at, recent / 10) > of.limit)
    }), { numRuns: 500 })
  })
})

test('the wall\'s budget of a real day is that of its hours so far: the hour that settles is still to come', () => {
  const at = new Timeline({ event: eventOf([{ max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: '2022-03-10 00:00' })
  at.hours('2022-03-10 00:00', 20, { A: 100, B: 50 }).hours('2022-03-10 20:00', 3, { A: 100 })
  const air = at.bench.ledger.airs[0]!
  const outlook = () => dayOutlook(at.bench.ledger, { air, day: at.bench.ledger.day(air, '2022-03-10') }, at.bench.calendar.limitOn({ area: 'beijing', pollutant: 'PM2.5', average: 'day', day: '2022-03-10' }))
  expect(outlook()).toMatchObject({ left: 2, closed: 22, able: 2 })
  at.until('2022-03-10 23:10')
  expect(outlook()).toMatchObject({ left: 1, closed: 23, able: 2, budget: { tenths: 84.5 } })
  expect(enough(2, 2, 0.5)).toBe(true)
})

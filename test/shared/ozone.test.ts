import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HourMean, hourMean, movingMeans, overStations, ROLLING_24 } from '../../shared/moving.ts'
import { EIGHT_HOURS, ozoneCity, ozoneDay } from '../../shared/ozone.ts'
import { compare, type Rational, roundMicro } from '../../shared/rounding.ts'

const LIMIT = 160
/** Whole µg/m³ of each hour, null where it is missing. */
const hours = (values: readonly (number | null)[]): HourMean[] => values.map((value) => (value === null ? null : hourMean({ n: 60, sum: value * 60_000_000 }, 45)))
const times = (count: number, value: number | null): (number | null)[] => Array.from({ length: count }, () => value)
const day = (values: readonly (number | null)[]) => ozoneDay(hours(values), LIMIT)
const two = (value: Rational | null) => (value === null ? null : roundMicro(value, 2))

describe('ozone of a station\'s day', () => {
  test('is the largest of the seventeen running means that end at 08:00 to 24:00', () => {
    const rising = day(Array.from({ length: 24 }, (_, hour) => hour))
    // 16 to 23: (16 + … + 23) / 8
    expect([two(rising.max), rising.at, rising.windows, rising.reason]).toEqual([19.5, 24, { valid: 17, of: 17 }, 'enough-windows'])
    const first = day([...times(8, 80), ...times(16, 10)])
    expect([two(first.max), first.at]).toEqual([80, 8])
  })

  test('has nothing of the day before in it: the first running mean is that of its own first eight hours', () => {
    expect(movingMeans(hours(times(24, 50)), EIGHT_HOURS)[6]).toMatchObject({ valid: 7 })
    expect(day([...times(7, 300), ...times(17, 0)]).windows.valid).toBe(17)
    expect(two(day([...times(7, 300), ...times(17, 0)]).max)).toBe(262.5)
  })

  test('needs six of eight hours for each running mean, and means over those that are there', () => {
    const of = (missing: number) => day([...times(missing, null), ...times(8 - missing, 90), ...times(16, 30)])
    // Two missing: six hours at 90 are the first mean. Three missing: the first that is valid has five at 90 and one at 30.
    expect([two(of(2).max), of(2).at]).toEqual([90, 8])
    expect([two(of(3).max), of(3).at]).toEqual([80, 9])
  })

  test('is valid with fourteen running means; with thirteen only if it is over the limit already', () => {
    // Five hours are missing at the end: the last mean with six of its hours ends two hours into the gap.
    const fourteen = day([...times(19, 100), ...times(5, null)])
    expect([fourteen.windows.valid, fourteen.reason, two(fourteen.max)]).toEqual([14, 'enough-windows', 100])
    const thirteen = (value: number) => day([...times(18, value), ...times(6, null)])
    expect([thirteen(160).windows.valid, thirteen(160).reason, thirteen(160).max]).toEqual([13, 'too-few-windows', null])
    expect([thirteen(161).reason, two(thirteen(161).max)]).toEqual(['over-limit', 161])
    expect(day(times(24, null))).toEqual({ max: null, at: null, windows: { valid: 0, of: 17 }, reason: 'too-few-windows' })
  })

  test('over the limit means the rounded figure: 160.5 is 160, and met', () => {
    const half = (value: number) => ozoneDay([...times(18, value), ...times(6, null)].map((v) => (v === null ? null : hourMean({ n: 60, sum: Math.round(v * 60_000_000) }, 45))), LIMIT)
    expect([half(160.5).reason, half(160.6).reason]).toEqual(['too-few-windows', 'over-limit'])
  })

  test('counts an hour from its 45th valid minute on', () => {
    expect([hourMean({ n: 44, sum: 44_000_000 }, 45), hourMean({ n: 45, sum: 45_000_000 }, 45) === null]).toEqual([null, false])
  })

  test('is what plain sums of every window say', () => {
    const value = fc.option(fc.integer({ min: 0, max: 400 }), { freq: 5 })
    fc.assert(fc.property(fc.array(value, { minLength: 24, maxLength: 24 }), (values) => {
      const windows = Array.from({ length: 17 }, (_, i) => values.slice(i, i + 8).filter((v) => v !== null)).filter((w) => w.length >= 6)
      // Compared in whole numbers: 168 is a multiple of 6, 7 and 8.
      const most = Math.max(-1, ...windows.map((w) => w.reduce((a, b) => a + b, 0) * (168 / w.length)))
      const valid = windows.length >= 14 || most / 168 > 160.5
      const { max } = day(values)
      expect(max === null).toBe(!valid)
      if (max !== null) expect(compare(max, { num: BigInt(most) * 1_000_000n, den: 168n })).toBe(0)
    }), { numRuns: 300, seed: 8 })
  })
})

describe('ozone of a city\'s day', () => {
  const of = { evaluating: 3, share: 0.5 }
  test('is the mean of its stations\' maxima, not the maximum of their mean', () => {
    const morning = day([...times(8, 120), ...times(16, 0)])
    const evening = day([...times(16, 0), ...times(8, 60)])
    const { mean, stations } = ozoneCity([morning, evening], of)
    expect([two(mean), stations]).toEqual([90, 2])
  })

  test('is none with too few of its stations', () => {
    expect(ozoneCity([day(times(24, 50)), day(times(24, null)), day(times(24, null))], of)).toEqual({ mean: null, stations: 1 })
  })
})

describe('the mean of the last 24 hours', () => {
  test('needs twenty of them, and is the mean of those', () => {
    const series = [...times(4, null), ...times(20, 60), 84]
    const means = movingMeans(hours(series), ROLLING_24)
    expect([means[22]?.mean, two(means[23]?.mean ?? null), means[23]?.valid, means[23]?.of]).toEqual([null, 60, 20, 24])
    expect([two(means[24]?.mean ?? null), means[24]?.valid]).toEqual([61.14, 21])
  })

  test('lets go of the hour that is older than a day', () => {
    const means = movingMeans(hours([999, ...times(24, 50)]), ROLLING_24)
    expect([means[23]?.mean === null, two(means[24]?.mean ?? null)]).toEqual([false, 50])
  })

  test('before its first hours have come it is not complete, and never looks so', () => {
    expect(movingMeans(hours(times(19, 50)), ROLLING_24).every(({ mean, of }) => mean === null && of === 24)).toBe(true)
  })

  test('of a city is that of its stations\' own', () => {
    const last = (value: number) => movingMeans(hours(times(24, value)), ROLLING_24)[23]?.mean ?? null
    expect(two(overStations([last(40), last(61), null], { evaluating: 3, share: 0.5 }).mean)).toBe(50.5)
  })
})

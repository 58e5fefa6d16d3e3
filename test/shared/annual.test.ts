import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { badDaysAllowed, heavyDaysAllowed, restMeanAllowed, shareOf } from '../../shared/allowed.ts'
import { indicatorsOf, stretchOf } from '../../shared/annual.ts'
import { compositeOf, gradeTwo } from '../../shared/composite.ts'
import { dayAqi, type DayFigures } from '../../shared/daily.ts'
import type { Pollutant, Target } from '../../shared/event.ts'
import { percentileOf } from '../../shared/percentile.ts'
import { meanOfRationals, type Rational, roundMicro } from '../../shared/rounding.ts'
import { dateBefore, daysBefore, lunarBefore } from '../../shared/same-days.ts'
import { StandardFile } from '../../shared/standard.ts'
import { sufficiencyOf } from '../../shared/sufficiency.ts'
import { targetState } from '../../shared/targets.ts'
import { addDays, daysBetween } from '../../shared/time.ts'
import { cn2026 } from './standards.ts'
import { yearOnYear } from '../../shared/year-on-year.ts'

const of = (value: number): Rational => ({ num: BigInt(Math.round(value * 10)) * 100_000n, den: 1n })
const standardOf = (id: string) => StandardFile.parse(parse(readFileSync(new URL(`../../config/standards/${id}.yaml`, import.meta.url), 'utf8')))
const standard = standardOf('cn-2012')
const year = (y: number) => daysBetween(`${y}-01-01`, `${y}-12-31`)

describe('a percentile', () => {
  const p = (values: readonly number[], at: number) => { const found = percentileOf(values.map(of), at); return found === null ? null : roundMicro(found, 3) }
  test('lies between the two nearest ranks in proportion: k = 1 + (n − 1) · p', () => {
    // n 11, p 0.95: k = 10.5, halfway between the tenth and the eleventh.
    expect(p([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200], 95)).toBe(150)
    // n 5, p 0.9: k = 4.6.
    expect([p([5, 4, 3, 2, 1], 90), p([7], 98), p([], 98)]).toEqual([4.6, 7, null])
  })

  test('of a year of 365 days at 98 is 0.72 of the way from the 357th to the 358th', () => {
    expect(p(Array.from({ length: 365 }, (_, i) => 365 - i), 98)).toBe(357.72)
  })

  test('does not depend on the order, and never leaves the values', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 60 }), fc.constantFrom(90, 95, 98), (tenths, at) => {
      const values = tenths.map((v) => v / 10)
      const found = p(values, at)!
      expect(p([...values].reverse(), at)).toBe(found)
      expect(found >= Math.min(...values) && found <= Math.max(...values)).toBe(true)
      const below = values.filter((v) => v <= found + 0.0005).length
      expect(below).toBeGreaterThanOrEqual(Math.floor(1 + (values.length - 1) * at / 100))
    }), { numRuns: 200, seed: 663 })
  })
})

describe('the composite index', () => {
  const figures = { 'PM2.5': of(21), PM10: of(39), SO2: of(9), NO2: of(15), O3: of(192), CO: of(0.7) }
  test('of the worked example is 21/35 + 39/70 + 9/60 + 15/40 + 192/160 + 0.7/4 = 3.06', () => {
    expect(compositeOf(figures, { standard, day: '2020-12-31' })).toEqual({ value: 3.06, parts: { 'PM2.5': 0.6, PM10: 0.56, SO2: 0.15, NO2: 0.38, O3: 1.2, CO: 0.18 }, lacking: [] })
  })

  test('is none where one of the six is missing, and says which', () => {
    expect(compositeOf({ ...figures, CO: null }, { standard, day: '2020-12-31' })).toMatchObject({ value: null, lacking: ['CO'] })
  })

  test('divides by the limits that hold on the day', () => {
    const at = (day: string) => compositeOf(figures, { standard: standardOf('cn-2026'), day }).parts['PM2.5']
    // 21/30 until the end of 2030, then 21/25.
    expect([at('2026-12-31'), at('2031-12-31')]).toEqual([0.7, 0.84])
  })
})

describe('whether a year has enough days', () => {
  const without = (dates: readonly string[], missing: (date: string) => boolean) => sufficiencyOf(dates, new Set(dates.filter((date) => !missing(date))))
  test('324 are, 323 are not', () => {
    // The last days of the months, until so many are gone; each month keeps its 27, February 25.
    const ends = year(2021).filter((date) => Number(date.slice(8)) > (date.slice(5, 7) === '02' ? 25 : 27))
    const gone = (count: number) => without(year(2021), (date) => ends.slice(0, count).includes(date))
    expect([gone(41).days, gone(41).reason, gone(42).reason]).toEqual([{ valid: 324, of: 365 }, null, 'too-few-days'])
    expect(sufficiencyOf(year(2021), new Set(year(2021).slice(0, 324))).reason).toBe('short-month')
    expect(sufficiencyOf(year(2021), new Set())).toMatchObject({ reason: 'no-days' })
  })

  test('each month has 27, February 25', () => {
    const short = (month: string, last: number) => without(year(2021), (d) => d.startsWith(`2021-${month}`) && Number(d.slice(8)) > last)
    expect([short('03', 27).reason, short('03', 26).reason, short('03', 26).months]).toEqual([null, 'short-month', ['2021-03']])
    expect([short('02', 25).reason, short('02', 24).reason]).toEqual([null, 'short-month'])
  })

  test('a part of a year needs the same share, and its whole months the same days', () => {
    const part = daysBetween('2021-01-01', '2021-02-10')
    const there = (count: number) => sufficiencyOf(part, new Set(part.slice(part.length - count))).reason
    // 41 days: 324/365 of them are 36.4; ten of February, so that 27 of January are 37.
    expect([there(37), there(36), there(0)]).toEqual([null, 'too-few-days', 'no-days'])
    expect(sufficiencyOf(part, new Set([...part.slice(0, 26), ...part.slice(31)])).reason).toBe('too-few-days')
    const long = daysBetween('2021-01-01', '2021-03-31')
    expect(sufficiencyOf(long, new Set([...long.slice(0, 26), ...long.slice(31)]))).toMatchObject({ reason: 'short-month', months: ['2021-01'], days: { valid: 85, of: 90 } })
  })
})

describe('what is still allowed', () => {
  test('of 91.6 %: 30 days of 365 may be bad, 31 are too many', () => {
    // 335/365 = 91.78, 334/365 = 91.507.
    expect(badDaysAllowed({ counted: 80, valid: 100, left: 265 }, 91.6)).toEqual({ left: 265, allowed: 10, reachable: true })
    expect(badDaysAllowed({ counted: 70, valid: 100, left: 265 }, 91.6)).toMatchObject({ allowed: 0, reachable: true })
    expect(badDaysAllowed({ counted: 69, valid: 100, left: 265 }, 91.6)).toMatchObject({ allowed: null, reachable: false })
    expect(badDaysAllowed({ counted: 100, valid: 100, left: 5 }, 91.6)).toMatchObject({ allowed: 5 })
  })

  test('of no heavy pollution: none; of what was set at 1 %: three days of 365', () => {
    expect(heavyDaysAllowed({ counted: 0, valid: 100, left: 265 }, 0)).toEqual({ left: 265, allowed: 0, reachable: true })
    expect(heavyDaysAllowed({ counted: 1, valid: 100, left: 265 }, 0)).toMatchObject({ allowed: null, reachable: false })
    expect(heavyDaysAllowed({ counted: 0, valid: 100, left: 265 }, 1)).toMatchObject({ allowed: 3 })
  })

  test('of 23 µg/m³: after 100 days at 40 the other 265 may average 16.6', () => {
    // (23.05 × 365 − 4000) / 265 = 16.6537…
    expect(restMeanAllowed(Array.from({ length: 100 }, () => of(40)), 265, { max: 23, places: 1 })).toEqual({ left: 265, allowed: 16.6, reachable: true })
    expect(restMeanAllowed(Array.from({ length: 300 }, () => of(40)), 65, { max: 23, places: 1 })).toEqual({ left: 65, allowed: null, reachable: false })
  })

  test('at the end of the year nothing more is, and it is reached or not: 23.05 rounds to 23.0', () => {
    const end = (value: number) => restMeanAllowed([{ num: BigInt(Math.round(value * 100)) * 10_000n, den: 1n }], 0, { max: 23, places: 1 })
    expect([end(23.05), end(23.06)]).toEqual([{ left: 0, allowed: null, reachable: true }, { left: 0, allowed: null, reachable: false }])
    expect(badDaysAllowed({ counted: 365, valid: 365, left: 0 }, 91.6)).toEqual({ left: 0, allowed: null, reachable: true })
  })

  test('at the end of a year a tie that rounds up is over, and a year of which nothing was measured reached nothing', () => {
    const end = (values: readonly number[], max: number) => restMeanAllowed(values.map((value) => ({ num: BigInt(Math.round(value * 100)) * 10_000n, den: 1n })), 0, { max, places: 1 }).reachable
    expect([end([23.14], 23.1), end([23.15], 23.1), end([23.16], 23.1), end([], 23.1), end([], 23)]).toEqual([true, false, false, false, false])
  })

  test('is exact: kept it meets the target, a tenth or a day more does not', () => {
    const tenths = fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 40 })
    fc.assert(fc.property(tenths, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 10, max: 400 }), (had, left, max) => {
      const { allowed } = restMeanAllowed(had.map((v) => of(v / 10)), left, { max: max / 10, places: 1 })
      const year10 = (rest: number) => roundMicro(meanOfRationals([...had.map((v) => of(v / 10)), ...Array.from({ length: left }, () => of(rest))])!, 1)
      if (allowed === null) { expect(year10(0)).toBeGreaterThan(max / 10); return }
      expect(year10(allowed)).toBeLessThanOrEqual(max / 10)
      expect(year10(Math.round(allowed * 10 + 1) / 10)).toBeGreaterThan(max / 10)
    }), { numRuns: 300, seed: 23 })
    fc.assert(fc.property(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 60 }), fc.nat({ max: 165 })), fc.integer({ min: 500, max: 1000 }), ([good, bad, left], min) => {
      const { allowed, reachable } = badDaysAllowed({ counted: good, valid: good + bad, left }, min / 10)
      const share = (more: number) => shareOf(good + left - more, good + bad + left) ?? 0
      expect(reachable).toBe(share(0) >= min / 10)
      if (allowed === null) return
      expect(share(allowed)).toBeGreaterThanOrEqual(min / 10)
      if (allowed < left) expect(share(allowed + 1)).toBeLessThan(min / 10)
    }), { numRuns: 300, seed: 916 })
  })
})

describe('the day that is compared', () => {
  test('by dates is the same date of the year before, of 29 February the 28th; a whole range has its 29th', () => {
    expect([dateBefore('2022-02-04'), dateBefore('2020-02-29')]).toEqual(['2021-02-04', '2019-02-28'])
    expect(daysBefore({ from: '2017-01-01', to: '2017-12-31' }, 'gregorian')).toHaveLength(366)
  })

  test('by lunar days New Year\'s Day is compared with New Year\'s Day', () => {
    // 正月初一: 2017-01-28, 2016-02-08, 2022-02-01, 2021-02-12; 元宵 2022-02-15 and 2021-02-26.
    expect(['2017-01-28', '2022-02-01', '2022-02-15'].map(lunarBefore)).toEqual(['2016-02-08', '2021-02-12', '2021-02-26'])
  })

  test('a thirtieth that the month before a year lacks, and a day of a leap month, have none', () => {
    // 腊月三十 of 2021-02-11; the twelfth month of 2022-01 has 29 days, so the one of a year later, 2023-01-21, has no counterpart.
    expect([lunarBefore('2023-01-21'), lunarBefore('2023-01-20')]).toEqual([null, '2022-01-31'])
    // 闰二月 of 2023 is 22 March to 19 April.
    expect([lunarBefore('2023-03-21') !== null, lunarBefore('2023-03-22'), lunarBefore('2023-04-19'), lunarBefore('2023-04-20')]).toEqual([false, null, null, '2022-04-01'])
  })
})

const figures = (date: string, values: Partial<Record<Pollutant, number>>, aqi: number | null): DayFigures =>
  ({ date, values: Object.fromEntries(Object.entries(values).map(([pollutant, value]) => [pollutant, of(value)])), aqi: { aqi, primary: [], missing: [] } })
const known = (dates: readonly string[], each: (date: string, i: number) => DayFigures | null) => new Map(dates.flatMap((date, i) => { const found = each(date, i); return found === null ? [] : [[date, found] as const] }))

describe('the AQI of a day', () => {
  const day = (values: Partial<Record<Pollutant, number>>, ozoneHour: number | null = null) => dayAqi(standard, [
    ...Object.entries(values).map(([pollutant, value]) => ({ pollutant: pollutant as Pollutant, average: pollutant === 'O3' ? '8-hours' as const : 'day' as const, value: of(value) })),
    ...(ozoneHour === null ? [] : [{ pollutant: 'O3' as const, average: 'hour' as const, value: of(ozoneHour) }]),
  ])
  const all = { 'PM2.5': 75, PM10: 100, SO2: 10, NO2: 40, CO: 1, O3: 100 }
  test('is the largest of the six', () => { expect(day(all)).toEqual({ aqi: 100, primary: ['PM2.5'], missing: [] }) })
  test('with a pollutant missing is none at 100, for that one might be worse; above 100 it stands', () => {
    const { SO2: _, ...five } = all
    expect(day(five)).toEqual({ aqi: null, primary: [], missing: ['SO2'] })
    expect(day({ ...five, 'PM2.5': 76 })).toEqual({ aqi: 102, primary: ['PM2.5'], missing: ['SO2'] })
    expect(day({})).toMatchObject({ aqi: null })
  })
  test('reads ozone above 800 of eight hours from its largest hour', () => {
    expect(day({ ...all, O3: 801 }, 1000)).toMatchObject({ aqi: 400, primary: ['O3'] })
    expect(day({ ...all, O3: 801 }, null)).toMatchObject({ missing: ['O3'] })
  })
})

test('a year before a standard\'s time is measured by its first figures, one after 2030 by its final ones', () => {
  expect(['2022-03-08', '2027-03-08', '2031-01-01'].map((day) => gradeTwo(cn2026, { pollutant: 'PM2.5', average: 'year', day }))).toEqual([30, 30, 25])
})

describe('the indicators of a stretch', () => {
  const dates = daysBetween('2021-01-01', '2021-04-10')
  const stretch = stretchOf(dates, known(dates, (date, i) => (i === 50 ? null : figures(date, { 'PM2.5': i < 20 ? 80 : 30, O3: i }, i < 20 ? (i < 3 ? 250 : 107) : 45))))
  const found = indicatorsOf(stretch, standard)

  test('say how many days they rest on', () => {
    // 99 of 100 days; 79 of them good, 3 heavy.
    expect(found.goodDays).toEqual({ value: 79.8, count: 79, days: { valid: 99, of: 100 }, reason: null })
    expect(found.heavyDays).toMatchObject({ value: 3, count: 3 })
    // (20 × 80 + 79 × 30) / 99 = 40.1010…
    expect(found.means['PM2.5']).toEqual({ value: 40.1, days: { valid: 99, of: 100 }, reason: null })
    expect(found.means.NO2).toEqual({ value: null, days: { valid: 0, of: 100 }, reason: 'no-days' })
    expect(found.composite).toMatchObject({ value: null, lacking: ['PM10', 'SO2', 'NO2', 'CO'] })
    // Ranks of 0 … 99 without 50: k = 1 + 98 × 0.9 = 89.2; the 89th is 89, the 90th 90.
    expect(found.percentiles.O3).toMatchObject({ value: 89, percentile: 90 })
  })

  const target = (more: object): Target => ({ basis: { zh: '市目标', en: 'the city\'s own' }, ...more }) as Target
  test('stand against the city\'s targets, with what is left of the year', () => {
    expect(targetState(target({ indicator: 'good-days', min: 91.6 }), stretch, found)).toMatchObject({ value: 79.8, met: false, reason: null, allowed: { left: 265, allowed: 10, reachable: true } })
    expect(targetState(target({ indicator: 'pm25-mean', max: 23 }), stretch, found)).toMatchObject({ value: 40.1, met: false, allowed: { left: 265, allowed: 16.6 } })
    expect(targetState(target({ indicator: 'heavy-days', max: 0 }), stretch, found)).toMatchObject({ value: 3, met: false, allowed: { allowed: null, reachable: false } })
  })

  test('say nothing of the rest where the stretch does not begin with the year or has too few days', () => {
    const later = stretchOf(dates.slice(1), known(dates, (date) => figures(date, { 'PM2.5': 20 }, 40)))
    expect(targetState(target({ indicator: 'pm25-mean', max: 23 }), later, indicatorsOf(later, standard))).toMatchObject({ value: 20, met: true, allowed: null, reason: 'not-from-new-year' })
    const thin = stretchOf(dates, known(dates.slice(0, 50), (date) => figures(date, { 'PM2.5': 20 }, 40)))
    expect(targetState(target({ indicator: 'pm25-mean', max: 23 }), thin, indicatorsOf(thin, standard))).toMatchObject({ value: null, met: null, allowed: null, reason: 'too-few-days', days: { valid: 50, of: 100 } })
  })

  test('year on year are in percent, and shares in percentage points', () => {
    const before = daysBetween('2020-01-01', '2020-04-10')
    const was = stretchOf(before, known(before, (date, i) => figures(date, { 'PM2.5': 50, O3: 0 }, i < 50 ? 120 : 60)))
    const change = yearOnYear({ now: stretch, before: was }, 'gregorian')
    // (40.1010… − 50) / 50 = −19.797…; 79/99 − 51/101 = 29.3029…
    expect(change.means['PM2.5']).toEqual({ now: 40.1, before: 50, change: -19.8, days: { now: { valid: 99, of: 100 }, before: { valid: 101, of: 101 } } })
    expect(change.goodDays).toMatchObject({ now: 79.8, before: 50.5, change: 29.3 })
    expect(change.percentiles.O3).toMatchObject({ now: 89, before: 0, change: null })
    expect(change.means.NO2).toMatchObject({ now: null, before: null, change: null })
  })
})

test('a stretch of no days at all has nothing to say, and says so', () => {
  const empty = stretchOf([], new Map())
  expect(indicatorsOf(empty, standard).goodDays).toEqual({ value: null, count: 0, days: { valid: 0, of: 0 }, reason: 'no-days' })
  expect(addDays('2021-12-31', 1)).toBe('2022-01-01')
})

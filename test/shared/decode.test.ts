import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { BrokenRow, decodeReadings, type DecodeOptions } from '../../shared/decode.ts'
import { whereJsonBreaks } from '../../shared/json.ts'
import { civilOf } from '../../shared/time.ts'

const row = { station: '1001A', pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', value: 48.2, flag: 'N' }
const inZone = (zone: string): DecodeOptions => ({ hourOf: civilOf(zone).hour, values: 'json' })
const one = (change: object, options = inZone('Asia/Shanghai')) => decodeReadings([{ ...row, ...change }], options)

describe('a value', () => {
  test.each([[48.2, 48_200_000], [0, 0], [-0, 0], [-5, -5_000_000], [0.000001, 1], [999.999999, 999_999_999], [1e3, 1_000_000_000], [null, null]])(
    'of %d is kept exactly', (value, micro) => { expect(one({ value }).readings[0]?.value).toBe(micro) })

  test.each([1e-7, 0.1 + 0.2, 48.1234567, 1e300, Infinity, NaN, '48.2', '', true, {}, undefined])(
    'of %s is none', (value) => { expect(one({ value }).rejected).toMatchObject([{ index: 0, code: 'bad-value' }]) })

  test('in CSV is the text itself', () => {
    const text = (value: string) => decodeReadings([{ ...row, value }], { ...inZone('Asia/Shanghai'), values: 'text' })
    expect(text('48.20').readings[0]?.value).toBe(48_200_000)
    expect(text('').readings[0]?.value).toBe(null)
    for (const wrong of ['NA', '48,2', '0x10', '1e-7', '4 8']) expect(text(wrong).rejected[0]?.code).toBe('bad-value')
  })
})

describe('a period', () => {
  test.each([['PT1H', 60], ['PT60M', 60], ['PT1M', 1], ['PT5M', 5], ['PT12M', 12], ['PT30M', 30]])('may be %s', (period, minutes) => {
    expect(one({ period }).readings[0]?.minutes).toBe(minutes)
  })
  test.each(['PT7M', 'PT0M', 'PT24M', 'PT2H', 'P1D', 'PT01M', 'PT1S', '', 60, null])('may not be %s', (period) => {
    expect(one({ period }).rejected[0]?.code).toBe('bad-period')
  })
})

describe('a start', () => {
  test('an hour begins with the civil hour, where that is half an hour off the world\'s too', () => {
    const at = (start: string) => decodeReadings([{ station: 'A', pollutant: 'PM2.5', start, period: 'PT20M', value: 1 }], inZone('Asia/Kolkata')).rejected.map(({ code }) => code)
    expect([at('2022-02-04T19:00:00+05:30'), at('2022-02-04T19:20:00+05:30'), at('2022-02-04T19:30:00+05:30')]).toEqual([[], [], ['bad-start']])
  })

  test.each(['2022-02-04T19:30:00+08:00', '2022-02-04T19:00:01+08:00', '2022-02-04T19:00:00.5+08:00', '2022-02-04 19:00:00+08:00', '2022-02-04T19:00:00', '2022-02-29T19:00:00+08:00', '2022-02-04', '', 1644000000000, null])(
    'of an hour may not be %s', (start) => { expect(one({ start }).rejected[0]?.code).toBe('bad-start') })

  test('is aligned to the clock on the wall, also where that is half an hour off', () => {
    expect(one({ start: '2022-02-04T19:00:00+05:30' }, inZone('Asia/Kolkata')).readings).toHaveLength(1)
    expect(one({ start: '2022-02-04T19:00:00Z' }, inZone('Asia/Kolkata')).rejected[0]?.code).toBe('bad-start')
    expect(one({ start: '2022-02-04T19:00:00+05:30' }).rejected[0]?.code).toBe('bad-start')
  })

  test('means the same instant however its offset is written', () => {
    const starts = ['2022-02-04T19:00:00+08:00', '2022-02-04T11:00:00Z', '2022-02-04T11:00Z'].map((start) => one({ start }).readings[0]?.start)
    expect(new Set(starts)).toEqual(new Set([Date.parse('2022-02-04T11:00:00Z')]))
  })
})

test('whatever is sent, each item is either a reading or a refusal, in its place', () => {
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(row)))
  const item = fc.oneof(fc.jsonValue(), fc.record({ station: field, pollutant: field, start: field, period: field, value: field, flag: field }, { requiredKeys: [] }))
  fc.assert(fc.property(fc.array(item), (items) => {
    const { readings, indexes, rejected } = decodeReadings(items, inZone('Asia/Shanghai'))
    expect([...indexes, ...rejected.map(({ index }) => index)].sort((a, b) => a - b)).toEqual(items.map((_, i) => i))
    expect(readings).toHaveLength(indexes.length)
    for (const { detail } of rejected) expect(detail.length).toBeLessThan(300)
  }))
})

test('a line that is no row is a bad value in its place, with its own words, and the rows beside it are taken', () => {
  const { indexes, rejected } = decodeReadings([row, new BrokenRow('expected 6 cells; got 7'), row], inZone('Asia/Shanghai'))
  expect([indexes, rejected]).toEqual([[0, 2], [{ index: 1, code: 'bad-value', detail: 'expected 6 cells; got 7' }]])
})

describe('the place where a text stops being JSON', () => {
  test.each([
    ['{"a":}', 5], ['[1,2,]', 5], ['{"a":1,}', 7], ['tru', 0], ['', 0], ['[1 2]', 3], [' [] x', 4], ['[01]', 2], ['{a:1}', 1],
    ['"ab', 3], ['"a\nb"', 2], ['"\\x"', 1], ['[1}', 2], ['{"a":1', 6], ['[[[', 3], ['{"a" 1}', 5], ['\u00a0[]', 0],
  ])('of %j is %d', (text, offset) => { expect(whereJsonBreaks(text)?.offset).toBe(offset) })

  test('is told by line and column', () => {
    expect(whereJsonBreaks('{\n  "a": 1,\n  b\n}')).toEqual({ offset: 14, line: 3, column: 3 })
  })

  test('is nowhere exactly where the engine reads it', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-0.5e3', 'true', 'null', ' ', '"\\u00e9"', '"\\'), { maxLength: 9 })
    fc.assert(fc.property(fc.oneof(fc.json(), pieces.map((found) => found.join('')), fc.string()), (text) => {
      let reads = true
      try { JSON.parse(text) } catch { reads = false }
      expect(whereJsonBreaks(text) === null).toBe(reads)
    }), { numRuns: 2000 })
  })
})

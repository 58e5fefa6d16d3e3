import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { microOfText } from '../../shared/decimal.ts'
import { add, compare, floorDiv, meanOfRationals, type Rational, roundHalfEven, roundMicro } from '../../shared/rounding.ts'

/** A decimal text by GB/T 8170, as a number; `places` may be negative (-3: to thousands). */
function rounded(text: string, places: number): number {
  const num = BigInt(microOfText(text) ?? Number.NaN)
  if (places >= 0) return roundMicro({ num, den: 1n }, places)
  return Number(roundHalfEven(num, 1_000_000n * 10n ** BigInt(-places), 0)) * 10 ** -places
}

describe('GB/T 8170', () => {
  test.each([
    ['12.1498', 0, 12], ['12.1498', 1, 12.1], ['10.5002', 0, 11], ['1.050', 1, 1], ['0.35', 1, 0.4], ['2500', -3, 2000], ['3500', -3, 4000],
    ['-0.0365', 3, -0.036], ['75.5', 0, 76], ['74.5', 0, 74], ['60.5', 0, 60], ['75.50001', 0, 76], ['60.500001', 0, 61], ['2.25', 1, 2.2],
    ['2.35', 1, 2.4], ['0.05', 1, 0], ['1.005', 2, 1], ['50.5', 0, 50], ['35.5', 0, 36], ['115.5', 0, 116], ['150.5', 0, 150],
  ])('%s to %i places is %d', (text, places, expected) => { expect(rounded(text, places)).toBe(expected) })

  test('a figure is rounded once: 15.4546 is 15, and never 15.5 on its way to 16', () => {
    expect(rounded('15.4546', 0)).toBe(15)
    expect([rounded('15.4546', 3), rounded('15.455', 2), rounded('15.46', 1)]).toEqual([15.455, 15.46, 15.5])
  })

  test('a negative figure is rounded by its size, and there is no minus nought', () => {
    expect([rounded('-2.5', 0), rounded('-3.5', 0), rounded('-0.6', 0)]).toEqual([-2, -4, -1])
    expect(Object.is(rounded('-0.5', 0), 0)).toBe(true)
  })

  test('a third part of a hundred is rounded from the fraction itself: 226.5 / 3 is exactly 75.5, and is 76', () => {
    expect(roundMicro({ num: 226_500_000n, den: 3n }, 0)).toBe(76)
    expect(roundMicro({ num: 226_499_999n, den: 3n }, 0)).toBe(75)
    expect(roundMicro({ num: 181_500_000n, den: 3n }, 0)).toBe(60)
    expect(roundMicro({ num: 181_500_001n, den: 3n }, 0)).toBe(61)
  })

  test('no figure is ever more than half a step away, and a tie is always even', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 20n), fc.integer({ min: 0, max: 6 }), (num, den, places) => {
      const digit = roundHalfEven(num, den, places)
      const off = 2n * (digit * den - num * 10n ** BigInt(places))
      expect(off <= den && off >= -den).toBe(true)
      if (off === den || off === -den) expect(digit % 2n).toBe(0n)
      expect(roundHalfEven(-num, den, places)).toBe(-digit)
    }))
  })
})

const rational = fc.record({ num: fc.bigInt(-1000n, 1000n), den: fc.bigInt(1n, 60n) })
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

describe('exact fractions', () => {
  test('sums and comparisons lose nothing', () => {
    fc.assert(fc.property(rational, rational, (a, b) => {
      const sum = add(a, b)
      expect(same(sum, { num: a.num * b.den + b.num * a.den, den: a.den * b.den })).toBe(true)
      expect(compare(a, b)).toBe(Math.sign(Number(a.num * b.den - b.num * a.den)))
      expect(compare(sum, a)).toBe(Math.sign(Number(b.num)))
    }))
  })

  test('a mean is the same in any order, and there is none of none', () => {
    fc.assert(fc.property(fc.array(rational, { minLength: 1, maxLength: 12 }), (values) => {
      const mean = meanOfRationals(values)
      const back = meanOfRationals([...values].reverse())
      expect(mean !== null && back !== null && same(mean, back)).toBe(true)
      expect(mean?.den ?? 0n).toBeGreaterThan(0n)
    }))
    expect(meanOfRationals([])).toBeNull()
  })

  test('whole parts go down, below nought too', () => {
    expect([floorDiv(7n, 2n), floorDiv(-7n, 2n), floorDiv(-8n, 2n), floorDiv(0n, 3n)]).toEqual([3n, -4n, -4n, 0n])
  })
})

import { describe, expect, test } from 'vitest'
import { parametersOf, QualityFile, USUAL } from '../../shared/quality/parameters.ts'
import { readingReasons } from '../../shared/quality/verdict.ts'

const reasons = (why: string | null, value: number | null = 1_200_500_000, flag = 'M') => readingReasons({ pollutant: 'PM2.5', value, flag, why }, USUAL)

describe('why a reading by itself is worth what it is', () => {
  test.each([
    [null, []],
    ['out-of-range', [{ code: 'out-of-range', value: 1200.5, low: -5, high: 1000 }]],
    ['sentinel', [{ code: 'sentinel', value: 1200.5, low: -5, high: 1000 }]],
    ['below-detection', [{ code: 'below-detection', value: 1200.5, limit: USUAL.detection / 1e6 }]],
    ['flag-maintenance', [{ code: 'flag-maintenance', value: 1200.5, flag: 'M' }]],
    ['negative', [{ code: 'negative', value: 1200.5 }]],
  ])('%s', (why, wanted) => { expect(reasons(why)).toEqual(wanted) })

  test('without a value the reason names none', () => {
    expect(reasons('flag-fault', null, 'D')).toEqual([{ code: 'flag-fault', flag: 'D' }])
  })
})

describe('what a deployment may set', () => {
  const factor = (n: number) => QualityFile.safeParse({ unitSlip: { factor: n } }).success
  test('a slip of units is tenfold at least and thousandfold at most', () => {
    expect([9, 10, 1000, 1001].map(factor)).toEqual([false, true, true, false])
    expect(parametersOf(QualityFile.parse({})).unitSlip.factor).toBe(100)
  })
})

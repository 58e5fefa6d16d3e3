import { describe, expect, test } from 'vitest'
import { failedAgain, FORGOTTEN, FREE, together, waitAfter, type Tries } from '../../shared/tries.ts'

const after = (count: number): Tries => ({ count, since: 0, last: 1000 })

describe('who tries to sign in', () => {
  test('waits for nothing at first, then twice as long after each failure, and never more than a minute', () => {
    expect([1, FREE - 1, FREE, FREE + 1, FREE + 4, FREE + 5, FREE + 5000].map((count) => waitAfter(after(count), 1000))).toEqual([0, 0, 2_000, 4_000, 32_000, 60_000, 60_000])
    expect([waitAfter(after(FREE), 2_999), waitAfter(after(FREE), 3_000)]).toEqual([1, 0])
  })

  test('is counted since the first failure, and begins anew a day after the last', () => {
    const two = failedAgain(failedAgain(undefined, 5), 9)
    expect(two).toEqual({ count: 2, since: 5, last: 9 })
    expect(failedAgain(two, 9 + FORGOTTEN - 1).count).toBe(3)
    expect(failedAgain(two, 9 + FORGOTTEN)).toEqual({ count: 1, since: 9 + FORGOTTEN, last: 9 + FORGOTTEN })
    expect([together([]), together([two, { count: 3, since: 2, last: 4 }])]).toEqual([null, { count: 5, since: 2 }])
  })
})

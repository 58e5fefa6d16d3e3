import { describe, expect, it } from 'vitest'
import { Hours } from '../../shared/hours.ts'
import { civilOf, HOUR, MINUTE } from '../../shared/time.ts'

const at = (start: number) => ({ start })

describe('the hours of one station', () => {
  it('are found by their start, whatever the order in which they came, and no other is', () => {
    const hours = new Hours<{ start: number }>()
    const first = Date.UTC(2022, 1, 4)
    const kept = [700, 3, 63, 64, 0, 65, 127, 128, 5_000].map((n) => at(first + n * HOUR))
    for (const hour of kept) hours.add(hour)
    for (const hour of kept) expect(hours.get(hour.start)).toBe(hour)
    for (const n of [-1, 1, 2, 62, 66, 701, 4_999, 100_000]) expect(hours.get(first + n * HOUR)).toBeUndefined()
    expect(new Set(hours.values())).toEqual(new Set(kept))
  })

  it('are those before 1970 too, and those of a zone that is half an hour off', () => {
    const hours = new Hours<{ start: number }>()
    const kept = [-1, -64, -65, 30].map((n) => at(n * HOUR + 30 * MINUTE))
    for (const hour of kept) hours.add(hour)
    for (const hour of kept) expect(hours.get(hour.start)).toBe(hour)
    expect(hours.get(30 * HOUR)).toBeUndefined()
  })

  it('are two where a clock that moves by half an hour begins two within one', () => {
    const civil = civilOf('Australia/Lord_Howe')
    const starts = [...new Set(Array.from({ length: 24 * 4 }, (_, quarter) => civil.hour(Date.UTC(2022, 3, 2) + quarter * 15 * MINUTE)))]
    const inOne = starts.filter((start, i) => starts.some((other, j) => i !== j && Math.floor(other / HOUR) === Math.floor(start / HOUR)))
    expect(inOne.length).toBe(2)
    const hours = new Hours<{ start: number }>()
    const kept = starts.map(at)
    for (const hour of kept) hours.add(hour)
    for (const hour of kept) expect(hours.get(hour.start)).toBe(hour)
    expect([...hours.values()].map(({ start }) => start).sort((a, b) => a - b)).toEqual(starts)
  })

  it('keep the last that was added of one start', () => {
    const hours = new Hours<{ start: number }>()
    hours.add(at(HOUR))
    const again = at(HOUR)
    hours.add(again)
    expect(hours.get(HOUR)).toBe(again)
    expect([...hours.values()]).toEqual([again])
  })
})

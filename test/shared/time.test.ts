import { describe, expect, test } from 'vitest'
import { roundShown } from '../../shared/rounding.ts'
import { DAY, durationMs, HOUR, MINUTE, parseInstant } from '../../shared/time.ts'

describe('a duration', () => {
  test('is of whole days, hours and minutes, with as many digits as it takes', () => {
    expect(['PT90M', 'PT12H', 'P10D', 'P1DT2H30M', 'PT0M'].map(durationMs)).toEqual([90 * MINUTE, 12 * HOUR, 10 * DAY, DAY + 2 * HOUR + 30 * MINUTE, 0])
  })

  test('with anything before or after it, or with nothing in it, is none', () => {
    expect(['xPT1H', 'PT1Hx', 'P', 'PT', 'P1DT', 'PT1.5H', '1H', 'PT1H30', 'P1H', 'PT1D', ''].map(durationMs)).toEqual(Array<null>(11).fill(null))
  })
})

test('an instant has its offset; without one, or on a day that never was, it is none', () => {
  const at = Date.UTC(2022, 1, 4, 12)
  expect(['2022-02-04T20:00:00+08:00', '2022-02-04T20:00+08:00', '2022-02-04T12:00:00.000Z'].map(parseInstant)).toEqual([at, at, at])
  expect(['2022-02-04T20:00:00', '2022-02-30T20:00:00Z', '2022-02-04T25:00:00Z', '2022-02-04', 'x2022-02-04T20:00:00Z'].map(parseInstant)).toEqual(Array<null>(5).fill(null))
})

test('a figure that is shown is rounded by GB/T 8170 from what it says, a tie to the even digit', () => {
  expect([roundShown(75.5, 0), roundShown(74.5, 0), roundShown(2.25, 1), roundShown(93.64, 1), roundShown(0.123456, 6)]).toEqual([76, 74, 2.2, 93.6, 0.123456])
})

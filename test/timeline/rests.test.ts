import { describe, expect, test } from 'vitest'
import { dayTally, COMMON, NO_PART, replacePart } from '../../shared/average.ts'
import { boundsOf, isMissing } from '../../shared/bounds.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const room = (average: 'hour' | 'day', more: Partial<Setup> = {}, limit: object = {}) => new Timeline({
  event: eventOf([{ average, max: 75, ...limit }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
const both = (value: number | null) => ({ A: value, B: value })

describe('a verdict says what it rests on', () => {
  const ID = `hour-exceeded:beijing:PM2.5:${DAY}T10`
  const over = () => { const at = room('hour').until(`${DAY} 11:00`); return at.push(at.hour(`${DAY} 10:00`, both(80))) }

  test('how much of the data is valid, and that nothing was changed after the fact', () => {
    expect(over().alert(ID).reason).toMatchObject({ stations: 2, evaluating: 2, valid: 120, expected: 120, revision: 0 })
    expect(over().alert(ID).reason).not.toHaveProperty('least')
  })

  test('which revision of the data: each reading that came or was changed after the close is one, also across a restart', () => {
    const at = over().until(`${DAY} 11:20`)
    for (const value of [90, 95]) at.push(at.hour(`${DAY} 10:00`, { A: value }))
    expect(at.alert(ID)).toMatchObject({ value: 88, reason: { revision: 2 } })
    at.restart(`${DAY} 11:30`).push(at.hour(`${DAY} 10:00`, { A: 99 }))
    expect(at.alert(ID)).toMatchObject({ value: 90, reason: { revision: 3 } })
  })

  test('a reading that comes for the first time after the close is a revision, and a restart knows it', () => {
    const at = room('hour').until(`${DAY} 11:00`)
    at.push(at.hour(`${DAY} 10:00`, { A: 80 })).until(`${DAY} 11:20`).push(at.hour(`${DAY} 10:00`, { B: 90 }))
    expect(at.alert(ID)).toMatchObject({ value: 85, reason: { revision: 1 } })
    at.restart(`${DAY} 11:30`).push(at.hour(`${DAY} 10:00`, { A: 99 }))
    expect(at.alert(ID)).toMatchObject({ reason: { revision: 2 } })
  })

  test('a day counts the revisions of its hours', () => {
    const at = room('day').hours(`${DAY} 00:00`, 24, both(90))
    at.push([...at.hour(`${DAY} 03:00`, { A: 130 }), ...at.hour(`${DAY} 07:00`, both(120))])
    expect(at.alert(`day-exceeded:beijing:PM2.5:${DAY}`)).toMatchObject({ value: 92, reason: { revision: 3, valid: 48, expected: 48 } })
  })

  test('by which standard, where the room names it', () => {
    const at = room('hour')
    at.bench = { ...at.bench, standardOn: (day) => `standard of ${day}` }
    expect(at.hours(`${DAY} 10:00`, 1, both(80)).alert(ID).reason).toMatchObject({ standard: `standard of ${DAY}` })
  })

  test('and a limit may say itself how severe its alerts are', () => {
    const of = (severity: object) => room('hour', {}, { severity }).hours(`${DAY} 10:00`, 1, both(80)).alert(ID).severity
    expect([of({ exceeded: 'notice' }), of({ projected: 'notice' })]).toEqual(['notice', 'critical'])
  })
})

describe('where data is missing an early warning says between what the mean can lie', () => {
  test('all that is missing or to come at nought, and as high as the highest seen', () => {
    // One station-hour of 90 of two: 90 / 48 = 1.875, and 90 all day.
    const at = room('day').hours(`${DAY} 00:00`, 1, { A: 90 }).until(`${DAY} 01:10`)
    expect(at.alert(`day-projected:beijing:PM2.5:${DAY}`).reason).toMatchObject({ valid: 1, expected: 2, least: 1.88, most: 90, outcome: 'open' })
  })

  test('when a projection is held, though nothing new is known', () => {
    const at = room('day').hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 3, both(90)).until(`${DAY} 10:00`)
    // Twelve station-hours, 900 in all, of 18 due and 48: 900 / 48 = 18.75; (900 + 36 × 90) / 48 = 86.25.
    expect(at.alert(`day-projected:beijing:PM2.5:${DAY}`)).toMatchObject({ condition: 'unknown', reason: { code: 'day-unknown', valid: 12, expected: 18, least: 18.75, most: 86.25, outcome: 'open' } })
  })

  test('of an hour by its minutes, the highest minute of the city counting', () => {
    const at = room('hour').until(`${DAY} 10:12`)
    at.push([...at.minutes(`${DAY} 10:00`, { station: 'A', count: 11, value: 100 }), ...at.minutes(`${DAY} 10:11`, { station: 'A', count: 1, value: 160 })])
    // 1260 / 120 = 10.5; (1260 + 108 × 160) / 120 = 154.5.
    expect(at.alert(`hour-projected:beijing:PM2.5:${DAY}T10`).reason).toMatchObject({ valid: 12, expected: 24, least: 10.5, most: 154.5 })
  })

  const tally = (parts: number, value: number) => {
    const of = dayTally(20)
    replacePart(of, NO_PART, { n: parts, sum: BigInt(parts * value * 10) * 100_000n * COMMON })
    return of
  }
  const outcome = (of: ReturnType<typeof tally>, max: number, highest = 0) =>
    boundsOf({ tally: of, parts: 24, evaluating: 2, highest: { num: BigInt(highest) * 1_000_000n, den: 1n }, limit: { max, pollutant: 'PM2.5' } }).outcome

  test.each([
    [151, 75, 'over', 'nought for the other station still makes 75.5, which rounds to 76'], [150.8, 75, 'open', 'it makes 75.4, which rounds to 75'],
    [121, 60, 'open', 'it makes 60.5, which rounds to 60'], [121.2, 60, 'over', 'it makes 60.6'],
  ])('a station with 24 hours at %d, and one with none, against %d is %s: %s', (value, max, expected) => {
    expect(outcome(tally(24, value), max, 500)).toBe(expected)
  })

  test('what meets the limit though all that is missing were as high as the highest is sure to', () => {
    expect([outcome(tally(12, 10), 75, 75), outcome(tally(12, 10), 35, 50)]).toEqual(['under', 'open'])
    expect(outcome(tally(24, 31), 60, 90)).toBe('under')
    expect(outcome(tally(24, 31), 60, 91)).toBe('open')
  })

  test('nothing is said of bounds where all that is due is there', () => {
    expect([isMissing(tally(12, 10), 12, 1), isMissing(tally(12, 10), 13, 1)]).toEqual([false, true])
  })
})

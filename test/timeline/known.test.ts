import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asKnownAt, knownBy } from '../../shared/known.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const room = (): Timeline => new Timeline({
  event: eventOf([{ max: 75 }, { average: 'hour', max: 75 }], { summary: { dayHours: 3 } }),
  stations: ['A', 'B', 'C'].map((id) => ({ id })), from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR },
})
const then = (at: Timeline, instant: number) => {
  const { alerts: _alerts, ...summary } = at.summary(DAY, DAY, { ledger: asKnownAt(at.bench.ledger.setup, at.revisions, instant) })
  return summary
}
const now = (at: Timeline) => {
  const { alerts: _alerts, ...summary } = at.summary(DAY, DAY)
  return summary
}

describe('a verdict as it was known at a past moment', () => {
  test('is the provisional one, also after a reading was taken back: 75.4 was met until an hour of 30 was struck, then 77.37 is not', () => {
    const at = room()
    const values = [...Array<number>(23).fill(77), 30]
    values[0] = 85.6
    values.forEach((value, hour) => at.to(at.instant(`${DAY} 00:00`) + (hour + 1) * HOUR).push(at.hour(`${DAY} ${String(hour).padStart(2, '0')}:00`, { A: value, B: value, C: value })))
    const midnight = { at: at.now, told: now(at) }
    expect(midnight.told.through, 'closed at once, since nothing was missing').toBe(DAY)
    at.until('2022-03-11 00:20')
    const noon = at.instant('2022-03-11 12:00')
    at.until('2022-03-14 09:00').push(at.hour(`${DAY} 23:00`, { A: null, B: null, C: null }))
    const verdict = (summary: ReturnType<typeof now>) => summary.cities[0]?.days.map(({ mean, rounded, verdict: v }) => [mean, rounded, v])
    expect(verdict(now(at))).toEqual([[77.37, 77, 'exceeded']])
    expect(verdict(then(at, noon))).toEqual([[75.4, 75, 'met']])
    expect(verdict(then(at, at.now))).toEqual(verdict(now(at)))
    expect(then(at, midnight.at)).toEqual(midnight.told)
    expect(then(at, at.instant(`${DAY} 12:00`)).through, 'the day had not closed yet').toBeNull()
  })

  test('is what the room said at that moment, whatever came since, in whatever order', () => {
    const step = fc.record({
      station: fc.constantFrom('A', 'B', 'C'), hour: fc.integer({ min: 0, max: 5 }), minutes: fc.constantFrom(60, 60, 30, 15), slot: fc.nat({ max: 3 }),
      value: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 550, max: 950 }).map((v) => v * 100_000) }, { weight: 1, arbitrary: fc.constantFrom(null, 2_500_000_000) }),
      wait: fc.integer({ min: 0, max: 10 }),
    })
    fc.assert(fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const at = room()
      const said: { at: number; summary: ReturnType<typeof now> }[] = []
      for (const [place, { station, hour, minutes, slot, value, wait }] of steps.entries()) {
        const start = at.instant(`${DAY} 00:00`) + hour * HOUR + (slot % (60 / minutes)) * minutes * MINUTE
        const next = Math.max(at.now + wait * 15 * MINUTE, start + minutes * MINUTE)
        // Looked at once everything of an instant has come.
        if (next > at.now && place % 7 === 6) said.push({ at: at.now, summary: now(at) })
        at.to(next).push([{ station, pollutant: 'PM2.5', start, minutes, value, flag: '' }])
      }
      said.push({ at: at.now, summary: now(at) })
      for (const each of said) expect(then(at, each.at)).toEqual(each.summary)
    }), { numRuns: 20, interruptAfterTimeLimit: 40_000 })
  })

  test('rests on the last revision that had come, not on the last there is', () => {
    const at = room()
    at.until(`${DAY} 02:00`).push(at.hour(`${DAY} 00:00`, { A: 40 }))
    at.until(`${DAY} 05:00`).push(at.hour(`${DAY} 00:00`, { A: 90 }))
    expect(knownBy([...at.revisions].reverse(), at.instant(`${DAY} 04:00`)).map(({ value, revision }) => [value, revision])).toEqual([[40_000_000, 1]])
    expect(knownBy(at.revisions, at.instant(`${DAY} 01:00`))).toEqual([])
  })
})

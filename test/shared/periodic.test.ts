import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StationHour } from '../../shared/hour.ts'
import { USUAL } from '../../shared/quality/parameters.ts'
import { hourVerdict } from '../../shared/quality/verdict.ts'
import type { Reading } from '../../shared/reading.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, micro, type Setup, Timeline } from '../timeline/timeline.ts'

const room = (more: Partial<Setup> = {}) => new Timeline({
  event: eventOf([{ max: 75 }]), from: '2022-03-10', rules: { silenceAtLeast: 1000 * HOUR },
  stations: ['A', 'B', 'C', 'D'].map((id, i) => ({ id, longitude: 116 + i / 100 })), ...more,
})
/** Five days that sway gently, with `more` on top at 03:00 of the days named. */
const days = (id: string, which: readonly number[], more = 40): Reading[] => Array.from({ length: 5 * 24 }, (_, i) => ({
  station: id, pollutant: 'PM2.5', start: room().now + i * HOUR, minutes: 60, flag: '',
  value: micro(40 + 6 * ((i * 7) % 5) / 5 + (i % 24 === 3 && which.includes(Math.floor(i / 24)) ? more : 0)),
}))
/** The days on which 03:00 of a station is said to be periodic, with what it is worth. */
function said(at: Timeline, id = 'A'): string[] {
  at.bench.ledger.judgeContext({ now: at.now + 6 * 24 * HOUR })
  const hours = at.bench.ledger.seriesOf(id, 'PM2.5')?.hours ?? new Map<number, StationHour>()
  return [...hours.values()].sort((a, b) => a.start - b.start).flatMap((hour, i) => {
    const { validity, reasons } = hourVerdict(hour, { pollutant: 'PM2.5', need: 45, parameters: USUAL })
    const of = reasons.find(({ code, rule }) => code === 'periodic' || rule === 'periodic')
    return of === undefined ? [] : [`${i / 24 | 0} ${validity} ${of.code}`]
  })
}

describe('an hour that stands out at the same time of each day', () => {
  test('is in doubt from the fourth day on, as a calibration that goes out as air', () => {
    expect(said(room().push(days('A', [0, 1, 2, 3, 4])))).toEqual(['3 suspect periodic', '4 suspect periodic'])
    expect(said(room().push(days('A', [0, 1, 2])))).toEqual([])
  })

  test('is none where a day between is without it, or where it stands out by less', () => {
    expect(said(room().push(days('A', [0, 1, 3, 4])))).toEqual([])
    expect(said(room().push(days('A', [0, 1, 2, 3, 4], 25)))).toEqual([])
  })

  test('is air where neighbours have it as well: a rush hour, stoves that are lit at seven', () => {
    const at = room()
    for (const id of ['A', 'B', 'C']) at.push(days(id, [0, 1, 2, 3, 4]))
    expect(said(at)).toEqual(['3 valid confirmed', '4 valid confirmed'])
  })

  test('is in doubt in a summary only with the days that show it: what lies outside a range never changes it', () => {
    const at = room().push(days('A', [0, 1, 2, 3, 4]))
    at.tick(at.instant('2022-03-15 00:10'))
    const suspect = (from: string, to: string): number => at.summary(from, to).data.suspect
    expect([suspect('2022-03-10', '2022-03-14'), suspect('2022-03-11', '2022-03-14'), suspect('2022-03-13', '2022-03-14')]).toEqual([2, 1, 0])
  })

  test('is the same in whatever order its days came, and goes with a revision of the first', () => {
    const all = [...days('A', [0, 1, 2, 3]), ...days('B', [])]
    const plain = said(room().push(all))
    expect(plain).toEqual(['3 suspect periodic'])
    fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.integer({ min: 1, max: 60 }), (mixed, size) => {
      const at = room()
      for (let from = 0; from < mixed.length; from += size) {
        at.push(mixed.slice(from, from + size))
        at.bench.ledger.judgeContext({ now: at.now + 6 * 24 * HOUR })
      }
      expect(said(at)).toEqual(plain)
      at.push([{ ...all[3]!, value: micro(41) }])
      expect(said(at)).toEqual([])
    }), { numRuns: 25 })
  })
})

test('an hour that stands out each day says its value, by how much, and for how many days', () => {
  const at = room().push(days('A', [0, 1, 2, 3, 4]))
  at.bench.ledger.judgeContext({ now: at.now + 6 * 24 * HOUR })
  const hour = at.bench.ledger.known('A', 'PM2.5')?.hours.get(at.now + (3 * 24 + 3) * HOUR)
  const of = hour?.remarks?.find(({ code }) => code === 'periodic')
  expect(of?.figures).toEqual({ value: 80, by: 36.4, days: 4 })
})

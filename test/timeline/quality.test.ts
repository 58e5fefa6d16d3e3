import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Reading, readingKey } from '../../shared/reading.ts'
import { hourVerdict } from '../../shared/quality/verdict.ts'
import { USUAL } from '../../shared/quality/parameters.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const keyDates = [
  { id: 'night', name: { zh: '夜', en: 'night' }, kind: 'fireworks', date: DAY, from: '18:00', to: '24:00' },
  { id: 'games', name: { zh: '开幕', en: 'opening' }, kind: 'ceremony', date: DAY, from: '20:00', to: '22:00' },
]
const STATIONS = ['A', 'B', 'C', 'D', 'E']
const room = (more: Partial<Setup> = {}) => new Timeline({
  event: eventOf([{ max: 75 }], { keyDates }), stations: STATIONS.map((id, i) => ({ id, longitude: 116 + i / 50 })), from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
const origin = room().now
const END = origin + 30 * HOUR

/** Values that the rules have something to say of: calm ones, equal ones, spikes, steps, slips, codes, none. */
const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(40, 40, 41.2, 43) }, { weight: 3, arbitrary: fc.constantFrom(200, 260, 0.04, 3, 95) }, { weight: 1, arbitrary: fc.constantFrom(null, -3, 999, 1200) })
const key = fc.record({ station: fc.constantFrom(...STATIONS), pollutant: fc.constantFrom<Reading['pollutant']>('PM2.5', 'PM2.5', 'PM10'), hour: fc.integer({ min: 0, max: 20 }), minutes: fc.constantFrom(60, 60, 60, 60, 5), slot: fc.nat({ max: 11 }) })
const reading: fc.Arbitrary<Reading> = fc.record({ key, value, flag: fc.constantFrom('', '', '', 'N', 'M') }).map(({ key: k, value: v, flag }) => ({
  station: k.station, pollutant: k.pollutant, start: origin + k.hour * HOUR + (k.minutes === 60 ? 0 : k.slot * 5 * MINUTE), minutes: k.minutes, value: v === null ? null : Math.round(v * 1e6), flag,
}))
const sets = fc.array(reading, { minLength: 150, maxLength: 260 })
const ranks = fc.array(fc.nat({ max: 9999 }), { minLength: 260, maxLength: 260 })

/** Every hour's worth and reasons, and the suspect hours of the city, at the end. */
function result(at: Timeline): string {
  at.tick(Math.max(at.now, END))
  const verdicts = [...at.bench.ledger.series.values()].flatMap((series) => [...series.hours.values()].map((hour) =>
    `${series.key} ${hour.start} ${JSON.stringify(hourVerdict(hour, { pollutant: series.pollutant as 'PM2.5', need: 45, parameters: USUAL }))}`))
  const counts = [...at.bench.ledger.airs[0]!.hours.values()].filter((hour) => hour.suspect > 0).map((hour) => `${hour.start} ${hour.suspect}`)
  return [...verdicts.sort(), ...counts.sort(), JSON.stringify(at.summary(DAY, DAY).data)].join('\n')
}
const last = (readings: readonly Reading[]): Reading[] => [...new Map(readings.map((one) => [readingKey(one), one])).values()]
function inPieces(at: Timeline, readings: readonly Reading[], sizes: readonly number[]): Timeline {
  for (let from = 0, i = 0; from < readings.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1
    at.push(readings.slice(from, from + size))
    from += size
    if (i % 5 === 4) at.tick(Math.min(END - 1, at.now + 90 * MINUTE))
  }
  return at
}

describe('for one final set of readings', () => {
  test('every hour is worth the same, for the same reasons, in whatever order, pieces and revisions they came', () => {
    const seen = new Set<string>()
    const ways = fc.record({ order: ranks, sizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }) })
    fc.assert(fc.property(sets, sets, ways, (readings, earlier, { order, sizes }) => {
      const final = last(readings)
      const known = new Set(final.map(readingKey))
      const shuffled = final.map((one, i) => ({ one, rank: order[i] ?? 0 })).sort((a, b) => a.rank - b.rank).map(({ one }) => one)
      const before = earlier.filter((one) => known.has(readingKey(one)))
      const plain = result(room().push(final))
      for (const code of plain.match(/"code":"[a-z-]+"/g) ?? []) seen.add(code.slice(8, -1))
      expect(result(inPieces(room(), [...before, ...shuffled, ...shuffled.slice(0, 20)], sizes))).toBe(plain)
      expect(result(room().push(shuffled.slice(0, 50)).restart(`${DAY} 12:00`).push(shuffled.slice(50)))).toBe(plain)
    }), { numRuns: 25, seed: 20220204 })
    for (const code of ['stuck', 'spike', 'step', 'confirmed', 'neighbours', 'unit-slip', 'inversion']) expect(seen, code).toContain(code)
  })
})

const codes = (at: Timeline): string[] => at.facts.flatMap((fact) => (fact.kind === 'data-notice' ? [`${fact.station} ${fact.reason.code}`] : []))

describe('hints of tampering are told, once', () => {
  const curve = (i: number): number => 40 + ((i * 17) % 23)
  const play = (at: Timeline, hours: number, readings: (i: number) => Reading[]): Timeline => {
    for (let i = 0; i < hours; i += 1) at.to(origin + (i + 1) * HOUR).push(readings(i).map((one) => ({ ...one, start: origin + i * HOUR })))
    return at
  }

  test('two stations with the same twelve hours', () => {
    const at = play(room(), 26, (i) => [...at0(curve(i), 'A'), ...at0(curve(i), 'C'), ...at0(curve(i + 1), 'B')])
    expect(codes(at)).toEqual(['C twin-series'])
    expect(at.facts.find((fact) => fact.kind === 'data-notice')).toMatchObject({ reason: { with: 'A', hours: 12, pollutant: 'PM2.5' } })
    expect(codes(play(room(), 26, (i) => [...at0(3, 'A'), ...at0(3, 'C'), ...at0(curve(i), 'B')]))).toEqual([])
  })

  test('maintenance in the hours of a key date, told when it begins', () => {
    const at = play(room(), 26, (i) => [...at0(curve(i), 'A', i >= 20 && i <= 22 ? 'M' : 'N'), ...at0(curve(i + 3), 'B', i === 3 ? 'M' : 'N')])
    expect(codes(at)).toEqual(['A work-on-key-date'])
    expect(at.facts.find((fact) => fact.kind === 'data-notice')).toMatchObject({ reason: { keyDates: 'night,games' } })
  })

  test('a flag that comes whenever the limit is near, and not otherwise', () => {
    const high = (i: number): boolean => i % 9 === 4
    const flagged = (which: (i: number) => boolean) => play(room({ event: eventOf([{ max: 75 }]) }), 40, (i) => at0(high(i) ? 70 + (i % 4) : 20 + (i % 5), 'A', which(i) ? 'D' : 'N'))
    expect(codes(flagged((i) => high(i - 1)))).toContain('A flag-before-limit')
    expect(codes(flagged((i) => high(i - 3)))).toEqual([])
  })

  test('the third such flag is told once its own hour is over by an hour, with itself counted', () => {
    const at = play(room({ event: eventOf([{ max: 75 }]) }), 30, (i) => at0(i % 9 === 4 ? 70 + (i % 4) : 20 + (i % 5), 'A', i % 9 === 5 ? 'D' : 'N'))
    const told = at.facts.filter((fact) => fact.kind === 'data-notice').map((fact) => [(fact.at - origin) / HOUR, fact.reason])
    // Flags at 05:00, 14:00 and 23:00, each after an hour near the limit.
    expect(told).toEqual([[25, { code: 'flag-before-limit', pollutant: 'PM2.5', onsets: 3, near: 3, days: 14 }]])
  })
})

const at0 = (value: number, id: string, flag = 'N'): Reading[] => [{ station: id, pollutant: 'PM2.5', start: origin, minutes: 60, value: value * 1_000_000, flag }]

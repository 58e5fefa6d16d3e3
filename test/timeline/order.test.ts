import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cityCell } from '../../shared/cells.ts'
import type { Reading } from '../../shared/reading.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const HOURS = 24
const STATIONS = ['A', 'B', 'C']
const room = () => new Timeline({
  event: eventOf([{ average: 'day', max: 75 }, { average: 'hour', max: 75 }], { summary: { dayHours: 3 } }),
  stations: [...STATIONS.map((id) => ({ id })), { id: 'M', evaluates: false }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR },
})
const origin = room().now

/** A small day: some of its hours, each either whole or in periods of 15 minutes or of one; values about the limit, some of them none, invalid or flagged. */
const value = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 550, max: 950 }).map((v) => v * 100_000) }, { weight: 1, arbitrary: fc.constantFrom(null, 1_000_100_000, 300_000_000, 2_500_000_000) })
const key = fc.record({ station: fc.constantFrom(...STATIONS, 'M'), hour: fc.integer({ min: 0, max: 5 }), minutes: fc.constantFrom(60, 60, 60, 15, 30), slot: fc.nat({ max: 3 }) })
const reading: fc.Arbitrary<Reading> = fc.record({ key, value, flag: fc.constantFrom('', '', '', 'N', 'S', 'M') }).map(({ key: k, value: v, flag }) => (
  { station: k.station, pollutant: 'PM2.5', start: origin + k.hour * HOUR + (k.slot % (60 / k.minutes)) * k.minutes * MINUTE, minutes: k.minutes, value: v, flag }))
const identity = (r: Reading): string => `${r.station} ${r.start} ${r.minutes}`

/** Readings with their revisions, in some order: each key ends with the same last one. `ranks` are where they fall. */
const sets = fc.array(reading, { minLength: 20, maxLength: 90 })
function shuffled(readings: readonly Reading[], ranks: readonly number[]): Reading[] {
  const mixed = readings.map((r, i) => ({ r, rank: ranks[i % ranks.length] ?? 0, i })).sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ r }) => r)
  // Each key's revisions keep their order among themselves: the last to arrive wins.
  const queues = new Map<string, Reading[]>()
  for (const r of readings) queues.set(identity(r), [...(queues.get(identity(r)) ?? []), r])
  return mixed.map((r) => queues.get(identity(r))?.shift() ?? r)
}
const ranks = fc.array(fc.nat({ max: 1000 }), { minLength: 90, maxLength: 90 })
const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 })

/** In batches of these sizes, over and over. */
function batches(readings: readonly Reading[], sizes: readonly number[]): Reading[][] {
  const made: Reading[][] = []
  for (let at = 0, i = 0; at < readings.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1
    made.push(readings.slice(at, at + size))
    at += size
  }
  return made
}

/** Everything that may be read from the averages once the day is over. */
function result(at: Timeline): string {
  at.tick(Math.max(at.now, origin + HOURS * HOUR + 10 * MINUTE))
  const { alerts: _alerts, ...summary } = at.summary(DAY, DAY)
  const { ledger } = at.bench
  const hours = ledger.airs.flatMap((air) => [...Array(HOURS).keys()].map((h) => {
    const { tally, suspect, whole } = ledger.hour(air, origin + h * HOUR)
    return [tally.counts.join(), tally.sums.join(), suspect, whole]
  }))
  const day = ledger.day(ledger.airs[0]!, DAY)
  const { lastDay } = cityCell(at.bench, ledger.airs[0]!, origin + HOURS * HOUR + 10 * MINUTE)
  return JSON.stringify([summary, hours, day.tally.counts, day.tally.sums.map(String), day.suspect, { ...lastDay, marks: [] }])
}
const delivered = (parts: readonly Reading[][], at = room()): Timeline => {
  if (at.now < origin + 6 * HOUR) at.tick(origin + 6 * HOUR)
  return parts.reduce((of, part) => of.push(part), at)
}

describe('for one final set of readings', () => {
  test('any order of arrival and any batches give the same averages, verdicts and summary', () => {
    fc.assert(fc.property(sets, ranks, cuts, (readings, order, sizes) => {
      const plain = result(delivered([readings]))
      expect(result(delivered(batches(shuffled(readings, order), sizes)))).toBe(plain)
    }), { numRuns: 40 })
  })

  test('what came before, and was revised, leaves no trace', () => {
    fc.assert(fc.property(sets, sets, cuts, (readings, earlier, sizes) => {
      const last = [...new Map(readings.map((r) => [identity(r), r])).values()]
      const known = new Set(last.map(identity))
      const before = earlier.filter((r) => known.has(identity(r)))
      expect(result(delivered(batches([...before, ...last], sizes)))).toBe(result(delivered([last])))
    }), { numRuns: 40 })
  })

  test('a reading that comes twice is one, and adds no fact', () => {
    fc.assert(fc.property(sets, cuts, (readings, sizes) => {
      const last = [...new Map(readings.map((r) => [identity(r), r])).values()]
      const at = delivered(batches(last, sizes))
      const said = at.said()
      const once = result(at)
      at.push(last)
      for (const part of batches(last, sizes)) at.push(part)
      expect(result(at)).toBe(once)
      expect(at.said().filter((line) => line.includes('readings-revised'))).toEqual(said.filter((line) => line.includes('readings-revised')))
    }), { numRuns: 40 })
  })

  test('early or late, before its hour closes or a day after, makes no difference to the averages', () => {
    fc.assert(fc.property(sets, fc.integer({ min: 1, max: 30 }), (readings, hour) => {
      const late = room()
      late.tick(origin + hour * HOUR)
      expect(result(late.push(readings))).toBe(result(delivered([readings])))
    }), { numRuns: 40 })
  })

  test('a restart in the middle, from the kept readings, changes nothing', () => {
    fc.assert(fc.property(sets, cuts, fc.nat({ max: 30 }), (readings, sizes, when) => {
      const parts = batches(readings, sizes)
      const at = delivered(parts.slice(0, when % parts.length)).restart(`${DAY} 06:00`)
      for (const part of parts.slice(when % parts.length)) at.push(part)
      expect(result(at)).toBe(result(delivered(parts)))
    }), { numRuns: 40 })
  })
})

/** What stands at the end: the exceeded alerts that no revision took back or left without data. */
const exceeded = (at: Timeline): string[] => Object.values(at.room.alerts)
  .filter((alert) => alert.kind.endsWith('exceeded') && alert.condition === 'over')
  .map((alert) => `${alert.id} ${alert.value ?? ''} ${alert.condition}`).sort()

/** Each reading comes at some instant from the end of its period until it settles; revisions of one key keep their order. */
function played(readings: readonly Reading[], delays: readonly number[], restartAt = Infinity): Timeline {
  const due = readings.map((r, i) => ({ r, at: r.start + r.minutes * MINUTE + (delays[i % delays.length] ?? 0), i })).sort((a, b) => a.at - b.at || a.i - b.i)
  const queues = new Map<string, Reading[]>()
  for (const r of readings) queues.set(identity(r), [...(queues.get(identity(r)) ?? []), r])
  const at = room()
  for (const { r, at: instant } of due) {
    if (at.now < restartAt && instant >= restartAt) at.restart(civilText(restartAt))
    if (instant > at.now) at.tick(instant)
    at.push([queues.get(identity(r))?.shift() ?? r])
  }
  for (let hour = Math.ceil((at.now - origin) / HOUR); hour <= HOURS; hour += 1) at.tick(origin + hour * HOUR + 10 * MINUTE)
  return at
}
const civilText = (instant: number): string => room().bench.calendar.civil.iso(instant).slice(0, 16).replace('T', ' ')
const delays = fc.array(fc.integer({ min: 0, max: 9 }).map((m) => m * MINUTE), { minLength: 90, maxLength: 90 })

describe('where each reading comes before its period settles', () => {
  test('the same hours and days are said to have exceeded, whatever the order', () => {
    let some = 0
    fc.assert(fc.property(sets, delays, delays, (readings, one, other) => {
      const said = exceeded(played(readings, one))
      some += said.length
      expect(exceeded(played(readings, other))).toEqual(said)
    }), { numRuns: 120 })
    // Drawn at random: of 40 runs there were once 18 alerts, of 120 there are a hundred or so.
    expect(some).toBeGreaterThan(20)
  })

  test('and a restart in the middle changes none of them', () => {
    fc.assert(fc.property(sets, delays, fc.integer({ min: 1, max: 400 }), (readings, when, minute) => {
      expect(exceeded(played(readings, when, origin + minute * MINUTE))).toEqual(exceeded(played(readings, when)))
    }), { numRuns: 40 })
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sides } from '../../shared/beside.ts'
import { knownOf } from '../../shared/hour.ts'
import { Ledger } from '../../shared/ledger.ts'
import { type KeptReading, type Reading, readingKey } from '../../shared/reading.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { average } from '../../shared/turn.ts'
import { eventOf, STEADY, Timeline } from './timeline.ts'

const SOURCES = ['main', 'backup', 'third']
const rankOf = (station: string, source: string): number | null => (station === 'A' ? SOURCES.indexOf(source) : null)

/** A room whose station A has three sources, and B one; with what its store has. */
class Room {
  readonly line = new Timeline({ event: eventOf([{ average: 'hour' }]), stations: [{ id: 'A' }, { id: 'B' }], from: '2022-03-08 12:00', quality: STEADY })
  readonly store = new Map<string, KeptReading>()
  readonly start = this.line.now - 2 * HOUR
  constructor() { this.line.bench.sides = new Sides(rankOf) }

  send(source: string, value: number | null, more: Partial<Reading> = {}): { accepted: number; unchanged: number; revised: number } {
    const reading: Reading = { station: 'A', pollutant: 'PM2.5', start: this.start, minutes: 60, value: value === null ? null : value * 1e6, flag: 'N', ...more }
    const { counts, kept } = average(this.line.bench, [reading], { at: this.line.now, source })
    for (const each of kept) {
      const name = `${readingKey(each)}|${each.revision}`
      expect(this.store.has(name), `${name} is kept once`).toBe(false)
      this.store.set(name, each)
    }
    return counts
  }

  /** As a server that was killed finds it: the last revision of each key, stations in their order. */
  restart(): void {
    const last = new Map<string, KeptReading>()
    for (const each of this.store.values()) if ((last.get(readingKey(each))?.revision ?? 0) < each.revision) last.set(readingKey(each), each)
    const ledger = new Ledger(this.line.bench.ledger.setup, this.line.now)
    const sides = new Sides(rankOf)
    for (const each of [...last.values()].sort((a, b) => (a.station < b.station ? -1 : 1))) {
      ledger.load(each)
      sides.load(each)
    }
    this.line.bench = { ...this.line.bench, ledger, sides }
  }

  value(minutes = 60, start = this.start): number | null {
    const hour = this.line.bench.ledger.known('A', 'PM2.5')?.hours.get(this.line.bench.calendar.civil.hour(start))
    const known = hour === undefined ? undefined : knownOf(hour, { station: 'A', pollutant: 'PM2.5', start, minutes, value: 0, flag: '' })
    return known?.value === undefined || known.value === null ? null : known.value / 1e6
  }
}

describe('a station with two sources', () => {
  test('counts the primary\'s value, whichever came first; the other\'s is kept beside it', () => {
    const room = new Room()
    expect(room.send('backup', 50)).toEqual({ accepted: 1, unchanged: 0, revised: 0 })
    expect([room.value(), room.send('main', 40), room.value()]).toEqual([50, { accepted: 0, unchanged: 0, revised: 1 }, 40])
    expect([room.send('backup', 55), room.value()]).toEqual([{ accepted: 0, unchanged: 0, revised: 1 }, 40])
    expect([room.send('backup', 55), room.send('backup', 56), room.value()]).toEqual([{ accepted: 0, unchanged: 1, revised: 0 }, { accepted: 0, unchanged: 0, revised: 1 }, 40])
    expect([...room.store.values()].filter(({ station }) => station === 'A@backup').map(({ value, revision }) => [value, revision])).toEqual([[50e6, 1], [55e6, 2], [56e6, 3]])
  })

  test('counts the other\'s where the primary has none, also where it takes its own back', () => {
    const room = new Room()
    room.send('main', null)
    expect([room.send('backup', 50), room.value()]).toEqual([{ accepted: 0, unchanged: 0, revised: 1 }, 50])
    expect([room.send('main', null), room.value()], 'a nothing again changes nothing').toEqual([{ accepted: 0, unchanged: 1, revised: 0 }, 50])
    room.send('main', 40)
    expect(room.value()).toBe(40)
    room.send('backup', 51)
    expect([room.send('main', null), room.value()]).toEqual([{ accepted: 0, unchanged: 0, revised: 1 }, 51])
  })

  test('knows after a restart whose value it was', () => {
    const room = new Room()
    room.send('backup', 50)
    expect(room.send('main', 50), 'the same value').toEqual({ accepted: 0, unchanged: 1, revised: 0 })
    room.restart()
    room.send('backup', 60)
    expect(room.value()).toBe(50)
  })

  test('has an alert of the primary\'s hour and none of the other\'s', () => {
    const room = new Room()
    const over = (source: string, value: number): void => { for (const [station, from] of [['A', source], ['B', 'main']] as const) room.send(from, value, { station }) }
    over('main', 40)
    room.send('backup', 200)
    const air = room.line.bench.ledger.air('beijing', 'PM2.5')
    expect(air === undefined ? null : room.line.bench.ledger.hour(air, room.start).tally.sums.at(-1)).not.toBeNull()
    expect(room.value()).toBe(40)
  })
})

test('in whatever order sources send, revise, take back and the server restarts, the best source that has a value counts', () => {
  const step = fc.record({ source: fc.constantFrom(...SOURCES), value: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }), minutes: fc.constantFrom(5, 60), restart: fc.integer({ min: 0, max: 4 }) })
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
    const room = new Room()
    const last = new Map<string, number | null>()
    for (const { source, value, minutes, restart } of steps) {
      const start = minutes === 5 ? room.start + 5 * MINUTE : room.start
      room.send(source, value, { minutes, start })
      last.set(`${source}|${minutes}`, value)
      if (restart === 0) room.restart()
      const best = SOURCES.map((each) => last.get(`${each}|${minutes}`) ?? null).find((each) => each !== null) ?? null
      expect(room.value(minutes, start)).toBe(best)
    }
  }), { numRuns: 2_000 })
})

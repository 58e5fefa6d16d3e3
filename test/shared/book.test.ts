import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AlertBook } from '../../shared/book.ts'
import type { Fact } from '../../shared/fact.ts'
import { applyAll, emptyRoom } from '../../shared/situation.ts'

const HOUR = 3_600_000
const stamp = (seq: number) => ({ seq, id: String(seq), at: seq * 5 * HOUR, recorded: 0, actor: 'system', air: 'live', hash: '' }) as const
const judged = { condition: 'over', value: 80, reason: { code: 'hour-exceeded' }, marks: [] as never[] } as const
/** What may happen to one of five alerts: three of hours, two silences of one station. */
const happened = fc.record({ which: fc.nat({ max: 4 }), what: fc.constantFrom('raised', 'raised', 'acknowledged', 'acknowledged', 'closed', 'returned', 'withdrawn', 'closed', 'changed') })

function factOf({ which, what }: { which: number; what: string }, at: number): Fact {
  const seq = at + 1
  const silent = which > 2
  const of = { ...stamp(seq), alert: `a${which}`, occurrence: 1 }
  const period = { start: which * HOUR, end: silent ? null : (which + 1) * HOUR }
  if (what === 'raised') return { ...of, kind: 'alert-raised', ...judged, reason: { code: 'x' }, marks: [], alertKind: silent ? 'silent' : 'hour-exceeded', place: silent ? 'S1' : 'beijing', pollutant: 'PM2.5', period, severity: 'notice', limit: 75, assumed: false, drill: false }
  if (what === 'acknowledged') return { ...of, kind: 'alert-acknowledged', by: '王', note: null }
  if (what === 'closed') return { ...of, kind: 'alert-closed', reason: { code: 'over' } }
  return { ...of, kind: what === 'returned' ? 'alert-returned' : what === 'withdrawn' ? 'alert-withdrawn' : 'alert-changed', ...judged, reason: { code: 'x' }, marks: [] }
}
const histories = fc.array(happened, { maxLength: 40 }).map((all) => all.map(factOf))

test('the alerts at hand are those that all of them say they are, whenever one looks', () => {
  fc.assert(fc.property(histories, fc.nat({ max: 40 }), (facts, looked) => {
    const book = new AlertBook()
    facts.forEach((fact, at) => {
      book.take([fact])
      if (at < looked) return
      const all = Object.values(book.record)
      const ids = (those: readonly { id: string }[]) => those.map(({ id }) => id).sort()
      expect(ids(book.lasting())).toEqual(ids(all.filter(({ state, period }) => state === 'acknowledged' && period.end !== null)))
      const open = all.filter(({ kind, state }) => kind === 'silent' && (state === 'unacknowledged' || state === 'acknowledged'))
      expect([...book.silences('S1|PM2.5')].sort()).toEqual(open.map(({ period }) => period.start).sort())
    })
  }), { numRuns: 500 })
})

test('a room is the same whether its facts came one by one, in batches, or all at once', () => {
  fc.assert(fc.property(histories, fc.integer({ min: 1, max: 9 }), (facts, size) => {
    const whole = applyAll(emptyRoom, facts)
    let room = emptyRoom
    for (let at = 0; at < facts.length; at += size) room = applyAll(room, facts.slice(at, at + size))
    expect(room).toEqual(whole)
    expect(facts.reduce((each, fact) => applyAll(each, [fact]), emptyRoom)).toEqual(whole)
  }))
})

test('an alert that closed long ago goes with the first fact of a later hour, whatever it is about', () => {
  const then = (which: number, what: string, at: number): Fact => ({ ...factOf({ which, what }, 0), at })
  const book = new AlertBook()
  book.take([then(1, 'raised', 0), then(1, 'closed', HOUR), then(2, 'raised', 39 * HOUR)])
  expect(Object.keys(book.record)).toEqual(['a2'])
})

test('a close costs the same however many have closed: what is old is looked for once an hour', () => {
  const then = (which: number, what: string, at: number): Fact => ({ ...factOf({ which, what }, 0), at })
  const book = new AlertBook()
  book.take([then(1, 'raised', 0), then(1, 'closed', HOUR), then(2, 'raised', 37 * HOUR + 1)])
  // Old by then, and the hour has not turned since it was looked for.
  book.take([then(2, 'closed', 38 * HOUR - 1)])
  expect(Object.keys(book.record)).toEqual(['a1', 'a2'])
  book.take([then(3, 'raised', 39 * HOUR)])
  expect(Object.keys(book.record)).toEqual(['a2', 'a3'])
})

test('a closed alert stays a day and a half after its period, and goes with the next that closes', () => {
  const then = (which: number, what: string, at: number): Fact => ({ ...factOf({ which, what }, 0), at })
  const gone = 2 * HOUR + 36 * HOUR
  const left = (at: number) => {
    const book = new AlertBook()
    book.take([then(1, 'raised', 0), then(1, 'closed', HOUR), then(2, 'raised', at), then(2, 'closed', at)])
    return Object.keys(book.record)
  }
  expect([left(gone), left(gone + 1)]).toEqual([['a1', 'a2'], ['a2']])
})

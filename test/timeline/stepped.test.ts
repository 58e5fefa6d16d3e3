import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liveClock } from '../../server/clock.ts'
import { watch } from '../../server/watch.ts'
import { AlertBook } from '../../shared/book.ts'
import type { Duty } from '../../shared/escalation.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { handMachine } from '../setup/hand-machine.ts'
import { eventOf, STEADY, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const SECOND = 1_000
const step = (minutes: number, to: 'leader' | 'department' | 'commander') => ({ after: minutes * MINUTE, to })
const duty: Duty = { steps: { critical: [step(5, 'leader'), step(10, 'department'), step(15, 'commander')], warning: [], notice: [] }, onDuty: (seat) => [{ id: seat, name: seat }] }

/** An alert that nobody acknowledges, raised at 01:00, under the server's own watch and live clock, on a machine whose wall clock is put. */
function escalating() {
  const at = new Timeline({ event: eventOf([{ average: 'hour', max: 75 }]), stations: [{ id: 'A' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR, duty }, quality: STEADY })
  at.hours(`${DAY} 00:00`, 1, { A: 90 })
  const machine = handMachine(at.now)
  const watching = watch({
    bench: at.bench, clock: liveClock(machine.by), screens: { passed: () => undefined }, resumed: true,
    room: { alerts: () => new AlertBook(at.room), append: (drafts) => { at.take(drafts); return [] } },
  })
  /** Each step with the minute of the event in which it was taken. */
  const ups = () => at.facts.flatMap((fact) => (fact.kind === 'alert-escalated' ? [`${fact.seat} ${at.bench.calendar.civil.iso(fact.at).slice(11, 16)}`] : []))
  const inOrder = () => at.facts.every(({ at: when }, n) => n === 0 || when >= (at.facts[n - 1]?.at ?? 0))
  return { ...machine, ups, inOrder, stop: watching.stop }
}

describe('an escalation under way while the machine\'s clock is put', () => {
  test('forward an hour: what has become due goes up within seconds, step by step, none left out', () => {
    const { pass, put, ups, inOrder } = escalating()
    pass(7 * MINUTE)
    put(HOUR)
    pass(11 * SECOND)
    expect(ups()).toEqual(['leader 01:05', 'department 02:07', 'commander 02:07'])
    pass(3 * HOUR)
    expect([ups().length, inOrder()]).toEqual([3, true])
  })

  test('back an hour: goes on, no step a second time and each at its minute of the event, which takes at most twice as long', () => {
    const { pass, put, ups, inOrder } = escalating()
    pass(7 * MINUTE)
    put(-HOUR)
    pass(16 * MINUTE)
    expect(ups()).toEqual(['leader 01:05', 'department 01:10', 'commander 01:15'])
    pass(3 * HOUR)
    expect([ups().length, inOrder()]).toEqual([3, true])
  })

  test('now a little, now much, forward and back: the same three steps once each, in order', () => {
    fc.assert(fc.property(fc.array(fc.record({ pass: fc.integer({ min: 0, max: 150 }), put: fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -2 * HOUR, max: 2 * HOUR })) }), { maxLength: 20 }), (moves) => {
      const { pass, put, ups, inOrder, stop } = escalating()
      for (const move of moves) {
        pass(move.pass * SECOND)
        put(move.put)
      }
      pass(31 * MINUTE)
      stop()
      expect(ups().map((line) => line.split(' ')[0])).toEqual(['leader', 'department', 'commander'])
      expect(inOrder()).toBe(true)
    }), { numRuns: 60, seed: 5 })
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Memory, type Remembered } from '../../shared/memory.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, STEADY, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const opened = () => new Timeline({ event: eventOf([{ average: 'hour', max: 75 }, { average: 'day', max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, quality: STEADY })

/** Hours of air, with what the room makes of them; staff acknowledge as they please, and readings are revised. */
const air = fc.array(fc.record({ value: fc.constantFrom(20, 60, 90, 140, null), acknowledges: fc.boolean(), revised: fc.option(fc.constantFrom(10, 100), { freq: 4 }) }), { minLength: 20, maxLength: 80 })

function played(hours: typeof air extends fc.Arbitrary<infer T> ? T : never): Timeline {
  const at = opened()
  const start = at.now
  hours.forEach(({ value, acknowledges, revised }, n) => {
    at.to(start + (n + 1) * HOUR)
    const of = (hour: number, to: number | null) => ['A', 'B'].map((station) => ({ station, pollutant: 'PM2.5' as const, start: start + hour * HOUR, minutes: 60, value: to === null ? null : to * 1_000_000, flag: '' }))
    at.push(of(n, value))
    if (revised !== null && n > 3) at.push(of(n - 3, revised))
    if (acknowledges) for (const { id, state } of Object.values(at.room.alerts)) if (state === 'unacknowledged') at.acknowledge(id)
  })
  return at
}

test('whatever the air did, a room taken up again at any fact goes on as if it had seen all of it', () => {
  fc.assert(fc.property(air, (hours) => {
    const { facts, room } = played(hours)
    const whole = JSON.stringify(new Memory().take(facts).kept())
    expect(JSON.stringify(new Memory().take(facts).room())).toBe(JSON.stringify(room))
    for (let cut = 0; cut <= facts.length; cut += 1) {
      const kept = JSON.stringify(new Memory().take(facts.slice(0, cut)).kept())
      expect(JSON.stringify(new Memory(JSON.parse(kept) as Remembered).take(facts.slice(cut)).kept())).toBe(whole)
    }
  }), { numRuns: 8 })
})

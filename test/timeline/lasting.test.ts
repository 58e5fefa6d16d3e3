import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Projecting } from '../../shared/lasting.ts'
import { marginOf } from '../../shared/lasting.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const none: Projecting = { deadband: { micrograms: 0, percent: 0 }, on: { hour: 0, day: 0 }, off: { hour: 0, day: 0 } }
const room = (average: 'hour' | 'day', projecting: Partial<Projecting>, stations = ['A', 'B']) => new Timeline({
  event: eventOf([{ average, max: 75 }]), stations: stations.map((id) => ({ id })), from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR, projecting: { ...none, ...projecting } },
})
const both = (value: number | null) => ({ A: value, B: value })
const ID = 'day-projected:beijing:PM2.5:2022-03-10'
/** Over from 05:00 on. */
const over = (projecting: Partial<Projecting>) => room('day', projecting).hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 3, both(90))
const times = (at: Timeline): string[] => at.said('projected').map((line) => line.slice(6, 11) + line.slice(11).replace(/ \S*projected:\S+/, ''))

describe('a deadband', () => {
  // Three hours of 60, three of 90, then 72 kept on: from 09:00 the day would come to 72.75 exactly.
  const at72 = (percent: number) => over({ deadband: { micrograms: 2, percent } }).hours(`${DAY} 06:00`, 4, both(72))
  test('lets a projection return where the mean to come is clear of the limit by it, to the last digit', () => {
    expect(times(at72(3))).toEqual(['05:00 raised', '09:00 returned'])
    expect(times(at72(3.1))).toEqual(['05:00 raised'])
    expect(times(at72(0))).toEqual(['05:00 raised', '09:00 returned'])
  })

  test('is the larger of the two figures, of CO in milligrams', () => {
    const of = (micrograms: number, percent: number, limit = { max: 75, pollutant: 'PM2.5' }) => Number(marginOf({ ...none, deadband: { micrograms, percent } }, limit)) / 1_000_000
    const co = { max: 4, pollutant: 'CO' }
    expect([of(2, 3), of(2, 3, { max: 50, pollutant: 'PM2.5' }), of(0, 0), of(2, 3, co), of(200, 3, co)]).toEqual([2.25, 2, 0, 0.12, 0.2])
  })

  test('delays no raise: what is within it of the limit and over is raised', () => {
    expect(times(room('day', { deadband: { micrograms: 50, percent: 0 } }).hours(`${DAY} 00:00`, 2, both(76)))).toEqual(['01:00 raised'])
  })

  test('keeps what was held for want of data over, when data comes back within it', () => {
    const at = over({ deadband: { micrograms: 2, percent: 3.1 } }).until(`${DAY} 09:30`)
    at.push([6, 7, 8].flatMap((hour) => at.hour(`${DAY} 0${hour}:00`, both(72))))
    expect(times(at)).toEqual(['05:00 raised', '09:10 changed unknown', '09:30 changed over'])
    expect(at.alert(ID)).toMatchObject({ state: 'unacknowledged', condition: 'over' })
  })

  test('is no question once the day is closed', () => {
    expect(times(at72(3.1).hours(`${DAY} 10:00`, 14, both(72)))).toEqual(['05:00 raised', '00:00 returned'])
  })
})

describe('a return that waits', () => {
  const returned = (off: number) => over({ off: { hour: 0, day: off } }).hours(`${DAY} 06:00`, 1, both(30)).until(`${DAY} 07:55`)
  test('comes when the day was clear for that long, also where nothing else happens then', () => {
    expect(times(returned(0))).toEqual(['05:00 raised', '07:00 returned'])
    expect(times(returned(30 * MINUTE))).toEqual(['05:00 raised', '07:30 returned'])
    expect(times(returned(HOUR).until(`${DAY} 08:00`))).toEqual(['05:00 raised', '08:00 returned'])
    expect(times(returned(90 * MINUTE).hours(`${DAY} 07:00`, 1, both(30)).until(`${DAY} 09:00`))).toEqual(['05:00 raised', '08:30 returned'])
  })

  test('comes at the same instant after a restart meanwhile', () => {
    expect(times(over({ off: { hour: 0, day: 30 * MINUTE } }).hours(`${DAY} 06:00`, 1, both(30)).restart(`${DAY} 07:10`).until(`${DAY} 07:55`))).toEqual(['05:00 raised', '07:30 returned'])
  })

  test('begins anew where the day was over again in between', () => {
    const at = over({ off: { hour: 0, day: 2 * HOUR } }).hours(`${DAY} 06:00`, 1, both(30)).hours(`${DAY} 07:00`, 1, both(200)).hours(`${DAY} 08:00`, 5, both(20))
    const plain = over({}).hours(`${DAY} 06:00`, 1, both(30)).hours(`${DAY} 07:00`, 1, both(200)).hours(`${DAY} 08:00`, 5, both(20))
    expect(times(plain)).toEqual(['05:00 raised', '07:00 returned', '08:00 raised again (2)', '11:00 returned'])
    expect(times(at)).toEqual(['05:00 raised', '13:00 returned'])
  })

  test('of an hour is counted in minutes, and a restart or readings in one batch change nothing', () => {
    const live = (off: number) => room('hour', { off: { hour: off, day: 0 } }, ['A']).live(`${DAY} 10:00`, { station: 'A', count: 12, value: 80 })
    expect(times(live(0).live(`${DAY} 10:12`, { station: 'A', count: 18, value: 60 }))).toEqual(['10:10 raised', '10:16 returned'])
    expect(times(live(5 * MINUTE).live(`${DAY} 10:12`, { station: 'A', count: 18, value: 60 }))).toEqual(['10:10 raised', '10:21 returned'])
    const again = live(5 * MINUTE).live(`${DAY} 10:12`, { station: 'A', count: 6, value: 60 }).restart(`${DAY} 10:18`)
    expect(times(again.live(`${DAY} 10:18`, { station: 'A', count: 12, value: 60 }))).toEqual(['10:10 raised', '10:21 returned'])
    const batch = live(5 * MINUTE).until(`${DAY} 10:30`)
    batch.push(batch.minutes(`${DAY} 10:12`, { station: 'A', count: 18, value: 60 }).reverse())
    expect(times(batch)).toEqual(['10:10 raised', '10:27 changed unknown', '10:30 returned'])
  })

  test('is not asked for when the hour closes under its limit', () => {
    const at = room('hour', { off: { hour: 55 * MINUTE, day: 0 } }, ['A']).live(`${DAY} 10:00`, { station: 'A', count: 12, value: 80 }).live(`${DAY} 10:12`, { station: 'A', count: 48, value: 40 })
    expect(times(at)).toEqual(['10:10 raised', '11:00 returned'])
  })
})

describe('a raise that waits', () => {
  test('comes when the day was over for that long', () => {
    expect(times(over({ on: { hour: 0, day: HOUR } }))).toEqual(['06:00 raised'])
    expect(times(over({ on: { hour: 0, day: 30 * MINUTE } }).restart(`${DAY} 06:10`))).toEqual(['05:30 raised'])
  })

  test('does not come for one high hour', () => {
    const one = (on: number) => times(room('day', { on: { hour: 0, day: on } }).hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 1, both(150)).hours(`${DAY} 04:00`, 6, both(20)))
    expect(one(0)).toEqual(['04:00 raised', '05:00 returned'])
    expect(one(2 * HOUR)).toEqual([])
  })

  test('of an hour is counted in minutes from the tenth on', () => {
    const live = (on: number) => times(room('hour', { on: { hour: on, day: 0 } }, ['A']).live(`${DAY} 10:00`, { station: 'A', count: 20, value: 90 }))
    expect([live(0), live(3 * MINUTE)]).toEqual([['10:10 raised'], ['10:13 raised']])
  })

  test('of five minutes at a time counts each when it has ended, not from where it began', () => {
    const fives = (on: number) => {
      const at = room('hour', { on: { hour: on, day: 0 } }, ['A'])
      const start = at.instant(`${DAY} 10:00`)
      for (const [i, value] of [60, 60, 200, 60].entries()) {
        at.to(start + (i + 1) * 5 * MINUTE).push([{ station: 'A', pollutant: 'PM2.5', start: start + i * 5 * MINUTE, minutes: 5, value: value * 1_000_000, flag: '' }])
      }
      return times(at)
    }
    expect([fives(0), fives(3 * MINUTE), fives(12 * MINUTE)]).toEqual([['10:15 raised'], ['10:18 raised'], []])
  })

  test('takes the last quarter of the hour before for recent while its own hour is young', () => {
    const at = room('hour', { on: { hour: 2 * MINUTE, day: 0 } }, ['A']).live(`${DAY} 09:45`, { station: 'A', count: 15, value: 140 }).live(`${DAY} 10:00`, { station: 'A', count: 14, value: 70 })
    // Twelve minutes at 70 and three of before at 140 are 84 of late: over until those three are out of the quarter.
    expect(times(at)).toEqual(['10:12 raised', '10:14 returned'])
  })

  test('never holds back what is exceeded or locked', () => {
    const at = room('hour', { on: { hour: 59 * MINUTE, day: 0 } }, ['A']).live(`${DAY} 10:00`, { station: 'A', count: 60, value: 120 })
    expect(at.said().map((line) => line.slice(6).split(':beijing')[0])).toEqual(['10:38 raised hour-locked', '11:00 raised hour-exceeded', '11:00 closed hour-locked'])
  })
})

test('under delays there is no fact without a change: the same ticks, readings and starts add none', () => {
  const shapes = fc.array(fc.record({ hour: fc.nat({ max: 11 }), value: fc.integer({ min: 0, max: 160 }), station: fc.constantFrom('A', 'B') }), { maxLength: 24 })
  fc.assert(fc.property(shapes, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), (readings, on, off) => {
    const at = room('day', { deadband: { micrograms: 2, percent: 3 }, on: { hour: 0, day: on * MINUTE }, off: { hour: 0, day: off * MINUTE } })
    for (const { hour, value, station } of readings) at.push(at.hour(`${DAY} ${String(hour).padStart(2, '0')}:00`, { [station]: value }))
    at.until(`${DAY} 13:00`)
    const facts = at.facts.length
    at.tick(at.now)
    for (const reading of at.store.values()) at.push([reading])
    at.restart(`${DAY} 13:00`)
    at.tick(at.now)
    expect(at.facts.length).toBe(facts)
  }), { numRuns: 60 })
})

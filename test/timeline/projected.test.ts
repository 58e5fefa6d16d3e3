import { describe, expect, test } from 'vitest'
import { recentMinutes } from '../../shared/outlook.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const quiet = { silenceAtLeast: 1000 * HOUR }
const room = (average: 'hour' | 'day', more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average, max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet, ...more })
const both = (value: number | null) => ({ A: value, B: value })

describe('a day that is projected to exceed', () => {
  const ID = 'day-projected:beijing:PM2.5:2022-03-10'
  const over = () => room('day').hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 3, both(90))

  test('is raised by the first hour whose recent mean, kept on, would exceed, and returns when it would not', () => {
    const at = over().hours(`${DAY} 06:00`, 3, both(30))
    expect(at.said()).toEqual(['03-10 05:00 raised day-projected:beijing:PM2.5:03-10', '03-10 07:00 returned day-projected:beijing:PM2.5:03-10'])
  })

  test('says what it rests on', () => {
    // (75.5 × 24 − 360) / 19 = 76.42; 76.4 is the last tenth that still meets 75; the last three hours had 80.
    expect(over().alert(ID)).toMatchObject({ severity: 'warning', value: 72, limit: 75, reason: { code: 'day-projected', budget: 76.4, recent: 80, left: 19, mean: 72, stations: 2, evaluating: 2 } })
  })

  test('is held while its data is lost, never returned, and returned when data says so', () => {
    const at = over().until(`${DAY} 10:00`)
    expect(at.said()).toEqual(['03-10 05:00 raised day-projected:beijing:PM2.5:03-10', '03-10 09:10 changed day-projected:beijing:PM2.5:03-10 unknown'])
    at.hours(`${DAY} 10:00`, 1, both(20))
    expect(at.said().at(-1)).toBe('03-10 11:00 returned day-projected:beijing:PM2.5:03-10')
    expect(at.alert(ID)).toMatchObject({ state: 'returned', condition: 'under' })
  })

  test('held and over once more is the same occurrence', () => {
    const at = over().until(`${DAY} 10:00`).hours(`${DAY} 10:00`, 1, both(120))
    expect(at.said().at(-1)).toBe('03-10 11:00 changed day-projected:beijing:PM2.5:03-10 over')
    expect(at.alert(ID).occurrence).toBe(1)
  })

  test('held to the end of a day without enough data is held until somebody acknowledges it', () => {
    const at = over().until('2022-03-11 20:00')
    expect(at.alert(ID)).toMatchObject({ state: 'unacknowledged', condition: 'unknown' })
    at.acknowledge(ID)
    at.until('2022-03-11 20:01')
    expect(at.said().slice(1)).toEqual([
      '03-10 09:10 changed day-projected:beijing:PM2.5:03-10 unknown', '03-11 20:00 acknowledged day-projected:beijing:PM2.5:03-10',
      '03-11 20:00 closed day-projected:beijing:PM2.5:03-10 (period-over)',
    ])
  })

  test('acknowledged, under, and over again is a new occurrence that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.hours(`${DAY} 06:00`, 3, both(30)).hours(`${DAY} 09:00`, 4, both(120))
    expect(at.said()).toEqual([
      '03-10 05:00 raised day-projected:beijing:PM2.5:03-10', '03-10 06:00 acknowledged day-projected:beijing:PM2.5:03-10',
      '03-10 07:00 closed day-projected:beijing:PM2.5:03-10 (day-tight)', '03-10 11:00 raised day-projected:beijing:PM2.5:03-10 again (2)',
    ])
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, state: 'unacknowledged', acknowledged: null })
  })

  test('returned and acknowledged is closed; returned and over again asks anew', () => {
    const at = over().hours(`${DAY} 06:00`, 3, both(30))
    at.acknowledge(ID)
    expect(at.alert(ID).state).toBe('closed')
    expect(at.said().at(-1)).toBe('03-10 09:00 closed day-projected:beijing:PM2.5:03-10 (returned)')
    at.hours(`${DAY} 09:00`, 4, both(120))
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, state: 'unacknowledged' })
  })

  test('is superseded by the exceeded day once that is raised', () => {
    const at = over().hours(`${DAY} 06:00`, 18, both(85))
    expect(at.said().slice(1)).toEqual([
      '03-10 23:00 raised day-locked:beijing:PM2.5:03-10',
      '03-11 00:00 raised day-exceeded:beijing:PM2.5:03-10', '03-11 00:00 closed day-projected:beijing:PM2.5:03-10 (superseded)',
      '03-11 00:00 closed day-locked:beijing:PM2.5:03-10 (superseded)',
    ])
    expect(at.until('2022-03-12').said('-locked').length).toBe(2)
  })

  test('returns when the day ends under its limit', () => {
    const at = room('day').hours(`${DAY} 00:00`, 22, both(74)).hours(`${DAY} 22:00`, 1, both(110)).hours(`${DAY} 23:00`, 1, both(70))
    expect(at.said()).toEqual(['03-10 23:00 raised day-projected:beijing:PM2.5:03-10', '03-11 00:00 returned day-projected:beijing:PM2.5:03-10'])
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = room('day').hours(`${DAY} 00:00`, 3, both(60))
    const unseen = ['03', '04', '05'].flatMap((hour) => at.hour(`${DAY} ${hour}:00`, both(90)))
    at.restart(`${DAY} 06:20`, { unseen }).restart(`${DAY} 06:30`).until(`${DAY} 07:00`)
    expect(at.said()).toEqual(['03-10 06:20 raised day-projected:beijing:PM2.5:03-10'])
  })

  test('needs an hour of its own day that has a value: yesterday\'s evening projects nothing', () => {
    const at = room('day').hours(`${DAY} 20:00`, 4, both(200)).until('2022-03-11 02:00')
    expect(at.said('03-11')).toEqual([])
    expect(at.hours('2022-03-11 02:00', 1, both(200)).said('day-projected')).toEqual(['03-11 03:00 raised day-projected:beijing:PM2.5:03-11'])
  })

  test('is held where too few stations have made the recent hours', () => {
    const at = room('day', { stations: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] }).hours(`${DAY} 00:00`, 2, { A: 90, B: 90, C: 90 })
    at.hours(`${DAY} 02:00`, 8, { A: 90 })
    expect(at.said('day-projected')).toEqual(['03-10 01:00 raised day-projected:beijing:PM2.5:03-10', '03-10 05:10 changed day-projected:beijing:PM2.5:03-10 unknown'])
  })
})

describe('an hour that is projected to exceed', () => {
  const ID = 'hour-projected:beijing:PM2.5:2022-03-10T10'
  const alone = () => room('hour', { stations: [{ id: 'A' }] })
  const over = () => alone().live(`${DAY} 10:00`, { station: 'A', count: 12, value: 80 })

  test('is raised with ten minutes in hand, and returns when the last quarter would meet the limit', () => {
    const at = over().live(`${DAY} 10:12`, { station: 'A', count: 18, value: 60 })
    // With four minutes at 60 the last fifteen have 74.67, and the rest may have (75.5 × 60 − 1200) / 44 = 75.68.
    expect(at.said()).toEqual(['03-10 10:10 raised hour-projected:beijing:PM2.5:03-10T10', '03-10 10:16 returned hour-projected:beijing:PM2.5:03-10T10'])
  })

  test('is held when the minutes stop, never returned, and closes under if the hour ends under', () => {
    const at = over().until(`${DAY} 10:30`)
    expect(at.said()).toEqual(['03-10 10:10 raised hour-projected:beijing:PM2.5:03-10T10', '03-10 10:27 changed hour-projected:beijing:PM2.5:03-10T10 unknown'])
    at.until(`${DAY} 11:00`).push(at.hour(`${DAY} 10:00`, { A: 70 }))
    expect(at.said().at(-1)).toBe('03-10 11:00 returned hour-projected:beijing:PM2.5:03-10T10')
  })

  test('acknowledged, under and over again is a new occurrence that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.live(`${DAY} 10:12`, { station: 'A', count: 18, value: 60 }).live(`${DAY} 10:30`, { station: 'A', count: 12, value: 110 })
    expect(at.said().slice(1, 4).map((line) => line.slice(6))).toEqual([
      '10:12 acknowledged hour-projected:beijing:PM2.5:03-10T10', '10:16 closed hour-projected:beijing:PM2.5:03-10T10 (hour-tight)',
      expect.stringMatching(/raised hour-projected:beijing:PM2.5:03-10T10 again \(2\)$/),
    ])
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, acknowledged: null })
  })

  test('is superseded by the exceeded hour', () => {
    const at = alone().live(`${DAY} 10:00`, { station: 'A', count: 60, value: 76 })
    expect(at.said()).toEqual([
      '03-10 10:10 raised hour-projected:beijing:PM2.5:03-10T10',
      '03-10 11:00 raised hour-exceeded:beijing:PM2.5:03-10T10', '03-10 11:00 closed hour-projected:beijing:PM2.5:03-10T10 (superseded)',
    ])
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = alone().until(`${DAY} 10:05`)
    at.restart(`${DAY} 10:20`, { unseen: at.minutes(`${DAY} 10:00`, { station: 'A', count: 20, value: 90 }) })
    expect(at.restart(`${DAY} 10:21`).restart(`${DAY} 10:22`).said()).toEqual(['03-10 10:20 raised hour-projected:beijing:PM2.5:03-10T10'])
  })

  test('is of ten minutes with a value, not of ten that are gone', () => {
    const at = alone().until(`${DAY} 10:10`).live(`${DAY} 10:10`, { station: 'A', count: 9, value: 200 })
    expect(at.said()).toEqual([])
    expect(at.live(`${DAY} 10:19`, { station: 'A', count: 1, value: 200 }).said()).toEqual(['03-10 10:20 raised hour-projected:beijing:PM2.5:03-10T10'])
  })

  test('cannot be told of stations that send whole hours: nothing is said, and nothing is called impossible', () => {
    const at = room('hour').hours(`${DAY} 09:00`, 1, both(70)).until(`${DAY} 10:50`)
    expect(at.said()).toEqual([])
  })
})

test('a station that sends its minutes twice, as one-minute and five-minute readings, counts once in the recent mean', () => {
  const at = new Timeline({ event: eventOf([{ average: 'hour', max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 10:00` }).until(`${DAY} 10:20`)
  const fives = [0, 5, 10, 15].map((minute) => ({ station: 'A', pollutant: 'PM2.5' as const, start: at.instant(`${DAY} 10:00`) + minute * 60_000, minutes: 5, value: 100_000_000, flag: '' }))
  const ones = (station: string, value: number) => at.minutes(`${DAY} 10:00`, { station, count: 20, value })
  const mean = (): number => {
    const air = at.bench.ledger.air('beijing', 'PM2.5')!
    const recent = recentMinutes(air, at.bench.ledger.hour(air, at.instant(`${DAY} 10:00`)), at.now).mean!
    return Number(recent.num) / Number(recent.den) / 1_000_000
  }
  at.push(ones('B', 20)).push(fives.slice(0, 3)).push(ones('A', 100)).push(fives)
  expect(mean()).toBe(60)
  at.push(ones('A', 40))
  expect(mean()).toBe(30)
  at.push(ones('A', 40).map((reading) => ({ ...reading, value: null })))
  expect(mean()).toBe(60)
})

import { describe, expect, test } from 'vitest'
import { AHEAD, cut, type Gate, MINUTES_KEPT, refusal } from '../../shared/check.ts'
import type { Reading } from '../../shared/reading.ts'
import { civilOf, HOUR, MINUTE } from '../../shared/time.ts'
import { station } from '../timeline/timeline.ts'

const civil = civilOf('Asia/Shanghai')
const NOW = civil.at('2022-03-10', '12:00')
const gate: Gate = {
  civil, writes: (id) => id !== 'theirs',
  stationById: (id) => (id === 'S1' || id === 'theirs' ? station({ id, validFrom: '2022-03-01', validTo: '2022-03-20' }) : undefined),
}
const refused = (of: Partial<Reading>, now = NOW) => refusal(gate, { station: 'S1', pollutant: 'PM2.5', start: NOW - HOUR, minutes: 60, value: 40_000_000, flag: '', ...of }, now)

describe('a reading at the gate', () => {
  test('comes in, of a known station that the source may write, in time', () => {
    expect(refused({})).toBeNull()
    expect(refused({ value: null })).toBeNull()
  })

  test('of no station of the network is refused with its name, however long that is', () => {
    expect(refused({ station: 'S9' })).toEqual({ code: 'unknown-station', detail: 'the network has no station "S9"' })
    expect(refused({ station: 'x'.repeat(61) })?.detail).toBe(`the network has no station "${'x'.repeat(59)}…"`)
    expect(cut('x'.repeat(60))).toBe('x'.repeat(60))
  })

  test('of another source\'s station is refused', () => {
    expect(refused({ station: 'theirs' })).toEqual({ code: 'not-your-station', detail: 'this token may not write station theirs' })
  })

  test('is refused on the days before and after its station was in force', () => {
    const on = (day: string) => refused({ start: civil.at(day, '08:00') }, civil.at('2022-03-25'))
    expect([on('2022-03-01'), on('2022-03-20')]).toEqual([null, null])
    expect(on('2022-02-28')).toEqual({ code: 'station-not-valid', detail: 'station S1 is not in force on 2022-02-28' })
    expect(on('2022-03-21')?.code).toBe('station-not-valid')
  })

  test('of a time before 1970 is refused', () => {
    expect(refused({ start: -1 })).toEqual({ code: 'bad-start', detail: 'no reading is from before 1970' })
    expect(refused({ start: 0 })?.code).toBe('station-not-valid')
  })

  test('may end five minutes from now and no later', () => {
    expect(AHEAD).toBe(5 * MINUTE)
    const ending = (end: number) => refused({ start: end - MINUTE, minutes: 1 })
    expect(ending(NOW + 5 * MINUTE)).toBeNull()
    expect(ending(NOW + 6 * MINUTE)).toEqual({ code: 'future-time', detail: 'the period ends at 2022-03-10T12:06:00+08:00; here it is 2022-03-10T12:00:00+08:00' })
  })

  test('that lies in two hours is refused', () => {
    expect(refused({ start: NOW - HOUR + 55 * MINUTE, minutes: 5 })).toBeNull()
    expect(refused({ start: NOW - HOUR + 50 * MINUTE, minutes: 15 })).toEqual({ code: 'bad-start', detail: 'a period of 15 min that starts at 2022-03-10T11:50:00+08:00 lies in two hours' })
  })

  test('of minutes is taken for seven days, of an hour for ever', () => {
    const last = NOW - MINUTES_KEPT
    expect(refused({ start: last - MINUTE, minutes: 1 })).toBeNull()
    expect(refused({ start: last - 2 * MINUTE, minutes: 1 })).toEqual({ code: 'bad-start', detail: 'readings shorter than an hour are taken for seven days; send the hour (it is 2022-03-10T12:00:00+08:00)' })
    expect(refused({ start: last - 24 * HOUR })).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { cityCell, stationCell, timelineCell } from '../../shared/cells.ts'
import type { Quantity } from '../../shared/reading.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, micro, type Setup, STEADY, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const HOURLY = { average: 'hour' as const, max: 75 }
const room = (more: Partial<Setup> = {}) => new Timeline({ event: eventOf([{ max: 75 }, HOURLY]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, quality: STEADY, ...more })
const both = (value: number | null) => ({ A: value, B: value })
const city = (at: Timeline) => {
  const air = at.bench.ledger.air('beijing', 'PM2.5')
  if (air === undefined) throw new Error('no air')
  return cityCell(at.bench, air, at.now)
}
/** A station's cell, with the class of its hour told as its mean in whole µg/m³ and its start. */
const asked: [number, number][] = []
function station(at: Timeline, id = 'A') {
  asked.length = 0
  const series = at.bench.ledger.byStation.get(id) ?? []
  return stationCell(at.bench, series, { now: at.now, classify: (mean, start) => { asked.push([Number(mean.num / mean.den), start]); return 3 } })
}

describe('a station on the map', () => {
  test('that was never heard of has no cell', () => {
    expect(station(room())).toBeNull()
  })

  test('shows its newest hour with its class, by the standard of the day on which it starts', () => {
    const at = room().hours(`${DAY} 08:00`, 2, { A: 40 })
    expect(station(at)).toMatchObject({ kind: 'station', station: 'A', evaluates: true, aqiClass: 3, heard: at.now, silent: false, hour: { start: at.now - HOUR, mean: 40, valid: true, suspect: false, running: false } })
    expect(asked).toEqual([[40_000_000, at.now - HOUR]])
  })

  test('shows the running hour once a quarter of it is there, and the hour before until then', () => {
    const at = room().hours(`${DAY} 08:00`, 1, { A: 40 }).live(`${DAY} 09:00`, { station: 'A', count: 14, value: 90 })
    expect(station(at)?.hour).toMatchObject({ start: at.instant(`${DAY} 08:00`), mean: 40, running: false })
    at.live(`${DAY} 09:14`, { station: 'A', count: 1, value: 90 })
    expect(station(at)?.hour).toMatchObject({ start: at.instant(`${DAY} 09:00`), mean: 90, running: true })
  })

  test('has no class and no hour once its last valid hour began more than three hours ago', () => {
    const at = room({ rules: { silenceAtLeast: 1000 * HOUR } }).hours(`${DAY} 08:00`, 1, { A: 40 })
    expect(station(at.until(`${DAY} 11:59`))?.hour?.start).toBe(at.instant(`${DAY} 08:00`))
    expect(station(at.until(`${DAY} 12:00`))).toMatchObject({ hour: null, aqiClass: null, heard: at.instant(`${DAY} 09:00`) })
    expect(asked).toEqual([])
  })

  test('that sends no PM2.5 has no class', () => {
    const at = room().until(`${DAY} 09:00`)
    at.push(at.hour(`${DAY} 08:00`, { A: 30 }, 'O3'))
    expect(station(at)).toMatchObject({ hour: null, aqiClass: null, heard: null, silent: false, latest: { O3: { value: 30, validity: 'valid' } } })
  })

  test('an hour with too few minutes is not its newest valid one', () => {
    const at = room().hours(`${DAY} 07:00`, 1, { A: 40 }).live(`${DAY} 08:00`, { station: 'A', count: 44, value: 90 }).until(`${DAY} 09:05`)
    expect(station(at)?.hour?.start).toBe(at.instant(`${DAY} 07:00`))
  })

  test('says the newest reading of each pollutant, with its worth and why, also where it has no value', () => {
    const at = room().until(`${DAY} 09:00`)
    const reading = (pollutant: Quantity, value: number | null, flag = '') => ({ station: 'A', pollutant, start: at.instant(`${DAY} 08:00`), minutes: 60 as const, value: micro(value), flag })
    at.push([reading('PM2.5', null), reading('PM10', 100_000), reading('O3', 30)])
    const period = { start: at.instant(`${DAY} 08:00`), end: at.now }
    expect(station(at)?.latest).toEqual({
      'PM2.5': { value: null, validity: 'missing', why: 'no-value', ...period },
      PM10: { value: 100_000, validity: 'invalid', why: 'unit-slip', ...period },
      O3: { value: 30, validity: 'valid', why: null, ...period },
    })
  })

  test('is silent once its patience is over, in any pollutant that is judged', () => {
    const at = room().hours(`${DAY} 08:00`, 1, { A: 40 })
    expect(station(at.until(`${DAY} 11:59`))?.silent).toBe(false)
    expect(station(at.until(`${DAY} 12:00`))?.silent).toBe(true)
  })

  test('that does not evaluate says so', () => {
    const at = room({ stations: [{ id: 'A', evaluates: false }, { id: 'B' }] }).hours(`${DAY} 08:00`, 1, { A: 40 })
    expect(station(at)?.evaluates).toBe(false)
  })
})

describe('a city on the wall', () => {
  test('shows the hour that ended beside the running one, each with its limit, and who was heard', () => {
    const at = room().hours(`${DAY} 08:00`, 1, { A: 80, B: 82 })
    expect(city(at)).toMatchObject({
      city: 'beijing', pollutant: 'PM2.5', heard: { now: 2, of: 2 }, freshest: at.now,
      lastHour: { mean: 81, rounded: 81, standing: 'exceeded', closed: true, limit: { id: 'limit-2', max: 75, assumed: false, of: ['limit-2'] }, stations: { valid: 2, evaluating: 2 }, completeness: { valid: 120, expected: 120 } },
      hour: { start: at.now, end: at.now + HOUR, mean: null, standing: 'unknown', limit: { id: 'limit-2' } }, day: { limit: { id: 'limit-1', max: 75 } },
      lastDay: { mean: null, standing: 'unknown', stations: { valid: 0, evaluating: 2 }, completeness: { valid: 0, expected: 48 } },
    })
  })

  test('an hour of which a third of the stations came is no hour, once it has closed; before that nobody knows', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] }).hours(`${DAY} 08:00`, 1, { A: 80 })
    expect(city(at).lastHour).toMatchObject({ standing: 'unknown', closed: false })
    expect(city(at.until(`${DAY} 09:10`)).lastHour).toMatchObject({ mean: null, standing: 'unknown', closed: true, stations: { valid: 1, evaluating: 3 }, completeness: { valid: 60, expected: 180 } })
  })

  test('an hour that holds is met; without a limit it is neither', () => {
    expect(city(room().hours(`${DAY} 08:00`, 1, both(75))).lastHour?.standing).toBe('met')
    expect(city(room({ event: eventOf([{ max: 75 }]) }).hours(`${DAY} 08:00`, 1, both(75))).lastHour).toMatchObject({ standing: 'unlimited', limit: null, rounded: 75 })
  })

  test('yesterday stands beside today, and says that a reading of it came late', () => {
    const at = room().hours(`${DAY} 00:00`, 24, both(80))
    expect(city(at).lastDay).toMatchObject({ start: at.instant(DAY), end: at.now, mean: 80, standing: 'exceeded', marks: [], closed: true, completeness: { valid: 48, expected: 48 } })
    at.until('2022-03-11 00:30').push(at.hour(`${DAY} 10:00`, { A: 81 }))
    expect(city(at).lastDay?.marks).toEqual(['revised'])
    expect(city(at).day.marks).toEqual([])
  })

  test('a running day says that an hour of it was changed after it had closed', () => {
    const at = room().hours(`${DAY} 08:00`, 2, both(50))
    expect(city(at).day.marks).toEqual([])
    at.push(at.hour(`${DAY} 08:00`, { A: 51 }))
    expect(city(at).day.marks).toEqual(['revised'])
    expect(city(at).lastHour?.marks).toEqual([])
  })

  test('hears only whoever is not silent, and the newest of all', () => {
    const at = room().hours(`${DAY} 08:00`, 1, both(50)).hours(`${DAY} 09:00`, 3, { A: 50 })
    expect(city(at)).toMatchObject({ heard: { now: 1, of: 2 }, freshest: at.now })
  })

  test('marks what is in doubt, assumed, or a drill', () => {
    const on = { from: DAY, to: DAY }
    const at = room({ event: eventOf([{ ...HOURLY, assumed: true }], { phases: [{ id: 'drill', name: { zh: '演练', en: 'drill' }, drill: true, ...on }] }) })
    at.until(`${DAY} 09:00`).push(at.hour(`${DAY} 08:00`, both(999)))
    expect(city(at).lastHour?.marks).toEqual(['suspect', 'assumed', 'drill'])
    expect(city(at).hour.marks).toEqual(['assumed', 'drill'])
    expect(city(at).day).toMatchObject({ marks: ['suspect'], limit: null, standing: 'unlimited' })
  })
})

describe('the last 72 hours', () => {
  const timeline = (at: Timeline) => {
    const air = at.bench.ledger.air('beijing', 'PM2.5')
    if (air === undefined) throw new Error('no air')
    return timelineCell(at.bench, air, at.now)
  }

  test('end with the last hour that ended, and have no mean where none is valid', () => {
    const at = room({ stations: ['A', 'B', 'C'].map((id) => ({ id })) }).hours(`${DAY} 08:00`, 1, both(40)).hours(`${DAY} 09:00`, 1, { A: 90 }).hours(`${DAY} 10:00`, 1, both(60)).until(`${DAY} 11:30`)
    const cell = timeline(at)
    expect(cell).toMatchObject({ kind: 'timeline', city: 'beijing', pollutant: 'PM2.5', start: at.instant('2022-03-07 11:00') })
    expect([cell.means, cell.revised, cell.hourLimit, cell.dayLimit].map(({ length }) => length)).toEqual([72, 72, 72, 72])
    expect(cell.means.slice(68)).toEqual([null, 40, null, 60])
  })

  test('have the limits as they stepped, day by day, and say which hours were changed after they had closed', () => {
    const at = room({ event: eventOf([{ max: 75, on: { from: DAY, to: DAY } }, { ...HOURLY, max: 90, on: { from: '2022-03-11', to: '2022-03-11' } }]) })
    at.hours(`${DAY} 22:00`, 4, both(40)).push(at.hour(`${DAY} 23:00`, { A: 44 }))
    const cell = timeline(at)
    expect(cell.hourLimit.slice(68)).toEqual([null, null, 90, 90])
    expect(cell.dayLimit.slice(68)).toEqual([75, 75, null, null])
    expect(cell.revised.slice(68)).toEqual([false, true, false, false])
    expect(cell.means.slice(68)).toEqual([40, 42, 40, 40])
  })
})

import { describe, expect, test } from 'vitest'
import type { SummaryAqiDay } from '../../shared/city-aqi.ts'
import { headerCell } from '../../shared/header.ts'
import type { Quantity } from '../../shared/reading.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'

const air: Partial<Record<Quantity, number>> = { 'PM2.5': 60, PM10: 100, SO2: 20, NO2: 40, O3: 120, CO: 1 }
const room = (more: object = {}) => new Timeline({
  event: eventOf([{ max: 75 }], { aqi: true, ...more }), stations: [{ id: 'A' }, { id: 'B' }], from: '2022-03-08 00:00', rules: { silenceAtLeast: 1000 * HOUR },
})
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** A day of all that is given; ozone peaks at 15:00 with twice the value. */
function day(at: Timeline, date: string, { values = air, hours = 24 }: { values?: typeof air; hours?: number } = {}): Timeline {
  at.tick(at.instant(`${date} 23:59`))
  for (let hour = 0; hour < hours; hour += 1) {
    for (const [pollutant, value] of Object.entries(values)) {
      const peak = pollutant === 'O3' && hour === 15 ? 2 : 1
      at.push(at.hour(`${date} ${clock(hour)}`, { A: value * peak, B: value * peak }, pollutant as Quantity))
    }
  }
  return at
}
const closed = (at: Timeline, text: string): Timeline => { at.tick(at.instant(text)); return at }
const daysOf = (at: Timeline, from: string, to = from): SummaryAqiDay[] => at.summary(from, to).aqi?.[0]?.days ?? []

describe("a city's AQI of a day", () => {
  test('is of all six pollutants, with limits or without, and says which figure makes it', () => {
    const at = closed(day(room(), '2022-03-08'), '2022-03-09 00:10')
    expect(daysOf(at, '2022-03-08')).toEqual([{
      date: '2022-03-08', standard: 'cn-2012', aqi: 120, level: 3, class: { zh: '轻度污染', en: 'Lightly polluted' }, primary: ['O3'],
      reason: 'highest', clause: { zh: 'HJ 633-2012 4.4.2', en: 'HJ 633-2012 4.4.2' }, missing: [],
      indices: [['PM2.5', 82, 'day', 60], ['PM10', 75, 'day', 100], ['SO2', 20, 'day', 20], ['NO2', 50, 'day', 40], ['O3', 120, 'hour', 240], ['CO', 25, 'day', 1]]
        .map(([pollutant, iaqi, average, figure]) => ({ pollutant, iaqi, average, figure, clause: { zh: 'HJ 633-2012 表1', en: 'HJ 633-2012 table 1' } })),
    }])
  })

  test('is there only where the event asks for it, and counts nothing more as data', () => {
    const asked = closed(day(room(), '2022-03-08'), '2022-03-09 00:10').summary('2022-03-08', '2022-03-08')
    const plain = closed(day(room({ aqi: false }), '2022-03-08'), '2022-03-09 00:10').summary('2022-03-08', '2022-03-08')
    expect(plain.aqi).toBeNull()
    expect([asked.data, asked.cities]).toEqual([plain.data, plain.cities])
    expect(asked.data.readings).toBe(48)
  })

  test('by 2012 says which mean is missing beside an AQI of the rest', () => {
    const { SO2: _sulphur, ...rest } = air
    const at = closed(day(room(), '2022-03-08', { values: rest }), '2022-03-09 00:10')
    const [found] = at.summary('2022-03-08', '2022-03-08').aqi?.[0]?.days ?? []
    expect([found?.aqi, found?.missing]).toEqual([120, [{ pollutant: 'SO2', average: 'day' }]])
  })

  test('by the US has carbon monoxide by its highest eight hours, in ppm, and lacks nothing', () => {
    const at = day(room({ standard: 'us-2024' }), '2022-03-08')
    for (let hour = 8; hour < 16; hour += 1) at.push(at.hour(`2022-03-08 ${clock(hour)}`, { A: 12, B: 12 }, 'CO'))
    const [found] = daysOf(closed(at, '2022-03-09 00:10'), '2022-03-08')
    expect(found?.missing).toEqual([])
    expect(found?.indices.find(({ pollutant }) => pollutant === 'CO')).toMatchObject({ average: '8-hours', figure: 10.4, iaqi: 116 })
  })

  test('by 2026 is NA with one missing at 100 or below, and not where it is not monitored by design', () => {
    const { SO2: _sulphur, ...rest } = air
    const of = (aqi: unknown) => daysOf(closed(day(room({ standard: 'cn-2026', aqi }), '2022-03-08', { values: rest }), '2022-03-09 00:10'), '2022-03-08')[0]
    expect(of(true)).toMatchObject({ aqi: null, level: null, class: null, primary: [], reason: 'incomplete', clause: { en: 'HJ 633-2026 5.2-5.3' } })
    expect(of({ notMonitored: ['SO2'] })).toMatchObject({ aqi: 100, level: 2, missing: [] })
  })

  test('takes no highest hour of a day with too few of them', () => {
    const at = closed(day(room(), '2022-03-08', { hours: 19 }), '2022-03-09 00:10')
    const [found] = daysOf(at, '2022-03-08')
    expect([found?.indices.map(({ pollutant, average }) => [pollutant, average]), found?.missing.map(({ pollutant, average }) => `${pollutant} ${average}`)])
      .toEqual([[['O3', '8-hours']], ['PM2.5 day', 'PM10 day', 'SO2 day', 'NO2 day', 'O3 hour', 'CO day']])
  })

  test('is judged by the standard of its day', () => {
    const standards = { standard: [{ id: 'cn-2012', from: '2022-01-01', to: '2022-03-08' }, { id: 'cn-2026', from: '2022-03-09' }] }
    const at = closed(day(day(room(standards), '2022-03-08'), '2022-03-09'), '2022-03-10 00:10')
    expect(daysOf(at, '2022-03-08', '2022-03-09').map(({ standard, aqi, primary }) => [standard, aqi, primary])).toEqual([['cn-2012', 120, ['O3']], ['cn-2026', 100, ['PM2.5']]])
  })

  test('is none by guidelines that have no index, and says so', () => {
    const at = closed(day(room({ standard: 'who-2021' }), '2022-03-08'), '2022-03-09 00:10')
    expect(daysOf(at, '2022-03-08')).toMatchObject([{ standard: 'who-2021', aqi: null, class: null, reason: 'no-index', indices: [] }])
  })

  test('waits until every pollutant of the day is closed', () => {
    const { NO2: _late, ...punctual } = air
    const at = room()
    for (let hour = 0; hour < 23; hour += 1) at.push(at.hour(`2022-03-08 ${clock(hour)}`, { A: 40, B: 40 }, 'NO2'))
    closed(day(at, '2022-03-08', { values: punctual }), '2022-03-09 00:01')
    const { cities: [city], aqi } = at.summary('2022-03-08', '2022-03-08')
    expect([city?.days.length, aqi?.[0]?.days]).toEqual([1, []])
    expect(daysOf(closed(at, '2022-03-09 00:10'), '2022-03-08')).toHaveLength(1)
  })
})

describe('a pollutant that is averaged for the AQI alone', () => {
  test('makes no silence, no alert and no completeness of its own', () => {
    const at = new Timeline({ event: eventOf([{ max: 75 }], { aqi: true }), stations: [{ id: 'A' }], from: '2022-03-08 00:00' })
    at.hours('2022-03-08 00:00', 2, { A: 30 })
    at.push(at.hour('2022-03-08 01:00', { A: 999 }, 'NO2'))
    at.until('2022-03-08 08:00')
    expect(at.said().map((line) => line.split(' ').slice(2).join(' '))).toEqual(['raised silent:A:PM2.5:03-08T0200'])
    const header = headerCell(at.bench, { durable: true, evaluating: false, clock: 'running', replay: null }, at.now)
    expect(header.completeness).toEqual({ valid: 2, expected: 7 })
  })
})

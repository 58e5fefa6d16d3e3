import { expect, test } from 'vitest'
import type { Aqi } from '../../shared/aqi.ts'
import { cityNow, lastHour } from '../../shared/city-now.ts'
import type { Quantity } from '../../shared/reading.ts'
import type { Standard } from '../../shared/standard.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'
import { cn2012, us2024, who2021 } from './standards.ts'

const AIR: Partial<Record<Quantity, number>> = { PM10: 100, SO2: 20, NO2: 40, O3: 100, CO: 1 }
/** A day and a half of two stations: PM2.5 at 40 and CO at 1 but for the last hour, all else steady. */
function room(last = 120, silent: readonly Quantity[] = []): Timeline {
  const ends: Partial<Record<Quantity, number>> = { 'PM2.5': last, CO: 9 }
  const at = new Timeline({ event: eventOf([{ max: 75 }], { aqi: true }), stations: [{ id: 'A' }, { id: 'B' }], from: '2022-03-08', rules: { silenceAtLeast: 1000 * HOUR } })
  const begin = at.now
  at.tick(begin + 30 * HOUR)
  for (const [pollutant, value] of Object.entries({ 'PM2.5': 40, ...AIR })) {
    if (silent.includes(pollutant as Quantity)) continue
    at.push(Array.from({ length: 30 }, (_, i) => ['A', 'B'].map((station) => ({ station, pollutant: pollutant as Quantity, start: begin + i * HOUR, minutes: 60, flag: '', value: 1e6 * ((i === 29 ? ends[pollutant as Quantity] : undefined) ?? value) }))).flat())
  }
  at.tick(begin + 30 * HOUR + 600_000)
  return at
}
const now = (at: Timeline, standard: Standard): Aqi | null => {
  const start = lastHour(at.bench.ledger, 'beijing')
  return cityNow(at.bench.ledger, 'beijing', { start: start!, standard, notMonitored: [] })
}
const figures = (aqi: Aqi | null) => Object.fromEntries((aqi?.individual ?? []).map(({ pollutant, average, figure, iaqi }) => [pollutant, [average, figure, iaqi]]))

test('a city\'s real-time AQI is of its last closed hour: particles by the hour, read on the scale of the day', () => {
  const at = room()
  expect(lastHour(at.bench.ledger, 'beijing')).toBe(at.instant('2022-03-09 05:00'))
  const aqi = now(at, cn2012)
  // HJ 633-2012 table 1: 120 µg/m³ of PM2.5 are (120 - 115) / 35 × 50 + 150, rounded up.
  expect(aqi).toMatchObject({ aqi: 158, primary: ['PM2.5'], missing: [] })
  expect(figures(aqi)).toMatchObject({ 'PM2.5': ['hour', 120, 158], PM10: ['hour', 100, 75], SO2: ['hour', 20, 7], CO: ['hour', 9, 90] })
})

test('by the US it is the NowCast of particles, in which twelve hours weigh the less the older they are', () => {
  // One hour of 120 after eleven of 40: the weight is a half, so 120 weighs 2048 of 4095 parts and the others 2047: 80.009…
  expect(figures(now(room(), us2024))).toMatchObject({ 'PM2.5': ['nowcast', 80, 168], CO: ['8-hours', 1.7, 19] })
})

test('a pollutant of which nothing is heard is missing, and makes no number', () => {
  expect(now(room(120, ['SO2']), cn2012)).toMatchObject({ aqi: 158, missing: [{ pollutant: 'SO2', average: 'hour' }] })
  expect(now(room(120, ['PM2.5']), cn2012)?.missing).toEqual([{ pollutant: 'PM2.5', average: 'hour' }])
})

test('a standard without an index gives none, a place that nobody averages has no hour', () => {
  const at = room()
  expect(now(at, who2021)).toBeNull()
  expect(lastHour(at.bench.ledger, 'nowhere')).toBeNull()
})

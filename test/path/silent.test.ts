import { describe, expect, test } from 'vitest'
import type { AirCells, CityCell, HeaderCell, StationCell, TimelineCell } from '../../shared/air.ts'
import { begin, start } from './server.ts'
import { alertsOf, Screen, until } from './talk.ts'

const cellsOf = <C>(air: AirCells, kind: string): C[] => Object.values(air).filter((cell) => cell.kind === kind) as C[]

describe('a room whose stations are another process', () => {
  test('fills every panel while they send; when they stop, figures grow old and silences are told in event time', { timeout: 180_000 }, async () => {
    const event = 'config/beijing-2022'
    const speed = 300
    const server = await start(['--event', event, '--air', 'silent', '--speed', String(speed), '--now', '2022-03-08T20:00:00+08:00'])
    const screen = new Screen(server)
    await screen.arrived()
    const fleet = begin('simulate', '--event', event, '--to', server.url, '--token', server.first.sourceToken, '--every', 'PT5M', '--speed', String(speed))
    const header = (): HeaderCell => screen.air['header'] as HeaderCell
    await until('all stations are heard', () => header().heard.now > 0.9 * header().heard.of, 40_000)
    await until('an ended hour', () => cellsOf<TimelineCell>(screen.air, 'timeline').every(({ means }) => means.some((mean) => mean !== null)), 40_000)

    await until('a mean of the running hour and day everywhere', () => cellsOf<CityCell>(screen.air, 'city').every(({ hour, day }) => hour.mean !== null && day.mean !== null))
    for (const city of cellsOf<CityCell>(screen.air, 'city')) {
      expect(city.heard.now, city.city).toBeGreaterThan(0)
      expect(city.freshest, city.city).not.toBeNull()
    }
    const classed = (): StationCell[] => cellsOf<StationCell>(screen.air, 'station').filter(({ latest, aqiClass }) => latest['PM2.5'] !== undefined && aqiClass !== null)
    await until('a value and a class at nearly every station', () => classed().length > 90, 40_000)
    expect(header()).toMatchObject({ durable: true, evaluating: false, clock: 'running', phase: { id: 'paralympics' }, eventDay: 'during' })
    expect(screen.gaps).toEqual([])

    await fleet.stop()
    const last = header().freshest ?? 0
    const age = (): number => (screen.ticks.at(-1)?.at ?? 0) - (header().freshest ?? 0)
    await until('the freshest figure is twenty minutes old', () => age() > 20 * 60_000)
    expect(header().freshest! - last, 'nothing new').toBeLessThanOrEqual(5 * 60_000)
    const silent = await until('silences', async () => {
      const alerts = (await alertsOf(server)).filter(({ kind }) => kind === 'silent')
      return alerts.length > 50 ? alerts : null
    }, 30_000)
    for (const { period, raisedAt } of silent) expect(Date.parse(raisedAt) - Date.parse(period.start), 'event time').toBeGreaterThanOrEqual(15 * 60_000)
    await until('the wall hears hardly anybody: only who was heard by the hour may still be awaited', () => header().heard.now <= 3, 30_000)
    await server.stop()
  })
})

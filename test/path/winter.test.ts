import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { describeWithShared, sharedFile } from '../setup/shared.ts'
import { dataFolder, start } from './server.ts'
import { alertsOf, played, see } from './talk.ts'

type Hour = { start: string; mean: number; rounded: number; stations: number; verdict: string }
type Series = { points: { validity: string; reasons: object[] }[] }
type Report = { data: { suspect: number; invalid: number }; cities: { hours: Hour[] }[] }

/** Five days of the recorded winter, and the plain mean of each hour of all twelve stations, worked out here. */
function nights(): { file: string; means: Map<string, number> } {
  const [header = '', ...rows] = gunzipSync(readFileSync(sharedFile('data/uci-beijing/winter-2016-2017.csv.gz'))).toString().trim().split('\n')
  const wanted = rows.filter((row) => /^"?\d+"?,2017,1,(25|26|27|28|29),/.test(row))
  const file = path.join(dataFolder(), 'nights.csv')
  writeFileSync(file, `${[header, ...wanted].join('\n')}\n`)
  const hours = new Map<string, number[]>()
  for (const row of wanted) {
    const [, , , day = '', hour = '', value] = row.split(',')
    const start = `2017-01-${day.padStart(2, '0')}T${hour.padStart(2, '0')}`
    if (value !== 'NA') hours.set(start, [...(hours.get(start) ?? []), Number(value)])
  }
  return { file, means: new Map([...hours].map(([start, values]) => [start, values.reduce((sum, one) => sum + one, 0) / values.length])) }
}

describeWithShared('the fireworks of New Year\'s Eve 2017, replayed through the whole server', () => {
  test('raise alerts hour by hour; the spike is confirmed by the night it belongs to, counts, and is not dropped', { timeout: 120_000 }, async () => {
    const { file, means } = nights()
    const server = await start(['--event', 'test/events/winter-2017', '--layout', 'uci-beijing', '--replay', file, '--speed', 'max'])
    await played(server)
    const { body } = await see<Report>(server, '/api/report')
    expect(body.data.invalid).toBe(0)
    expect(body.data.suspect).toBeGreaterThan(10)
    const hours = body.cities[0]!.hours.filter(({ start }) => start.startsWith('2017-01-27') || start.startsWith('2017-01-28'))
    expect(hours).toHaveLength(48)
    for (const { start, mean, stations } of hours) {
      expect(stations, start).toBe(12)
      expect(mean, `${start}: every station counts`).toBeCloseTo(means.get(start.slice(0, 13)) ?? NaN, 1)
    }
    const alerts = (await alertsOf(server, '?state=all')).filter(({ kind }) => kind === 'hour-exceeded')
    expect(alerts.map(({ period }) => period.start).sort()).toEqual(hours.filter(({ verdict }) => verdict === 'exceeded').map(({ start }) => start))
    const spike = alerts.find(({ id }) => id === 'hour-exceeded:beijing:PM2.5:2017-01-28T02')
    expect(spike).toMatchObject({ value: 607, limit: 75, condition: 'over', severity: 'critical' })
    expect(spike?.marks).toEqual(expect.arrayContaining(['replay', 'assumed']))
    expect(spike?.marks, 'confirmed, not in doubt').not.toContain('suspect')
    const { body: series } = await see<Series>(server, '/api/series?place=station:1001A&pollutant=PM2.5&average=hour&from=2017-01-28T01:00:00%2B08:00&to=2017-01-28T02:00:00%2B08:00')
    expect(series.points[0]).toMatchObject({ validity: 'valid', reasons: [{ code: 'confirmed', by: 'fireworks', keyDate: 'new-year-eve' }] })
    expect(alerts.find(({ id }) => id === 'hour-exceeded:beijing:PM2.5:2017-01-27T19')?.marks, 'an evening without a doubt').not.toContain('suspect')
    await server.stop()
  })
})

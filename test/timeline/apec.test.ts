import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { playedHouse } from '../../server/commands/report.ts'
import { loadEvent } from '../../server/config.ts'
import { record } from '../../server/main/replay.ts'
import { summarise } from '../../server/main/summary.ts'
import { project } from '../../server/built.ts'
import type { Alert } from '../../shared/situation.ts'
import type { Summary } from '../../shared/summary.ts'
import { describeWithShared, sharedFile } from '../setup/shared.ts'
import { remarked } from './remarked.ts'

const DAYS = [53.9, 7.17, 22.91, 99.46, 64.85, 9.55, 42.18, 67.78, 56.1, 67.54, 34.19, 5.43]
const HOURS = [82, 76, 74, 71, 58, 48, 43, 42, 43, 47, 45, 42, 43, 48, 53, 57, 61, 67, 72, 91, 113, 115, 118, 116]

describeWithShared('APEC 2014, played through the path', () => {
  let summary: Summary
  let alerts: Alert[]
  let said: Record<string, number>
  beforeAll(async () => {
    const loaded = await loadEvent(path.join(project, 'config/apec-2014'))
    if (!loaded.ok) throw new Error('config/apec-2014 is wrong')
    const recorded = await record(loaded.config, { files: [sharedFile('data/uci-beijing/apec-2014.csv.gz')], layout: 'uci-beijing' })
    if (!recorded.ok) throw new Error(recorded.lines.join('\n'))
    const house = await playedHouse(loaded.config, recorded.recording)
    summary = await summarise(house, { from: null, to: null })
    alerts = (await house.archive.files(await house.archive.begun())).map(({ alert }) => alert)
    said = remarked(house)
  }, 120_000)

  test('every day has the mean that was worked out by exact fractions, and 4 November alone exceeds', () => {
    const [beijing] = summary.cities
    expect(beijing?.days.map(({ mean }) => mean)).toEqual(DAYS)
    expect(beijing?.days.map(({ stations }) => stations)).toEqual([12, 12, 11, 9, 12, 12, 12, 12, 12, 12, 12, 12])
    expect(beijing?.days.filter(({ verdict }) => verdict !== 'met').map(({ date, verdict, rounded }) => [date, verdict, rounded])).toEqual([['2014-11-04', 'exceeded', 99]])
    expect(beijing).toMatchObject({ id: 'beijing', pollutant: 'PM2.5', mean: 44.25, rounded: 44, attainment: { met: 11, exceeded: 1, insufficient: 0, unlimited: 0, rate: 91.7 } })
  })

  test('every hour of the dinner\'s day has its figure, and no other day has hours', () => {
    const hours = summary.cities[0]?.hours ?? []
    expect(hours.map(({ rounded }) => rounded)).toEqual(HOURS)
    expect([hours[0]?.start, hours.at(-1)?.start]).toEqual(['2014-11-10T00:00:00+08:00', '2014-11-10T23:00:00+08:00'])
    expect(hours.map(({ verdict }) => verdict)).toEqual(HOURS.map((figure) => (figure > 75 ? 'exceeded' : 'met')))
  })

  test('exactly that day and those hours are alerts of something exceeded', () => {
    const said = alerts.filter(({ kind }) => kind.endsWith('exceeded'))
    expect(said.map(({ id }) => id).sort()).toEqual([
      'day-exceeded:beijing:PM2.5:2014-11-04', ...['00', '01', '19', '20', '21', '22', '23'].map((hour) => `hour-exceeded:beijing:PM2.5:2014-11-10T${hour}`),
    ])
    expect(said.map(({ occurrence, state, condition }) => [occurrence, state, condition])).toEqual(said.map(() => [1, 'unacknowledged', 'over']))
    expect(said.map(({ value }) => value).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([76, 82, 91, 99, 113, 115, 116, 118])
    expect(said.every(({ marks }) => marks.includes('replay'))).toBe(true)
  })

  test('every day has the AQI and the primary pollutants that were worked out by exact fractions from all six', () => {
    const days = summary.aqi?.[0]?.days ?? []
    expect(days.map(({ aqi }) => aqi)).toEqual([74, 30, 55, 130, 88, 31, 60, 92, 77, 92, 60, 41])
    expect(days.map(({ primary }) => primary.join())).toEqual(['PM2.5', '', 'NO2', 'PM2.5', 'PM2.5', '', 'NO2', 'PM2.5', 'PM2.5', 'PM2.5', 'PM10', ''])
    expect(days[3]).toMatchObject({ level: 3, class: { zh: '轻度污染' } })
    expect(days[3]?.indices.map(({ pollutant, iaqi, average }) => [pollutant, iaqi, average])).toEqual([
      ['PM2.5', 130, 'day'], ['PM10', 96, 'day'], ['SO2', 20, 'day'], ['NO2', 92, 'day'], ['O3', 25, '8-hours'], ['CO', 35, 'day'],
    ])
  })

  test('the limit of the day is that of GB 3095-2012, the hour of the dinner is of no standard', () => {
    expect(summary.limits.map(({ id, figures }) => [id, figures.map(({ clause, grade }) => [clause.en, grade])])).toEqual([['day', [['GB 3095-2012 table 1', 2]]], ['dinner-hour', []]])
    expect(summary.standards.map(({ id, from, to }) => [id, from, to])).toEqual([['cn-2012', '2014-11-01', '2014-11-12']])
  })

  test('the rules of quality say of its hours what its air explains: jumps of the wind, dust at the floor of 3 µg/m³, few that stand still', () => {
    expect(said).toEqual({ neighbours: 360, step: 26, confirmed: 22, spike: 23, ratio: 82, 'low-variance': 13, stuck: 4, 'slight-inversion': 4 })
    expect(summary.data.suspect).toBe(51)
  })

  test('it rests on 3,456 station-hours of which none is invalid', () => {
    expect(summary.data).toMatchObject({ readings: 3456, invalid: 0, state: 'provisional' })
    expect([summary.through, summary.data.sha256]).toEqual(['2014-11-12', expect.stringMatching(/^[0-9a-f]{64}$/)])
  })
})

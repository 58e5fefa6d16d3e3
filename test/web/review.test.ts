import { describe, expect, test } from 'vitest'
import type { AqiBody, SeriesBody } from '../../shared/api.ts'
import { runningOf } from '../../shared/air.ts'
import type { Mark, Reason } from '../../shared/fact.ts'
import { HOUR } from '../../shared/time.ts'
import { indicesSaid, missingSaid } from '../../web/desk/aqi.ts'
import { recentNotices } from '../../web/desk/notices.ts'
import { stationAt } from '../../web/desk/places.ts'
import { type Ground, groundsSaid } from '../../web/desk/rests.ts'
import { mayReview, reviewable, rowsOf, stretchTo } from '../../web/desk/review.ts'
import type { Say } from '../../web/desk/say.ts'
import { air } from './fixture/air.ts'
import { event, NOW } from './fixture/event.ts'
import { alert, alerts, room } from './fixture/room.ts'

const point = (hour: number, of: Partial<SeriesBody['points'][number]> = {}) => ({ start: `2022-03-08T${String(hour).padStart(2, '0')}:00:00+08:00`, value: 40, valid: true, completeness: 1, revision: 1, ...of })
const rows = rowsOf({ place: 'station:1051A', pollutant: 'PM2.5', average: 'hour', points: [
  point(8), point(9, { value: null, valid: false, validity: 'missing' }), point(10, { value: null, valid: false, validity: 'invalid', level: 'reviewed', revision: 2 }), point(11, { validity: 'suspect' })] })
const at = (hour: number): number => Date.parse(point(hour).start)

describe('a reviewer at the desk', () => {
  test('on duty may only doubt; to accept, refuse, sign or take back is a leader\'s', () => {
    const may = (role: 'duty' | 'leader' | 'admin' | 'screen') => (['valid', 'suspect', 'invalid', 'automatic'] as const).map((verdict) => mayReview(role, verdict, 'reviewed'))
    expect(may('duty')).toEqual([false, true, false, false])
    expect(mayReview('duty', 'suspect', 'verified')).toBe(false)
    expect([may('leader'), may('admin')]).toEqual([[true, true, true, true], [true, true, true, true]])
    expect(may('screen')).toEqual([false, false, false, false])
  })

  test('is told how many hours a verdict can be about: those that were never sent are none', () => {
    expect(reviewable(rows, { from: at(8), to: at(12) }).map(({ start }) => start)).toEqual([at(8), at(10), at(11)])
    expect(reviewable(rows, { from: at(9), to: at(10) })).toEqual([])
  })

  test('chooses an hour by a click, and all up to another with the shift key, in either direction', () => {
    const one = stretchTo(at(10), null, false)
    expect(one).toEqual({ from: at(10), to: at(11) })
    expect(stretchTo(at(12), one, true)).toEqual({ from: at(10), to: at(13) })
    expect(stretchTo(at(8), one, true)).toEqual({ from: at(8), to: at(11) })
    expect(stretchTo(at(8), one, false)).toEqual({ from: at(8), to: at(9) })
  })

  test('is shown a station that makes the mean of the place of the alert, or the station itself', () => {
    expect(stationAt('2203A', event)?.id).toBe('2203A')
    expect(stationAt('baoding', event)).toMatchObject({ area: 'baoding', evaluates: true })
    expect(stationAt('nowhere', event)).toBeNull()
    const [first, ...others] = event.stations.filter(({ area }) => area === 'baoding')
    expect(stationAt('baoding', { ...event, stations: [{ ...first!, evaluates: false }, ...others] })?.id).toBe(others[0]?.id)
  })
})

/** Words as their keys, with the values that go into them. */
const said = (text: string, values: object = {}): string => `${text}${Object.keys(values).length === 0 ? '' : ` ${JSON.stringify(values)}`}`
const say = { text: said, name: ({ zh }: { zh: string }) => zh, unit: () => 'µg/m³', figure: (value: number | null) => String(value) } as unknown as Say
const grounds = (reason: Reason, more: object = {}, marks: Mark[] = ['revised']): Ground[] =>
  groundsSaid({ reason, marks }, 'day', { limits: event.limits.map((limit) => (limit.id === 'day' ? { ...limit, ...more } : limit)), say })

describe('the grounds of the alert in hand', () => {
  test('name its limit with basis, approver and document, the data, its changes, the range and the standard', () => {
    const [of] = alerts
    const all = grounds(of!.reason, { approver: { zh: '市政府', en: 'city' }, document: { zh: '通知', en: 'notice', number: '〔2022〕1号' } })
    expect(all.map(({ key }) => key)).toEqual(['limit', 'data', 'revision', 'bounds', 'standard'])
    expect(all[0]?.text).toMatch(/^75 µg\/m³ \(mark\.assumed\) · .+市政府.+通知 〔2022〕1号/)
    expect(all[1]?.text).toContain('{"valid":117,"expected":120}')
    expect(all[3]?.text).toContain('desk.ground.outcome.over')
  })

  test('say nothing of changes where there were none, nor of a range where nothing is missing', () => {
    const whole = { code: 'day-exceeded', limits: ['day'], valid: 120, expected: 120 }
    expect(grounds({ ...whole, revision: 0 }).map(({ key }) => key)).toEqual(['limit', 'data'])
    expect(grounds({ ...whole, revision: 76 }, {}, ['assumed']).map(({ key }) => key)).toEqual(['limit', 'data'])
  })

  test('of data of which nothing was ever seen have no upper bound', () => {
    expect(grounds({ code: 'day-unknown', limits: [], least: 0, most: null, outcome: 'open' })).toMatchObject([{ key: 'bounds', text: expect.stringContaining('desk.ground.least') as string }])
  })
})

test('the figure of an alert is of now while its period runs, and as it was judged afterwards', () => {
  const [locked] = alerts
  expect(runningOf(air, locked!)?.rounded).toBe(94)
  const { start } = locked!.period
  expect(runningOf(air, { ...locked!, period: { start, end: start + HOUR } })).toBeUndefined()
  expect(runningOf(air, alert({ id: 'x', kind: 'day-exceeded', place: 'baoding', period: { start: NOW - 48 * HOUR, end: NOW - 24 * HOUR } }))).toBeUndefined()
})

test('a notice about data is news for a day', () => {
  expect(recentNotices(room.notices, NOW).map(({ station }) => station)).toEqual(['2203A'])
})

describe('a real-time AQI', () => {
  const clause = { zh: '表1', en: 'table 1' }
  const aqi: AqiBody = {
    place: 'city:beijing', start: '2022-03-08T19:00:00+08:00', standard: 'cn-2012', aqi: 158, class: { zh: '中度污染', en: 'Moderately polluted', level: 4, colour: '#FF0000' }, primary: ['PM2.5'], reason: 'highest',
    indices: [{ pollutant: 'PM10', iaqi: 75, average: 'hour', figure: 100, clause }, { pollutant: 'PM2.5', iaqi: 158, average: 'hour', figure: 120, clause }, { pollutant: 'O3', iaqi: 40, average: '8-hours', figure: 80, clause }],
    missing: [{ pollutant: 'NO2', average: 'hour' }], notMonitored: ['SO2'],
  }
  const plain = { ...say, text: (key: string, values?: { of?: string }) => (key.startsWith('pollutant.') ? key.slice('pollutant.'.length) : `${key} ${values?.of ?? ''}`), list: (each: string[]) => each.join('、') } as unknown as Say

  test('names each pollutant\'s index, the highest first, and with "/" what is not measured by design', () => {
    expect(indicesSaid(aqi, plain)).toBe('PM2.5 158 · PM10 75 · O3-8h 40 · SO2 /')
  })

  test('says what it does without, and nothing where nothing is missing', () => {
    expect(missingSaid(aqi, plain)).toBe('desk.aqi.missing NO2')
    expect(missingSaid({ ...aqi, missing: [] }, plain)).toBe('')
  })
})

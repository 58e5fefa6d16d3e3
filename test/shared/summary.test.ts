import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import { processOf } from '../../shared/process.ts'
import type { Order } from '../../shared/situation.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, STEADY, Timeline } from '../timeline/timeline.ts'

const names = { zh: '某', en: 'some' }
const phases = [
  { id: 'drill', name: names, from: '2022-03-08', to: '2022-03-09', drill: true }, { id: 'games', name: names, from: '2022-03-10', to: '2022-03-11' },
]
const room = (more: Partial<Setup> = {}) => new Timeline({
  event: eventOf([{ max: 75, on: { phases: ['drill', 'games'] } }, { average: 'hour', max: 60, on: { from: '2022-03-11', to: '2022-03-11' } }], { phases }),
  stations: [{ id: 'A' }, { id: 'B' }], from: '2022-03-07 00:00', rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
/** A day of both stations; the last `missing` hours do not come. */
function day(at: Timeline, date: string, { value, missing = 0 }: { value: number; missing?: number }): Timeline {
  at.tick(at.instant(`${date} 23:59`))
  for (let hour = 0; hour < 24 - missing; hour += 1) at.push(at.hour(`${date} ${String(hour).padStart(2, '0')}:00`, { A: value, B: value }))
  return at
}
const played = () => {
  const at = room()
  day(at, '2022-03-07', { value: 300 })
  day(at, '2022-03-08', { value: 200 })
  day(at, '2022-03-09', { value: 40, missing: 5 })
  day(at, '2022-03-10', { value: 75.4 })
  day(at, '2022-03-11', { value: 75.5 })
  day(at, '2022-03-12', { value: 10, missing: 5 })
  day(at, '2022-03-13', { value: 20 })
  at.tick(at.instant('2022-03-14 00:10'))
  return at
}

describe('the verdicts of a summary', () => {
  const of = () => played().summary('2022-03-08', '2022-03-13')
  const beijing = () => of().cities[0]!

  test('each day is met, exceeded, short of data, or without a limit even though it is short of data', () => {
    expect(beijing().days.map(({ date, verdict, rounded, limit, drill }) => [date.slice(8), verdict, rounded, limit, drill ?? false])).toEqual([
      ['08', 'exceeded', 200, 75, true], ['09', 'insufficient', null, 75, true], ['10', 'met', 75, 75, false], ['11', 'exceeded', 76, 75, false],
      ['12', 'unlimited', null, null, false], ['13', 'unlimited', 20, null, false],
    ])
    expect(beijing().days[1]).toMatchObject({ mean: null, rounded: null, stations: 0 })
  })

  test('drill days stand in it, outside its attainment and its mean; days without a limit are in the mean', () => {
    expect(beijing().attainment).toEqual({ met: 1, exceeded: 1, insufficient: 0, unlimited: 2, rate: 50 })
    // (75.4 + 75.5 + 20) / 3
    expect([beijing().mean, beijing().rounded]).toEqual([56.97, 57])
  })

  test('only the hours that had a limit are in it, each against that limit', () => {
    const { hours } = beijing()
    expect([hours.length, hours[0]?.start, hours.at(-1)?.start]).toEqual([24, '2022-03-11T00:00:00+08:00', '2022-03-11T23:00:00+08:00'])
    expect(hours[5]).toEqual({ start: '2022-03-11T05:00:00+08:00', mean: 75.5, rounded: 76, stations: 2, limit: 60, verdict: 'exceeded' })
  })

  test('a range in which nothing was judged has no rate, and a city without a limit in it is not there', () => {
    expect(played().summary('2022-03-08', '2022-03-09').cities[0]?.attainment).toEqual({ met: 0, exceeded: 0, insufficient: 0, unlimited: 0, rate: null })
    expect(played().summary('2022-03-12', '2022-03-13').cities).toEqual([])
  })

  test('its method, its range and its counts are those of the event', () => {
    expect(of()).toMatchObject({
      event: 'event', standard: 'cn-2012', timezone: 'Asia/Shanghai', from: '2022-03-08', to: '2022-03-13', through: '2022-03-13',
      method: { cityMean: 'station-day-first', rounding: 'GB/T 8170', hourMinutes: 45, dayHours: 20, stationShare: 0.5 },
      data: { readings: 6 * 24 * 2, missing: 20, invalid: 0, state: 'provisional' },
    })
  })

  test('cities stand in the network\'s order, then by pollutant, only those with a limit', () => {
    const event = eventOf([{ max: 75, areas: ['beijing', 'tianjin'] }, { max: 150, pollutant: 'PM10', areas: ['beijing'] }] as object[])
    const at = room({ event, stations: [{ id: 'A', area: 'tianjin' }, { id: 'B' }, { id: 'C', area: 'baoding' }], cities: ['tianjin', 'baoding', 'beijing'] })
    expect(at.summary('2022-03-07', '2022-03-07').cities.map(({ id, pollutant }) => `${id} ${pollutant}`)).toEqual(['tianjin PM2.5', 'beijing PM2.5', 'beijing PM10'])
  })
})

describe('days that are not closed', () => {
  test('are left out, and the summary says how far it goes', () => {
    const at = day(day(room(), '2022-03-10', { value: 50 }), '2022-03-11', { value: 50 })
    const through = (text: string) => {
      at.tick(at.instant(text))
      const { through: last, cities } = at.summary('2022-03-10', '2022-03-13')
      return [last, cities[0]?.days.length]
    }
    expect([through('2022-03-11 23:59'), through('2022-03-12 00:00'), through('2022-03-13 00:09'), through('2022-03-13 00:10')])
      .toEqual([['2022-03-10', 1], ['2022-03-11', 2], ['2022-03-11', 2], ['2022-03-12', 3]])
  })

  test('a range of which nothing is closed goes nowhere', () => {
    expect(room().summary('2022-03-10', '2022-03-11')).toMatchObject({ through: null, data: { readings: 0, missing: 0 } })
  })
})

describe('what a summary rests on', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

  test('is hashed as canonical CSV that anyone can write down again', () => {
    const at = room().until('2022-03-10 01:00')
    at.push(at.hour('2022-03-10 00:00', { B: 48.25, A: 50 })).push(at.hour('2022-03-10 00:00', { B: 48.2 }).map((r) => ({ ...r, flag: 'N' })))
    at.tick(at.instant('2022-03-10 03:00'))
    at.push(at.minutes('2022-03-10 01:00', { station: 'A', count: 45, value: 10 })).push(at.minutes('2022-03-10 01:45', { station: 'A', count: 2, value: 11 }))
    at.push(at.minutes('2022-03-10 01:00', { station: 'B', count: 44, value: 10 })).push(at.hour('2022-03-10 02:00', { A: 1000.1, B: null }))
    at.tick(at.instant('2022-03-11 00:10'))
    const { data } = at.summary('2022-03-10', '2022-03-10')
    expect(data.sha256).toBe(sha256([
      'A,PM2.5,2022-03-10T00:00:00+08:00,PT1H,50,\n', 'A,PM2.5,2022-03-10T01:00:00+08:00,PT1H,10.042553,\n', 'B,PM2.5,2022-03-10T00:00:00+08:00,PT1H,48.2,N\n',
    ].join('')))
    // Forty-five equal minutes count, and are in doubt.
    expect(data).toMatchObject({ readings: 48, missing: 45, suspect: 1, invalid: 1 })
  })

  test('counts what is suspect, by its flag or by a step, and leaves it in', () => {
    const at = day(room({ quality: { ...STEADY, spike: { least: 1000 } } }), '2022-03-10', { value: 50 })
    at.push(at.hour('2022-03-10 10:00', { A: 201, B: 200 })).push(at.hour('2022-03-10 23:00', { B: 50 }).map((r) => ({ ...r, flag: 'T' })))
    at.tick(at.instant('2022-03-11 00:10'))
    // A: up by 151 at ten and down again at eleven; B: 150 is no step, but its last hour has a flag.
    expect(at.summary('2022-03-10', '2022-03-10').data).toMatchObject({ suspect: 3, missing: 0 })
    expect(at.summary('2022-03-10', '2022-03-10').cities[0]?.days[0]?.mean).toBe(56.27)
  })

  test('is never changed by a reading outside the range, though a step leads into it', () => {
    const at = day(day(room(), '2022-03-10', { value: 50 }), '2022-03-11', { value: 50 })
    at.tick(at.instant('2022-03-13 00:10'))
    const { alerts: _, ...before } = at.summary('2022-03-10', '2022-03-11')
    for (const value of [900, 0, null, 1000.5]) {
      at.push(at.hour('2022-03-09 23:00', { A: value, B: value })).push(at.hour('2022-03-12 00:00', { A: value, B: value }))
      const { alerts: _alerts, ...after } = at.summary('2022-03-10', '2022-03-11')
      expect(after).toEqual(before)
    }
  })
})

describe('how the room worked', () => {
  const start = 1_000 * HOUR
  const raised = (alert: string, at: number, more: object = {}): Fact => ({
    seq: 1, id: alert, at, recorded: 0, actor: 'system', air: 'live', hash: '', kind: 'alert-raised', alert, occurrence: 1, condition: 'over', value: 1, reason: { code: 'x' }, marks: [],
    alertKind: 'hour-exceeded', place: 'beijing', pollutant: 'PM2.5', period: { start, end: start + HOUR }, severity: 'critical', limit: 75, assumed: false, drill: false, ...more,
  })
  const taken = (alert: string, at: number): Fact => ({ seq: 1, id: `${alert}-taken`, at, recorded: 0, actor: 'person:wang', air: 'live', hash: '', kind: 'alert-acknowledged', alert, occurrence: 1, by: 'wang', note: null })
  const span = { from: start, to: start + 24 * HOUR }
  const waits = (seconds: readonly number[]) => processOf({ alertFacts: seconds.flatMap((s, i) => [raised(`a${i}`, start), taken(`a${i}`, start + s * 1000)]), orders: [], now: start }, span).alerts

  test('its median and ninetieth percentile lie between the two nearest ranks', () => {
    expect(waits([10, 20, 30, 40])).toEqual({ raised: 4, acknowledged: 4, medianAcknowledgeSeconds: 25, p90AcknowledgeSeconds: 37 })
    expect(waits([60])).toMatchObject({ medianAcknowledgeSeconds: 60, p90AcknowledgeSeconds: 60 })
    expect(waits([300, 10, 20])).toMatchObject({ medianAcknowledgeSeconds: 20, p90AcknowledgeSeconds: 244 })
    expect(waits([])).toEqual({ raised: 0, acknowledged: 0, medianAcknowledgeSeconds: null, p90AcknowledgeSeconds: null })
  })

  test('drills and periods outside the range are no part of it', () => {
    const alertFacts = [raised('d', start, { drill: true }), taken('d', start + 1000), raised('o', start, { period: { start: start - 1, end: start } }), taken('o', start + 1000)]
    expect(processOf({ alertFacts, orders: [], now: start }, span).alerts).toMatchObject({ raised: 0, acknowledged: 0 })
  })

  test('the first instant of the range is in it, the one after its last is not', () => {
    const of = (at: number): number => processOf({ alertFacts: [raised('a', at, { period: { start: at, end: at + HOUR } })], orders: [], now: start }, span).alerts.raised
    expect([of(span.from - 1), of(span.from), of(span.to - 1), of(span.to)]).toEqual([0, 1, 1, 0])
  })

  test('an order is overdue if it was started late or is not started by its time', () => {
    const order = (id: string, more: Partial<Order>): Order => ({ id, start: 's', measure: 'm', area: 'a', level: 'III', due: start + HOUR, issuedAt: start, issuedBy: 'li', state: 'issued', version: 1, drill: false, steps: [], ...more })
    const step = (at: number) => [{ step: 'started', by: 'li', at, note: null }]
    const orders = [order('1', {}), order('2', { steps: step(start + HOUR) }), order('3', { steps: step(start + HOUR + 1), state: 'verified' }), order('4', { state: 'lifted' }), order('5', { drill: true }), order('6', { issuedAt: start - 1 })]
    expect(processOf({ alertFacts: [], orders, now: start + 2 * HOUR }, span).orders).toEqual({ issued: 4, verified: 1, overdue: 2 })
  })
})

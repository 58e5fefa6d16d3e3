import { describe, expect, test } from 'vitest'
import { clocksAhead } from '../../shared/notice.ts'
import { Timeline } from './timeline.ts'

const name = { zh: '名', en: 'name' }
const event = { id: 'e', name, timezone: 'Asia/Shanghai', standard: 'cn-2012', period: { from: '2022-02-01', to: '2022-02-28' }, limits: [{ id: 'day', pollutant: 'PM2.5', average: 'day', max: 75, basis: name }] }
const room = () => new Timeline({ from: '2022-02-04 12:00', event, stations: [{ id: 'S1' }] })
const notices = (timeline: Timeline) => timeline.facts.filter((fact) => fact.kind === 'data-notice')

describe('data notices', () => {
  test('a station whose own hour is more than five percent from its minutes is noticed, once', () => {
    const timeline = room()
    timeline.until('2022-02-04 13:00').push(timeline.minutes('2022-02-04 12:00', { station: 'S1', count: 60, value: 50 }))
    timeline.push(timeline.hour('2022-02-04 12:00', { S1: 53 })).push(timeline.hour('2022-02-04 12:00', { S1: 54 }))
    expect(notices(timeline)).toMatchObject([{ station: 'S1', reason: { code: 'hour-differs', pollutant: 'PM2.5', own: 53, minutes: 50 } }])
  })

  test('five percent itself is no difference, nor are minutes too few to make the hour', () => {
    const timeline = room()
    timeline.until('2022-02-04 14:00').push(timeline.minutes('2022-02-04 12:00', { station: 'S1', count: 60, value: 95 }))
    timeline.push(timeline.hour('2022-02-04 12:00', { S1: 100 }))
    timeline.push(timeline.minutes('2022-02-04 13:00', { station: 'S1', count: 44, value: 10 })).push(timeline.hour('2022-02-04 13:00', { S1: 100 }))
    expect(notices(timeline)).toEqual([])
  })

  test('a clock that is ahead is noticed once an hour for each station', () => {
    const timeline = room()
    const early = timeline.hour('2022-02-04 14:00', { S1: 20 })
    const { civil } = timeline.bench.calendar
    const first = clocksAhead([...early, ...early], { civil, at: timeline.now })
    timeline.take(first)
    expect(notices(timeline)).toMatchObject([{ station: 'S1', reason: { code: 'clock-ahead', readings: 2 } }])
    expect(clocksAhead(early, { civil, at: timeline.now + 60_000 }).map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    expect(clocksAhead(early, { civil, at: timeline.now + 3_600_000 }).map(({ id }) => id)).not.toEqual(first.map(({ id }) => id))
  })
})

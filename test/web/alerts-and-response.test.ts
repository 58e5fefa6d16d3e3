import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/situation.ts'
import { alarmsByPlace, alertList, cards, FLOOD, suggestions } from '../../web/wall/alert-list.ts'
import { areasInForce, forces, orderCounts, orderList } from '../../web/wall/response-list.ts'
import { event, NOW } from './fixture/event.ts'
import { alert, alerts, flooded, room } from './fixture/room.ts'

const listed = (...list: Alert[]) => alertList(Object.fromEntries(list.map((each) => [each.id, each]))).map(({ id }) => id)
const silent = (id: string, over: Partial<Alert> = {}) => alert({ id, kind: 'silent', place: '1001A', severity: 'notice', ...over })

describe('the alerts of the wall', () => {
  test('come unacknowledged first, then by severity, then the oldest', () => {
    const list = [
      silent('a young notice', { period: { start: 2, end: null } }), silent('old notice', { period: { start: 1, end: null } }),
      alert({ id: 'mine', kind: 'day-locked', place: 'baoding', state: 'acknowledged' }),
      alert({ id: 'warning', kind: 'day-projected', place: 'langfang', severity: 'warning' }),
      alert({ id: 'critical', kind: 'day-exceeded', place: 'tianjin' }), alert({ id: 'over', kind: 'day-exceeded', place: 'tianjin', state: 'closed' }),
    ]
    expect(listed(...list)).toEqual(['critical', 'warning', 'old notice', 'a young notice', 'mine'])
  })

  test('shelved and suppressed ones are listed, last', () => {
    expect(listed(alert({ id: 'shelved', kind: 'day-locked', place: 'baoding', shelved: true }), silent('waiting'), silent('hidden', { suppressed: true }))).toEqual(['waiting', 'shelved', 'hidden'])
  })

  test('each has a card of its own up to twelve; a flood is put together by city and rule, and none is lost', () => {
    const few = Array.from({ length: FLOOD }, (_, n) => silent(String(n)))
    expect(cards(few, event)).toHaveLength(FLOOD)
    const stations = event.stations.slice(0, 40).map(({ id }) => id)
    const many = alertList(flooded(stations).room.alerts)
    const grouped = cards(many, event)
    expect(grouped.length).toBeLessThan(many.length)
    expect(grouped.reduce((sum, { count }) => sum + count, 0)).toBe(many.length)
    expect(new Set(grouped.flatMap(({ places }) => places)).size).toBe(new Set(many.map(({ place }) => place)).size)
    expect(grouped.every(({ alert: first, places }) => places.length === 1 || first.kind === 'silent')).toBe(true)
  })

  test('a card of several hours tells of the worst of them', () => {
    const hours = Array.from({ length: FLOOD + 1 }, (_, n) => alert({ id: String(n), kind: 'hour-exceeded', place: 'baoding', value: n === 7 ? 118 : 80 + n }))
    expect(cards(alertList(Object.fromEntries(hours.map((each) => [each.id, each]))), event)).toMatchObject([{ count: FLOOD + 1, alert: { value: 118 } }])
  })

  test('what the plan proposes is what it proposes for that kind', () => {
    expect(suggestions('day-locked', event.measures).map(({ id }) => id)).toEqual(['M-07', 'M-12'])
    expect(suggestions('hour-locked', event.measures)).toEqual([])
  })

  test('a city or a venue has the worst shape of its unacknowledged alerts on the map; acknowledged, shelved and silent ones have none', () => {
    const by = (...list: Alert[]) => alarmsByPlace(Object.fromEntries(list.map((each) => [each.id, each])), event.areas)
    expect(by(...alerts)).toEqual({ baoding: 'critical', langfang: 'warning' })
    expect(by(alert({ id: 'a', kind: 'hour-projected', place: 'baoding', severity: 'warning' }), alert({ id: 'b', kind: 'day-locked', place: 'baoding' }))).toEqual({ baoding: 'critical' })
    expect(by(alert({ id: 'a', kind: 'hour-exceeded', place: 'yanqing' }), alert({ id: 'b', kind: 'hour-projected', place: 'changping', severity: 'warning' }))).toEqual({ yanqing: 'critical', beijing: 'warning' })
    expect(by(alert({ id: 'a', kind: 'day-locked', place: 'baoding', shelved: true }), alert({ id: 'c', kind: 'silent', place: 'beijing' }))).toEqual({})
  })
})

describe('the response on the wall', () => {
  test('has one line for each start of a level, with all its areas, the hardest first', () => {
    expect(forces(room.levels, event.ladders).map(({ ladderId, level, areas }) => [ladderId, level, areas])).toEqual([
      ['event', 'II', ['beijing', 'langfang']], ['emergency', 'III', ['baoding']]])
  })

  test('counts orders by state, and as overdue those that should have begun', () => {
    expect(orderCounts(room.orders, NOW)).toEqual({ issued: 2, received: 2, started: 3, verified: 2, returned: 0, overdue: 2 })
  })

  test('names the overdue first, the longest overdue on top; what is lifted is gone', () => {
    expect(orderList(room.orders, NOW).map(({ id }) => id).slice(0, 2)).toEqual(['o2', 'o1'])
    const lifted = { ...room.orders, o2: { ...room.orders['o2']!, state: 'lifted' as const } }
    expect(orderList(lifted, NOW).map(({ id }) => id)).not.toContain('o2')
    const done = { ...room.orders, o6: { ...room.orders['o6']!, due: 1 } }
    expect(orderList(done, NOW).map(({ id }) => id).at(-2)).toBe('o6')
  })

  test('hatches the areas where something has begun, not where it was only ordered', () => {
    expect(areasInForce(room.orders)).toEqual(['changping', 'langfang', 'yanqing'])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Snapshot } from '../../shared/wire.ts'
import { type Running, start } from './server.ts'
import { alertsOf, command, journalOf, post, responseOf, Screen, see, type Sent, signIn, until } from './talk.ts'

/** An hour of every evaluating station of Beijing. */
const evaluators = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']
const hourOf = (hour: string, value: number): Sent[] =>
  evaluators.map((station) => ({ station, pollutant: 'PM2.5', start: `2022-02-04T${hour}:00:00+08:00`, period: 'PT1H', value }))

type Acknowledged = { code?: string; by: string; at: string; occurrence: number }

describe('one evening, seen and answered over the real interface', () => {
  let server: Running
  let duty = ''
  let leader = ''
  beforeAll(async () => {
    server = await start(['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '1', '--now', '2022-02-04T20:12:00+08:00'])
    duty = await signIn(server, 'duty')
    leader = await signIn(server, 'leader')
  })
  const acknowledge = (id: string, cookie: string, occurrence: number) =>
    command<Acknowledged>(`${server.url}/api/alerts/${encodeURIComponent(id)}/acknowledge`, cookie, { occurrence })

  test('an hour over its limit is an alert on every screen within a second of the last station\'s post', async () => {
    const early = new Screen(server)
    await early.arrived()
    const begun = performance.now()
    expect(await post(server, hourOf('19', 120))).toMatchObject({ status: 200, body: { accepted: 10, unchanged: 0, revised: 0, rejected: [] } })
    const id = 'hour-exceeded:beijing:PM2.5:2022-02-04T19'
    await until('the alert on the screen', () => early.room?.alerts[id])
    expect(performance.now() - begun, 'milliseconds from the post').toBeLessThan(1000)
    expect(early.facts.find((fact) => fact.kind === 'alert-raised' && fact.alert === id)).not.toHaveProperty('durable')
    expect((await alertsOf(server)).find((alert) => alert.id === id)).toMatchObject({
      kind: 'hour-exceeded', place: 'beijing', pollutant: 'PM2.5', severity: 'critical', condition: 'over', state: 'unacknowledged',
      period: { start: '2022-02-04T19:00:00+08:00', end: '2022-02-04T20:00:00+08:00' }, occurrence: 1, value: 120, limit: 75, assumed: true, drill: false, acknowledged: null,
    })
  })

  test('an acknowledgement is the first person\'s, once, and of one occurrence; every screen sees it', async () => {
    const other = new Screen(server, { cookie: leader })
    await other.arrived()
    const id = 'hour-exceeded:beijing:PM2.5:2022-02-04T19'
    const { occurrence } = (await alertsOf(server)).find((alert) => alert.id === id)!
    expect(await acknowledge(id, duty, occurrence + 1)).toMatchObject({ status: 409, body: { code: 'stale-occurrence' } })
    const first = await acknowledge(id, duty, occurrence)
    expect(first).toMatchObject({ status: 200, body: { by: 'duty', occurrence } })
    expect(first.body.at).toMatch(/^2022-02-04T20:1\d:\d\d.*\+08:00$/)
    await until('the second screen sees it', () => other.room?.alerts[id]?.acknowledged?.by === 'duty', 1000)
    await sleep(20)
    expect((await acknowledge(id, duty, occurrence)).body, 'the same person again').toMatchObject({ by: 'duty', at: first.body.at })
    expect(await acknowledge(id, leader, occurrence)).toMatchObject({ status: 409, body: { code: 'already-acknowledged', by: 'duty', at: first.body.at } })
    expect((await journalOf(server)).filter((fact) => fact.kind === 'alert-acknowledged' && fact.alert === id)).toHaveLength(1)
  })

  test('a stale occurrence is refused once a revision has taken the alert away and another brought it back', async () => {
    const id = 'hour-exceeded:beijing:PM2.5:2022-02-04T19'
    expect((await post(server, hourOf('19', 20))).body.revised).toBe(10)
    await until('withdrawn', async () => (await alertsOf(server, '?state=all')).find((alert) => alert.id === id && alert.condition === 'under'))
    expect((await post(server, hourOf('19', 130))).body.revised).toBe(10)
    const again = await until('back', async () => (await alertsOf(server)).find((alert) => alert.id === id && alert.occurrence === 2))
    expect(again).toMatchObject({ state: 'unacknowledged', condition: 'over', value: 130, acknowledged: null })
    expect(await acknowledge(id, duty, 1)).toMatchObject({ status: 409, body: { code: 'stale-occurrence' } })
    expect((await acknowledge(id, leader, 2)).status).toBe(200)
  })

  test('a screen that joins late shows the same as one that was there from the start', async () => {
    const early = new Screen(server)
    await early.arrived()
    await post(server, hourOf('18', 90))
    for (let minute = 0; minute < 10; minute += 5)
      await post(server, [{ station: '1001A', pollutant: 'PM2.5', start: `2022-02-04T20:0${minute}:00+08:00`, period: 'PT5M', value: 80 + minute }])
    await sleep(1500)
    const late = new Screen(server)
    await late.arrived()
    await until('both are told as far', () => late.told.seq === early.told.seq && late.told.airSeq === early.told.airSeq)
    expect(late.room).toEqual(early.room)
    expect(late.air).toEqual(early.air)
    expect(early.snapshots).toBe(1)
    expect([...early.gaps, ...late.gaps]).toEqual([])
    const { body } = await see<Snapshot>(server, '/api/situation')
    expect(body).toMatchObject({ epoch: early.told.epoch, room: early.room! })
  })

  test('a level\'s orders are issued, received, started and verified, each a fact with its person, and counted in the summary', async () => {
    const level = `${server.url}/api/response/level`
    const body = { ladder: 'event-support', level: 'III', areas: ['beijing', 'yanqing'], reason: '夜间扩散条件转差' }
    expect(await command(level, duty, body), 'a level is a leader\'s').toMatchObject({ status: 403, body: { code: 'wrong-role' } })
    const set = await command<{ level: string; orders: { id: string }[] }>(level, leader, body)
    expect(set.status).toBe(200)
    const ids = set.body.orders.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(4)
    expect(new Set(ids).size).toBe(ids.length)
    const [order = ''] = ids
    const move = (step: string) => command<{ state: string }>(`${server.url}/api/orders/${encodeURIComponent(order)}/${step}`, duty, { note: 'by telephone' })
    const states: string[] = []
    for (const step of ['receive', 'start', 'verify']) states.push((await move(step)).body.state)
    expect(states).toEqual(['received', 'started', 'verified'])
    expect(await move('verify')).toMatchObject({ status: 409 })
    const { levels, orders } = await responseOf(server)
    expect(levels.map(({ area, level: now }) => [area, now]).sort()).toEqual([['beijing', 'III'], ['yanqing', 'III']])
    expect(orders.find(({ id }) => id === order)).toMatchObject({ state: 'verified', steps: [{ step: 'received', by: 'duty' }, { step: 'started' }, { step: 'verified' }] })
    const facts = await journalOf(server)
    expect(facts.filter((fact) => fact.kind === 'order-moved' && fact.order === order).map((fact) => fact.actor)).toEqual(['person:duty', 'person:duty', 'person:duty'])
    expect(facts.flatMap((fact) => (fact.kind === 'order-issued' ? [fact.order] : [])).sort()).toEqual([...ids].sort())
    expect(facts.find((fact) => fact.kind === 'level-changed')).toMatchObject({ level: 'III', actor: 'person:leader' })
    const report = await see<{ orders: object; alerts: object }>(server, '/api/report?from=2022-02-04&to=2022-02-04')
    expect(report.body.orders).toEqual({ issued: ids.length, verified: 1, overdue: 0 })
  })
})

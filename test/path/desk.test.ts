import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import { eventWith, silentAt } from './event.ts'
import { type Running, start } from './server.ts'
import { alertsOf, ask, command, journalOf, post, signIn } from './talk.ts'

const PLAN = `ladders:
  - { id: support, name: { zh: 保障, en: Support }, levels: [{ id: III, name: { zh: 三级, en: III }, colour: yellow }] }
measures:
  - { id: dust, name: { zh: 抑尘, en: Dust }, family: dust, levels: [III], within: PT2H, lead: { zh: 住建, en: Housing }, what: { zh: 洒水, en: Sprinkle } }
`
const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

describe('what is asked at the desk of a real room', () => {
  const event = eventWith('id: gateway, kind: http, interval: PT1H')
  writeFileSync(path.join(event, 'plan.yaml'), PLAN)
  let server: Running
  let duty = ''
  beforeAll(async () => {
    server = await start(silentAt(event, '2022-03-10T12:05:00'))
    duty = await signIn(server, 'duty')
  })
  const about = (id: string, what: string): string => `${server.url}/api/alerts/${encodeURIComponent(id)}/${what}`
  const written = async (): Promise<Fact['kind'][]> => (await journalOf(server)).map(({ kind }) => kind)

  test('of an alert, order, station or call that has the name of what every object has is told that there is none, and nothing is written', async () => {
    const before = await written()
    for (const word of WORDS) {
      const asked = await Promise.all([
        command(about(word, 'acknowledge'), duty, { occurrence: 1 }), command(about(word, 'comment'), duty, { text: '备注' }),
        command(about(word, 'handle'), duty, { step: { is: 'follow-up', note: '跟进' } }), command(about(word, 'shelve'), duty, { until: '2022-03-10T13:00:00+08:00', reason: '核实' }),
        command(about(word, 'unshelve'), duty, {}), command(`${server.url}/api/orders/${word}/receive`, duty, {}),
        command(`${server.url}/api/calls`, duty, { calls: [word], spoke: '王芳' }), ask(`${server.url}/api/alerts/${word}`, { headers: { cookie: duty } }),
      ])
      expect(asked.map(({ status }) => status), word).toEqual(asked.map(() => 404))
    }
    expect(await written()).toEqual(before)
  })

  test('whatever is sent again under its key after the server was killed is answered as at first, and is not done again; something else under it is refused', async () => {
    await post(server, ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map((station) => ({ station, pollutant: 'PM2.5', start: '2022-03-10T11:00:00+08:00', period: 'PT1H', value: 500 })))
    const [alert] = await alertsOf(server)
    const [leader, admin] = [await signIn(server, 'leader'), await signIn(server, 'admin')]
    const name = server.first.accounts.find(({ role }) => role === 'duty')!.name
    const send = (key: string, place: string, { cookie, body }: { cookie: string; body: object }) =>
      ask(`${server.url}/api/${place}`, { method: 'POST', body: JSON.stringify(body), headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key } })
    const ofAlert = `alerts/${encodeURIComponent(alert!.id)}`
    const again = async () => { await server.kill(); server = await start(['--event', event, '--air', 'silent', '--speed', '1'], server.dir) }
    const level = { ladder: 'support', level: 'III', areas: ['town'], reason: '预计超限' }
    const all: [string, string, { cookie: string; body: object }][] = [
      ['k1', `${ofAlert}/acknowledge`, { cookie: duty, body: { occurrence: 1, note: '已看' } }], ['k2', `${ofAlert}/comment`, { cookie: duty, body: { text: '已通知区县' } }],
      ['k3', `${ofAlert}/handle`, { cookie: duty, body: { step: { is: 'follow-up', note: '跟进' } } }], ['k4', 'response/level', { cookie: leader, body: level }],
      ['k5', 'stations/T1/out-of-service', { cookie: admin, body: { reason: '标定', workOrder: null } }], ['k6', 'shifts/handover', { cookie: duty, body: { note: '无', names: [] } }],
      ['k7', `people/${encodeURIComponent(name)}/sign-out`, { cookie: admin, body: {} }],
    ]
    const first: Awaited<ReturnType<typeof send>>[] = []
    for (const each of all) first.push(await send(...each))
    expect(first.map(({ status, text }, n) => [all[n]?.[0], status, status === 200 ? '' : text])).toEqual(all.map(([key]) => [key, 200, '']))
    const before = (await written()).filter((kind) => kind !== 'alert-told').length
    await again()
    // Their sessions were ended by the last of these.
    duty = await signIn(server, 'duty')
    const renewed = all.map(([key, place, { cookie, body }]) => [key, place, { cookie: cookie === leader || cookie === admin ? cookie : duty, body }] as const)
    for (const [n, each] of renewed.entries()) expect([each[0], (await send(...each)).body]).toEqual([each[0], first[n]?.body])
    expect(await written()).toHaveLength(before)
    await again()
    expect((await send('k2', `${ofAlert}/comment`, { cookie: duty, body: { text: '又通知了一次' } })).body).toMatchObject({ code: 'key-reused' })
    expect((await send('k1', 'response/level', { cookie: duty, body: level })).status).toBe(403)
  })
})

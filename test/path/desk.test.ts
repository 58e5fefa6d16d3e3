import { beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import { eventWith, silentAt } from './event.ts'
import { type Running, start } from './server.ts'
import { alertsOf, ask, command, journalOf, post, signIn } from './talk.ts'

const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

describe('what is asked at the desk of a real room', () => {
  const event = eventWith('id: gateway, kind: http, interval: PT1H')
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

  test('a note that is sent again under its key after the server was killed stays one note; another note under it is refused', async () => {
    await post(server, ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map((station) => ({ station, pollutant: 'PM2.5', start: '2022-03-10T11:00:00+08:00', period: 'PT1H', value: 500 })))
    const [alert] = await alertsOf(server)
    const note = (text: string) => ask<{ alert: { notes: { text: string }[] } }>(about(alert!.id, 'comment'), {
      method: 'POST', body: JSON.stringify({ text }), headers: { cookie: duty, 'content-type': 'application/json', 'idempotency-key': 'the-one-key' },
    })
    expect((await note('已通知区县')).status).toBe(200)
    await server.kill()
    server = await start(['--event', event, '--air', 'silent', '--speed', '1'], server.dir)
    const again = await note('已通知区县')
    expect(again).toMatchObject({ status: 200, body: { alert: { notes: [{ text: '已通知区县' }] } } })
    expect(again.body.alert.notes).toHaveLength(1)
    await server.kill()
    server = await start(['--event', event, '--air', 'silent', '--speed', '1'], server.dir)
    expect((await note('又通知了一次')).body).toMatchObject({ code: 'key-reused' })
  })
})

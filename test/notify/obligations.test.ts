import { describe, expect, test } from 'vitest'
import type { Draft, FactOf } from '../../shared/fact.ts'
import { aRoom, idOf, noon, raised, until, withdrawn } from './room.ts'
import { aServer } from './services.ts'

const pause = (ms = 150) => new Promise((resolve) => { setTimeout(resolve, ms) })
const body = (n: number, more: object): Draft['body'] => ({ alert: idOf(n), occurrence: 1, drill: false, ...more }) as unknown as Draft['body']
const about = (n: number, kind: string, more: object = {}): Draft => ({ id: `${kind}:${n}`, at: noon, actor: 'system', body: body(n, { kind, ...more }) })
const point = (n: number) => ({ alertKind: 'hour-exceeded', place: `city${n}`, pollutant: 'PM2.5', severity: 'critical', by: 'chen', why: '检修', until: noon + 3_600_000 })

async function hooked(more: { air?: 'live' | 'simulated'; airs?: string[]; tell?: object; people?: object[] } = {}) {
  const hook = await aServer(() => ({}))
  const duty = { people: more.people ?? [], channels: [{ id: 'hook', kind: 'webhook', url: hook.url, ...(more.airs === undefined ? {} : { airs: more.airs }) }], tell: [{ severities: ['critical', 'warning', 'notice'], by: ['hook'], ...more.tell }] }
  const room = await aRoom({ duty, ...(more.air === undefined ? {} : { air: more.air }) })
  const told = () => hook.asked.map(({ body: text }) => { const { what, alert } = JSON.parse(text) as { what: string; alert?: { id: string } }; return `${what} ${alert?.id.split(':')[1] ?? ''}`.trim() })
  return { hook, room, told, duty }
}

test('a channel that could not be told that an alert was over is told of it when it is over again', async () => {
  const is = { down: false }
  const hook = await aServer(() => ({ status: is.down ? 500 : 200 }))
  const other = await aServer(() => ({}))
  const duty = { channels: [{ id: 'hook', kind: 'webhook', url: hook.url }, { id: 'other', kind: 'webhook', url: other.url }], tell: [{ severities: ['critical'], by: ['hook'], otherwise: ['other'] }] }
  const room = await aRoom({ duty, pace: { late: 300 } })
  room.happened(raised(1))
  await until(() => room.receipts().includes('raised city1 hook delivered'))
  is.down = true
  room.happened(withdrawn(1))
  await until(() => room.receipts().includes('resolved city1 other delivered'))
  room.happened({ ...raised(1, { occurrence: 2 }), id: 'again' })
  await until(() => room.receipts().includes('raised city1 other delivered'))
  is.down = false
  const { body: over, ...more } = withdrawn(1)
  const later = await room.again()
  later.happened({ ...more, id: 'over-again', body: { ...over, occurrence: 2 } as Draft['body'] })
  await until(() => later.receipts().includes('resolved city1 hook delivered'))
})

describe('a restart', () => {
  test('with fifty open alerts sends nothing', async () => {
    const { room, told } = await hooked()
    room.happened(...Array.from({ length: 50 }, (_, n) => raised(n + 1)))
    await until(() => room.receipts().length === 50)
    await room.again()
    await pause()
    expect(told()).toHaveLength(50)
  })

  test('tells of what happened just before the server was killed, once', async () => {
    const { room, told } = await hooked()
    room.happened(raised(1))
    await until(() => told().length === 1)
    await room.stop()
    // Durable in the journal, and the server was gone before any message was made of it.
    room.facts.push({ seq: room.facts.length + 1, recorded: 0, air: 'live', hash: '', id: raised(2).id, at: noon, actor: 'system', ...raised(2).body })
    const second = await room.again()
    await until(() => told().length === 2)
    await second.again()
    await pause()
    expect(told()).toEqual(['raised city1', 'raised city2'])
  })

  test('tells of it also where the alert has long left the room by then', async () => {
    const { room, told, duty } = await hooked()
    await room.stop()
    room.facts.push({ seq: room.facts.length + 1, recorded: 0, air: 'live', hash: '', id: raised(2).id, at: noon, actor: 'system', ...raised(2).body })
    await aRoom({ duty, dir: room.dir, facts: room.facts, gone: true })
    await until(() => told().length === 1)
    expect(told()).toEqual(['raised city2'])
  })

  test('with a channel that was not there before tells it of nothing that had happened by then', async () => {
    const { room, duty, hook } = await hooked()
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    await room.stop()
    const both = { ...duty, channels: [...duty.channels, { id: 'new', kind: 'webhook', url: hook.url }], tell: [{ severities: ['critical'], by: ['hook', 'new'] }] }
    const second = await aRoom({ duty: both, dir: room.dir, facts: room.facts })
    second.happened(raised(2))
    await until(() => second.receipts().length === 3)
    expect(second.receipts().filter((line) => line.includes('new'))).toEqual(['raised city2 new delivered'])
  })

  test('goes on with what a channel still owed', async () => {
    let down = true
    const hook = await aServer(() => (down ? { status: 500 } : {}))
    const room = await aRoom({ duty: { channels: [{ id: 'hook', kind: 'webhook', url: hook.url }], tell: [{ by: ['hook'] }] } })
    room.happened(raised(1))
    await until(() => hook.asked.length > 0)
    const second = await room.again()
    down = false
    await until(() => second.receipts().length === 1)
    expect(second.receipts()).toEqual(['raised city1 hook delivered'])
  })
})

describe('whom an alert is told to', () => {
  test('nobody, while it is shelved or suppressed; once it asks again, whoever is told of such', async () => {
    const { room, told } = await hooked()
    room.happened(raised(1, { suppression: 'maintenance' }), raised(2))
    await until(() => told().length === 1)
    room.happened(about(2, 'alert-shelved', point(2)), raised(2, { occurrence: 2 }))
    room.happened(about(1, 'alert-released'), about(1, 'alert-asked-again', { occurrence: 2, because: 'suppression-ended' }))
    await until(() => told().length === 2)
    await pause()
    expect(told()).toEqual(['raised city2', 'again city1'])
  })

  test('that it is over is told to whoever was told of it, and to nobody else, also when it has been shelved since', async () => {
    const { room, told } = await hooked()
    room.happened(raised(1), raised(2, { suppression: 'out-of-service' }))
    await until(() => told().length === 1)
    room.happened(about(1, 'alert-shelved', point(1)), withdrawn(1), withdrawn(2))
    await until(() => told().length === 2)
    room.happened(about(1, 'alert-closed', { reason: { code: 'withdrawn' } }))
    await pause()
    expect(told()).toEqual(['raised city1', 'resolved city1'])
  })

  test('of a step up the one it goes up to, by their own number', async () => {
    const gateway = await aServer(() => ({}))
    const duty = {
      people: [{ id: 'chen', name: '陈', phone: '13800000002' }], channels: [{ id: 'sms', kind: 'sms', url: gateway.url }], tell: [{ of: ['escalated'], by: ['sms'] }],
    }
    const room = await aRoom({ duty })
    room.happened(raised(1), about(1, 'alert-escalated', { step: 1, seat: 'leader', to: [{ id: 'chen', name: '陈' }], minutes: 5, severity: 'critical' }))
    await until(() => room.receipts().length === 1)
    const said = JSON.parse(gateway.asked[0]?.body ?? '') as { mobile: string; content: string }
    expect(said.mobile).toBe('13800000002')
    expect(said.content).toContain('已 5 分钟无人确认，请带班领导 陈处理')
  })

  test('of no severity that nobody asked for', async () => {
    const { room, told } = await hooked({ tell: { severities: ['critical'] } })
    room.happened(raised(1, { severity: 'notice' }), raised(2))
    await until(() => told().length === 1)
    await pause()
    expect(told()).toEqual(['raised city2'])
  })

  test('of a response level with its areas and reason, up and lifted', async () => {
    const { room, hook, told } = await hooked()
    const level = (to: FactOf<'level-changed'>['level'], n: number): Draft => ({ id: `level:${n}`, at: noon, actor: 'person:chen', body: { kind: 'level-changed', start: `event:${n}`, ladder: 'event', level: to, areas: ['city1'], by: 'chen', why: '预计超限', drill: false } })
    room.happened(level('II', 1), level(null, 2))
    await until(() => told().length === 2)
    expect(hook.asked.map(({ body: text }) => (JSON.parse(text) as { level: object }).level)).toMatchObject([{ level: 'II', areas: ['city1'], reason: '预计超限' }, { level: null }])
  })
})

describe('what is not real', () => {
  test('is told to nobody under simulated air, unless the channel is for it, and then says so', async () => {
    const quiet = await hooked({ air: 'simulated' })
    quiet.room.happened(raised(1))
    const loud = await hooked({ air: 'simulated', airs: ['simulated'] })
    loud.room.happened(raised(1))
    await until(() => loud.told().length === 1)
    await pause()
    expect([quiet.told(), (JSON.parse(loud.hook.asked[0]?.body ?? '') as { air: string }).air, loud.room.state().messages[0]?.title.zh]).toEqual([[], 'simulated', '【模拟】【严重】市1 小时均值超标'])
  })

  test('is marked as a drill in the title of a digest too', async () => {
    const { room } = await hooked()
    room.happened(raised(1, { drill: true }))
    await until(() => room.receipts().length === 1)
    expect(room.state().messages[0]?.title).toEqual({ zh: '【演练】【严重】市1 小时均值超标', en: '[DRILL] [critical] city1 Hourly mean exceeded' })
  })
})

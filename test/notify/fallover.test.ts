import { describe, expect, test } from 'vitest'
import { called, foldCalls } from '../../shared/owed-calls.ts'
import type { FactOf } from '../../shared/fact.ts'
import { aRoom, idOf, noon, raised, type Told, until, withdrawn } from './room.ts'
import { aServer } from './services.ts'

const people = [
  { id: 'li', name: '李娜', phone: '13800000001', email: 'li@example.org' }, { id: 'chen', name: '陈刚', phone: '13800000002' }, { id: 'sun', name: '孙涛' },
]
const roster = { shifts: [{ id: 'all', name: { zh: '全天', en: 'all day' }, from: '00:00', to: '24:00' }], roster: [{ shift: 'all', from: '2022-02-01', to: '2022-02-10', duty: ['li'], leader: ['chen'], department: ['sun'] }] }
const all = ['critical', 'warning', 'notice']

type Gateway = { refuses?: readonly string[]; down?: boolean }
/** A group's webhook that is gone for good, and a gateway of SMS that refuses some numbers. */
async function stage(of: { hook?: () => number; sms?: boolean; gateway?: Gateway; duty?: object; pace?: object } = {}) {
  const gateway = of.gateway ?? {}
  const hook = await aServer(() => ({ status: of.hook?.() ?? 410 }))
  const sms = await aServer(({ body }) => ({ body: { code: gateway.down === true || gateway.refuses?.includes((JSON.parse(body) as { mobile: string }).mobile) === true ? 7 : 0 } }))
  const gate = { id: 'sms', kind: 'sms', url: sms.url, accepted: { code: 0 } }
  const duty = { people, ...roster, channels: [{ id: 'hook', kind: 'webhook', url: hook.url }, ...(of.sms === false ? [] : [gate])], tell: [{ severities: all, by: ['hook'] }], ...of.duty }
  const room = await aRoom({ duty, pace: { gather: 100, first: 10, tries: 2, ...of.pace } })
  const texts = () => sms.asked.map(({ body }) => { const { mobile, content } = JSON.parse(body) as { mobile: string; content: string }; return `${mobile.slice(-1)} ${content}` })
  return { room, hook, texts, gateway }
}
const calls = (room: Told) => Object.values(room.facts.reduce(foldCalls, {}))
const pause = (ms = 300) => new Promise((resolve) => { setTimeout(resolve, ms) })

describe('what no channel delivers', () => {
  test('goes by itself to whoever is on duty, and says why it comes this way; the alert has both receipts', async () => {
    const { room, texts } = await stage()
    room.happened(raised(1))
    await until(() => room.receipts().length === 2)
    expect(room.receipts()).toEqual(['raised city1 hook failed → @roster', 'raised city1 sms delivered'])
    expect(room.facts.at(-1)).toMatchObject({ kind: 'alert-told', person: '李娜' })
    expect(texts()).toEqual([expect.stringMatching(/^1 【严重】市1 小时均值超标.*按排班直接通知/)])
    expect([calls(room), room.state().failed]).toEqual([[], 0])
  })

  test('goes on to the leader where whoever is on duty cannot be reached, and to no seat beyond', async () => {
    const { room, texts } = await stage({ gateway: { refuses: ['13800000001'] } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 3)
    await pause()
    expect(room.receipts()).toEqual(['raised city1 hook failed → @roster', 'raised city1 sms failed', 'raised city1 sms delivered'])
    expect(texts().map((text) => text[0])).toEqual(['1', '1', '2'])
    expect(calls(room)).toEqual([])
  })

  test('is not tried again for a person by the way that has failed for them, but by another, and then for the next', async () => {
    const sms = await aServer(({ body }) => ({ body: { code: (JSON.parse(body) as { mobile: string }).mobile.endsWith('1') ? 7 : 0 } }))
    const channels = [{ id: 'sms', kind: 'sms', url: sms.url, accepted: { code: 0 }, seats: ['duty'] }, { id: 'mail', kind: 'email', host: '127.0.0.1', port: 1, from: 'qingkong@example.org' }]
    const { room } = await stage({ duty: { channels, tell: [{ severities: all, by: ['sms'] }] }, pace: { late: 50, longest: 200 } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 3)
    expect(room.receipts()).toEqual(['raised city1 sms failed → @roster', 'raised city1 mail failed', 'raised city1 sms delivered'])
    expect(room.facts.flatMap((fact) => (fact.kind === 'alert-told' ? [fact.person] : []))).toEqual([undefined, '李娜', '陈刚'])
  })

  test('and nobody on duty can be told by machine is an obligation to call, with whom; it stands until somebody says with whom they spoke', async () => {
    const { room } = await stage({ gateway: { down: true } })
    room.happened(raised(1))
    await until(() => calls(room).length === 1)
    expect(calls(room)).toMatchObject([{ what: 'raised', alert: idOf(1), occurrence: 1, said: { zh: '【严重】市1 小时均值超标' }, to: [{ id: 'li', seat: 'duty' }, { id: 'chen', seat: 'leader' }, { id: 'sun', seat: 'department' }], drill: false }])
    expect(room.state().failed).toBe(1)
    const said = called(room.facts.reduce(foldCalls, {}), { by: '王芳', at: noon, calls: calls(room).map(({ id }) => id), spoke: '陈刚', note: null })
    room.happened(...(said.ok ? said.drafts : []))
    expect([calls(room), room.state().failed, room.receipts().at(-1)]).toEqual([[], 0, 'raised city1 @call delivered'])
    expect(room.facts.at(-1)).toMatchObject({ person: '陈刚', actor: 'person:王芳' })
  })

  test('is an obligation to call at once where no machine reaches any person', async () => {
    const { room } = await stage({ sms: false })
    room.happened(raised(1, { drill: true }))
    await until(() => calls(room).length === 1)
    expect([room.receipts(), calls(room)[0]?.drill, calls(room)[0]?.said.zh]).toEqual([['raised city1 hook failed'], true, '【演练】【严重】市1 小时均值超标'])
  })

  test('of a response level as well, which is about no alert', async () => {
    const { room, texts } = await stage({ gateway: { down: true } })
    room.happened({ id: 'level:1', at: noon, actor: 'person:chen', body: { kind: 'level-changed', start: 'event:1', ladder: 'event', level: 'II', areas: ['city1'], by: 'chen', why: '预计超限', drill: false } })
    await until(() => calls(room).length === 1)
    expect(calls(room)[0]).toMatchObject({ what: 'level', alert: null })
    expect(texts()[0]).toContain('响应级别')
  })

  test('is told to nobody else while another channel has delivered it', async () => {
    const second = await aServer(() => ({}))
    const gone = await aServer((_, n) => ({ status: n === 1 ? 503 : 410 }))
    const { room, texts } = await stage({ pace: { first: 300 }, duty: { channels: [{ id: 'hook', kind: 'webhook', url: gone.url }, { id: 'second', kind: 'webhook', url: second.url }], tell: [{ severities: all, by: ['hook', 'second'] }] } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 2)
    await pause()
    expect([calls(room), texts(), room.receipts().sort()]).toEqual([[], [], ['raised city1 hook failed', 'raised city1 second delivered']])
  })

  test('many at once is one short message to each person, and one list of calls', { timeout: 60_000 }, async () => {
    const reached = await stage({ pace: { gather: 400 } })
    reached.room.happened(...Array.from({ length: 100 }, (_, n) => raised(n + 1)))
    await until(() => reached.room.receipts().length === 200, 20)
    const told = reached.texts().map((text) => Number(/共 (\d+) 条/.exec(text)?.[1]))
    expect([told.length <= 3, told.reduce((sum, n) => sum + n, 0)]).toEqual([true, 100])
    expect(reached.texts().join('\n')).toMatch(/^1 共 \d+ 条.* 【严重】市\d+ 小时均值超标.*另有 \d+ 条，请看值守台/m)
    const { room, texts } = await stage({ gateway: { down: true }, pace: { gather: 200 } })
    room.happened(...Array.from({ length: 30 }, (_, n) => raised(n + 1)))
    await until(() => calls(room).length === 30, 20)
    // Two persons with a number, each tried twice.
    expect(texts().length).toBeLessThanOrEqual(16)
  })

  test('and is tried on for long is told to whoever is on duty meanwhile, once, and still delivered when that is possible', async () => {
    let status = 503
    const { room, texts } = await stage({ hook: () => status, pace: { late: 200 } })
    room.happened(raised(1))
    await until(() => texts().length === 1)
    status = 200
    await until(() => room.receipts().length === 3)
    expect(room.receipts()).toEqual(['raised city1 hook failed → @roster', 'raised city1 sms delivered', 'raised city1 hook delivered'])
  })
})

describe('that it is over', () => {
  test('is told to the person who was told that it began', async () => {
    const { room, texts } = await stage({ gateway: { refuses: ['13800000001'] } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 3)
    room.happened(withdrawn(1))
    await until(() => texts().length === 4)
    expect(texts().at(-1)).toMatch(/^2 【严重】市1 小时均值超标 解除/)
  })

  test('is as much to be called about as that it began', async () => {
    const { room } = await stage({ gateway: { down: true } })
    room.happened(raised(1))
    await until(() => calls(room).length === 1)
    room.happened(withdrawn(1))
    await until(() => calls(room).length === 2)
    expect(calls(room).map(({ what }) => what)).toEqual(['raised', 'resolved'])
  })

  test('goes with its beginning to the next channel, whichever failed between', async () => {
    const next = await aServer(() => ({}))
    const first = await aServer(({ body }) => ({ status: (JSON.parse(body) as { what: string }).what === 'raised' ? 503 : 200 }))
    const duty = { channels: [{ id: 'first', kind: 'webhook', url: first.url }, { id: 'next', kind: 'webhook', url: next.url }], tell: [{ severities: all, by: ['first'], otherwise: ['next'] }] }
    const room = await aRoom({ duty, pace: { first: 50, tries: 3 } })
    room.happened(raised(1))
    await until(() => first.asked.length === 1)
    room.happened(withdrawn(1))
    await until(() => next.asked.length === 2)
    expect(next.asked.map(({ body }) => (JSON.parse(body) as { what: string }).what)).toEqual(['raised', 'resolved'])
  })
})

describe('what was owed to a channel that is no longer in duty.yaml', () => {
  const shifts = { people, ...roster }
  const after = async (channels: (urls: { hook: string; sms: string }) => object[], otherwise: string[]) => {
    const hook = await aServer(() => ({ status: 503 }))
    const sms = await aServer(() => ({ body: { code: 0 } }))
    const gate = { id: 'sms', kind: 'sms', url: sms.url, accepted: { code: 0 }, to: ['13900000009'] }
    const before = await aRoom({ duty: { ...shifts, channels: [{ id: 'hook', kind: 'webhook', url: hook.url }, { id: 'gone', kind: 'webhook', url: hook.url }, gate], tell: [{ severities: all, by: ['hook'], otherwise }] }, pace: { first: 300 } })
    before.happened(raised(1))
    await until(() => hook.asked.length === 1)
    await before.stop()
    const room = await aRoom({ duty: { ...shifts, channels: channels({ hook: hook.url, sms: sms.url }).concat(gate), tell: [{ of: ['notice'], by: ['sms'] }] }, dir: before.dir, facts: before.facts, pace: { gather: 50, first: 10, tries: 2 } })
    await until(() => room.receipts().some((line) => line.endsWith(' delivered')), 5)
    return room.receipts()
  }

  test('goes at the next start to the channel behind it, or to whoever is on duty', async () => {
    const away = () => []
    expect([await after(away, []), await after(away, ['sms'])]).toEqual([['raised city1 hook failed → @roster', 'raised city1 sms delivered'], ['raised city1 hook failed → sms', 'raised city1 sms delivered']])
  })

  test('is not handed to one that is no longer there either', async () => {
    expect(await after(({ hook }) => [{ id: 'hook', kind: 'webhook', url: `${hook}/` }], ['gone'])).toEqual(['raised city1 hook failed → @roster', 'raised city1 sms delivered'])
  })
})

describe('a server that is killed', () => {
  test('between the failure and the roster tells whoever is on duty once, when it is back', async () => {
    const { room, texts } = await stage({ pace: { gather: 400 } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    const second = await room.again()
    await until(() => second.receipts().length === 2)
    await (await second.again()).stop()
    expect(texts()).toHaveLength(1)
  })

  test('before what it owed was in the journal owes the call all the same, once', async () => {
    const { room } = await stage({ gateway: { down: true } })
    room.happened(raised(1))
    await until(() => calls(room).length === 1)
    await room.stop()
    // The outbox was on the disk, and the journal's last facts were not.
    room.facts.splice(room.facts.findIndex(({ kind }) => kind === 'alert-told'))
    const second = await room.again()
    await until(() => calls(second).length === 1)
    const third = await second.again()
    await pause()
    expect([calls(third).length, third.facts.filter((fact): fact is typeof fact & FactOf<'call-owed'> => fact.kind === 'call-owed').length, third.receipts()[0]]).toEqual([1, 1, 'raised city1 hook failed → @roster'])
  })
})

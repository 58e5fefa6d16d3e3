import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aRoom, idOf, raised, until, withdrawn } from './room.ts'
import { aServer, dingTalk, feishu, mailServer, weCom } from './services.ts'

const tell = (by: string, otherwise: string[] = []) => [{ severities: ['critical', 'warning', 'notice'], by: [by], otherwise }]
const group = (kind: 'dingtalk' | 'wecom' | 'feishu') => ({ id: 'group', kind, urlEnv: 'GROUP_URL', ...(kind === 'wecom' ? {} : { secretEnv: 'GROUP_SECRET' }) })
const env = ({ url, secret }: { url: string; secret: string }) => ({ GROUP_URL: url, GROUP_SECRET: secret })

describe('a group\'s robot', () => {
  test('of DingTalk is told in Chinese, signed, with what, where and how much; its receipt is on the alert', async () => {
    const robot = await dingTalk()
    const room = await aRoom({ duty: { channels: [group('dingtalk')], tell: tell('group') }, env: env(robot) })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    expect(robot.texts).toEqual(['【严重】市1 小时均值超标\nPM2.5 96 / 限值 75 µg/m³（限值暂定）\n时段：02-04 11:00–12:00\n时间：02-04 12:00'])
    expect(room.receipts()).toEqual(['raised city1 group delivered'])
  })

  test('that is told of more than twenty alerts in a minute gets them as few messages, none refused and none lost', async () => {
    const robot = await dingTalk()
    const room = await aRoom({ duty: { channels: [group('dingtalk')], tell: tell('group') }, env: env(robot) })
    for (let n = 1; n <= 21; n += 1) room.happened(raised(n))
    await until(() => room.receipts().length === 21)
    expect(robot.refused()).toBe(0)
    expect(robot.asked.length).toBeLessThan(20)
    const all = robot.texts.join('\n')
    expect(Array.from({ length: 21 }, (_, n) => all.includes(`市${n + 1} 小时均值超标`)).every((told) => told)).toBe(true)
  })

  test('that says "too fast" in an answer of 200 has not delivered: the next channel does, and the desk sees both', async () => {
    const robot = await dingTalk(0)
    const hook = await aServer(() => ({}))
    const room = await aRoom({ duty: { channels: [group('dingtalk'), { id: 'hook', kind: 'webhook', url: hook.url }], tell: tell('group', ['hook']) }, env: env(robot) })
    room.happened(raised(1))
    await until(() => room.receipts().length === 2)
    expect(room.receipts()).toEqual(['raised city1 group failed → hook', 'raised city1 hook delivered'])
    expect(room.facts.find((fact) => fact.kind === 'alert-told')).toMatchObject({ reason: expect.stringContaining('130101') as string })
    expect(room.state().channels).toMatchObject([{ id: 'group', state: 'failing' }, { id: 'hook', state: 'fine' }])
  })

  test('of WeCom gets a long digest in pieces that it takes, each within its 2048 bytes', async () => {
    const robot = await weCom()
    const room = await aRoom({ duty: { channels: [group('wecom')], tell: tell('group') }, env: env(robot) })
    room.happened(...Array.from({ length: 40 }, (_, n) => raised(n + 1)))
    await until(() => room.receipts().length === 40)
    expect(robot.refused()).toBe(0)
    expect(robot.texts.length).toBeGreaterThan(1)
    expect(robot.texts[0]).toMatch(/^共 \d+ 条（其后还有 \d+ 条）\n【严重】市1 /)
    const told = robot.texts.flatMap((text) => [...text.matchAll(/【严重】市(\d+) /g)].map(([, n]) => Number(n)))
    expect(told).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  })

  test.each([['dingtalk', dingTalk], ['feishu', feishu]] as const)('of %s gets very many at once in pieces, the whole body of each within what it takes, line ends and quotes and all', async (kind, open) => {
    const robot = await open()
    const room = await aRoom({ duty: { channels: [group(kind)], tell: tell('group') }, env: env(robot) })
    room.happened(...Array.from({ length: 90 }, (_, n) => raised(n + 1, { place: `city"${n + 1}"\\${'"'.repeat(150)}` })))
    await until(() => room.receipts().length === 90, 20)
    expect(room.receipts().filter((line) => !line.endsWith(' delivered'))).toEqual([])
    const sizes = robot.asked.map(({ body }) => Buffer.byteLength(body))
    expect([Math.max(...sizes) <= 20_000, Math.max(...sizes) > 19_000]).toEqual([true, true])
    const all = robot.texts.join('\n')
    expect(Array.from({ length: 90 }, (_, n) => all.includes(`"${n + 1}"`)).every((told) => told)).toBe(true)
  })

  test('of Feishu is signed in the body; a wrong signature is a failure that says so', async () => {
    const robot = await feishu()
    const room = await aRoom({ duty: { channels: [group('feishu')], tell: tell('group') }, env: env(robot) })
    room.happened(raised(1))
    await until(() => robot.texts.length === 1)
    const wrong = await aRoom({ duty: { channels: [group('feishu')], tell: tell('group') }, env: { ...env(robot), GROUP_SECRET: 'another' } })
    wrong.happened(raised(1))
    await until(() => wrong.receipts().length === 1)
    expect([wrong.receipts(), wrong.state().failed]).toEqual([['raised city1 group failed'], 1])
    expect(wrong.state().channels[0]?.reason).toContain('19021')
  })
})

describe('a webhook', () => {
  const duty = (url: string) => ({ channels: [{ id: 'hook', kind: 'webhook', url, secretEnv: 'HOOK_SECRET' }], tell: tell('hook') })

  test('gets the whole alert, signed, under one idempotency key at every attempt', async () => {
    const hook = await aServer((_, n) => (n === 1 ? { status: 503 } : n === 2 ? { hang: true } : {}))
    const room = await aRoom({ duty: duty(hook.url), env: { HOOK_SECRET: 'geheim' }, pace: { tries: 9 } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    const [first, , third] = hook.asked
    expect(hook.asked.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(3).fill(first?.headers['idempotency-key']))
    const signed = createHmac('sha256', 'geheim').update(`${String(third?.headers['x-qingkong-timestamp'])}.${third?.body ?? ''}`).digest('hex')
    expect(third?.headers['x-qingkong-signature']).toBe(`sha256=${signed}`)
    expect(JSON.parse(third?.body ?? '')).toMatchObject({ event: 'e', air: 'live', drill: false, what: 'raised', severity: 'critical', alert: { id: idOf(1), value: 96, limit: 75, assumed: true } })
  })

  test('waits as long as 429 tells it to', async () => {
    const hook = await aServer((_, n) => (n === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : {}))
    const room = await aRoom({ duty: duty(hook.url), env: { HOOK_SECRET: 's' } })
    const began = Date.now()
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    expect(Date.now() - began).toBeGreaterThanOrEqual(950)
  })

  test('hears of an end only after its beginning, whatever failed between', async () => {
    let down = true
    const hook = await aServer(() => (down ? { status: 500 } : {}))
    const room = await aRoom({ duty: duty(hook.url), env: { HOOK_SECRET: 's' } })
    room.happened(raised(1))
    await until(() => hook.asked.length >= 1)
    room.happened(withdrawn(1))
    down = false
    await until(() => room.receipts().length === 2)
    const good = hook.asked.map(({ body }) => (JSON.parse(body) as { what: string }).what)
    expect(good.lastIndexOf('raised')).toBeLessThan(good.indexOf('resolved'))
    expect(room.receipts()).toEqual(['raised city1 hook delivered', 'resolved city1 hook delivered'])
  })

  test('that leads elsewhere is not followed', async () => {
    const elsewhere = await aServer(() => ({}))
    const hook = await aServer(() => ({ status: 302, headers: { Location: elsewhere.url } }))
    const room = await aRoom({ duty: duty(hook.url), env: { HOOK_SECRET: 's' } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    expect([room.receipts(), elsewhere.asked.length]).toEqual([['raised city1 hook failed'], 0])
  })
})

test('an SMS goes to each number of whoever has the seat, by the gateway\'s own template, and is taken only if the answer says so', async () => {
  let code = 0
  const gateway = await aServer(() => ({ body: { code } }))
  const people = [{ id: 'li', name: '李', phone: '13800000001' }, { id: 'chen', name: '陈', phone: '13800000002' }]
  const duty = {
    people, shifts: [{ id: 'all', name: { zh: '全天', en: 'all day' }, from: '00:00', to: '24:00' }], roster: [{ shift: 'all', from: '2022-02-01', to: '2022-02-10', duty: ['li'], leader: ['chen'] }],
    channels: [{ id: 'sms', kind: 'sms', url: `${gateway.url}/send?key={key}`, keyEnv: 'SMS_KEY', seats: ['duty', 'leader'], body: '{"mobile":"{to}","content":"{text}"}', accepted: { code: 0 } }], tell: tell('sms'),
  }
  const room = await aRoom({ duty, env: { SMS_KEY: 'a&b' }, pace: { tries: 1 } })
  room.happened(raised(1, { reason: { code: 'x' }, place: 'city1' }))
  await until(() => room.receipts().length === 2)
  expect(gateway.asked.map(({ body }) => (JSON.parse(body) as { mobile: string }).mobile).sort()).toEqual(['13800000001', '13800000002'])
  expect(gateway.asked[0]?.url.searchParams.get('key')).toBe('a&b')
  code = 7
  room.happened(raised(2))
  await until(() => gateway.asked.length >= 4)
  expect(room.receipts().filter((line) => line.includes('city2') && line.includes('delivered'))).toEqual([])
})

test('a mail says in its subject what it is of, and to an address that there is not it is not sent twice', async () => {
  const { port, mails } = await mailServer()
  const box = (to: string) => ({ channels: [{ id: 'mail', kind: 'email', host: '127.0.0.1', port, from: 'qingkong@example.org', to: [to], language: 'en' }], tell: tell('mail') })
  const room = await aRoom({ duty: box('duty@example.org') })
  room.happened(raised(1, { drill: true }))
  await until(() => room.receipts().length === 1)
  expect(mails[0]).toMatch(/^Subject: \[DRILL\] \[critical\] city1 Hourly mean exceeded/m)
  const gone = await aRoom({ duty: box('gone@example.org') })
  gone.happened(raised(1))
  await until(() => gone.receipts().length === 1)
  expect(gone.receipts()).toEqual(['raised city1 mail failed'])
})


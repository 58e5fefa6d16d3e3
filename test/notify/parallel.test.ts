import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { writeEvent } from '../../bench/room.ts'
import { type Message, openBox } from '../../server/notify/box.ts'
import { Held } from '../../server/notify/held.ts'
import { dataFolder, type Running, start } from '../path/server.ts'
import { journalOf } from '../path/talk.ts'
import { emptyFolder } from '../setup/folder.ts'
import { aRoom, idOf, noon, raised, until, withdrawn } from './room.ts'
import { aServer, weCom } from './services.ts'

type Said = { id: string; what: string; alert: { id: string } }
/** A webhook that takes its time, now more and now less, and remembers what was under way together. */
async function slowHook(answer: (said: Said, n: number) => number = () => 200) {
  const asked: Said[] = []
  const open = new Map<string, number>()
  const most = { ofOne: 0, inAll: 0 }
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => { chunks.push(chunk) })
    req.on('end', () => {
      const said = JSON.parse(Buffer.concat(chunks).toString()) as Said
      const { id } = said.alert
      asked.push(said)
      open.set(id, (open.get(id) ?? 0) + 1)
      most.ofOne = Math.max(most.ofOne, open.get(id) ?? 0)
      most.inAll = Math.max(most.inAll, [...open.values()].reduce((sum, n) => sum + n, 0))
      const status = answer(said, asked.length)
      setTimeout(() => { open.set(id, (open.get(id) ?? 1) - 1); res.writeHead(status); res.end() }, (asked.length * 7) % 23)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, most }
}
const hooked = (url: string, more: object = {}) => ({ channels: [{ id: 'hook', kind: 'webhook', url, ...more }], tell: [{ severities: ['critical', 'warning', 'notice'], by: ['hook'] }] })
const again = (n: number) => ({ id: `again:${n}`, at: noon, actor: 'system', body: { kind: 'alert-asked-again', alert: idOf(n), occurrence: 1, because: 'acknowledgement-expired', drill: false } }) as const
const whatOf = (asked: readonly Said[], n: number): string[] => asked.filter(({ alert }) => alert.id === idOf(n)).map(({ what }) => what)

describe('many messages at a time to one webhook', () => {
  test('go side by side, and of one alert one after the other in the order in which it happened', async () => {
    const hook = await slowHook()
    const room = await aRoom({ duty: hooked(hook.url) })
    const all = Array.from({ length: 40 }, (_, n) => n + 1)
    room.happened(...all.map((n) => raised(n)), ...all.map(again), ...all.map((n) => withdrawn(n)))
    await until(() => room.receipts().length === 120)
    expect(all.map((n) => whatOf(hook.asked, n).join())).toEqual(all.map(() => 'raised,again,resolved'))
    expect(hook.most.ofOne).toBe(1)
    expect(hook.most.inAll).toBeGreaterThan(4)
    expect(all.map((n) => room.receipts().filter((line) => line.includes(`city${n} `)).map((line) => line.split(' ')[0]).join())).toEqual(all.map(() => 'raised,again,resolved'))
  })

  test('wait for none that fails but those about the same alert', async () => {
    let down = true
    const hook = await slowHook(({ alert }) => (down && alert.id === idOf(1) ? 500 : 200))
    const room = await aRoom({ duty: hooked(hook.url) })
    room.happened(raised(1), withdrawn(1), ...Array.from({ length: 20 }, (_, n) => raised(n + 2)))
    await until(() => room.receipts().length === 20)
    expect(new Set(whatOf(hook.asked, 1))).toEqual(new Set(['raised']))
    down = false
    await until(() => room.receipts().length === 22)
    expect(whatOf(hook.asked, 1).slice(-2)).toEqual(['raised', 'resolved'])
  })

  test('to a service that is down are few: it is asked with one message until it answers', async () => {
    let down = true
    const hook = await slowHook(() => (down ? 503 : 200))
    const room = await aRoom({ duty: hooked(hook.url), pace: { first: 100 } })
    room.happened(...Array.from({ length: 200 }, (_, n) => raised(n + 1)))
    await until(() => hook.asked.length > 16)
    await new Promise((resolve) => { setTimeout(resolve, 1_000) })
    expect(hook.asked.length).toBeLessThan(28)
    down = false
    await until(() => room.receipts().length === 200)
  })
})

describe('a channel that is down', () => {
  const all = Array.from({ length: 40 }, (_, n) => n + 1)
  const pace = { first: 20, longest: 200, tries: 4 }
  /** A hook that may be down, and a gateway of SMS behind it. */
  async function stage(otherwise: string[], more: { pace?: object; duty?: object } = {}) {
    const is = { down: true }
    const hook = await slowHook(() => (is.down ? 500 : 200))
    const gateway = await aServer(() => ({}))
    const duty = { channels: [{ id: 'hook', kind: 'webhook', url: hook.url }, { id: 'sms', kind: 'sms', url: gateway.url, to: ['13800000009'] }], tell: [{ severities: ['critical'], by: ['hook'], otherwise }] }
    return { is, hook, gateway, room: await aRoom({ duty: { ...duty, ...more.duty }, pace: { ...pace, ...more.pace } }) }
  }
  const by = (lines: readonly string[], channel: string) => lines.filter((line) => line.includes(` ${channel} `))

  test('hands on all that waits for it once it has failed so often in a row, whatever it was of: each alert once, in order, and its end behind it', async () => {
    const { room, hook } = await stage(['sms'])
    room.happened(...all.map((n) => raised(n)), ...all.map((n) => withdrawn(n)))
    await until(() => by(room.receipts(), 'sms').length === 80, 5)
    expect(all.map((n) => by(room.receipts(), 'sms').filter((line) => line.includes(` city${n} `)))).toEqual(all.map((n) => [`raised city${n} sms delivered`, `resolved city${n} sms delivered`]))
    await until(() => by(room.receipts(), 'hook').length === 80, 5)
    expect(new Set(by(room.receipts(), 'hook').map((line) => line.replace(/^\w+ \w+/, ''))).size).toBe(1)
    expect(hook.asked.length).toBeLessThan(24)
    expect(room.state().queued).toBe(0)
  })

  test('stands at the desk as failing, since when and why, and no longer once it has delivered', async () => {
    const { room, is } = await stage(['sms'])
    expect(room.state().channels[0]).toMatchObject({ id: 'hook', state: 'fine', since: null })
    const began = Date.now()
    room.happened(...all.map((n) => raised(n)))
    await until(() => by(room.receipts(), 'sms').length > 0, 5)
    const other = Date.now()
    await until(() => by(room.receipts(), 'sms').length === 40, 5)
    const [shown] = room.state().channels
    expect(shown).toMatchObject({ id: 'hook', state: 'failing', reason: 'HTTP 500' })
    expect([(shown?.since ?? 0) >= began, (shown?.since ?? other) < other], 'since its first failure, not its last').toEqual([true, true])
    is.down = false
    await new Promise((resolve) => { setTimeout(resolve, 250) })
    room.happened(raised(41))
    await until(() => by(room.receipts(), 'hook').length === 41, 5)
    expect([room.receipts().at(-1), room.state().channels[0]]).toMatchObject(['raised city41 hook delivered', { state: 'fine', since: null, reason: null }])
  })

  test('is passed over by what comes meanwhile', async () => {
    const { room, hook } = await stage(['sms'], { pace: { longest: 60_000, first: 100 } })
    room.happened(...all.map((n) => raised(n)))
    await until(() => by(room.receipts(), 'sms').length === 40, 5)
    const asked = hook.asked.length
    room.happened(raised(41))
    await until(() => by(room.receipts(), 'sms').length === 41, 1)
    expect(hook.asked.length).toBe(asked)
  })

  test('and has no other behind it keeps what waits, and the people on duty hear of all of it in time', async () => {
    const people = [{ id: 'li', name: '李娜', phone: '13800000001' }]
    const roster = { shifts: [{ id: 'all', name: { zh: '全天', en: 'all day' }, from: '00:00', to: '24:00' }], roster: [{ shift: 'all', from: '2022-02-01', to: '2022-02-10', duty: ['li'] }] }
    const { room, is } = await stage([], { pace: { late: 500, gather: 20 }, duty: { people, ...roster } })
    room.happened(...all.map((n) => raised(n)))
    await until(() => by(room.receipts(), 'sms').length === 40, 3)
    is.down = false
    await until(() => by(room.receipts(), 'hook').filter((line) => line.endsWith('delivered')).length === 40, 5)
    expect(by(room.receipts(), 'hook').filter((line) => line.endsWith('failed → @roster'))).toHaveLength(40)
  })
})

describe('what is told at once', () => {
  test('has its receipts in the order in which it happened', async () => {
    const robot = await weCom()
    const room = await aRoom({ duty: { channels: [{ id: 'group', kind: 'wecom', urlEnv: 'U' }], tell: [{ by: ['group'] }] }, env: { U: robot.url } })
    const order = Array.from({ length: 30 }, (_, n) => ((n * 17) % 30) + 1)
    room.happened(...order.map((n) => raised(n)), ...order.slice(0, 5).map((n) => withdrawn(n)))
    await until(() => room.receipts().length === 35)
    expect(room.receipts()).toEqual([...order.map((n) => `raised city${n} group delivered`), ...order.slice(0, 5).map((n) => `resolved city${n} group delivered`)])
  })

  test('leaves out what would overtake something about the same alert that is for others as well', () => {
    const box = openBox(emptyFolder())
    onTestFinished(() => { box.close() })
    const said = { title: 't', text: '' }
    const put = (seq: number, alert: string, to: string[]): Message => ({ id: `m${seq}`, channel: 'mail', fact: `f${seq}`, seq, what: 'raised', alert, occurrence: 1, drill: false, created: 0, said: { zh: said, en: said }, payload: {}, to, rest: [], attempts: 0 })
    for (const message of [put(1, 'a', ['li']), put(2, 'b', ['li']), put(3, 'a', ['li', 'chen']), put(4, 'a', ['li']), put(5, 'c', ['li'])]) box.put(message)
    const held = new Held(box, { channel: 'mail', apart: false })
    const first = held.together(1, 100)
    expect(first.map(({ seq }) => seq)).toEqual([1, 2, 5])
    held.goes(first)
    expect(held.together(1, 100)).toEqual([])
    held.settled(first)
    expect(held.together(1, 100).map(({ seq }) => seq)).toEqual([3])
  })
})

test('a server that is killed in the midst of many loses none, sends none twice but those whose answer it had not written down, and has a receipt of each', { timeout: 90_000 }, async () => {
  const cities = 300
  const hook = await slowHook()
  const event = path.join(dataFolder(), 'event')
  writeEvent(event, { cities, stations: cities }, { hourly: true })
  const duty = `channels:\n  - { id: hook, kind: webhook, url: "${hook.url}", airs: [silent] }\ntell:\n  - { of: [raised, resolved], severities: [critical, warning, notice], by: [hook] }\n`
  await import('node:fs/promises').then(({ writeFile }) => writeFile(path.join(event, 'duty.yaml'), duty))
  const args = ['--event', event, '--air', 'silent', '--now', '2022-02-04T12:05:00+08:00', '--speed', '1']
  const post = async ({ url, first }: Running, value: number): Promise<number> => {
    const readings = Array.from({ length: cities }, (_, i) => ({ station: `S${i}`, pollutant: 'PM2.5', start: '2022-02-04T11:00:00+08:00', period: 'PT1H', value }))
    return (await fetch(`${url}/api/readings`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${first.sourceToken}` }, body: JSON.stringify({ readings }) })).status
  }
  const before = await start(args)
  expect(await post(before, 120)).toBe(200)
  await until(() => hook.asked.length > 60, 30)
  await before.kill()
  const sent = hook.asked.length
  expect(sent).toBeLessThan(cities)
  const after = await start(args.slice(0, 4), before.dir)
  expect(await post(after, 20)).toBe(200)
  const ids = () => new Set(hook.asked.map(({ id }) => id)).size
  await until(() => ids() === 2 * cities, 60)
  const twice = hook.asked.length - ids()
  const receipts = (facts: readonly { kind: string; id: string }[]): string[] => facts.filter(({ kind }) => kind === 'alert-told').map(({ id }) => id)
  await expect.poll(async () => receipts(await journalOf(after)).length, { timeout: 20_000 }).toBe(2 * cities)
  const told = receipts(await journalOf(after))
  await after.stop()
  // Sixteen were under way, and as many more may have been answered in the moment for which answers are gathered.
  expect(twice).toBeLessThan(200)
  expect(new Set(told).size).toBe(2 * cities)
  const orders = new Map<string, string[]>()
  for (const { what, alert } of hook.asked) orders.set(alert.id, [...orders.get(alert.id) ?? [], what])
  expect([...orders.values()].filter((whats) => whats.indexOf('resolved') < whats.lastIndexOf('raised'))).toEqual([])
})

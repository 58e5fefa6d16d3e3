import { describe, expect, test } from 'vitest'
import { aRoom, raised, until } from './room.ts'
import { aServer, mailServer } from './services.ts'

const all = ['critical', 'warning', 'notice']

/** A mail server and a webhook that both fail, and one behind them that takes everything. */
async function stage() {
  const mail = await mailServer()
  await mail.down()
  const gone = await aServer(() => ({ status: 503 }))
  const hook = await aServer(() => ({}))
  const channels = [
    { id: 'mail', kind: 'email', host: '127.0.0.1', port: mail.port, from: 'qingkong@example.org', to: ['duty@example.org'] },
    { id: 'gone', kind: 'webhook', url: gone.url }, { id: 'hook', kind: 'webhook', url: hook.url },
  ]
  const room = await aRoom({ duty: { channels, tell: [{ severities: all, by: ['mail', 'gone'], otherwise: ['hook'] }] }, pace: { first: 10, longest: 80, tries: 2 } })
  return { mail, gone, hook, room }
}

describe('a channel that is down and that nothing is owed to', () => {
  test('is asked without a message whether it is back, where it can be; the desk says when, and that it is fine before anybody needs it', async () => {
    const { mail, room } = await stage()
    const before = Date.now()
    room.happened(raised(1))
    await until(() => room.receipts().some((line) => line === 'raised city1 mail failed → hook'))
    await until(() => room.state().channels[0]?.next?.by === 'probe')
    const failing = room.state().channels[0]
    expect(failing).toMatchObject({ state: 'failing', next: { by: 'probe' } })
    expect(failing?.next?.at).toBeGreaterThan(before)
    await mail.up()
    await until(() => room.state().channels[0]?.state === 'fine')
    expect([room.state().channels[0]?.next, mail.mails]).toEqual([null, []])
    room.happened(raised(2))
    await until(() => mail.mails.length === 1)
  })

  test('and that can be asked nothing but by a message is left alone until there is one: the desk says so', async () => {
    const { mail, gone, hook, room } = await stage()
    room.happened(raised(1))
    await until(() => hook.asked.length === 1)
    await until(() => room.state().channels[1]?.next?.at === null)
    const asked = gone.asked.length
    await mail.up()
    // The mail server has been asked meanwhile, and has answered.
    await until(() => room.state().channels[0]?.state === 'fine')
    expect([gone.asked.length, room.state().channels[1]]).toMatchObject([asked, { state: 'failing', next: { by: 'message', at: null } }])
  })

  test('is not taken to be fine for being there, where it has refused a message for good', async () => {
    const mail = await mailServer()
    const box = { id: 'mail', kind: 'email', host: '127.0.0.1', port: mail.port, from: 'qingkong@example.org', to: ['gone@example.org'] }
    const room = await aRoom({ duty: { channels: [box], tell: [{ severities: all, by: ['mail'] }] }, pace: { longest: 20 } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    const { sessions } = mail
    const seen = sessions()
    room.happened(raised(2))
    await until(() => room.receipts().length === 2)
    expect([sessions() - seen, room.state().channels[0]]).toMatchObject([1, { state: 'failing', next: { by: 'message', at: null } }])
  })
})

test('a channel that fails and has a message that waits says when that is tried again', async () => {
  const gone = await aServer(() => ({ status: 503 }))
  const room = await aRoom({ duty: { channels: [{ id: 'gone', kind: 'webhook', url: gone.url }], tell: [{ severities: all, by: ['gone'] }] }, pace: { first: 5_000, longest: 5_000 } })
  room.happened(raised(1))
  await until(() => room.state().channels[0]?.state === 'failing')
  const { next } = room.state().channels[0] ?? {}
  expect(next?.by).toBe('message')
  expect((next?.at ?? 0) - Date.now()).toBeGreaterThan(2_000)
})

/** What is not delivered is told to people within two minutes of when its message was made, waiting and every channel included. */
import { describe, expect, test } from 'vitest'
import { goesOnAt } from '../../server/notify/due.ts'
import { PACE } from '../../server/notify/pace.ts'
import { aRoom, raised, until } from './room.ts'
import { aServer } from './services.ts'

const people = [{ id: 'li', name: '李娜', phone: '13800000001' }]
const roster = { people, shifts: [{ id: 'all', name: { zh: '全天', en: 'all day' }, from: '00:00', to: '24:00' }], roster: [{ shift: 'all', from: '2022-02-01', to: '2022-02-10', duty: ['li'] }] }
const hook = (id: string, url: string) => ({ id, kind: 'webhook', url })

test('a chain of channels shares the two minutes: each has its part of what is left, and all are done when people are to be told', () => {
  const late = 120_000
  const at = (created: number, rest: number) => goesOnAt({ created, since: 0, rest: Array<string>(rest).fill('x') }, { late, opened: -late })
  const first = at(0, 2)
  const second = at(first, 1)
  expect([first, second, at(second, 0)]).toEqual([40_000, 80_000, 120_000])
  // One that is asked when the time is over has one try; a person's own way is tried for them whatever it takes.
  expect([at(130_000, 1), at(130_000, 0)]).toEqual([140_000, 120_000])
  expect(goesOnAt({ created: 0, rest: ['x'], person: 'li' }, { late, opened: 0 })).toBe(Infinity)
  expect(PACE.late + PACE.gather).toBe(120_000)
})

test('a start gives what has waited for it one try before it goes on', () => {
  expect(goesOnAt({ created: 0, rest: [] }, { late: 120_000, opened: 500_000 })).toBe(510_000)
})

test('what none of three channels delivers reaches the person on duty in the time of one, though each would be tried for long', async () => {
  const down = await aServer(() => ({ status: 503 }))
  const sms = await aServer(() => ({ body: { code: 0 } }))
  const channels = [...['one', 'two', 'three'].map((id) => hook(id, `${down.url}/${id}`)), { id: 'sms', kind: 'sms', url: sms.url, accepted: { code: 0 } }]
  const room = await aRoom({ duty: { ...roster, channels, tell: [{ by: ['one'], otherwise: ['two', 'three'] }] }, pace: { late: 900, gather: 50, first: 50, longest: 100, tries: 1_000 } })
  room.happened(raised(1))
  await until(() => room.receipts().length === 4)
  expect(room.receipts()).toEqual(['raised city1 one failed → two', 'raised city1 two failed → three', 'raised city1 three failed → @roster', 'raised city1 sms delivered'])
  expect(new Set(down.asked.map(({ url }) => url.pathname))).toEqual(new Set(['/one', '/two', '/three']))
})

describe('what waits for its turn at a channel that fails in nothing', () => {
  async function stage(otherwise: string[]) {
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => { answer = resolve })
    const group = await aServer((_, n) => ({ body: { errcode: 0 }, ...(n === 1 ? { after: held } : {}) }))
    const second = await aServer(() => ({}))
    const sms = await aServer(() => ({ body: { code: 0 } }))
    const channels = [{ id: 'group', kind: 'wecom', urlEnv: 'U' }, hook('second', second.url), { id: 'sms', kind: 'sms', url: sms.url, accepted: { code: 0 } }]
    const room = await aRoom({ duty: { ...roster, channels, tell: [{ by: ['group'], otherwise }] }, env: { U: group.url }, pace: { late: 300, gather: 50 } })
    room.happened(raised(1))
    await until(() => group.asked.length === 1)
    room.happened(raised(2))
    return { room, answer: () => { answer() } }
  }

  test('goes to the next channel when its time is over, once, and the receipt says why', async () => {
    const { room, answer } = await stage(['second'])
    await until(() => room.receipts().includes('raised city2 second delivered'))
    expect(room.facts.find((fact) => fact.kind === 'alert-told')).toMatchObject({ channel: 'group', state: 'failed', reason: 'not sent in time', next: 'second' })
    answer()
    await until(() => room.receipts().length === 3)
    expect(room.receipts()).toEqual(['raised city2 group failed → second', 'raised city2 second delivered', 'raised city1 group delivered'])
  })

  test('goes to the person on duty where there is no next, once, and still to the channel', async () => {
    const { room, answer } = await stage([])
    await until(() => room.receipts().includes('raised city2 sms delivered'))
    answer()
    await until(() => room.receipts().filter((line) => line.endsWith('group delivered')).length === 2)
    expect(room.receipts().filter((line) => line.startsWith('raised city2'))).toEqual(['raised city2 group failed → @roster', 'raised city2 sms delivered', 'raised city2 group delivered'])
    await until(() => room.state().queued === 0)
  })
})

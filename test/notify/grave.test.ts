/** What goes first of much that waits, and how little of it is said where it is very much. */
import { describe, expect, test } from 'vitest'
import { commanded } from './commanded.ts'
import { aRoom, raised, until, withdrawn } from './room.ts'
import { aServer, weCom } from './services.ts'

const duty = { channels: [{ id: 'group', kind: 'wecom', urlEnv: 'U' }], tell: [{ severities: ['critical', 'warning'], by: ['group'] }] }
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n)
const textOf = ({ body }: { body: string }): string => (JSON.parse(body) as { text: { content: string } }).text.content
const citiesIn = (text: string): number[] => [...text.matchAll(/【(?:严重|警告)】市(\d+) /g)].map(([, n]) => Number(n))

describe('a group that is told of very much', () => {
  test('hears of a new critical alert with the very next request, before the ends of five hundred, and all of it within its minute', async () => {
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => { answer = resolve })
    const robot = await aServer(({ body }) => ({ body: { errcode: 0 }, ...(body.includes('解除') ? { after: held } : {}) }))
    const room = await aRoom({ duty, env: { U: robot.url } })
    room.happened(...numbers(1, 500).map((n) => raised(n)))
    await until(() => room.receipts().length === 500, 20)
    const before = robot.asked.length
    room.happened(...numbers(1, 500).map((n) => withdrawn(n)))
    await until(() => robot.asked.length === before + 1 && room.state().queued === 500)
    room.happened(raised(501))
    await until(() => room.state().queued === 501)
    answer()
    await until(() => room.receipts().length === 1001, 20)
    expect(robot.asked.slice(before).map(textOf).map((text) => text.includes('市501'))).toEqual([false, true, ...robot.asked.slice(before + 2).map(() => false)])
    expect(textOf(robot.asked[before + 1] ?? { body: '' })).toMatch(/^【严重】市501 小时均值超标\n/)
    // A few are left of the minute's twenty.
    expect(robot.asked.length).toBeLessThanOrEqual(17)
  })

  test('is told of critical ones before those that are only warnings, and of what is over last', async () => {
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => { answer = resolve })
    const robot = await aServer((_, n) => ({ body: { errcode: 0 }, ...(n === 2 ? { after: held } : {}) }))
    const room = await aRoom({ duty, env: { U: robot.url } })
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    room.happened(raised(2))
    await until(() => robot.asked.length === 2)
    room.happened(withdrawn(1), raised(3, { severity: 'warning' }), raised(4), raised(5, { severity: 'warning' }), raised(6))
    answer()
    await until(() => room.receipts().length === 7)
    expect(robot.asked.slice(2).map(textOf).flatMap(citiesIn)).toEqual([4, 6, 3, 5, 1])
  })

  test('gets of hundreds one short message: how many of what and where, the gravest by name, and that the desk has them all; each has its receipt', async () => {
    const robot = await weCom()
    const room = await aRoom({ duty, env: { U: robot.url } })
    room.happened(...numbers(1, 300).map((n) => raised(n, { value: 100 + n })))
    await until(() => room.receipts().length === 300, 20)
    expect(room.receipts()).toEqual(expect.arrayContaining(numbers(1, 300).map((n) => `raised city${n} group delivered`)) as string[])
    const short = robot.texts.find((text) => text.includes('以上为汇总，全部见值守台')) ?? ''
    expect(short).toMatch(/^共 \d+ 条\n其中最严重：\n【严重】市300 小时均值超标\n {2}PM2\.5 400 /)
    expect(short).toMatch(/\n严重 小时均值超标 PM2\.5 触发：\d+ 条（市\d+、市\d+.* 等 \d+ 地）\n/)
    expect([robot.refused(), robot.asked.length <= 12]).toEqual([0, true])
  })

  test('reads every alert whole: a message begins and ends between two of them', async () => {
    const robot = await weCom()
    const room = await aRoom({ duty, env: { U: robot.url } })
    room.happened(...numbers(1, 60).map((n) => raised(n)))
    await until(() => room.receipts().length === 60)
    const of = (text: string): string[] => text.split('\n').slice(1)
    const many = robot.texts.filter((text) => text.startsWith('共'))
    expect(many.length).toBeGreaterThan(3)
    expect(many.filter((text) => of(text)[0]?.startsWith('【严重】市') !== true || of(text).length % 4 !== 0 || of(text).at(-1)?.startsWith('  时间：') !== true)).toEqual([])
    expect(robot.texts.flatMap(citiesIn).sort((a, b) => a - b)).toEqual(numbers(1, 60))
  })

  test('is told once of what it has taken, where a later message of the many has failed', async () => {
    const taken: string[] = []
    const robot = await aServer((asked, n) => { if (n !== 4) taken.push(textOf(asked)); return n === 4 ? { status: 500 } : { body: { errcode: 0 } } })
    const room = await aRoom({ duty, env: { U: robot.url } })
    room.happened(...numbers(1, 60).map((n) => raised(n)))
    await until(() => room.receipts().length === 60)
    expect(taken.flatMap(citiesIn).sort((a, b) => a - b)).toEqual(numbers(1, 60))
  })
})

test('a piece of a long message that has failed goes again, and not the pieces before it', async () => {
  const taken: string[] = []
  const robot = await aServer((asked, n) => { if (n !== 3) taken.push(textOf(asked)); return n === 3 ? { status: 500 } : { body: { errcode: 0 } } })
  const room = await aRoom({ duty, env: { U: robot.url } })
  room.happened(...commanded(room.facts, { level: 'II', areas: ['city1'], by: '陈', reason: '静稳天气持续。'.repeat(200) }, 0))
  await until(() => robot.asked.length > 1 && room.state().queued === 0)
  expect(taken.length).toBeGreaterThan(2)
  expect(taken.map((text) => /^.* \((\d)\/\d\)/.exec(text)?.[1])).toEqual(taken.map((_, n) => `${n + 1}`))
})

test('a channel\'s minute counts from when the service has answered, with something to spare', async () => {
  const slow = new Promise((resolve) => { setTimeout(resolve, 700) })
  const at: number[] = []
  const robot = await aServer((_, n) => { at.push(Date.now()); return { body: { errcode: 0 }, ...(n === 1 ? { after: slow.then(() => { at[0] = Date.now() }) } : {}) } })
  const room = await aRoom({ duty, env: { U: robot.url }, pace: { window: 1_500 } })
  for (const n of numbers(1, 21)) {
    room.happened(raised(n))
    await until(() => room.receipts().length === n)
  }
  expect((at[20] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_500)
  expect((await import('../../server/notify/pace.ts')).PACE.window).toBeGreaterThan(60_000)
})

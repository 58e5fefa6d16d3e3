import { describe, expect, test } from 'vitest'
import { apart } from '../../server/main/telling.ts'
import { levelCapOf } from '../../server/notify/cap-levels.ts'
import type { CapSetting } from '../../server/notify/cap.ts'
import type { Fact } from '../../shared/fact.ts'
import type { LevelChanged } from '../../shared/level-change.ts'
import type { LevelCommand } from '../../shared/response.ts'
import { commanded } from './commanded.ts'
import { aRoom, civil, noon, type Told, until } from './room.ts'
import { aServer, dingTalk } from './services.ts'

const HOUR = 3_600_000
const names = (text: string) => ({ zh: text, en: text })

type Body = { id: string; severity: string; references?: string[]; level: { level: string | null; steps: { move: string; areas: string[]; from: { level: string; since: string; by: string } | null }[] } }
type Change = [level: LevelCommand['level'], areas: string[], hours: number]
const change = (room: Told, ...[level, areas, hours]: Change): void => { room.happened(...commanded(room.facts, { level, areas, by: hours < 3 ? '陈' : '李' }, hours)) }

describe('people outside', () => {
  test('read what a level is changed from, since when and by whom it was in force, and which way it moves, also after the server was killed in between; machines are given the messages it refers to', async () => {
    const [robot, hook] = [await dingTalk(), await aServer(() => ({}))]
    const duty = {
      channels: [{ id: 'group', kind: 'dingtalk', urlEnv: 'URL', secretEnv: 'SECRET' }, { id: 'hook', kind: 'webhook', url: hook.url }],
      tell: [{ of: ['level'], severities: ['notice', 'warning', 'critical'], by: ['group', 'hook'] }],
    }
    const bodies = (): Body[] => hook.asked.map(({ body }) => JSON.parse(body) as Body)
    let room = await aRoom({ duty, env: { URL: robot.url, SECRET: robot.secret } })
    const told = (n: number) => until(() => robot.texts.length === n && hook.asked.length === n)
    change(room, 'III', ['city1'], 0)
    await told(1)
    room = await room.again()
    change(room, 'II', ['city1', 'city2'], 2)
    await told(2)
    change(room, 'III', ['city1'], 3)
    await told(3)
    room = await room.again()
    change(room, null, ['city1', 'city2'], 4)
    await told(4)
    const lines = robot.texts.map((text) => text.split('\n').slice(0, -1))
    expect(lines).toEqual([
      ['【提示】响应级别 启动', '市1：启动 III 级响应', '理由：静稳（陈）'],
      ['【警告】响应级别', '市1：由 III 级响应（02-04 12:00 起，陈）提升为 II 级', '市2：启动 II 级响应', '理由：静稳（陈）'],
      ['【提示】响应级别 降低', '市1：由 II 级响应（02-04 14:00 起，陈）降低为 III 级', '理由：静稳（李）'],
      ['【警告】响应级别 解除', '市1：解除 III 级响应（02-04 15:00 起，李）', '市2：解除 II 级响应（02-04 14:00 起，陈）', '理由：静稳（李）'],
    ])
    const [first, second, third, last] = bodies()
    expect([first, second, third, last].map((body) => body?.references)).toEqual([[], [first?.id], [second?.id], [third?.id, second?.id]])
    expect(last?.level).toMatchObject({ level: null, steps: [{ move: 'lifted', areas: ['city1'], from: { level: 'III', since: '2022-02-04T15:00:00+08:00', by: '李' } }, { move: 'lifted', areas: ['city2'], from: { level: 'II', by: '陈' } }] })
  })

  test('who are told of some levels only are told what becomes of each of which they were told', async () => {
    const [hook, mild] = [await aServer(() => ({})), await aServer(() => ({}))]
    const room = await aRoom({ duty: { channels: [{ id: 'hook', kind: 'webhook', url: hook.url }, { id: 'mild', kind: 'webhook', url: mild.url }], tell: [{ of: ['level'], severities: ['critical'], by: ['hook'] }, { of: ['level'], severities: ['notice'], by: ['mild'] }] } })
    change(room, 'III', ['city1'], 0)
    change(room, 'I', ['city1'], 1)
    change(room, 'III', ['city1'], 2)
    change(room, 'I', ['city1'], 3)
    change(room, null, ['city1'], 4)
    await until(() => hook.asked.length === 4 && mild.asked.length === 5)
    expect([hook, mild].map(({ asked }) => asked.map(({ body }) => (JSON.parse(body) as Body).level.steps[0]?.move))).toEqual([['raised', 'lowered', 'raised', 'lifted'], ['started', 'raised', 'lowered', 'raised', 'lifted']])
  })

  test('of an exercise are referred to messages of the same exercise', async () => {
    const sent: { payload: object }[] = []
    const way = apart({ send: (message) => { sent.push(message); return Promise.resolve({ ok: true, ref: null }) } }, 'ex1')
    await way.send({ key: 'f2|hook', title: '', text: '', to: [], payload: { id: 'f2', references: ['f1'] } })
    await way.send({ key: 'f1|hook', title: '', text: '', to: [], payload: { id: 'f1', references: [] } })
    expect(sent.map(({ payload }) => payload)).toEqual([{ id: 'ex1|f2|hook', references: ['ex1|f1|hook'], exercise: 'ex1' }, { id: 'ex1|f1|hook', references: [], exercise: 'ex1' }])
  })
})

describe('a response level as CAP', () => {
  const setting: CapSetting = { civil, air: 'live', event: { id: 'games', name: names('冬奥') }, place: names, desk: null, area: () => undefined, partition: null }
  const changes = (...steps: [LevelCommand['level'], string[]][]): LevelChanged[] => steps.reduce<Fact[]>((facts, [level, areas], n) =>
    [...facts, ...commanded(facts, { level, areas, by: '陈' }, n).map((draft, i): Fact => ({ seq: facts.length + i + 1, recorded: 0, air: 'live', hash: '', id: draft.id, at: draft.at, actor: draft.actor, ...draft.body }))], []).filter((fact) => fact.kind === 'level-changed')
  const read = (facts: LevelChanged[], from = 0) => levelCapOf(facts, setting, from).map(({ id, type, xml }) => [type, id.slice('qingkong.games.'.length), /<references>([^<]*)</.exec(xml)?.[1]?.split(' ').map((each) => each.split(',')[1]?.slice('qingkong.games.'.length)) ?? []])

  test('is an alert in each area, its change an update and its lifting a cancel, which refer to what they change there and to nothing else', () => {
    const facts = changes(['III', ['a', 'b']], ['II', ['a']], [null, ['a']], ['I', ['a']])
    expect(read(facts)).toEqual([
      ['Alert', '1.a', []], ['Update', '2.a', ['1.a']], ['Cancel', '3.a', ['1.a', '2.a']], ['Alert', '1.b', []], ['Alert', '4.a', []],
    ])
    const [, update, cancel] = levelCapOf(facts, setting, 0).map(({ xml }) => xml)
    expect([update, cancel].map((xml) => [/<responseType>(\w+)/.exec(xml ?? '')?.[1], /<severity>(\w+)/.exec(xml ?? '')?.[1], /<description>([^<]*)/.exec(xml ?? '')?.[1]?.split('\n')[0]])).toEqual([
      ['Execute', 'Moderate', 'a：由 III 级响应（02-04 12:00 起，陈）提升为 II 级'], ['AllClear', 'Moderate', 'a：解除 II 级响应（02-04 13:00 起，陈）'],
    ])
  })

  test('stays in the feed while it is in force, and for a while after; an end of what never was is no message', () => {
    const facts = changes(['III', ['a', 'b']], [null, ['a']])
    expect(read(facts, noon + 2 * HOUR)).toEqual([['Alert', '1.b', []]])
    expect(read(facts.slice(1))).toEqual([])
  })

  test('is read too from facts of old, which do not say what was before', () => {
    const old = changes(['III', ['a']], [null, ['a']]).map(({ before: _, ...fact }) => fact)
    expect(read(old)).toEqual([['Alert', '1.a', []], ['Cancel', '2.a', ['1.a']]])
  })
})

/** A data folder that was put back from a copy: what it owed may have been sent since by the room it was copied of. */
import { describe, expect, test } from 'vitest'
import { openBox } from '../../server/notify/box.ts'
import { RESTORED } from '../../server/notify/restored.ts'
import type { Draft } from '../../shared/fact.ts'
import { aRoom, idOf, noon, raised, type Told, until, withdrawn } from './room.ts'
import { aServer, weCom } from './services.ts'

const duty = { channels: [{ id: 'group', kind: 'wecom', urlEnv: 'U' }], tell: [{ by: ['group'] }] }
const note = '（由备份恢复后补发：备份时尚未送达，可能已收到过）'

/** As `npm run restore` leaves it. */
async function putBack(room: Told): Promise<Told> {
  await room.stop()
  const box = openBox(room.dir)
  box.note(RESTORED, 1)
  box.close()
  return room.again()
}

async function stage() {
  const robot = await weCom()
  return { robot, room: await aRoom({ duty, env: { U: robot.url } }) }
}

describe('a room that was put back', () => {
  test('tells what it still owed of alerts that stand, and says that it may have come before; of what is past nobody is told, and the desk and the alert have it as undelivered', async () => {
    const robot = await weCom()
    const gone = await aServer(() => ({ status: 500 }))
    const owing = await aRoom({ duty, env: { U: gone.url }, pace: { first: 60_000 } })
    owing.happened(raised(1), raised(2))
    await until(() => gone.asked.length > 0)
    owing.happened(withdrawn(2))
    await owing.stop()
    const box = openBox(owing.dir)
    box.note(RESTORED, 1)
    // The pause after the failure is over by the time it is put back.
    box.later(box.owed('group', 10).map(({ id }) => id), { reason: '', next: 0 })
    box.close()
    const room = await aRoom({ duty, env: { U: robot.url }, dir: owing.dir, facts: owing.facts })
    await until(() => room.receipts().length === 3)
    expect(robot.texts).toEqual([`【严重】市1 小时均值超标\nPM2.5 96 / 限值 75 µg/m³（限值暂定）\n时段：02-04 11:00–12:00\n时间：02-04 12:00\n${note}`])
    expect(room.receipts().sort()).toEqual(['raised city1 group delivered', 'raised city2 group failed', 'resolved city2 group failed'])
    expect(room.state().messages.filter(({ alert }) => alert === idOf(2)).map(({ state, reason }) => [state, reason])).toEqual(Array(2).fill(['failed', 'undelivered before the restore, and past by then']))
  })

  test('tells that it is over of what the copy has as delivered, without a word on the restore', async () => {
    const { room, robot } = await stage()
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    const again = await putBack(room)
    again.happened(withdrawn(1))
    await until(() => again.receipts().length === 2)
    expect(robot.texts.map((text) => [text.split('\n')[0], text.includes(note)])).toEqual([['【严重】市1 小时均值超标', false], ['【严重】市1 小时均值超标 解除', false]])
  })

  test('does not tell what its journal has as delivered, though its outbox still owed it; and tells that it is over', async () => {
    const gone = await aServer(() => ({ status: 500 }))
    const robot = await weCom()
    const owing = await aRoom({ duty, env: { U: gone.url } })
    owing.happened(raised(1))
    await until(() => gone.asked.length > 0)
    await owing.stop()
    // The outbox was copied a moment before the journal.
    const receipt: Draft = { id: `alert-told:${raised(1).id}|group`, at: noon, actor: 'system', body: { kind: 'alert-told', alert: idOf(1), occurrence: 1, what: 'raised', channel: 'group', state: 'delivered', reason: null, next: null, drill: false } }
    owing.facts.push({ seq: owing.facts.length + 1, recorded: 0, air: 'live', hash: '', id: receipt.id, at: noon, actor: 'system', ...receipt.body })
    const box = openBox(owing.dir)
    box.note(RESTORED, 1)
    box.close()
    const room = await aRoom({ duty, env: { U: robot.url }, dir: owing.dir, facts: owing.facts })
    room.happened(withdrawn(1))
    await until(() => room.receipts().length === 2)
    expect(robot.texts.map((text) => text.split('\n')[0])).toEqual(['【严重】市1 小时均值超标 解除'])
  })

  test('does so once: the next start goes on as any does', async () => {
    const { room, robot } = await stage()
    room.happened(raised(1))
    await until(() => room.receipts().length === 1)
    const again = await (await putBack(room)).again()
    again.happened(raised(2))
    await until(() => again.receipts().length === 2)
    expect(robot.texts.filter((text) => text.includes('恢复'))).toEqual([])
  })

  test('is then told of hundreds at once, as ever', async () => {
    const { room } = await stage()
    const some = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => raised(from + n))
    room.happened(...some(0, 100))
    await until(() => room.receipts().length === 100)
    const again = await putBack(room)
    again.happened(...some(100, 300))
    await until(() => again.receipts().length === 300)
    expect(again.state().queued).toBe(0)
  })
})

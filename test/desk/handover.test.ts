import { describe, expect, test } from 'vitest'
import { hourId, noon, openRoom, raised, who } from './room.ts'

const go = (more: object = {}) => ({ ...who('li'), note: '西北风将至', names: [] as string[], ...more })
const come = (handover: string, more: object = {}) => ({ ...who('wang'), take: handover, names: [] as string[], ...more })

describe('a shift', () => {
  test('is handed over by two signatures, and what was open is written down', async () => {
    const { desk, room, facts } = openRoom([raised()])
    await desk.acknowledge({ ...who('li'), alert: hourId, occurrence: 1, note: null })
    const offered = await desk.handOver(go())
    expect(offered).toMatchObject({ ok: true, body: { by: 'li', at: noon, signed: false } })
    expect(room().handover).toMatchObject({ by: 'li', note: '西北风将至', signed: null, sheet: { asking: [], acknowledged: [hourId], unhandled: [hourId] } })
    const id = room().handover?.id ?? ''
    expect(await desk.handOver(come(id))).toMatchObject({ ok: true, body: { handover: id, signed: true } })
    expect(room().handover?.signed).toEqual({ by: 'wang', at: noon, asking: [] })
    expect(facts.slice(-2).map(({ kind, actor }) => [kind, actor])).toEqual([['handover-offered', 'person:li'], ['handover-signed', 'person:wang']])
  })

  test('does not pass with an alert that nobody has acknowledged unless it is named by both, and noted', async () => {
    const { desk, room } = openRoom([raised()])
    expect(await desk.handOver(go())).toMatchObject({ status: 409, code: 'asking-unnamed', extra: { asking: [hourId] } })
    expect(await desk.handOver(go({ names: [hourId], note: ' ' }))).toMatchObject({ status: 400, code: 'needs-note' })
    expect(await desk.handOver(go({ names: [hourId] }))).toMatchObject({ ok: true })
    const id = room().handover?.id ?? ''
    expect(await desk.handOver(come(id))).toMatchObject({ status: 409, code: 'asking-unnamed' })
    expect(await desk.handOver(come(id, { names: [hourId] }))).toMatchObject({ ok: true })
    // To name it is not to acknowledge it.
    expect(room().alerts[hourId]?.state).toBe('unacknowledged')
  })

  test('asks whoever comes also for what was raised since it was offered', async () => {
    const { desk, room, happened } = openRoom([])
    await desk.handOver(go())
    happened(raised())
    expect(await desk.handOver(come(room().handover?.id ?? ''))).toMatchObject({ code: 'asking-unnamed', extra: { asking: [hourId] } })
  })

  test.each([
    ['by whoever hands over', (id: string) => ({ ...who('li'), take: id, names: [] }), 409, 'same-person'], ['that nobody offered', () => come('x'), 409, 'stale-version'],
    ['by the auditor', (id: string) => ({ ...who('shen', 'auditor'), take: id, names: [] }), 403, 'wrong-role'],
  ])('is not taken %s', async (...[, asked, status, code]) => {
    const { desk, room } = openRoom([])
    await desk.handOver(go())
    expect(await desk.handOver(asked(room().handover?.id ?? ''))).toMatchObject({ ok: false, status, code })
  })

  test('that another has offered is not offered over it without a word: it is said whose it is and since when', async () => {
    const { desk, room, clock } = openRoom([])
    await desk.handOver(go())
    const first = room().handover?.id ?? ''
    const theirs = { ...who('zhao', 'leader'), note: '带班', names: [] }
    expect(await desk.handOver(theirs)).toMatchObject({ ok: false, status: 409, code: 'offered-already', extra: { by: 'li', at: noon } })
    expect(room().handover).toMatchObject({ id: first, by: 'li' })
    expect(await desk.handOver({ ...theirs, replaces: 'another' })).toMatchObject({ status: 409, code: 'stale-version' })
    expect(await desk.handOver({ ...theirs, replaces: first })).toMatchObject({ ok: true, body: { by: 'zhao' } })
    clock({ now: noon + 60_000 })
    expect(await desk.handOver({ ...theirs, note: '更正' })).toMatchObject({ ok: true })
    expect(room().handover).toMatchObject({ by: 'zhao', note: '更正' })
    await desk.handOver(come(room().handover?.id ?? ''))
    expect(await desk.handOver(go())).toMatchObject({ ok: true })
  })

  test('names no alert that is not there, neither who goes nor who comes', async () => {
    const { desk, room } = openRoom([raised()])
    const refused = { ok: false, status: 404, code: 'unknown-alert', detail: expect.stringContaining('made-up') as string }
    expect(await desk.handOver(go({ names: [hourId, 'made-up'] }))).toMatchObject(refused)
    await desk.handOver(go({ names: [hourId] }))
    expect(await desk.handOver(come(room().handover?.id ?? '', { names: [hourId, 'made-up'] }))).toMatchObject(refused)
    expect(room().handover?.signed).toBe(null)
  })

  test('is taken once: the second who comes finds nothing to take', async () => {
    const { desk, room } = openRoom([])
    await desk.handOver(go())
    const id = room().handover?.id ?? ''
    const both = await Promise.all([desk.handOver(come(id)), desk.handOver({ ...who('zhao'), take: id, names: [] })])
    expect(both.map((answer) => answer.ok || answer.code)).toEqual([true, 'no-handover'])
  })
})

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
    expect(room().handover?.signed).toEqual({ by: 'wang', at: noon })
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

  test('is taken once: the second who comes finds nothing to take', async () => {
    const { desk, room } = openRoom([])
    await desk.handOver(go())
    const id = room().handover?.id ?? ''
    const both = await Promise.all([desk.handOver(come(id)), desk.handOver({ ...who('zhao'), take: id, names: [] })])
    expect(both.map((answer) => answer.ok || answer.code)).toEqual([true, 'no-handover'])
  })
})

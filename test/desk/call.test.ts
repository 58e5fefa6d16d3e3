import { describe, expect, test } from 'vitest'
import type { Draft } from '../../shared/fact.ts'
import { hourId, noon, openRoom, raised, who } from './room.ts'

const owed = (call: string, alert: string | null = hourId, drill = false): Draft => ({
  id: `call-owed:${call}`, at: noon, actor: 'system',
  body: { kind: 'call-owed', call, what: 'raised', about: alert === null ? null : { alert, occurrence: 1 }, said: { zh: '超标', en: 'exceeded' }, to: [{ id: 'li', name: '李娜', seat: 'duty' }], drill },
})
const made = (calls: string[], more: object = {}) => ({ ...who('wang'), calls, spoke: '李娜', note: null, ...more })

describe('a call that is owed', () => {
  test('is made for several at once, each with a receipt on its alert by whom they spoke with', async () => {
    const { desk, room, facts } = openRoom([raised(), owed('a'), owed('b', null)])
    expect(await desk.call(made(['a', 'b', 'b'], { note: '已派车' }))).toEqual({ ok: true, status: 200, body: { calls: 2, by: 'wang', at: noon, spoke: '李娜' } })
    expect([room().calls, room().alerts[hourId]?.told]).toMatchObject([{}, [{ what: 'raised', channel: '@call', state: 'delivered', person: '李娜' }]])
    expect(facts.slice(-2).map(({ kind, actor }) => [kind, actor])).toEqual([['call-made', 'person:wang'], ['alert-told', 'person:wang']])
  })

  test('that somebody else has made is passed over, and refused where none is left', async () => {
    const { desk, room } = openRoom([raised(), owed('a'), owed('b')])
    await desk.call(made(['a']))
    expect(await desk.call(made(['a', 'b'], who('chen')))).toMatchObject({ ok: true, body: { calls: 1 } })
    expect(await desk.call(made(['a', 'b'], who('chen')))).toMatchObject({ ok: false, status: 404, code: 'unknown-call' })
    expect(room().calls).toEqual({})
  })

  test('is on the sheet of the shift that is handed over, and its mark of a drill stays', async () => {
    const { desk, room, facts } = openRoom([owed('a', null, true)])
    await desk.handOver({ ...who('li'), note: '', names: [] })
    expect(room().handover?.sheet).toMatchObject({ undelivered: 1, calls: ['a'] })
    await desk.call(made(['a']))
    expect(facts.at(-1)).toMatchObject({ kind: 'call-made', drill: true })
  })

  test('stands where the disk refuses', async () => {
    const { desk, room, disk } = openRoom([owed('a')])
    disk('refuses')
    expect(await desk.call(made(['a']))).toMatchObject({ ok: false, code: 'not-durable' })
    expect(Object.keys(room().calls)).toEqual(['a'])
  })
})

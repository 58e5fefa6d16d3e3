import { describe, expect, test } from 'vitest'
import { hourId, judged, noon, openRoom, raised, who } from './room.ts'

const HOUR = 3_600_000
const reason = '设备检修'
const about = { alert: hourId }

describe('shelving', () => {
  test('by a leader covers the alert until the time, and is in the journal with who and why', async () => {
    const { desk, facts } = openRoom([raised()])
    const answer = await desk.shelve({ ...who('chen', 'leader'), ...about, until: noon + 2 * HOUR, reason })
    expect(answer).toMatchObject({ ok: true, body: { alert: { shelved: true, state: 'unacknowledged', version: 2 } } })
    expect(facts.at(-1)).toMatchObject({ kind: 'alert-shelved', by: 'chen', why: reason, until: noon + 2 * HOUR, actor: 'person:chen' })
  })

  test.each([
    ['by duty, of what is critical', who('li'), 2 * HOUR, 403, 'needs-leader'], ['for more than a shift', who('chen', 'leader'), 12 * HOUR + 1, 400, 'too-long'],
    ['until now', who('chen', 'leader'), 0, 400, 'not-ahead'], ['by the auditor', who('shen', 'auditor'), HOUR, 403, 'wrong-role'],
    ['by whoever saw an older version', who('chen', 'leader', { ifMatch: 7 }), HOUR, 409, 'stale-version'],
  ])('%s is refused, and nothing is written', async (...[, asked, ahead, status, code]) => {
    const { desk, facts } = openRoom([raised()])
    expect(await desk.shelve({ ...asked, ...about, until: noon + ahead, reason })).toMatchObject({ ok: false, status, code })
    expect(facts).toHaveLength(1)
  })

  test('of what closed, and of what nobody knows, is refused', async () => {
    const { desk } = openRoom([raised(), judged('alert-withdrawn')])
    await desk.acknowledge({ ...who('li'), ...about, occurrence: 1, note: null })
    expect(await desk.shelve({ ...who('chen', 'leader'), ...about, until: noon + HOUR, reason })).toMatchObject({ status: 409, code: 'nothing-to-shelve' })
    expect(await desk.shelve({ ...who('chen', 'leader'), alert: 'constructor', until: noon + HOUR, reason })).toMatchObject({ status: 404, code: 'unknown-alert' })
  })

  test('taken off twice at once is taken off once', async () => {
    const { desk, facts } = openRoom([raised()])
    await desk.shelve({ ...who('chen', 'leader'), ...about, until: noon + HOUR, reason })
    const both = await Promise.all([desk.unshelve({ ...who('chen', 'leader'), ...about }), desk.unshelve({ ...who('zhao', 'leader'), ...about })])
    expect(both.map((answer) => answer.ok || answer.code)).toEqual([true, 'not-shelved'])
    expect(facts.map(({ kind }) => kind)).toEqual(['alert-raised', 'alert-shelved', 'alert-unshelved', 'alert-acknowledged'])
  })

  test('that the disk refuses has not happened', async () => {
    const { desk, disk, room } = openRoom([raised()])
    disk('refuses')
    expect(await desk.shelve({ ...who('chen', 'leader'), ...about, until: noon + HOUR, reason })).toMatchObject({ status: 503, code: 'not-durable' })
    expect([room().shelves, room().alerts[hourId]?.shelved]).toEqual([{}, false])
  })
})

describe('what staff write', () => {
  test('survives the next reading, a revision, and a new occurrence', async () => {
    const { desk, happened, room } = openRoom([raised()])
    await desk.comment({ ...who('li'), ...about, text: '已电话通知住建' })
    await desk.acknowledge({ ...who('li'), ...about, occurrence: 1, note: '知悉' })
    happened({ id: 'c', at: noon + 1, actor: 'system', body: { kind: 'alert-changed', alert: hourId, occurrence: 1, condition: 'over', value: 99, reason: { code: 'x' }, marks: [] } })
    expect(room().alerts[hourId]).toMatchObject({ value: 99, notes: [{ by: 'li', text: '已电话通知住建' }], acknowledged: { by: 'li', note: '知悉' } })
    happened(raised({ occurrence: 2 }))
    expect(room().alerts[hourId]).toMatchObject({ acknowledged: null, notes: [{ text: '已电话通知住建' }] })
  })
})

describe('the ladder from breach to disposal', () => {
  const step = (is: 'follow-up' | 'diagnosis' | 'orders' | 'disposal') => ({
    'follow-up': { is, note: null }, diagnosis: { is, cause: '散煤燃烧', unit: '昌平区政府' }, orders: { is, orders: [] as string[] }, disposal: { is, reason: '已处置' },
  } as const)[is]

  test('is gone rung by rung, and ends with a reason; acknowledged is not handled', async () => {
    const { desk, room } = openRoom([raised()])
    const go = async (is: Parameters<typeof step>[0]) => {
      const answer = await desk.handle({ ...who('li'), ...about, step: step(is) as never })
      return answer.ok || answer.code
    }
    expect(await go('disposal')).toBe('not-acknowledged')
    await desk.acknowledge({ ...who('li'), ...about, occurrence: 1, note: null })
    expect([await go('disposal'), await go('follow-up'), await go('diagnosis'), await go('disposal')]).toEqual(['not-diagnosed', true, true, true])
    expect(room().alerts[hourId]).toMatchObject({ state: 'acknowledged', handling: { diagnosis: { cause: '散煤燃烧', unit: '昌平区政府', by: 'li' }, disposal: { reason: '已处置' } } })
  })

  test('is dealt with once, by whom and when is said; a further follow-up opens it again, and every step stays in the journal', async () => {
    const { desk, room, facts, clock } = openRoom([raised()])
    await desk.acknowledge({ ...who('li'), ...about, occurrence: 1, note: null })
    for (const is of ['follow-up', 'diagnosis', 'disposal'] as const) await desk.handle({ ...who('li'), ...about, step: step(is) as never })
    expect(await desk.handle({ ...who('wang'), ...about, step: { is: 'disposal', reason: '另有理由' } })).toMatchObject({ ok: false, status: 409, code: 'already-disposed', extra: { by: 'li', at: noon } })
    expect(room().alerts[hourId]?.handling.disposal).toMatchObject({ by: 'li', reason: '已处置' })
    clock({ now: noon + HOUR })
    const seen = () => ({ ifMatch: room().alerts[hourId]?.version ?? 0 })
    expect(await desk.handle({ ...who('wang', 'duty', seen()), ...about, step: { is: 'follow-up', note: null } })).toMatchObject({ ok: true, body: { alert: { handling: { followUps: [{ by: 'li', at: noon, note: null }, { by: 'wang', at: noon + HOUR, note: null, reopens: true }], diagnosis: { by: 'li' }, disposal: null } } } })
    expect(facts.at(-1)).toMatchObject({ kind: 'alert-handled', step: { is: 'follow-up', reopens: true } })
    expect(await desk.handle({ ...who('wang'), ...about, step: { is: 'disposal', reason: '另有理由' } })).toMatchObject({ ok: true, body: { alert: { handling: { disposal: { by: 'wang' } } } } })
    expect(facts.flatMap((fact) => (fact.kind === 'alert-handled' ? [`${fact.by} ${fact.step.is}`] : []))).toEqual(['li follow-up', 'li diagnosis', 'li disposal', 'wang follow-up', 'wang disposal'])
  })

  test('is followed up by several, one after the other: all of them stand in order, who and when, also two of one instant', async () => {
    const { desk, room, clock } = openRoom([raised()])
    await desk.handle({ ...who('li'), ...about, step: { is: 'follow-up', note: '已派人' } })
    expect(await desk.handle({ ...who('li'), ...about, step: { is: 'follow-up', note: '已到场' } })).toMatchObject({ ok: true })
    clock({ now: noon + HOUR })
    await desk.handle({ ...who('wang'), ...about, step: { is: 'follow-up', note: null } })
    expect(room().alerts[hourId]?.handling.followUps).toEqual([{ by: 'li', at: noon, note: '已派人' }, { by: 'li', at: noon, note: '已到场' }, { by: 'wang', at: noon + HOUR, note: null }])
  })

  test('is not opened again by a follow-up of whoever has not seen that it was dealt with; who and when is said', async () => {
    const { desk, room } = openRoom([raised()])
    await desk.acknowledge({ ...who('li'), ...about, occurrence: 1, note: null })
    await desk.handle({ ...who('li'), ...about, step: step('diagnosis') as never })
    const before = room().alerts[hourId]?.version ?? 0
    await desk.handle({ ...who('chen', 'leader', { ifMatch: before }), ...about, step: step('disposal') as never })
    const disposal = { by: 'chen', reason: '已处置' }
    for (const ifMatch of [before, null]) {
      const refused = await desk.handle({ ...who('wang', 'duty', { ifMatch }), ...about, step: { is: 'follow-up', note: '去看一下' } })
      expect(refused).toMatchObject({ ok: false, status: 409, code: 'already-disposed', extra: { by: 'chen', at: noon, version: before + 1 } })
      expect(room().alerts[hourId]?.handling).toMatchObject({ followUps: [], disposal })
    }
    expect(await desk.handle({ ...who('wang', 'duty', { ifMatch: before + 1 }), ...about, step: { is: 'follow-up', note: '去看一下' } })).toMatchObject({ ok: true, body: { alert: { handling: { followUps: [{ by: 'wang' }], disposal: null } } } })
  })

  test('two who diagnose at once: the second is refused, and told who was first and when', async () => {
    const { desk, room } = openRoom([raised()])
    const said = (by: string) => desk.handle({ ...who(by, 'duty', { ifMatch: 1 }), ...about, step: { is: 'diagnosis', cause: `${by}的判断`, unit: '昌平区政府' } })
    const [first, second] = await Promise.all([said('li'), said('wang')])
    expect(first).toMatchObject({ ok: true, body: { alert: { version: 2 } } })
    expect(second).toMatchObject({ ok: false, status: 409, code: 'stale-version', extra: { by: 'li', at: noon, version: 2 } })
    expect(room().alerts[hourId]?.handling.diagnosis).toMatchObject({ by: 'li', cause: 'li的判断' })
  })

  test('a note, a receipt or an escalation that comes meanwhile makes nobody\'s click fail', async () => {
    const { desk, room, happened } = openRoom([raised()])
    const of = { alert: hourId, occurrence: 1, drill: false }
    await desk.comment({ ...who('wang'), ...about, text: '已通知' })
    happened({ id: 't', at: noon, actor: 'system', body: { kind: 'alert-told', ...of, what: 'raised', channel: 'group', state: 'delivered', reason: null, next: null } })
    happened({ id: 'e', at: noon, actor: 'system', body: { kind: 'alert-escalated', ...of, step: 1, seat: 'leader', to: [], minutes: 5, severity: 'critical' } })
    expect(room().alerts[hourId]).toMatchObject({ version: 1, touched: 4 })
    expect(await desk.handle({ ...who('li', 'duty', { ifMatch: 1 }), ...about, step: step('diagnosis') as never })).toMatchObject({ ok: true, body: { alert: { version: 2, changedAt: noon } } })
    expect(await desk.acknowledge({ ...who('li', 'duty', { ifMatch: 2 }), ...about, occurrence: 1, note: null })).toMatchObject({ ok: true })
  })

  test('links an order once, however often it is named', async () => {
    const { desk, room } = openRoom([raised()])
    await desk.setLevel({ ...who('chen', 'leader'), ladder: 'event', level: 'III', areas: ['beijing'], reason })
    const [order = ''] = Object.keys(room().orders)
    expect(await desk.handle({ ...who('li'), ...about, step: { is: 'orders', orders: [order, order] } })).toMatchObject({ ok: true, body: { alert: { handling: { orders: [order] } } } })
  })

  test('links orders that there are, and no others', async () => {
    const { desk, room } = openRoom([raised()])
    await desk.setLevel({ ...who('chen', 'leader'), ladder: 'event', level: 'III', areas: ['beijing'], reason })
    const [order = ''] = Object.keys(room().orders)
    expect(await desk.handle({ ...who('li'), ...about, step: { is: 'orders', orders: [order] } })).toMatchObject({ ok: true, body: { alert: { handling: { orders: [order] } } } })
    expect(await desk.handle({ ...who('li'), ...about, step: { is: 'orders', orders: [order, 'x'] } })).toMatchObject({ ok: false, status: 404, code: 'unknown-order' })
  })
})

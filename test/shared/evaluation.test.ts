import { describe, expect, test } from 'vitest'
import { evaluationOf } from '../../shared/evaluation.ts'
import type { Fact, FactBody } from '../../shared/fact.ts'

const MINUTE = 60_000
const aims = { acknowledge: 2 * MINUTE, order: 5 * MINUTE, verify: 15 * MINUTE }
const measures = [{ id: 'trucks', lead: { zh: '交管局', en: 'Police' } }]
const judged = { condition: 'over', value: 90, reason: { code: 'hour-exceeded' }, marks: [] } as const
const raised = (place: string, more: object = {}): FactBody => ({
  kind: 'alert-raised', alert: `a:${place}`, occurrence: 1, ...judged, marks: [], alertKind: 'hour-exceeded', place, pollutant: 'PM2.5', period: { start: 0, end: 1 }, severity: 'critical', limit: 75, assumed: false, drill: false, ...more,
})
const acknowledged = (place: string, by: string, more: object = {}): FactBody => ({ kind: 'alert-acknowledged', alert: `a:${place}`, occurrence: 1, by, note: null, drill: false, ...more })
const issued = (order: string, area: string): FactBody => ({ kind: 'order-issued', order, start: 's', measure: 'trucks', area, level: 'III', due: 0, by: 'leader', drill: false })
const moved = (order: string, step: 'received' | 'started' | 'verified' | 'lifted', by: string): FactBody => ({ kind: 'order-moved', order, step, by, note: null })
const begun: FactBody = { kind: 'exercise-begun', script: 'evening', by: 'leader', speed: 60 }
const ended: FactBody = { kind: 'exercise-ended', by: 'leader' }

/** Facts by the minute of people's time at which they happened; event time runs sixty times as fast. */
const facts = (...all: [minute: number, body: FactBody][]): Fact[] => all.map(([minute, body], n) => ({ seq: n + 1, id: `f${n}`, at: minute * 60 * MINUTE, recorded: minute * MINUTE, actor: 'system', air: 'exercise', hash: '', ...body }))
const of = (...all: [number, FactBody][]) => evaluationOf({ facts: facts([0, begun], ...all), aims, measures, now: 60 * MINUTE })

describe('what an exercise has shown', () => {
  test('is in people\'s own time, whatever the exercise\'s clock does: who acknowledged, how fast, and whether in time', () => {
    const { alerts: [row], acknowledge, people } = of([1, raised('beijing')], [2.5, acknowledged('beijing', 'duty')], [30, ended])
    expect(row?.acknowledged).toEqual({ seconds: 90, by: 'duty', met: true })
    expect(acknowledge).toEqual({ of: 1, done: 1, met: 1, missed: 0, lifted: 0, medianSeconds: 90, p90Seconds: 90 })
    expect(people.map(({ name, acknowledged: his }) => [name, his.done])).toEqual([['duty', 1]])
  })

  test('nobody did it: missed once its time is over, open until then, and no fault where the alert closed by itself before', () => {
    expect(of([1, raised('beijing')], [2, ended]).alerts[0]?.acknowledged).toEqual({ seconds: null, by: null, met: null })
    expect(of([1, raised('beijing')], [4, ended]).acknowledge).toMatchObject({ done: 0, missed: 1 })
    const gone: FactBody = { kind: 'alert-closed', alert: 'a:beijing', occurrence: 1, reason: { code: 'superseded' }, drill: false }
    expect(of([1, raised('beijing')], [2, gone], [9, ended]).acknowledge).toMatchObject({ of: 1, done: 0, missed: 0 })
  })

  test('late is missed; of several roles the last word counts', () => {
    const { alerts } = of([1, raised('beijing')], [2, acknowledged('beijing', 'duty', { waits: true })], [6, acknowledged('beijing', 'leader')], [30, ended])
    expect(alerts[0]?.acknowledged).toEqual({ seconds: 300, by: 'leader', met: false })
  })

  test('an order answers the alert of its place or the one it was linked to; one from before is said to be, one lifted before answers nothing', () => {
    const linked: FactBody = { kind: 'alert-handled', alert: 'a:tianjin', occurrence: 1, by: 'duty', drill: false, step: { is: 'orders', orders: ['o1'] } }
    const { alerts } = of([1, issued('o1', 'beijing')], [2, raised('beijing')], [2, raised('tianjin')], [3, raised('baoding')], [4, linked], [5, issued('o2', 'baoding')], [30, ended])
    expect(alerts.map(({ ordered }) => ordered)).toEqual([{ seconds: 0, by: 'leader', met: true, before: true }, { seconds: 0, by: 'leader', met: true, before: true }, { seconds: 120, by: 'leader', met: true }])
    const lifted = of([1, issued('o1', 'beijing')], [2, moved('o1', 'lifted', 'leader')], [3, raised('beijing')], [30, ended])
    expect(lifted.order).toMatchObject({ of: 1, done: 0, missed: 1 })
  })

  test('silence asks for somebody and for no order; what was suppressed asked nobody', () => {
    const { order, acknowledge } = of([1, raised('1003A', { alertKind: 'silent', severity: 'notice' })], [1, raised('yanqing', { suppression: 'maintenance' })], [30, ended])
    expect([order.of, acknowledge.of]).toEqual([0, 1])
  })

  test('orders that were lifted before their time was over are due no longer: nobody missed them, and starting and lifting a level are two acts', () => {
    const level = (by: 'III' | null): FactBody => ({ kind: 'level-changed', start: `s:${by}`, ladder: 'event', level: by, areas: ['beijing', 'yanqing'], by: 'leader', why: '演练', drill: false })
    const { orders, verify, departments, people } = of(
      [1, level('III')], [1, issued('o1', 'beijing')], [1, issued('o2', 'yanqing')], [2, moved('o1', 'received', 'duty')], [3, level(null)], [3, moved('o1', 'lifted', 'leader')], [3, moved('o2', 'lifted', 'leader')], [50, ended],
    )
    expect(verify).toMatchObject({ of: 2, done: 0, met: 0, missed: 0, lifted: 2 })
    expect(departments).toMatchObject([{ received: { done: 1, met: 1, missed: 0, lifted: 1 }, verified: { missed: 0, lifted: 2 } }])
    expect(orders[1]?.verified).toEqual({ seconds: null, by: null, met: null, lifted: true })
    expect(people.map(({ name, levels, steps }) => [name, levels, steps])).toEqual([['duty', 0, 1], ['leader', 2, 2]])
  })

  test('an order that nobody verified in its time was missed, though it was lifted later; one that is lifted alone is an act of its own', () => {
    const { verify, people } = of([1, issued('o1', 'beijing')], [30, moved('o1', 'lifted', 'leader')], [50, ended])
    expect(verify).toMatchObject({ of: 1, missed: 1, lifted: 0 })
    expect(people).toMatchObject([{ name: 'leader', steps: 1 }])
  })

  test('orders count by the department that leads them: received, in force, verified, and missed', () => {
    const { departments, verify } = of([1, issued('o1', 'beijing')], [1, issued('o2', 'yanqing')], [2, moved('o1', 'received', 'duty')], [3, moved('o1', 'started', 'duty')], [9, moved('o1', 'verified', 'duty')], [30, ended])
    expect(departments).toMatchObject([{ name: { zh: '交管局' }, received: { of: 2, done: 1 }, verified: { done: 1, met: 1, missed: 1, medianSeconds: 480 } }])
    expect(verify.missed).toBe(1)
  })
})

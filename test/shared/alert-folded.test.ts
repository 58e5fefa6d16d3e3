import { expect, test } from 'vitest'
import { alertAfter } from '../../shared/alert-fold.ts'
import type { Fact } from '../../shared/fact.ts'

const base = { seq: 1, id: 'x', at: 1, recorded: 1, actor: 'system', air: 'live' as const, hash: '' }
const judged = { condition: 'under' as const, value: 70, reason: { code: 'hour-met' }, marks: [] }
const raised = {
  ...base, kind: 'alert-raised', alert: 'hour-projected:beijing:PM2.5:2022-02-04T20', alertKind: 'hour-projected', place: 'beijing', pollutant: 'PM2.5', period: { start: 0, end: 3_600_000 },
  condition: 'over', value: 80, reason: { code: 'hour-projected' }, marks: [], severity: 'warning', limit: 75, assumed: false, drill: false, occurrence: 1,
} as unknown as Fact
const fact = (kind: string): Fact => ({ ...base, kind, alert: 'hour-projected:beijing:PM2.5:2022-02-04T20', ...judged, by: 'li', note: null, occurrence: 1 }) as unknown as Fact
const after = (...kinds: string[]) => kinds.reduce((alert, kind) => alertAfter(alert, fact(kind)), alertAfter(undefined, raised))

test.each([
  [['alert-returned'], 'returned'], [['alert-acknowledged'], 'acknowledged'], [['alert-acknowledged', 'alert-returned'], 'closed'],
  [['alert-withdrawn'], 'withdrawn'], [['alert-acknowledged', 'alert-withdrawn'], 'closed'], [['alert-returned', 'alert-acknowledged'], 'returned'], [['alert-closed'], 'closed'],
])('an alert after %j is %s', (kinds, state) => {
  expect(after(...kinds)).toMatchObject({ state, version: 1 + kinds.length })
})
test('an alert that returned says what it is now, not what it was', () => {
  expect(after('alert-returned')).toMatchObject({ condition: 'under', value: 70, reason: { code: 'hour-met' } })
})
test('the instant of its judgement is not that of a person\'s act', () => {
  const later = (kind: string, at: number): Fact => ({ ...fact(kind), at })
  const acknowledged = alertAfter(after(), later('alert-acknowledged', 9))
  expect(acknowledged).toMatchObject({ judgedAt: 1, changedAt: 9 })
  expect(alertAfter(acknowledged, later('alert-returned', 12))).toMatchObject({ judgedAt: 12 })
})

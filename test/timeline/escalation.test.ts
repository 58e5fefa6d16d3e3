import { describe, expect, test } from 'vitest'
import { waitsFor } from '../../shared/acknowledge.ts'
import { AlertBook } from '../../shared/book.ts'
import type { Duty } from '../../shared/escalation.ts'
import type { Bench } from '../../shared/judge.ts'
import { shelve, unshelve } from '../../shared/shelf.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const step = (minutes: number, to: 'leader' | 'department' | 'commander') => ({ after: minutes * MINUTE, to })
const duty: Duty = {
  steps: { critical: [step(5, 'leader'), step(10, 'department'), step(15, 'commander')], warning: [step(15, 'leader')], notice: [] },
  onDuty: (seat) => (seat === 'department' ? [] : [{ id: seat, name: `${seat} 的人` }]),
}
const both = (value: number | null) => ({ A: value, B: value })
const room = (average: 'hour' | 'day' = 'hour', { event = eventOf([{ average, max: 75 }]), needs = {} }: { event?: object; needs?: Bench['rules']['needs'] } = {}) => new Timeline({
  event, stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR, duty, needs }, quality: { stuck: { above: 100_000 }, lowVariance: { share: 0 } },
})
const id = `hour-exceeded:beijing:PM2.5:${DAY}T00`
/** An hour that exceeds, judged once both stations have sent, at 01:00. */
const over = () => room().hours(`${DAY} 00:00`, 1, both(90))
const ups = (at: Timeline) => at.said('escalated')

describe('an alert that nobody acknowledges', () => {
  test('goes up after five minutes to the leader, after ten to the department, after fifteen to the commander, once each', () => {
    const at = over().until(`${DAY} 02:30`)
    expect(ups(at)).toEqual([5, 10, 15].map((minute) => `03-10 01:${String(minute).padStart(2, '0')} escalated hour-exceeded:beijing:PM2.5:03-10T00`))
    expect(at.alert(id).escalated.map(({ seat, to }) => [seat, to.map(({ name }) => name)])).toEqual([['leader', ['leader 的人']], ['department', []], ['commander', ['commander 的人']]])
  })

  test('stops going up the moment somebody acknowledges it', () => {
    const at = over().until(`${DAY} 01:07`)
    at.acknowledge(id)
    at.until(`${DAY} 02:00`)
    expect(ups(at)).toHaveLength(1)
  })

  test('goes on where it was after a restart, and says nothing twice', () => {
    const at = over().until(`${DAY} 01:07`).restart(`${DAY} 01:08`).until(`${DAY} 01:12`).restart(`${DAY} 01:13`).until(`${DAY} 01:30`)
    expect(ups(at)).toHaveLength(3)
  })

  test('that went up while the server was away catches up step by step, none left out', () => {
    const at = over().restart(`${DAY} 01:40`).until(`${DAY} 01:41`)
    expect(at.alert(id).escalated.map(({ seat }) => seat)).toEqual(['leader', 'department', 'commander'])
  })

  test('waits while it is shelved; the shelf over, its time counts anew', () => {
    const at = over()
    const decided = shelve(at.alert(id), { by: 'chen', role: 'leader', until: at.instant(`${DAY} 01:30`), why: '核实中', at: at.now })
    if (decided.ok) at.take(decided.drafts)
    at.until(`${DAY} 01:29`)
    expect(ups(at)).toEqual([])
    at.until(`${DAY} 02:30`)
    expect(ups(at).map((line) => line.slice(6, 11))).toEqual(['01:35', '01:40', '01:45'])
  })

  test('and had gone up to the commander before it was shelved asks again when the shelf ends, and goes up anew', () => {
    const at = over().until(`${DAY} 01:20`)
    expect(ups(at)).toHaveLength(3)
    const decided = shelve(at.alert(id), { by: 'chen', role: 'leader', until: at.instant(`${DAY} 01:40`), why: '核实中', at: at.now })
    if (decided.ok) at.take(decided.drafts)
    at.until(`${DAY} 02:30`)
    expect(at.said('asked-again').map((line) => line.slice(6, 11))).toEqual(['01:40'])
    expect(ups(at).slice(3).map((line) => line.slice(6, 11))).toEqual(['01:45', '01:50', '01:55'])
  })

  test.each([
    { before: [], off: 'leader', waits: ['duty'], severity: 'critical' }, { before: ['leader'], off: 'leader', waits: ['duty'], severity: 'critical' },
    { before: ['duty'], off: 'duty', waits: ['leader'], severity: 'warning' },
  ] as const)('and is taken off its shelf by a $off, after the word of $before, asks $waits again, and goes up anew', ({ before, off, waits, severity }) => {
    const event = eventOf([{ average: 'hour', max: 75, severity: { exceeded: severity } } as never])
    const at = room('hour', { event, needs: { [severity]: ['duty', 'leader'] } }).hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:20`)
    const steps = duty.steps[severity].length
    expect(ups(at)).toHaveLength(steps)
    for (const role of before) at.acknowledge(id, { by: role, role })
    const put = shelve(at.alert(id), { by: off, role: off, until: at.instant(`${DAY} 04:00`), why: '核实中', at: at.now })
    if (put.ok) at.take(put.drafts)
    at.until(`${DAY} 01:30`)
    const taken = unshelve(new AlertBook(at.room), at.alert(id), { by: off, role: off, at: at.now })
    if (taken.ok) at.take(taken.drafts)
    expect(at.alert(id)).toMatchObject({ state: 'unacknowledged', shelved: false, occurrence: 2, askedAt: at.now, escalated: [], signed: [{ by: off }] })
    expect(waitsFor(at.alert(id))).toEqual(waits)
    at.until(`${DAY} 02:30`)
    expect(ups(at).slice(steps).map((line) => line.slice(6, 11))).toEqual(severity === 'critical' ? ['01:35', '01:40', '01:45'] : ['01:45'])
    expect(at.acknowledge(id, { by: 'zhao', role: waits[0] })).toBe('done')
    expect(at.alert(id).state).toBe('acknowledged')
  })

  test('and returned by itself goes up no further', () => {
    const at = room('day').hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 2, both(100))
    expect(at.alert(`day-projected:beijing:PM2.5:${DAY}`).state).toBe('unacknowledged')
    const before = ups(at).length
    at.push(at.hour(`${DAY} 03:00`, both(20))).push(at.hour(`${DAY} 04:00`, both(20)))
    at.until(`${DAY} 05:50`)
    expect(at.alert(`day-projected:beijing:PM2.5:${DAY}`).state).toBe('returned')
    expect(ups(at)).toHaveLength(before)
  })

  test('that comes back begins at the first step, as a new occurrence', () => {
    const at = over().until(`${DAY} 01:20`)
    const fact = { id: 'w', at: at.now, actor: 'system', body: { kind: 'alert-withdrawn' as const, alert: id, occurrence: 1, condition: 'under' as const, value: 60, reason: { code: 'hour-met' }, marks: [] } }
    at.take([fact])
    at.push(at.hour(`${DAY} 00:00`, both(120)))
    const again = at.now
    expect(at.alert(id)).toMatchObject({ occurrence: 2, escalated: [] })
    at.to(again + 6 * MINUTE)
    expect(at.alert(id).escalated).toMatchObject([{ seat: 'leader' }])
  })
})

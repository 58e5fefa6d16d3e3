import { describe, expect, test } from 'vitest'
import { AlertBook } from '../../shared/book.ts'
import { putBack, takeOut } from '../../shared/stations-out.ts'
import { shelve, unshelve } from '../../shared/shelf.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const [DAY, NEXT] = ['2022-03-10', '2022-03-11']
const quiet = { silenceAtLeast: 1000 * HOUR }
const both = (value: number | null) => ({ A: value, B: value })
const room = (average: 'hour' | 'day', more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average, max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet, quality: { stuck: { above: 100_000 }, lowVariance: { share: 0 } }, ...more })

/** What a person of a role does about an alert's shelf; `done`, or why not. */
function shelf(at: Timeline, id: string, { until, role = 'leader' }: { until: string; role?: 'duty' | 'leader' }): string {
  const decided = shelve(at.alert(id), { by: 'chen', role, until: at.instant(until), why: '正在核实', at: at.now })
  if (decided.ok) at.take(decided.drafts)
  return decided.ok ? 'done' : decided.code
}
function off(at: Timeline, id: string, role: 'duty' | 'leader' = 'leader'): string {
  const decided = unshelve(new AlertBook(at.room), at.alert(id), { by: 'chen', role, at: at.now })
  if (decided.ok) at.take(decided.drafts)
  return decided.ok ? 'done' : decided.code
}
const hourId = (hour: string): string => `hour-exceeded:beijing:PM2.5:${DAY}T${hour}`
const dayId = (standing: 'exceeded' | 'projected', day: string): string => `day-${standing}:beijing:PM2.5:${day}`

describe('what is shelved', () => {
  test('stays off everybody\'s mind, the next hour\'s alert of the same rule and city too, until its time is over; then it asks again', () => {
    const at = room('hour').hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
    expect(shelf(at, hourId('00'), { until: `${DAY} 03:30` })).toBe('done')
    at.hours(`${DAY} 01:00`, 1, both(95)).until(`${DAY} 02:10`)
    expect(at.alert(hourId('01'))).toMatchObject({ shelved: true, state: 'unacknowledged', condition: 'over' })
    at.acknowledge(hourId('01'))
    at.until(`${DAY} 03:30`)
    expect(at.said().slice(-3)).toEqual(['03-10 03:30 unshelved hour-exceeded:beijing:PM2.5:03-10T00', '03-10 03:30 asked-again hour-exceeded:beijing:PM2.5:03-10T00', '03-10 03:30 asked-again hour-exceeded:beijing:PM2.5:03-10T01'])
    expect(['00', '01'].map((hour) => at.alert(hourId(hour)).shelved)).toEqual([false, false])
  })

  test('that somebody had acknowledged asks again when the shelf ends, as a new occurrence that nobody has acknowledged', () => {
    const at = room('day').hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 3, both(90))
    const id = `day-projected:beijing:PM2.5:${DAY}`
    at.acknowledge(id)
    shelf(at, id, { until: `${DAY} 08:00` })
    at.hours(`${DAY} 06:00`, 3, both(90))
    expect(at.said().slice(-2)).toEqual(['03-10 08:00 unshelved day-projected:beijing:PM2.5:03-10', '03-10 08:00 asked-again day-projected:beijing:PM2.5:03-10'])
    expect(at.alert(id)).toMatchObject({ shelved: false, state: 'unacknowledged', occurrence: 2, acknowledged: null, signed: [] })
  })

  test('ends in time after a restart, and is not told twice', () => {
    const at = room('hour').hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
    shelf(at, hourId('00'), { until: `${DAY} 04:00` })
    at.restart(`${DAY} 06:30`)
    expect(at.alert(hourId('00')).shelved).toBe(true)
    at.until(`${DAY} 07:30`)
    expect(at.said('unshelved')).toHaveLength(1)
    expect(at.alert(hourId('00')).shelved).toBe(false)
  })

  test('and taken off by a person counts as acknowledged by that person', () => {
    const at = room('hour').hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
    shelf(at, hourId('00'), { until: `${DAY} 04:00` })
    at.until(`${DAY} 01:30`)
    expect(off(at, hourId('00'), 'duty')).toBe('needs-leader')
    expect(off(at, hourId('00'))).toBe('done')
    expect(at.alert(hourId('00'))).toMatchObject({ shelved: false, state: 'acknowledged', acknowledged: { by: 'chen' } })
    expect(off(at, hourId('00'))).toBe('not-shelved')
    at.until(`${DAY} 05:00`)
    expect(at.said('unshelved')).toHaveLength(1)
  })

  test('that grows graver is covered no longer', () => {
    const event = eventOf([{ average: 'hour', max: 75, severity: { exceeded: 'notice' } } as never])
    const at = room('hour', { event }).hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
    expect(shelf(at, hourId('00'), { until: `${DAY} 09:00`, role: 'duty' })).toBe('done')
    at.restart(`${DAY} 01:20`, { event: eventOf([{ average: 'hour', max: 75 }]) })
    at.hours(`${DAY} 01:00`, 1, both(90)).until(`${DAY} 02:10`)
    expect(at.alert(hourId('01'))).toMatchObject({ severity: 'critical', shelved: false })
    expect(at.alert(hourId('00'))).toMatchObject({ severity: 'critical', shelved: false, occurrence: 2 })
  })

  test('beside a limit that tightens at midnight: yesterday is judged without a new reading and asks, for it is another rule; what is shelved stays so and asks again in time', () => {
    const event = eventOf([{ average: 'day', max: 75, on: { from: DAY, to: DAY } }, { average: 'day', max: 40, on: { from: NEXT, to: NEXT } }])
    const at = room('day', { event }).hours(`${DAY} 00:00`, 21, both(70)).hours(`${DAY} 21:00`, 2, both(120)).until(`${DAY} 23:20`)
    expect(shelf(at, dayId('projected', DAY), { until: `${NEXT} 03:30` })).toBe('done')
    at.push(at.hour(`${DAY} 22:00`, both(200))).until(`${NEXT} 00:30`)
    // Nothing has come since midnight.
    expect(at.alert(dayId('exceeded', DAY))).toMatchObject({ raisedAt: at.instant(`${NEXT} 00:10`), limit: 75, shelved: false, state: 'unacknowledged' })
    at.push(at.hour(`${DAY} 23:00`, both(70))).until(`${NEXT} 01:00`).hours(`${NEXT} 00:00`, 2, both(50))
    expect(at.alert(dayId('projected', NEXT))).toMatchObject({ limit: 40, shelved: true, state: 'unacknowledged', condition: 'over' })
    expect(at.said('unshelved')).toEqual([])
    at.hours(`${NEXT} 02:00`, 2, both(50))
    expect(at.said('unshelved')).toEqual([`03-11 03:30 unshelved ${dayId('projected', DAY).replace('2022-', '')}`])
    expect(at.alert(dayId('projected', NEXT))).toMatchObject({ shelved: false, state: 'unacknowledged', askedAt: at.instant(`${NEXT} 03:30`) })
  })

  test('does not cover what a limit that tightens at midnight makes graver', () => {
    const event = eventOf([{ average: 'hour', max: 75, on: { from: DAY, to: DAY }, severity: { exceeded: 'notice' } } as never, { average: 'hour', max: 50, on: { from: NEXT, to: NEXT } }])
    const at = room('hour', { event }).until(`${DAY} 22:00`).hours(`${DAY} 22:00`, 1, both(90)).until(`${DAY} 23:10`)
    expect(shelf(at, hourId('22'), { until: `${NEXT} 05:00`, role: 'duty' })).toBe('done')
    at.hours(`${DAY} 23:00`, 1, both(90))
    expect(at.alert(hourId('23'))).toMatchObject({ severity: 'notice', shelved: true })
    at.hours(`${NEXT} 00:00`, 1, both(60))
    expect(at.alert(`hour-exceeded:beijing:PM2.5:${NEXT}T00`)).toMatchObject({ severity: 'critical', limit: 50, shelved: false, state: 'unacknowledged' })
    expect(at.alert(hourId('23')).shelved).toBe(true)
  })

  test.each([
    [{ until: `${DAY} 13:11` }, 'too-long'], [{ until: `${DAY} 01:10` }, 'not-ahead'], [{ until: `${DAY} 04:00`, role: 'duty' as const }, 'needs-leader'],
  ])('%j is refused as %s', (how, code) => {
    const at = room('hour').hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
    expect(shelf(at, hourId('00'), how)).toBe(code)
    expect(at.said('shelved')).toEqual([])
  })
})

describe('a long critical alert', () => {
  const rules = { ...quiet, again: { critical: 2 * HOUR } }
  const locked = () => room('day', { rules }).hours(`${DAY} 00:00`, 20, both(120))
  const id = `day-locked:beijing:PM2.5:${DAY}`

  test('asks again two hours after it was acknowledged, and again two hours after that', () => {
    const at = locked()
    const first = at.now
    at.acknowledge(id)
    at.to(first + 2 * HOUR - 1)
    expect(at.alert(id).state).toBe('acknowledged')
    at.to(first + 2 * HOUR)
    expect(at.alert(id)).toMatchObject({ state: 'unacknowledged', occurrence: 2, acknowledged: null })
    expect(at.acknowledge(id, { occurrence: 1 })).toBe('stale-occurrence')
    at.acknowledge(id)
    expect(at.alert(id)).toMatchObject({ state: 'acknowledged', occurrence: 2 })
  })

  test('that was dealt with asks no more', () => {
    const at = locked()
    at.acknowledge(id)
    const base = { alert: id, occurrence: 1, by: 'li', drill: false }
    at.take([{ id: 'h1', at: at.now, actor: 'person:li', body: { kind: 'alert-handled', ...base, step: { is: 'disposal', reason: '已启动红色响应' } } }])
    at.until(`${DAY} 23:59`)
    expect(at.said('asked-again')).toEqual([])
  })

  test('expires once through restarts', () => {
    const at = locked()
    at.acknowledge(id)
    at.restart(`${DAY} 23:00`).until(`${DAY} 23:10`).restart(`${DAY} 23:20`).until(`${DAY} 23:50`)
    expect(at.said('asked-again')).toHaveLength(1)
  })
})

describe('an alert that needs the word of several roles', () => {
  const at = () => room('hour', { rules: { ...quiet, needs: { critical: ['duty', 'leader'] } } }).hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`)
  const id = hourId('00')

  test('is acknowledged once each has given it, by two people', () => {
    const one = at()
    expect(one.acknowledge(id, { by: 'li' })).toBe('done')
    expect(one.alert(id)).toMatchObject({ state: 'unacknowledged', acknowledged: null, signed: [{ by: 'li', role: 'duty' }] })
    expect(one.acknowledge(id, { by: 'li' })).toBe('again')
    expect(one.acknowledge(id, { by: 'wang' })).toBe('already-acknowledged')
    expect(one.acknowledge(id, { by: 'chen', role: 'leader' })).toBe('done')
    expect(one.alert(id)).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'chen' }, signed: [{ by: 'li' }, { by: 'chen', role: 'leader' }] })
  })

  test('takes a leader first, and a second leader for the one on duty', () => {
    const one = at()
    expect([one.acknowledge(id, { by: 'chen', role: 'leader' }), one.acknowledge(id, { by: 'zhao', role: 'leader' })]).toEqual(['done', 'done'])
    expect(one.alert(id).signed.map(({ role }) => role)).toEqual(['leader', 'duty'])
  })
})

describe('a station out of service', () => {
  const silent = `silent:A:PM2.5:${DAY}T0200`
  const stations = () => room('day', { rules: {}, event: eventOf([{ average: 'day', max: 500 }]) }).hours(`${DAY} 00:00`, 2, { A: 50, B: 50 })
  const word = { station: 'A', by: 'admin', why: '搬迁', workOrder: 'W-7', until: null }
  const out = (at: Timeline, more: object = {}) => {
    const decided = takeOut(new AlertBook(at.room), at.room.outOfService, { ...word, at: at.now, ...more })
    if (decided.ok) at.take(decided.drafts)
    return decided.ok
  }

  test('is expected to be silent: that is listed and marked, and asks nobody; put back, it asks', () => {
    const at = stations()
    expect(out(at)).toBe(true)
    at.hours(`${DAY} 02:00`, 3, { B: 50 })
    expect(at.alert(silent)).toMatchObject({ suppressed: true, suppression: 'out-of-service', state: 'unacknowledged' })
    at.acknowledge(silent)
    const back = putBack(new AlertBook(at.room), at.room.outOfService, { station: 'A', by: 'admin', at: at.now })
    if (back.ok) at.take(back.drafts)
    expect(at.said('silent').slice(-2)).toEqual(['03-10 05:00 released silent:A:PM2.5:03-10T0200', '03-10 05:00 asked-again silent:A:PM2.5:03-10T0200'])
    expect(at.alert(silent)).toMatchObject({ suppressed: false, state: 'unacknowledged', occurrence: 2 })
  })

  test('taken out while its silence is open covers that at once; its time over, it asks by itself', () => {
    const at = stations().hours(`${DAY} 02:00`, 3, { B: 50 })
    at.acknowledge(silent)
    expect(out(at, { until: at.instant(`${DAY} 09:00`) })).toBe(true)
    expect(at.alert(silent).suppression).toBe('out-of-service')
    expect(out(at)).toBe(false)
    at.restart(`${DAY} 06:00`).until(`${DAY} 09:00`)
    expect(at.room.outOfService).toEqual({})
    expect(at.alert(silent)).toMatchObject({ suppressed: false, occurrence: 2 })
  })

  test('under maintenance, as its last flag said, is silent by design; so says the alert', () => {
    const at = stations()
    at.until(`${DAY} 03:00`).push(at.hour(`${DAY} 02:00`, { A: 50 }).map((reading) => ({ ...reading, flag: 'M' })))
    at.hours(`${DAY} 03:00`, 4, { B: 50 })
    expect(at.said('A:').length).toBeGreaterThan(0)
    expect(Object.values(at.room.alerts).filter(({ place }) => place === 'A')).toMatchObject([{ kind: 'silent', suppression: 'maintenance' }])
  })

  test('back from maintenance and heard again has returned: nobody is asked about a station that is well', () => {
    const at = stations()
    at.until(`${DAY} 03:00`).push(at.hour(`${DAY} 02:00`, { A: 50 }).map((reading) => ({ ...reading, flag: 'M' })))
    at.hours(`${DAY} 03:00`, 4, { B: 50 }).push(at.hour(`${DAY} 06:00`, { A: 50 })).until(`${DAY} 12:00`)
    expect(at.said('A:')).toEqual(['06:00 raised', '07:00 returned', '07:00 released', '10:00 raised'].map((said, n) => `03-10 ${said} silent:A:PM2.5:03-10T${n === 3 ? '0700' : '0300'}`))
    const back = `silent:A:PM2.5:${DAY}T0300`
    expect(at.alert(back)).toMatchObject({ state: 'returned', suppressed: false, occurrence: 1 })
    expect(at.acknowledge(back)).toBe('done')
    expect(at.alert(back).state).toBe('closed')
  })

  test('whose time out ends in the very minute in which its silence does is not asked about either', () => {
    const at = room('day', { rules: {}, event: eventOf([{ average: 'day', max: 500 }]), stations: [{ id: 'A', validTo: DAY }, { id: 'B' }] }).hours(`${DAY} 00:00`, 2, { A: 50, B: 50 })
    out(at, { until: at.instant(`${NEXT} 00:00`) })
    at.hours(`${DAY} 02:00`, 23, { B: 50 })
    expect(at.alert(silent)).toMatchObject({ state: 'returned', reason: { code: 'not-in-force' } })
    expect(at.said('asked-again')).toEqual([])
  })
})

test('in a drill phase nobody is disturbed where the rules say so, and everything is listed', () => {
  const event = eventOf([{ average: 'hour', max: 75 }], { phases: [{ id: 'drill', name: { zh: '练兵', en: 'drill' }, from: DAY, to: DAY, drill: true }] })
  const suppressed = (drill: boolean) => room('hour', { event, rules: { ...quiet, suppress: { maintenance: true, drill } } }).hours(`${DAY} 00:00`, 1, both(90)).until(`${DAY} 01:10`).alert(hourId('00'))
  expect(suppressed(true)).toMatchObject({ suppressed: true, suppression: 'drill', drill: true })
  expect(suppressed(false)).toMatchObject({ suppressed: false, suppression: null, drill: true })
})

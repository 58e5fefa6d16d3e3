import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const NEXT = '2022-03-11'
const quiet = { silenceAtLeast: 1000 * HOUR }
const names = { zh: '某', en: 'some' }
const room = (limits: Parameters<typeof eventOf>[0], more: Partial<Setup> & { event?: object } = {}) =>
  new Timeline({ stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet, ...more, event: more.event ?? eventOf(limits) })
const both = (value: number | null) => ({ A: value, B: value })

describe('midnight', () => {
  test('a day is judged by its own limit, under its own name, at the instant of judgement, whatever holds by then', () => {
    const at = room([{ max: 75, on: { from: DAY, to: DAY } }, { max: 50, on: { from: NEXT, to: NEXT } }])
    at.hours(`${DAY} 00:00`, 23, both(60)).until(`${DAY} 23:30`).push(at.minutes(`${DAY} 23:00`, { station: 'A', count: 30, value: 60 })).until(`${NEXT} 00:20`)
    expect(at.said()).toEqual([])
    at.push(at.hour(`${DAY} 23:00`, both(450)))
    expect(at.said()).toEqual(['03-11 00:20 raised day-exceeded:beijing:PM2.5:03-10'])
    expect(at.alert(`day-exceeded:beijing:PM2.5:${DAY}`)).toMatchObject({ limit: 75, value: 76, raisedAt: at.instant(`${NEXT} 00:20`), reason: { limits: ['limit-1'] } })
  })

  test('is looked at without any reading: yesterday closes after ten minutes, and today stands under its own limit', () => {
    const at = room([{ max: 75, on: { from: DAY, to: DAY } }, { average: 'hour', max: 50, on: { from: NEXT, to: NEXT } }])
    at.hours(`${DAY} 00:00`, 22, both(70))
    at.until(`${DAY} 23:59`)
    expect(at.due()).toBe(at.instant(NEXT))
    at.push(at.hour(`${DAY} 22:00`, { A: 200, B: 200 })).until(`${NEXT} 00:30`)
    expect(at.said('03-11')).toEqual(['03-11 00:10 raised day-exceeded:beijing:PM2.5:03-10', '03-11 00:10 closed day-projected:beijing:PM2.5:03-10 (superseded)'])
  })

  test('the strictest of several limits is judged, and all are named', () => {
    const at = room([{ max: 75 }, { max: 50 }, { max: 115 }].map((limit) => ({ ...limit, average: 'hour' as const }))).hours(`${DAY} 10:00`, 1, both(51))
    expect(at.alert(`hour-exceeded:beijing:PM2.5:${DAY}T10`)).toMatchObject({ limit: 50, reason: { limits: ['limit-1', 'limit-2', 'limit-3'] } })
  })

  test('an hour\'s limit that begins at midnight is not asked of the hour before', () => {
    const at = room([{ average: 'hour', max: 50, on: { from: NEXT, to: NEXT } }]).hours(`${DAY} 23:00`, 2, both(60))
    expect(at.said()).toEqual(['03-11 01:00 raised hour-exceeded:beijing:PM2.5:03-11T00'])
  })
})

describe('the close of a period', () => {
  const hour = () => room([{ average: 'hour', max: 75 }]).until(`${DAY} 11:00`)

  test('is when every expected station has its part', () => {
    const at = hour().push(hour().hour(`${DAY} 10:00`, { A: 80 }))
    expect(at.said()).toEqual([])
    expect(at.until(`${DAY} 11:03`).push(at.hour(`${DAY} 10:00`, { B: 80 })).said()).toEqual(['03-10 11:03 raised hour-exceeded:beijing:PM2.5:03-10T10'])
  })

  test('or ten minutes after its end, whatever is missing; what comes then is a revision', () => {
    const at = hour().push(hour().hour(`${DAY} 10:00`, { A: 80 })).until(`${DAY} 11:30`).push(hour().hour(`${DAY} 10:00`, { B: 40 }))
    expect(at.said()).toEqual(['03-10 11:10 raised hour-exceeded:beijing:PM2.5:03-10T10', '03-10 11:30 withdrawn hour-exceeded:beijing:PM2.5:03-10T10'])
    expect(at.alert(`hour-exceeded:beijing:PM2.5:${DAY}T10`).marks).toEqual(['revised'])
  })

  test('is never before its end, though every part came early', () => {
    const at = room([{ average: 'hour', max: 75 }]).until(`${DAY} 10:56`).push(hour().hour(`${DAY} 10:00`, both(80)))
    expect(at.said()).toEqual([])
    expect(at.until(`${DAY} 11:00`).said()).toEqual(['03-10 11:00 raised hour-exceeded:beijing:PM2.5:03-10T10'])
  })

  test('of an hour that closed with nothing and is filled later is marked as changed after the fact', () => {
    const at = hour().until(`${DAY} 11:20`).push(hour().hour(`${DAY} 10:00`, both(80)))
    expect(at.alert(`hour-exceeded:beijing:PM2.5:${DAY}T10`).marks).toEqual(['revised'])
  })
})

describe('marks', () => {
  test('a spike is marked suspect, counts, and alerts', () => {
    const at = room([{ average: 'hour', max: 75, assumed: true }]).hours(`${DAY} 09:00`, 1, both(60)).hours(`${DAY} 10:00`, 1, both(289))
    expect(at.alert(`hour-exceeded:beijing:PM2.5:${DAY}T10`)).toMatchObject({ value: 289, marks: ['suspect', 'assumed'], assumed: true })
  })

  test('what a drill phase brings says so, in the alert and in each of its facts', () => {
    const phases = [{ id: 'drill', name: names, from: DAY, to: DAY, drill: true }]
    const at = room([], { event: eventOf([{ average: 'hour', max: 75 }], { phases }), rules: {} }).hours(`${DAY} 10:00`, 1, both(80)).until(`${DAY} 14:30`)
    expect(at.facts.map((fact) => 'drill' in fact && fact.drill)).toEqual([true, true, true])
    expect(Object.values(at.room.alerts).map(({ marks, drill }) => [marks.includes('drill'), drill])).toEqual([[true, true], [true, true], [true, true]])
    const after = room([], { event: eventOf([{ average: 'hour', max: 75 }], { phases }), from: `${NEXT} 00:00` }).hours(`${NEXT} 10:00`, 1, both(80))
    expect(after.alert(`hour-exceeded:beijing:PM2.5:${NEXT}T10`)).toMatchObject({ drill: false, marks: [] })
  })
})

describe('an acknowledgement', () => {
  const ID = `hour-exceeded:beijing:PM2.5:${DAY}T10`
  const over = () => room([{ average: 'hour', max: 75 }]).hours(`${DAY} 10:00`, 1, both(80))

  test('is the first person\'s; the same person again gets the first answer, another is told', () => {
    const at = over()
    expect([at.acknowledge(ID, { by: 'wang' }), at.acknowledge(ID, { by: 'wang' }), at.acknowledge(ID, { by: 'li' })]).toEqual(['done', 'again', 'already-acknowledged'])
    expect(at.said('acknowledged')).toHaveLength(1)
  })

  test('of what was withdrawn closes it', () => {
    const at = over().push(over().hour(`${DAY} 10:00`, both(40)))
    at.acknowledge(ID)
    expect(at.said().slice(-2)).toEqual(['03-10 11:00 acknowledged hour-exceeded:beijing:PM2.5:03-10T10', '03-10 11:00 closed hour-exceeded:beijing:PM2.5:03-10T10 (withdrawn)'])
  })

  test('of what a closed period replaced is refused', () => {
    const at = room([{ max: 75 }]).hours(`${DAY} 00:00`, 24, both(90))
    expect(at.acknowledge(`day-projected:beijing:PM2.5:${DAY}`)).toBe('nothing-to-acknowledge')
  })
})

test('a start under graver rules asks anew of what is over, once', () => {
  const at = room([{ max: 75 }]).hours(`${DAY} 00:00`, 2, both(90))
  const ID = `day-projected:beijing:PM2.5:${DAY}`
  at.acknowledge(ID)
  const severity = { ...at.bench.rules.severity, 'day-projected': 'critical' as const }
  at.restart(`${DAY} 02:05`, { rules: { severity } }).restart(`${DAY} 02:06`)
  expect([at.said().at(-1), at.alert(ID).severity, at.alert(ID).acknowledged]).toEqual(['03-10 02:05 raised day-projected:beijing:PM2.5:03-10 again (2)', 'critical', null])
})

test('the two hours of one name, when clocks are put back, are two alerts', () => {
  const event = eventOf([{ average: 'hour', max: 75 }], { timezone: 'Europe/Berlin', period: { from: '2022-10-01', to: '2022-11-30' } })
  const at = room([], { event, from: '2022-10-30 00:00' }).hours('2022-10-30 01:00', 3, both(80))
  expect(Object.keys(at.room.alerts).map((id) => id.slice(-15))).toEqual(['2022-10-30T01', '22-10-30T02.0200', '2022-10-30T02'].map((end) => expect.stringMatching(`${end.slice(2)}$`) as string))
})

test('there is no fact without a change: the same ticks, readings and starts again add none', () => {
  fc.assert(fc.property(fc.array(fc.record({ hour: fc.nat({ max: 11 }), value: fc.integer({ min: 0, max: 160 }), station: fc.constantFrom('A', 'B') }), { maxLength: 30 }), fc.nat({ max: 700 }), (readings, minute) => {
    const at = room([{ max: 75 }, { average: 'hour', max: 75 }], { rules: {} })
    for (const { hour, value, station } of readings) at.push(at.hour(`${DAY} ${String(hour).padStart(2, '0')}:00`, { [station]: value }))
    at.tick(at.instant(`${DAY} 13:00`) + minute * MINUTE)
    const facts = at.facts.length
    at.tick(at.now)
    for (const reading of at.store.values()) at.push([reading])
    at.restart(at.bench.calendar.civil.iso(at.now).slice(0, 16).replace('T', ' '))
    at.tick(at.now)
    expect(at.facts.length).toBe(facts)
  }), { numRuns: 100 })
})

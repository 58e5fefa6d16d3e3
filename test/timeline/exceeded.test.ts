import { describe, expect, test } from 'vitest'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
/** Nobody is called silent here: every fact in these lists is about a limit. */
const quiet = { silenceAtLeast: 1000 * HOUR }
const room = (average: 'hour' | 'day', more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average, max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet, ...more })
const both = (value: number | null) => ({ A: value, B: value })

test('nobody is woken between the hours of stations that send whole hours, and each minute of those that send minutes', () => {
  const at = room('hour').until(`${DAY} 10:20`)
  expect(at.due()).toBe(at.instant(`${DAY} 11:00`))
  at.push(at.minutes(`${DAY} 10:19`, { station: 'A', count: 1, value: 20 }))
  expect(at.due()).toBe(at.instant(`${DAY} 10:21`))
})

describe('an hour that exceeded', () => {
  const ID = 'hour-exceeded:beijing:PM2.5:2022-03-10T10'
  const over = () => room('hour').until(`${DAY} 11:00`).push(room('hour').hour(`${DAY} 10:00`, both(80)))

  test('is raised when it closes, with its value, limit and reason, and with nothing before', () => {
    const at = over()
    expect(at.said()).toEqual(['03-10 11:00 raised hour-exceeded:beijing:PM2.5:03-10T10'])
    expect(at.alert(ID)).toMatchObject({
      kind: 'hour-exceeded', place: 'beijing', pollutant: 'PM2.5', severity: 'critical', condition: 'over', state: 'unacknowledged', occurrence: 1, version: 1,
      value: 80, limit: 75, raisedAt: at.now, period: { start: at.instant(`${DAY} 10:00`), end: at.instant(`${DAY} 11:00`) }, marks: [], drill: false,
      reason: { code: 'hour-exceeded', mean: 80, limit: 75, limits: ['limit-1'], stations: 2, evaluating: 2 },
    })
  })

  test('rests on the stations that have the hour: one that sent half of it is not counted', () => {
    const at = room('hour').until(`${DAY} 11:00`).push(room('hour').minutes(`${DAY} 10:00`, { station: 'A', count: 30, value: 90 }))
    at.push(at.hour(`${DAY} 10:00`, { B: 80 })).until(`${DAY} 11:10`)
    expect(at.alert(ID)).toMatchObject({ value: 80, reason: { stations: 1, evaluating: 2 } })
  })

  test('of minutes of which one is in doubt is in doubt itself', () => {
    const at = room('hour').until(`${DAY} 11:00`)
    const minutes = (id: string) => at.minutes(`${DAY} 10:00`, { station: id, count: 60, value: null }).map((reading, i) => ({ ...reading, value: (76 + (i % 9)) * 1_000_000 }))
    const [doubtful, good] = [minutes('A'), minutes('B')]
    at.push([...doubtful.map((reading, i) => (i === 30 ? { ...reading, value: 999_000_000 } : reading)), ...good])
    expect(at.alert(ID)).toMatchObject({ marks: ['suspect'] })
    expect(room('hour').until(`${DAY} 11:00`).push([...minutes('A'), ...good]).alert(ID).marks).toEqual([])
  })

  test('is acknowledged by a fact of its own occurrence, of who did it', () => {
    const at = over()
    at.acknowledge(ID, { by: 'li' })
    expect(at.facts.at(-1)).toMatchObject({ id: `alert-acknowledged:${ID}:1`, actor: 'person:li', kind: 'alert-acknowledged', alert: ID, occurrence: 1, by: 'li' })
  })

  test('is held when its data is lost, never returned, and withdrawn only by the revision that puts it under', () => {
    const at = over()
    at.until(`${DAY} 11:20`).push(at.hour(`${DAY} 10:00`, { A: null, B: 80 }))
    expect(at.alert(ID).condition).toBe('over')
    at.push(at.hour(`${DAY} 10:00`, { B: null }))
    at.until(`${DAY} 11:40`).push(at.hour(`${DAY} 10:00`, { A: 75.4, B: 75.4 }))
    expect(at.said('hour-exceeded')).toEqual([
      '03-10 11:00 raised hour-exceeded:beijing:PM2.5:03-10T10', '03-10 11:20 changed hour-exceeded:beijing:PM2.5:03-10T10 unknown',
      '03-10 11:40 withdrawn hour-exceeded:beijing:PM2.5:03-10T10',
    ])
    expect(at.alert(ID)).toMatchObject({ state: 'withdrawn', condition: 'under', value: 75 })
  })

  test('held data that comes back over is the same occurrence, acknowledged or not', () => {
    const at = over()
    expect(at.acknowledge(ID)).toBe('done')
    at.push(at.hour(`${DAY} 10:00`, both(null))).push(at.hour(`${DAY} 10:00`, both(90)))
    expect(at.alert(ID)).toMatchObject({ state: 'acknowledged', occurrence: 1, condition: 'over', value: 90 })
  })

  test('withdrawn and over again is another occurrence, which nobody has acknowledged', () => {
    const at = over()
    at.push(at.hour(`${DAY} 10:00`, both(60))).push(at.hour(`${DAY} 10:00`, both(81)))
    expect(at.said('hour-exceeded').map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'raised hour-exceeded:beijing:PM2.5:03-10T10', 'withdrawn hour-exceeded:beijing:PM2.5:03-10T10', 'raised hour-exceeded:beijing:PM2.5:03-10T10 again (2)',
    ])
    expect(at.acknowledge(ID, { occurrence: 1 })).toBe('stale-occurrence')
  })

  test('acknowledged, withdrawn (and so closed) and over again is unacknowledged', () => {
    const at = over()
    expect(at.acknowledge(ID)).toBe('done')
    at.push(at.hour(`${DAY} 10:00`, both(60)))
    expect(at.alert(ID).state).toBe('closed')
    at.push(at.hour(`${DAY} 10:00`, both(81)))
    expect(at.alert(ID)).toMatchObject({ state: 'unacknowledged', occurrence: 2, acknowledged: null, value: 81 })
    expect(at.said('exceeded').map((line) => line.slice(6, 30))).toEqual([
      '11:00 raised hour-exceed', '11:00 acknowledged hour-', '11:00 withdrawn hour-exc', '11:00 closed hour-exceed', '11:00 raised hour-exceed',
    ])
  })

  test('stays while its hour is current once it is acknowledged, then closes', () => {
    const at = over()
    at.acknowledge(ID)
    at.until(`${DAY} 12:59`)
    expect(at.alert(ID).state).toBe('acknowledged')
    at.until(`${DAY} 14:00`)
    expect(at.said().at(-1)).toBe('03-10 13:00 closed hour-exceeded:beijing:PM2.5:03-10T10 (period-over)')
  })

  test('stays unacknowledged for ever, and closes soon after somebody acknowledges it late', () => {
    const at = over().until('2022-03-12 10:00')
    expect(at.alert(ID).state).toBe('unacknowledged')
    at.acknowledge(ID)
    at.until('2022-03-12 10:01')
    expect([at.alert(ID).state, at.said().length]).toEqual(['closed', 3])
  })

  test('tells of a figure that a revision changed, and says nothing of one that it did not', () => {
    const at = over()
    at.push(at.hour(`${DAY} 10:00`, { A: 80.2 }))
    expect(at.said('changed')).toEqual([])
    at.push(at.hour(`${DAY} 10:00`, { A: 90 }))
    expect(at.said('changed')).toEqual(['03-10 11:00 changed hour-exceeded:beijing:PM2.5:03-10T10 over'])
    expect(at.alert(ID)).toMatchObject({ value: 85, marks: ['revised'] })
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = room('hour').until(`${DAY} 10:30`)
    at.restart(`${DAY} 11:30`, { unseen: at.hour(`${DAY} 10:00`, both(80)) })
    expect(at.said()).toEqual(['03-10 11:30 raised hour-exceeded:beijing:PM2.5:03-10T10'])
    at.restart(`${DAY} 11:40`).restart(`${DAY} 12:50`).restart('2022-03-11 11:00').until('2022-03-12 00:00')
    expect(at.said()).toHaveLength(1)
  })

  test('keeps what was acknowledged through a start, and what was withdrawn', () => {
    const at = over()
    at.acknowledge(ID)
    at.restart(`${DAY} 11:40`)
    expect(at.alert(ID)).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'wang' } })
    at.push(at.hour(`${DAY} 10:00`, both(60))).restart(`${DAY} 11:50`).until(`${DAY} 20:00`)
    expect(at.said('exceeded')).toHaveLength(4)
  })

  test('can be raised by late readings for two hours, and by none after', () => {
    const late = (text: string) => {
      const at = room('hour').until(text)
      return at.push(at.hour(`${DAY} 10:00`, both(80))).said()
    }
    expect(late(`${DAY} 12:59`)).toEqual(['03-10 12:59 raised hour-exceeded:beijing:PM2.5:03-10T10'])
    expect(late(`${DAY} 13:00`)).toEqual([])
  })

  test('that is no longer current moves the averages, and raises nothing at any start either', () => {
    const at = room('hour').until(`${DAY} 13:00`)
    at.push(at.hour(`${DAY} 10:00`, both(80))).restart(`${DAY} 13:01`).until(`${DAY} 15:00`)
    expect([at.said(), at.summary(DAY, DAY).cities[0]?.hours]).toEqual([[], []])
    expect(at.until('2022-03-11 00:10').summary(DAY, DAY).cities[0]?.hours[10]).toMatchObject({ mean: 80, verdict: 'exceeded' })
  })
})

describe('a day that exceeded', () => {
  const ID = 'day-exceeded:beijing:PM2.5:2022-03-10'
  /** Nothing is projected of a day whose last hour alone takes it over. */
  const over = () => room('day').hours(`${DAY} 00:00`, 23, both(70)).hours(`${DAY} 23:00`, 1, both(203))

  test('is raised at the end of its last hour, about the day that was', () => {
    const at = over()
    expect(at.said()).toEqual(['03-11 00:00 raised day-exceeded:beijing:PM2.5:03-10'])
    expect(at.alert(ID)).toMatchObject({ value: 76, limit: 75, raisedAt: at.instant('2022-03-11'), period: { start: at.instant(DAY), end: at.instant('2022-03-11') } })
  })

  test('is held when its data is lost, withdrawn by a revision, and raised again by another', () => {
    const at = over().until('2022-03-11 03:00')
    for (let hour = 0; hour < 5; hour += 1) at.push(at.hour(`${DAY} 0${hour}:00`, both(null)))
    expect(at.alert(ID)).toMatchObject({ condition: 'unknown', state: 'unacknowledged' })
    at.until('2022-03-11 04:00')
    for (let hour = 0; hour < 5; hour += 1) at.push(at.hour(`${DAY} 0${hour}:00`, both(69)))
    at.until('2022-03-11 05:00').push(at.hour(`${DAY} 00:00`, both(100)))
    expect(at.said('day-exceeded')).toEqual([
      '03-11 00:00 raised day-exceeded:beijing:PM2.5:03-10',
      // Four hours fewer leave twenty, and another mean: (19 × 70 + 203) / 20 = 76.65.
      '03-11 03:00 changed day-exceeded:beijing:PM2.5:03-10 over', '03-11 03:00 changed day-exceeded:beijing:PM2.5:03-10 unknown',
      '03-11 04:00 changed day-exceeded:beijing:PM2.5:03-10 over', '03-11 04:00 changed day-exceeded:beijing:PM2.5:03-10 over',
      '03-11 04:00 withdrawn day-exceeded:beijing:PM2.5:03-10', '03-11 05:00 raised day-exceeded:beijing:PM2.5:03-10 again (2)',
    ])
  })

  test('acknowledged stays for its twelve hours, then closes', () => {
    const at = over()
    at.acknowledge(ID)
    at.until('2022-03-11 11:59')
    expect(at.alert(ID).state).toBe('acknowledged')
    expect(at.until('2022-03-11 12:00').said().at(-1)).toBe('03-11 12:00 closed day-exceeded:beijing:PM2.5:03-10 (period-over)')
  })

  test('acknowledged, revised under and over again is a new occurrence that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.push(at.hour(`${DAY} 23:00`, both(70))).push(at.hour(`${DAY} 23:00`, both(210)))
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, state: 'unacknowledged', acknowledged: null })
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = room('day').hours(`${DAY} 00:00`, 23, both(70))
    at.restart('2022-03-11 02:00', { unseen: at.hour(`${DAY} 23:00`, both(203)) })
    expect(at.said()).toEqual(['03-11 02:00 raised day-exceeded:beijing:PM2.5:03-10'])
    expect(at.restart('2022-03-11 02:01').restart('2022-03-11 13:00').until('2022-03-12 20:00').said('exceeded')).toHaveLength(1)
  })

  test('can be raised by late readings for twelve hours, and by none after', () => {
    const late = (text: string) => {
      const at = room('day').hours(`${DAY} 00:00`, 23, both(70)).until(text)
      return at.push(at.hour(`${DAY} 23:00`, both(203))).said()
    }
    expect(late('2022-03-11 11:59')).toEqual(['03-11 11:59 raised day-exceeded:beijing:PM2.5:03-10'])
    expect(late('2022-03-11 12:00')).toEqual([])
  })

  test('before its end is never said to have exceeded, however high it stands', () => {
    const at = room('day').hours(`${DAY} 00:00`, 23, both(400))
    expect(at.said('exceeded')).toEqual([])
    expect(at.until('2022-03-11 00:09').said('exceeded')).toEqual([])
    expect(at.until('2022-03-11 00:10').said('exceeded')).toEqual(['03-11 00:10 raised day-exceeded:beijing:PM2.5:03-10'])
  })
})

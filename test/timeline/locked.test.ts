import { describe, expect, test } from 'vitest'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const quiet = { silenceAtLeast: 1000 * HOUR }
const room = (average: 'hour' | 'day', more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average, max: 75 }]), stations: [{ id: 'A' }], from: `${DAY} 00:00`, rules: quiet, ...more })

describe('a day that is locked', () => {
  const ID = 'day-locked:beijing:PM2.5:2022-03-10'
  /** 20 × 30 at first, then 700 and 520: after the second nothing can save the day. */
  const over = () => room('day').hours(`${DAY} 00:00`, 20, { A: 30 }).hours(`${DAY} 20:00`, 1, { A: 700 }).hours(`${DAY} 21:00`, 1, { A: 520 })

  test('is raised by the hour after which noughts would still exceed, and what is locked need not be called projected too', () => {
    expect(room('day').hours(`${DAY} 00:00`, 20, { A: 30 }).hours(`${DAY} 20:00`, 1, { A: 1000 }).hours(`${DAY} 21:00`, 1, { A: 1000 }).said())
      .toEqual(['03-10 21:00 raised day-projected:beijing:PM2.5:03-10', '03-10 22:00 raised day-locked:beijing:PM2.5:03-10'])
    const straight = room('day').hours(`${DAY} 00:00`, 20, { A: 76 })
    expect(straight.push(straight.hour(`${DAY} 10:00`, { A: 900 })).said('day-locked')).toEqual(['03-10 20:00 raised day-locked:beijing:PM2.5:03-10'])
  })

  test('stays while clean hours follow: only a revision takes it back', () => {
    const at = over()
    expect(at.said()).toEqual(['03-10 21:00 raised day-projected:beijing:PM2.5:03-10', '03-10 22:00 raised day-locked:beijing:PM2.5:03-10'])
    at.hours(`${DAY} 22:00`, 1, { A: 0 })
    expect(at.alert(ID).condition).toBe('over')
    at.push(at.hour(`${DAY} 21:00`, { A: 300 }))
    expect(at.said('locked').at(-1)).toBe('03-10 23:00 returned day-locked:beijing:PM2.5:03-10')
  })

  test('is held when so much data is lost that the day cannot be valid, and settled by no silence', () => {
    const at = over()
    for (let hour = 0; hour < 5; hour += 1) at.push(at.hour(`${DAY} 0${hour}:00`, { A: null }))
    expect(at.alert(ID)).toMatchObject({ condition: 'unknown', state: 'unacknowledged' })
    at.until('2022-03-11 06:00')
    expect(at.said('locked')).toEqual(['03-10 22:00 raised day-locked:beijing:PM2.5:03-10', '03-10 22:00 changed day-locked:beijing:PM2.5:03-10 unknown'])
  })

  test('held, and data that comes back under its limit, returns it', () => {
    const at = over()
    for (let hour = 0; hour < 5; hour += 1) at.push(at.hour(`${DAY} 0${hour}:00`, { A: null }))
    at.push(at.hour(`${DAY} 20:00`, { A: 30 })).push(at.hour(`${DAY} 21:00`, { A: 30 }))
    for (let hour = 0; hour < 5; hour += 1) at.push(at.hour(`${DAY} 0${hour}:00`, { A: 30 }))
    expect(at.alert(ID)).toMatchObject({ condition: 'under', state: 'returned' })
  })

  test('acknowledged, revised away and locked again is a new occurrence that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.push(at.hour(`${DAY} 21:00`, { A: 30 })).push(at.hour(`${DAY} 21:00`, { A: 600 }))
    expect(at.said('locked').map((line) => line.slice(12))).toEqual([
      'raised day-locked:beijing:PM2.5:03-10', 'acknowledged day-locked:beijing:PM2.5:03-10', expect.stringMatching(/^closed day-locked/),
      'raised day-locked:beijing:PM2.5:03-10 again (2)',
    ])
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, state: 'unacknowledged', acknowledged: null })
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = room('day').hours(`${DAY} 00:00`, 20, { A: 30 })
    at.restart(`${DAY} 22:20`, { unseen: [...at.hour(`${DAY} 20:00`, { A: 1000 }), ...at.hour(`${DAY} 21:00`, { A: 1000 })] })
    expect(at.restart(`${DAY} 22:30`).said()).toEqual(['03-10 22:20 raised day-locked:beijing:PM2.5:03-10'])
  })

  test('is not taken back by a start: a station that dropped out meanwhile is no revision', () => {
    const at = room('day', { stations: [{ id: 'A' }, { id: 'B' }] })
    at.hours(`${DAY} 00:00`, 18, { A: 30, B: 170 }).hours(`${DAY} 18:00`, 3, { A: 30 })
    expect(at.alert(ID).condition).toBe('over')
    at.hours(`${DAY} 21:00`, 2, { A: 30 }).restart(`${DAY} 23:20`).restart(`${DAY} 23:30`)
    expect(at.said('locked')).toHaveLength(1)
    at.hours(`${DAY} 23:00`, 1, { A: 30 }).until('2022-03-11 00:10')
    expect(at.said('locked').at(-1)).toBe('03-11 00:10 returned day-locked:beijing:PM2.5:03-10')
  })

  test('is superseded by the day that exceeded', () => {
    const at = over().hours(`${DAY} 22:00`, 2, { A: 0 })
    expect(at.said().slice(2)).toEqual([
      '03-11 00:00 raised day-exceeded:beijing:PM2.5:03-10', '03-11 00:00 closed day-projected:beijing:PM2.5:03-10 (superseded)',
      '03-11 00:00 closed day-locked:beijing:PM2.5:03-10 (superseded)',
    ])
  })
})

describe('an hour that is locked', () => {
  const ID = 'hour-locked:beijing:PM2.5:2022-03-10T10'
  const over = () => room('hour').live(`${DAY} 10:00`, { station: 'A', count: 31, value: 150 })

  test('is raised by the minute after which noughts would still exceed', () => {
    // 31 × 150 = 4650 is over 75.5 × 60 = 4530; so is 30.2 of them. With 31 to come in the tick, 30 × 150 is not.
    expect(over().said()).toEqual(['03-10 10:10 raised hour-projected:beijing:PM2.5:03-10T10', '03-10 10:31 raised hour-locked:beijing:PM2.5:03-10T10'])
  })

  test('stays when clean minutes follow, is held when it cannot be valid, and is settled by the hour itself', () => {
    const at = over().live(`${DAY} 10:31`, { station: 'A', count: 3, value: 0 }).until(`${DAY} 11:00`)
    expect(at.said('locked')).toEqual(['03-10 10:31 raised hour-locked:beijing:PM2.5:03-10T10', '03-10 10:50 changed hour-locked:beijing:PM2.5:03-10T10 unknown'])
    at.push(at.hour(`${DAY} 10:00`, { A: 70 }))
    expect(at.said('locked').at(-1)).toBe('03-10 11:00 returned hour-locked:beijing:PM2.5:03-10T10')
  })

  test('acknowledged, revised away and locked again is a new occurrence that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.push(at.minutes(`${DAY} 10:00`, { station: 'A', count: 20, value: 60 }))
    expect(at.alert(ID).state).toBe('closed')
    at.push(at.minutes(`${DAY} 10:00`, { station: 'A', count: 20, value: 160 }))
    expect(at.alert(ID)).toMatchObject({ occurrence: 2, state: 'unacknowledged', acknowledged: null })
  })

  test('unacknowledged, is returned by a revision in its running hour', () => {
    const at = over().push(over().minutes(`${DAY} 10:00`, { station: 'A', count: 20, value: 60 }))
    expect(at.said('locked')).toEqual(['03-10 10:31 raised hour-locked:beijing:PM2.5:03-10T10', '03-10 10:31 returned hour-locked:beijing:PM2.5:03-10T10'])
  })

  test('while the server is down is raised once at its start, and a second start adds no fact', () => {
    const at = room('hour').until(`${DAY} 10:05`)
    at.restart(`${DAY} 10:40`, { unseen: at.minutes(`${DAY} 10:00`, { station: 'A', count: 35, value: 150 }) })
    expect(at.restart(`${DAY} 10:41`).restart(`${DAY} 10:42`).said()).toEqual(['03-10 10:40 raised hour-locked:beijing:PM2.5:03-10T10'])
  })

  test('is superseded by the hour that exceeded', () => {
    const at = over().live(`${DAY} 10:31`, { station: 'A', count: 29, value: 0 })
    expect(at.said().slice(2)).toEqual([
      '03-10 11:00 raised hour-exceeded:beijing:PM2.5:03-10T10', '03-10 11:00 closed hour-projected:beijing:PM2.5:03-10T10 (superseded)',
      '03-10 11:00 closed hour-locked:beijing:PM2.5:03-10T10 (superseded)',
    ])
  })
})

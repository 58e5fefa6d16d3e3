import { describe, expect, test } from 'vitest'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const room = (more: Partial<Setup> = {}) =>
  new Timeline({ event: eventOf([{ average: 'day', max: 500 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, ...more })
const ID = 'silent:A:PM2.5:2022-03-10T0200'

describe('a station that is not heard', () => {
  const over = () => room().hours(`${DAY} 00:00`, 2, { A: 50, B: 50 }).hours(`${DAY} 02:00`, 3, { B: 50 })

  test('is called silent after three of its own hours, from the end of the last reading that had a value', () => {
    const at = over()
    expect(at.said()).toEqual(['03-10 05:00 raised silent:A:PM2.5:03-10T0200'])
    expect(at.alert(ID)).toMatchObject({ kind: 'silent', place: 'A', severity: 'notice', period: { start: at.instant(`${DAY} 02:00`), end: null }, value: null, limit: null, reason: { code: 'silent', minutes: 180 } })
  })

  test('never clears its own alert; a null is not a word; it returns when the station is heard again', () => {
    const at = over().hours(`${DAY} 05:00`, 5, { A: null, B: 50 })
    expect(at.said('A:')).toEqual(['03-10 05:00 raised silent:A:PM2.5:03-10T0200'])
    at.hours(`${DAY} 10:00`, 1, { A: 50, B: 50 })
    expect(at.said('A:').at(-1)).toBe('03-10 11:00 returned silent:A:PM2.5:03-10T0200')
    expect(at.alert(ID).reason).toEqual({ code: 'heard-again' })
  })

  test('acknowledged, heard, and silent again is another alert that nobody has acknowledged', () => {
    const at = over()
    at.acknowledge(ID)
    at.hours(`${DAY} 05:00`, 1, { A: 50, B: 50 }).hours(`${DAY} 06:00`, 4, { B: 50 })
    expect(at.said('A:')).toEqual([
      '03-10 05:00 raised silent:A:PM2.5:03-10T0200', '03-10 05:00 acknowledged silent:A:PM2.5:03-10T0200', '03-10 06:00 closed silent:A:PM2.5:03-10T0200 (heard-again)',
      '03-10 09:00 raised silent:A:PM2.5:03-10T0600',
    ])
  })

  test('that catches up reading by reading, and is still behind, keeps its one alert until it is heard in time', () => {
    const at = over().until(`${DAY} 06:30`)
    at.push(at.hour(`${DAY} 02:00`, { A: 50 })).until(`${DAY} 07:10`).push(at.hour(`${DAY} 03:00`, { A: 50 })).until(`${DAY} 07:20`)
    expect(at.said('A:').slice(1)).toEqual([])
    at.push(at.hour(`${DAY} 05:00`, { A: 50 }))
    expect(at.said('A:').slice(1)).toEqual(['03-10 07:20 returned silent:A:PM2.5:03-10T0200'])
  })

  test('is given fifteen minutes where it speaks every minute', () => {
    const at = room({ stations: [{ id: 'A' }] }).live(`${DAY} 02:00`, { station: 'A', count: 30, value: 50 }).until(`${DAY} 03:00`)
    expect(at.said()).toEqual(['03-10 02:45 raised silent:A:PM2.5:03-10T0230'])
  })

  test('is silent through any number of starts, and no start says it again', () => {
    const at = over().restart(`${DAY} 06:20`).restart(`${DAY} 07:20`).until(`${DAY} 07:30`)
    expect(at.said()).toEqual(['03-10 05:00 raised silent:A:PM2.5:03-10T0200'])
    at.push(at.hour(`${DAY} 06:00`, { A: 50 }))
    expect(at.said().at(-1)).toBe('03-10 07:30 returned silent:A:PM2.5:03-10T0200')
  })

  test('is not called silent for the time in which the server itself was down, then once', () => {
    const at = room().hours(`${DAY} 00:00`, 2, { A: 50, B: 50 }).restart('2022-03-11 09:30').until('2022-03-11 10:00')
    expect(at.said()).toEqual([])
    at.push(at.hour('2022-03-11 09:00', { B: 50 })).until('2022-03-11 12:40').push(at.hour('2022-03-11 11:00', { B: 50 })).restart('2022-03-11 12:41').until('2022-03-11 12:50')
    expect(at.said()).toEqual(['03-11 12:30 raised silent:A:PM2.5:03-10T0200'])
  })

  test('is still silent to a start that no longer has the readings it was last heard by', () => {
    const at = over()
    at.store.clear()
    at.restart(`${DAY} 06:20`).push(at.hour(`${DAY} 05:00`, { A: null })).until(`${DAY} 20:00`)
    expect(at.said()).toEqual(['03-10 05:00 raised silent:A:PM2.5:03-10T0200'])
  })

  test('is no longer awaited once it is out of force', () => {
    const at = room({ stations: [{ id: 'A', validTo: DAY }, { id: 'B' }] }).hours(`${DAY} 00:00`, 2, { A: 50, B: 50 }).hours(`${DAY} 02:00`, 23, { B: 50 })
    expect(at.said('A:')).toEqual(['03-10 05:00 raised silent:A:PM2.5:03-10T0200', '03-11 00:00 returned silent:A:PM2.5:03-10T0200'])
    expect(at.alert(ID).reason).toEqual({ code: 'not-in-force' })
  })

  test('that was never heard is nobody\'s alert, and one out of force falls silent without one', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B' }, { id: 'C', validTo: DAY }] }).hours(`${DAY} 20:00`, 4, { B: 50, C: 50 }).hours('2022-03-11 00:00', 8, { B: 50 })
    expect(at.said()).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { headerCell } from '../../shared/header.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, type Setup, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const names = { zh: '某', en: 'some' }
const STATE = { durable: true, evaluating: true, clock: 'running', replay: null } as const
const room = (more: Partial<Setup> & { event?: object } = {}) =>
  new Timeline({ event: eventOf([{ max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }, { id: 'N', evaluates: false }], from: `${DAY} 00:00`, ...more })
const head = (at: Timeline) => headerCell(at.bench, STATE, at.now)

describe('the head of every face', () => {
  test('counts whom it hears, among all stations in force, and how fresh the newest is', () => {
    const at = room({ stations: [{ id: 'A' }, { id: 'B' }, { id: 'N', evaluates: false }, { id: 'gone', validTo: '2022-03-09' }] })
    expect(head(at)).toMatchObject({ heard: { now: 0, of: 3 }, freshest: null })
    at.hours(`${DAY} 08:00`, 1, { A: 40, N: 40 })
    expect(head(at)).toMatchObject({ heard: { now: 2, of: 3 }, freshest: at.instant(`${DAY} 09:00`) })
    at.hours(`${DAY} 09:00`, 3, { B: 40 })
    expect(head(at)).toMatchObject({ heard: { now: 1, of: 3 }, freshest: at.now })
  })

  test('counts the valid hours of today among those that were due, of evaluating stations alone', () => {
    const at = room().hours(`${DAY} 00:00`, 2, { A: 40, B: 40, N: 40 }).hours(`${DAY} 02:00`, 1, { A: 40, N: 40 }).until(`${DAY} 03:10`)
    expect(head(at).completeness).toEqual({ valid: 5, expected: 6 })
  })

  test('knows the phase, its day of how many, and whether it is a drill', () => {
    const phases = [{ id: 'early', name: names, from: '2022-03-01', to: '2022-03-09' }, { id: 'games', name: names, from: DAY, to: '2022-03-12', drill: true }]
    const at = room({ event: eventOf([{ max: 75 }], { phases }) })
    expect(head(at).phase).toEqual({ id: 'games', day: 1, days: 3, drill: true })
    expect(head(at.until('2022-03-12 23:59')).phase).toEqual({ id: 'games', day: 3, days: 3, drill: true })
    expect(head(at.until('2022-03-13 00:00')).phase).toBeNull()
  })

  test('says whether the event is to come, is on, or is over', () => {
    const at = room({ from: '2022-02-28 23:59' })
    expect(head(at).eventDay).toBe('before')
    expect(head(at.until('2022-03-01 00:00')).eventDay).toBe('during')
    expect(head(room({ from: '2022-03-31 23:59' })).eventDay).toBe('during')
    expect(head(room({ from: '2022-04-01 00:00' })).eventDay).toBe('after')
  })

  test('names the limits of today and the instant at which they change', () => {
    const at = room({ event: eventOf([{ max: 75, on: { from: DAY, to: DAY }, assumed: true }, { average: 'hour', max: 90, areas: ['beijing'], on: { from: '2022-03-11', to: '2022-03-31' } } as object]) })
    expect(head(at)).toMatchObject({ limits: [{ id: 'limit-1', pollutant: 'PM2.5', average: 'day', max: 75, assumed: true, areas: null }], nextChange: at.instant('2022-03-11') })
    expect(head(at.until('2022-03-11 08:00'))).toMatchObject({ limits: [{ id: 'limit-2', average: 'hour', max: 90, assumed: false, areas: ['beijing'] }], nextChange: at.instant('2022-04-01') })
    expect(head(at.until('2022-04-02 08:00'))).toMatchObject({ limits: [], nextChange: null })
  })

  test('knows the next key date of several, and when it is its hour', () => {
    const keyDates = [{ id: 'closing', name: names, kind: 'ceremony', date: '2022-03-20', from: '20:00', to: '22:00' }, { id: 'opening', name: names, kind: 'ceremony', date: DAY, from: '20:00', to: '22:00' }]
    const at = room({ event: eventOf([{ max: 75 }], { keyDates }) })
    expect(head(at.until(`${DAY} 19:59`)).nextKeyDate).toEqual({ id: 'opening', from: at.instant(`${DAY} 20:00`), to: at.instant(`${DAY} 22:00`), inWindow: false })
    expect(head(at.until(`${DAY} 20:00`)).nextKeyDate).toMatchObject({ id: 'opening', inWindow: true })
    expect(head(at.until(`${DAY} 21:59`)).nextKeyDate).toMatchObject({ id: 'opening', inWindow: true })
    expect(head(at.until(`${DAY} 22:00`)).nextKeyDate).toMatchObject({ id: 'closing', inWindow: false })
    expect(head(at.until('2022-03-20 22:00')).nextKeyDate).toBeNull()
  })

  test('passes on what only the server knows', () => {
    const at = room()
    expect(headerCell(at.bench, { ...STATE, durable: false, clock: 'standing', replay: { done: false, at: at.now + HOUR, percent: 7 } }, at.now))
      .toMatchObject({ kind: 'header', durable: false, evaluating: true, clock: 'standing', replay: { done: false, percent: 7 } })
  })
})

import { describe, expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import type { Snapshot, Tick } from '../../shared/wire.ts'
import { afresh, follow, type Followed, type Heard, type Step } from '../../web/fold.ts'
import { cityCell, given } from './fixture/air.ts'
import { snapshot } from './fixture/room.ts'

const acknowledged = (seq: number): Fact => ({
  seq, id: `f${seq}`, at: snapshot.at + seq, recorded: 0, actor: 'person:值班一', air: 'simulated', hash: '',
  kind: 'alert-acknowledged', alert: 'day-locked:baoding:PM2.5:2022-03-08', occurrence: 1, by: '值班一', note: null,
})
const facts = (from: number, to: number): Heard => ({ kind: 'facts', message: { from, to, facts: Array.from({ length: to - from + 1 }, (_, n) => acknowledged(from + n)) } })
const cells = (from: number, to: number): Heard => ({ kind: 'air', message: { from, to, cells: [{ ...cityCell(given[0]!), freshest: to }] } })
const tick = (over: Partial<Tick> = {}): Heard => ({ kind: 'tick', message: { at: 0, seq: 42, airSeq: 7, epoch: 'e1', build: 'b', ...over } })
const shot = (over: Partial<Snapshot> = {}): Heard => ({ kind: 'snapshot', message: { ...snapshot, ...over } })

function after(...heard: Heard[]): Step {
  return heard.reduce<Step>((step, each) => follow(step.followed, each), { followed: afresh(null), resync: false })
}
const state = (followed: Followed) => [followed.situation?.seq, followed.situation?.airSeq, followed.awaiting]

describe('a screen that follows the server', () => {
  test('shows nothing of a message that comes before the first snapshot', () => {
    expect(state(after(facts(1, 1), cells(1, 1)).followed)).toEqual([undefined, undefined, true])
  })

  test('takes facts and cells that follow on, and counts each in its own sequence', () => {
    const { followed, resync } = after(shot(), facts(43, 44), cells(8, 8))
    expect([...state(followed), resync]).toEqual([44, 8, false, false])
    expect(followed.situation?.room.alerts['day-locked:baoding:PM2.5:2022-03-08']?.state).toBe('acknowledged')
    expect(followed.situation?.air['city:beijing:PM2.5']).toMatchObject({ freshest: 8 })
  })

  test.each([['facts', facts(44, 44)], ['cells', cells(9, 9)]])('asks for a new snapshot when %s are missing, and changes nothing until it is there', (_, gap) => {
    const broken = after(shot(), gap)
    expect([...state(broken.followed), broken.resync]).toEqual([42, 7, true, true])
    expect(state(follow(broken.followed, facts(43, 43)).followed)).toEqual([42, 7, true])
    expect(state(follow(broken.followed, shot({ seq: 50, airSeq: 20 })).followed)).toEqual([50, 20, false])
  })

  test('takes from a batch that the snapshot already had in part only what is new', () => {
    const { followed, resync } = after(shot(), facts(41, 43), cells(5, 8))
    expect([...state(followed), resync]).toEqual([43, 8, false, false])
    expect(followed.situation?.room.alerts['day-locked:baoding:PM2.5:2022-03-08']?.version).toBe(2)
  })

  test('ignores what it has heard before', () => {
    const once = after(shot(), facts(43, 43))
    expect(follow(once.followed, facts(43, 43)).followed.situation).toBe(once.followed.situation)
  })

  test('asks for a new snapshot when the server was started anew', () => {
    const { followed, resync } = after(shot(), tick({ epoch: 'e2' }))
    expect([followed.awaiting, resync]).toEqual([true, true])
  })

  test('lets a batch be a few ticks late, then asks', () => {
    const late = [shot(), tick({ seq: 43 }), tick({ seq: 43 })]
    expect(after(...late).resync).toBe(false)
    expect(after(...late, tick({ seq: 43 })).resync).toBe(true)
    expect(after(...late, facts(43, 43), tick({ seq: 43 }), tick({ seq: 43 })).resync).toBe(false)
  })

  test('asks again when the snapshot it asked for does not come', () => {
    const asked = [shot(), cells(9, 9), tick(), tick()]
    expect(after(...asked).resync).toBe(false)
    expect(after(...asked, tick()).resync).toBe(true)
  })

  test('that joined late shows what an early one shows', () => {
    const early = after(shot(), facts(43, 45), cells(8, 9)).followed.situation!
    const late = after(shot({ ...early, seq: 45, airSeq: 9 })).followed.situation
    expect(late).toEqual(early)
  })
})

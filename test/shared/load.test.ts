import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beyond, type Call, floods, loadOf, RECOMMENDED } from '../../shared/load.ts'
import { Memory, type Remembered } from '../../shared/memory.ts'
import { shelve } from '../../shared/shelf.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'

const call = (minute: number, more: Partial<Call> & { place?: string } = {}): Call => {
  const { place = 'beijing', ...rest } = more
  return { alert: `a${minute}`, point: { kind: 'hour-exceeded', place, pollutant: 'PM2.5' }, severity: 'warning', at: minute * MINUTE, acknowledged: null, ended: null, ...rest }
}
const burst = (from: number, count: number): Call[] => Array.from({ length: count }, (_, n) => call(from + n * 0.1))

describe('the load of the alerts', () => {
  test('is counted per ten minutes: now, on the mean, and at its peak', () => {
    const { lastTenMinutes, perTenMinutes, peakTenMinutes } = loadOf([call(0), call(1), call(2), call(55)], { from: 0, now: HOUR })
    expect([lastTenMinutes, perTenMinutes, peakTenMinutes]).toEqual([1, 0.67, 3])
  })

  test('is a flood from the eleventh within ten minutes until fewer than five are', () => {
    expect(floods(burst(0, 10), 5 * MINUTE)).toEqual([])
    const calls = burst(0, 12)
    expect(floods(calls, 5 * MINUTE)).toEqual([{ from: MINUTE, to: null }])
    // The fifth last came at 0.7 min: ten minutes later only four are left.
    expect(floods(calls, 30 * MINUTE).map(({ from, to }) => [from, Math.round((to ?? 0) / 1000)])).toEqual([[MINUTE, 642]])
    expect(floods([...calls, call(30)], 40 * MINUTE)).toHaveLength(1)
    expect(floods([...calls, ...burst(40, 12)], 60 * MINUTE)).toHaveLength(2)
  })

  test('names what chatters: three of one rule and place within three hours', () => {
    const slow = [call(0), call(90), call(181)]
    expect(loadOf(slow, { from: 0, now: 4 * HOUR }).chattering).toEqual([])
    expect(loadOf([call(0), call(90), call(180)], { from: 0, now: 4 * HOUR }).chattering).toMatchObject([{ place: 'beijing', count: 3 }])
  })

  test('names the ten that ask most, and their share', () => {
    const calls = Array.from({ length: 12 }, (_, n) => Array.from({ length: n + 1 }, (__, m) => call(n * 10 + m, { place: `c${n}` }))).flat().sort((a, b) => a.at - b.at)
    const { topTen, topTenShare } = loadOf(calls, { from: 0, now: 10 * HOUR })
    expect([topTen.length, topTen[0]?.place, topTen[0]?.count, topTenShare]).toEqual([10, 'c11', 12, 75 / 78])
  })

  test('says how long until somebody acknowledged, and what was over before anybody could', () => {
    const calls = [call(0, { acknowledged: 2 * MINUTE }), call(1, { acknowledged: 5 * MINUTE }), call(2, { ended: 4 * MINUTE }), call(3)]
    expect(loadOf(calls, { from: 0, now: HOUR })).toMatchObject({ fleeting: 1, acknowledge: { medianSeconds: 180, p90Seconds: 228, unacknowledged: 1 } })
  })

  test('does not wait for what nobody can acknowledge any more: a later occurrence asks in its place, until that is acknowledged', () => {
    const at = new Timeline({ event: eventOf([{ average: 'hour', max: 75 }]), stations: [{ id: 'A' }], from: '2022-03-10 00:00', rules: { silenceAtLeast: 1000 * HOUR } })
    at.hours('2022-03-10 00:00', 1, { A: 90 }).until('2022-03-10 01:10')
    const [id = ''] = Object.keys(at.room.alerts)
    const waiting = () => {
      const memory = new Memory().take(at.facts)
      return [loadOf(memory.calls().all(), { from: 0, now: at.now }), loadOf(new Memory(JSON.parse(JSON.stringify(memory.kept())) as Remembered).calls().all(), { from: 0, now: at.now })].map(({ calls, acknowledge }) => [calls, acknowledge.unacknowledged])
    }
    const decided = shelve(at.alert(id), { by: 'chen', role: 'leader', until: at.now + HOUR, why: '核实', at: at.now })
    if (decided.ok) at.take(decided.drafts)
    at.to(at.now + HOUR)
    expect(at.alert(id)).toMatchObject({ occurrence: 2, state: 'unacknowledged' })
    expect(waiting()).toEqual([[2, 1], [2, 1]])
    at.acknowledge(id)
    expect(waiting()).toEqual([[2, 0], [2, 0]])
  })

  test('marks every figure that is beyond what is recommended, and no other', () => {
    const quiet = { from: '', to: '', stale: [], ...loadOf([], { from: 0, now: 24 * HOUR }) }
    expect(beyond(quiet)).toEqual([])
    const within = { ...quiet, calls: 150, lastTenMinutes: 10, perTenMinutes: 1, peakTenMinutes: 10, topTenShare: 0.05, severities: { critical: 7, warning: 23, notice: 120 } }
    expect(beyond(within)).toEqual([])
    expect(beyond({ ...within, calls: 151, perTenMinutes: 1.04, topTenShare: 0.3, severities: { critical: 9, warning: 20, notice: 122 } })).toEqual(['calls', 'perTen', 'topTen', 'split'])
    const bad = { ...within, calls: 300, lastTenMinutes: 11, perTenMinutes: 2, peakTenMinutes: 11, flood: { now: true, count: 1, share: 0.01 }, stale: ['a', 'b', 'c', 'd', 'e'], chattering: [{ kind: 'silent' as const, place: 'S', pollutant: 'PM2.5', count: 3 }], fleeting: 1, topTenShare: 1, acknowledge: { ...quiet.acknowledge, unacknowledged: 1 } }
    expect(beyond({ ...bad, severities: { critical: 0, warning: 100, notice: 200 } })).toEqual(Object.keys(RECOMMENDED))
  })

  test('of nothing is nothing, and of any calls makes sense', () => {
    expect(loadOf([], { from: 0, now: HOUR })).toMatchObject({ calls: 0, peakTenMinutes: 0, topTenShare: 0, flood: { now: false, count: 0, share: 0 }, acknowledge: { medianSeconds: null } })
    fc.assert(fc.property(fc.array(fc.nat(600), { maxLength: 200 }), (minutes) => {
      const calls = minutes.sort((a, b) => a - b).map((minute) => call(minute))
      const load = loadOf(calls, { from: 0, now: 10 * HOUR })
      const stretches = floods(calls, 10 * HOUR)
      const inOrder = stretches.every(({ from, to }, n) => (to ?? Infinity) >= from && from >= (stretches[n - 1]?.to ?? 0))
      return load.peakTenMinutes >= load.lastTenMinutes && load.flood.share <= 1 && inOrder && (stretches.length > 0) === (load.peakTenMinutes > 10)
    }))
  })
})

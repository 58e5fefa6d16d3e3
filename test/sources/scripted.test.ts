import { describe, expect, test } from 'vitest'
import { Script } from '../../shared/exercise.ts'
import { stationCell } from '../../shared/cells.ts'
import { MICRO } from '../../shared/reading.ts'
import { MINUTE } from '../../shared/time.ts'
import { loadEvent } from '../../server/config.ts'
import { EVENT_SOURCE, begin, NOBODY, openHouse } from '../../server/main/house.ts'
import { replayClock } from '../../server/clock.ts'
import { memoryJournal } from '../../server/journal/memory.ts'
import { memoryReadings } from '../../server/readings/memory.ts'
import { scriptedAir, scriptedHistory } from '../../server/sources/simulator/scripted.ts'

const from = Date.parse('2022-03-08T18:30:00+08:00')
const script = Script.parse({
  name: { zh: '演习', en: 'exercise' }, from: '2022-03-08T18:30', lasts: 'PT3H', every: 'PT10M', air: { 'PM2.5': 40 },
  episodes: [{ stations: ['T1'], after: 'PT1H', lasts: 'PT1H', lift: 100, shape: 'step' }, { stations: ['T2'], after: 'PT30M', lasts: 'PT30M', silent: true }],
})
const stations = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map((id) => ({ id, within: ['town'] }))
const parts = { script, stations, from }
const batches = [...scriptedAir(parts)]
const valuesOf = (station: string) => batches.map(({ at, readings }) => [(at - from) / MINUTE, readings.find((reading) => reading.station === station)?.value ?? null] as const)

describe('the air of an exercise', () => {
  test('comes period by period, each as it ends, from the running hour to the exercise\'s end, and the same whenever it is asked', () => {
    expect([batches[0]?.at, batches.at(-1)?.at].map((at) => ((at ?? 0) - from) / MINUTE)).toEqual([-20, 180])
    expect([...scriptedAir(parts)]).toEqual(batches)
  })

  test('rises where and when the script says, and a silent station sends nothing meanwhile', () => {
    const level = (station: string, minute: number) => (valuesOf(station).find(([at]) => at === minute)?.[1] ?? 0) / MICRO
    expect([level('T1', 60), level('T1', 70), level('T1', 130)].map((value) => value > 100)).toEqual([false, true, false])
    expect(level('T3', 90)).toBeLessThan(60)
    expect(valuesOf('T2').filter(([, value]) => value === null).map(([at]) => at)).toEqual([40, 50, 60])
  })

  test('is no air that the rules would doubt: two days of it before, and the exercise itself', async () => {
    const loaded = await loadEvent('test/events/towers')
    if (!loaded.ok) throw new Error('the event is not right')
    const clock = replayClock(from, Infinity)
    const house = await openHouse({ config: loaded.config, air: 'exercise', clock, store: memoryReadings(), journal: memoryJournal(), machine: () => 0 })
    const { take } = begin(house, NOBODY)
    const quiet = { ...parts, script: { ...script, episodes: [] } }
    for (const { at, readings } of [...scriptedHistory(quiet), ...scriptedAir(quiet)]) {
      if (at > clock.now()) await clock.set(at)
      const receipt = await take({ source: EVENT_SOURCE, readings, indexes: readings.map((_, i) => i), rejected: [] })
      expect(receipt).toMatchObject({ ok: true, rejected: [] })
      house.bench.ledger.judgeContext()
      for (const series of house.bench.ledger.byStation.values()) expect(stationCell(house.bench, series, { now: clock.now(), classify: () => null })?.hour?.suspect ?? false).toBe(false)
    }
    clock.stop()
  }, 30_000)
})

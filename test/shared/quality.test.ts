import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StationHour } from '../../shared/hour.ts'
import { flagsOf, SourceFlags, USUAL_FLAGS } from '../../shared/quality/flags.ts'
import { neighbourhoods } from '../../shared/quality/near.ts'
import { parametersOf, QualityFile, USUAL } from '../../shared/quality/parameters.ts'
import { hourVerdict } from '../../shared/quality/verdict.ts'
import { worthOf } from '../../shared/quality.ts'
import type { Quantity, Reading } from '../../shared/reading.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, micro, type Setup, station, Timeline } from '../timeline/timeline.ts'

const worth = (pollutant: Quantity, value: number | null, flag = '') => {
  const { validity, why } = worthOf({ pollutant, value: micro(value), flag }, { parameters: USUAL, flags: USUAL_FLAGS })
  return [validity, why]
}

describe('a reading by itself', () => {
  test.each<[Quantity, number, string, string | null]>([
    ['PM2.5', -5, 'valid', 'negative'], ['PM2.5', -5.1, 'invalid', 'out-of-range'], ['PM2.5', 0, 'valid', 'below-detection'], ['PM2.5', 2, 'valid', 'below-detection'],
    ['PM2.5', 2.1, 'valid', null], ['PM2.5', 1000, 'valid', null], ['PM2.5', 1000.1, 'invalid', 'out-of-range'],
    ['PM10', 2000, 'valid', null], ['PM10', 2000.1, 'invalid', 'out-of-range'], ['CO', -0.6, 'invalid', 'out-of-range'],
  ])('of %s, %s is %s (%s)', (pollutant, value, ...wanted) => { expect(worth(pollutant, value)).toEqual(wanted) })

  test.each<[Quantity, number, string]>([
    ['PM2.5', -999, 'invalid'], ['PM2.5', 9999, 'invalid'], ['PM2.5', 1999, 'invalid'], ['PM2.5', -99, 'invalid'], ['PM2.5', 999, 'suspect'], ['PM10', 1999, 'suspect'], ['PM10', 9999, 'invalid'],
  ])('an instrument\'s code for none is told as one: %s %s is %s', (pollutant, value, validity) => { expect(worth(pollutant, value)).toEqual([validity, 'sentinel']) })

  test('a pressure of 999 hPa is weather, not a code', () => { expect(worth('pressure', 999)).toEqual(['valid', null]) })

  test('75,600 ng/m³ sent as µg/m³ is refused as a slip of the unit, not only as too much', () => { expect(worth('PM2.5', 75_600)).toEqual(['invalid', 'unit-slip']) })

  test('nothing but a flag makes PM2.5 from -5 to 1000 invalid', () => {
    fc.assert(fc.property(fc.integer({ min: -50, max: 10_000 }), (tenths) => worth('PM2.5', tenths / 10)[0] !== 'invalid'))
  })

  test('PM10 of a dust storm counts where dust is to be expected', () => {
    const parameters = parametersOf(QualityFile.parse({ dust: true }))
    expect(worthOf({ pollutant: 'PM10', value: micro(9600), flag: 'N' }, { parameters, flags: USUAL_FLAGS })).toEqual({ validity: 'valid', why: null })
  })
})

describe('flags', () => {
  test.each([
    ['N', 'valid', null], ['3', 'valid', null], ['1', 'valid', null], ['', 'valid', null], ['M', 'invalid', 'flag-maintenance'], ['C', 'invalid', 'flag-calibration'], ['0', 'invalid', 'flag-calibration'],
    ['D', 'invalid', 'flag-fault'], ['B', 'invalid', 'flag-no-link'], ['F', 'invalid', 'flag-stopped'], ['P', 'invalid', 'flag-power'], ['2', 'invalid', 'flag-abnormal'],
    ['T', 'suspect', 'flag-over-range'], ['S', 'invalid', 'flag-manual'], ['?', 'suspect', 'flag-unknown'],
  ])('of HJ 212: "%s" is %s (%s)', (flag, ...wanted) => { expect(worth('PM2.5', 40, flag)).toEqual(wanted) })

  test('a source that has its own letters is read by them, and by the table that it names', () => {
    const flags = flagsOf(SourceFlags.parse({ table: 'cnemc', map: { OK: 'normal', N: 'fault' }, always: true }))
    expect(['OK', 'N', 'H', 'HSp', 'RM', '', 'M'].map((flag) => flags.get(flag)?.why ?? null)).toEqual([null, 'flag-fault', 'flag-insufficient', 'flag-over-range', 'flag-rejected', 'flag-missing', null])
    expect(flags.get('M')).toBeUndefined()
  })
})

describe('neighbours', () => {
  const at = (id: string, [longitude, latitude]: [number, number], kind: 'national' | 'micro' = 'national') => station({ id, longitude, latitude, kind })
  test('are the nearest stations within fifteen kilometres, and no micro-station is anybody\'s', () => {
    const stations = [at('A', [116, 40]), at('B', [116, 40.13]), at('C', [116, 40.14]), at('D', [116.1, 40]), at('M', [116, 40.01], 'micro'), at('E', [116, 40])]
    const near = neighbourhoods(stations, { within: 15, most: 8 })
    expect([near.get('A'), near.get('M'), near.get('C')]).toEqual([['E', 'D', 'B'], ['A', 'E', 'D', 'B', 'C'], ['B']])
    expect(neighbourhoods(stations, { within: 15, most: 1 }).get('A')).toEqual(['E'])
  })
})

const DAY = '2022-03-10'
const room = (more: Partial<Setup> = {}) => new Timeline({
  event: eventOf([{ max: 75 }]), stations: [{ id: 'A' }, { id: 'B', longitude: 118 }], from: `${DAY} 00:00`, rules: { silenceAtLeast: 1000 * HOUR }, ...more,
})
const hourly = (at: Timeline, id: string, ...[values, pollutant = 'PM2.5']: [readonly (number | null)[], Quantity?]): Reading[] =>
  values.map((value, i) => ({ station: id, pollutant, start: at.instant(DAY) + i * HOUR, minutes: 60, value: micro(value), flag: '' }))
/** What is said of every hour of a station, once the day is over. */
function said(at: Timeline, id = 'A', pollutant: Quantity = 'PM2.5'): string[] {
  at.bench.ledger.judgeContext({ now: at.instant('2022-03-12') })
  const hours = at.bench.ledger.seriesOf(id, pollutant)?.hours ?? new Map<number, StationHour>()
  return [...hours.values()].sort((a, b) => a.start - b.start).map((hour) => {
    const { validity, reasons } = hourVerdict(hour, { pollutant, need: 45, parameters: USUAL })
    return [validity, ...reasons.map(({ code }) => code)].join(' ')
  })
}
const alone = (values: readonly (number | null)[]): string[] => { const at = room(); return said(at.push(hourly(at, 'A', values))) }

describe('hours beside other hours', () => {
  test('four equal hours of more than 5 are stuck, all four of them; three are not', () => {
    expect(alone([40, 41.3, 41.3, 41.3, 41.3, 55])).toEqual(['valid', ...Array<string>(4).fill('suspect stuck'), 'valid'])
    expect(alone([40, 41.3, 41.3, 41.3, 55])).toEqual(Array<string>(5).fill('valid'))
  })

  test('of a long standstill each hour tells the three before and the three after it, however long it goes on', () => {
    const at = room()
    at.push(hourly(at, 'A', Array<number>(20).fill(41.3)))
    at.bench.ledger.judgeContext({ now: at.now + 24 * HOUR })
    const hours = [...at.bench.ledger.seriesOf('A', 'PM2.5')!.hours.values()].map(({ remarks }) => remarks?.find(({ code }) => code === 'stuck')?.figures)
    expect([hours[0], hours[1], hours[10], hours[19]]).toEqual([4, 5, 7, 4].map((equal) => ({ value: 41.3, hours: equal })))
  })

  test('forty-one equal hours of 3 µg/m³ are real, and so are hours of 5', () => {
    expect(new Set(alone(Array<number>(41).fill(3)))).toEqual(new Set(['valid']))
    expect(new Set(alone(Array<number>(9).fill(5)))).toEqual(new Set(['valid']))
  })

  test('six hours that move by less than one percent of their mean are in doubt from the sixth', () => {
    expect(alone([100, 100.5, 100, 100.5, 100, 100.5, 130])).toEqual([...Array<string>(5).fill('valid'), 'suspect low-variance', 'valid'])
    expect(new Set(alone([100, 103, 100, 103, 100, 103, 100]))).toEqual(new Set(['valid']))
  })

  test('one hour far above the hours around it is a spike; it counts', () => {
    expect(alone([40, 42, 41, 140, 43, 40, 42])[3]).toBe('suspect spike')
    expect(alone([40, 42, 41, 91, 43, 40, 42])[3]).toBe('valid')
  })

  test('a step of more than 150 in an hour is in doubt, of 150 it is not', () => {
    expect(alone([40, 190.1, 195])[1]).toBe('suspect step')
    expect(alone([40, 190, 195])[1]).toBe('valid')
  })

  test('PM2.5 above PM10 by more than 5 and a tenth puts both in doubt; a small excess is only noted', () => {
    const at = room()
    at.push(hourly(at, 'A', [111, 110, 16, 50])).push(hourly(at, 'A', [100, 100, 10, 52], 'PM10'))
    expect(said(at)).toEqual(['suspect inversion', 'valid slight-inversion', 'suspect inversion', 'valid'])
    expect(said(at, 'A', 'PM10')).toEqual(['suspect inversion', 'valid slight-inversion', 'suspect inversion', 'valid'])
  })

  test('PM2.5 of less than a twentieth of PM10 is in doubt, or dust where that is to be expected', () => {
    const both = (more: Partial<Setup>): string[] => { const at = room(more); return said(at.push(hourly(at, 'A', [19, 20])).push(hourly(at, 'A', [400, 400], 'PM10'))) }
    expect(both({})).toEqual(['suspect ratio', 'valid'])
    expect(both({ quality: { dust: true } })).toEqual(['valid dust', 'valid'])
  })

  test('mg/m³ in place of µg/m³ shows against the hours before', () => {
    expect(alone([52, 60, 55, 0.0523, 0.06]).map((one) => one.includes('unit-slip'))).toEqual([false, false, false, true, true])
  })

  test('an hour is looked at beside others only once it has ended', () => {
    const at = room().until(`${DAY} 02:58`)
    at.push(hourly(at, 'A', [40, 45, 300]))
    const hour = at.bench.ledger.seriesOf('A', 'PM2.5')!.hours.get(at.instant(`${DAY} 02:00`))!
    expect(hour.doubted).toBe(false)
    at.until(`${DAY} 03:00`)
    expect(hour.doubted).toBe(true)
  })
})

describe('minutes that stand still', () => {
  const minutes = (at: Timeline, values: readonly number[], every = 1): Reading[] => values.map((value, i) => (
    { station: 'A', pollutant: 'PM2.5', start: at.instant(DAY) + i * every * MINUTE, minutes: every, value: micro(value), flag: '' }))
  const moving = (n: number): number[] => Array.from({ length: n }, (_, i) => 30 + (i % 7) + (i % 3) / 10)
  const still = (n: number, value = 33.3): number[] => Array<number>(n).fill(value)

  test('thirty equal minutes put their hour in doubt, twenty-nine do not, and 3 µg/m³ may stand', () => {
    const of = (values: readonly number[]): string | undefined => { const at = room(); return said(at.push(minutes(at, values)))[0] }
    expect(of([...moving(20), ...still(30), ...moving(10)])).toBe('suspect stuck-minutes')
    expect(of([...moving(20), ...still(29), ...moving(11)])).toBe('valid')
    expect(of(still(60, 3))).toBe('valid')
  })

  test('a run across the end of an hour puts both hours in doubt', () => {
    const at = room()
    at.push(minutes(at, [...moving(45), ...still(30), ...moving(45)]))
    expect(said(at)).toEqual(['suspect stuck-minutes', 'suspect stuck-minutes'])
    const [late, all] = [room(), minutes(at, [...moving(45), ...still(30), ...moving(45)])]
    expect(said(late.push(all.slice(0, 60)))).toEqual(['valid'])
    expect(said(late.push(all.slice(60)))).toEqual(['suspect stuck-minutes', 'suspect stuck-minutes'])
  })

  test('a run across the end of an hour is seen though no mean moves: the same minutes came in another order, of the hour after or before', () => {
    const swapped = (first: readonly number[], again: readonly number[], hour: number): string[] => {
      const at = room()
      at.push(minutes(at, first))
      expect(said(at)).toEqual(['valid', 'valid'])
      const all = minutes(at, again)
      return said(at.push(all.slice(hour * 60, hour * 60 + 60)))
    }
    const [seen, both] = [[...moving(45), ...still(15)], ['suspect stuck-minutes', 'suspect stuck-minutes']]
    const across = [...seen, ...still(15), ...moving(45)]
    expect(swapped([...seen, ...seen], across, 1)).toEqual(both)
    expect(swapped([...still(15), ...moving(45), ...still(15), ...moving(45)], across, 0)).toEqual(both)
  })

  test('two equal quarters of an hour are chance', () => {
    const at = room()
    expect(said(at.push(minutes(at, [30, 33, 33, 35], 15)))).toEqual(['valid'])
  })
})

describe('beside neighbours, and on nights of fireworks', () => {
  const four = ['A', 'B', 'C', 'D'].map((id, i) => ({ id, longitude: 116 + i / 100 }))
  const night = (values: Record<string, readonly number[]>, more: Partial<Setup> = {}): string[] => {
    const at = room({ stations: four, ...more })
    for (const [id, list] of Object.entries(values)) at.push(hourly(at, id, list))
    return said(at)
  }
  const calm = [40, 42, 41, 43, 40, 42, 41]
  const risen = [40, 42, 41, 243, 40, 42, 41]

  test('a spike that two neighbours have too is confirmed: valid, and says so', () => {
    expect(night({ A: risen, B: risen, C: risen, D: calm })[3]).toBe('valid confirmed confirmed')
    expect(night({ A: risen, B: risen, C: calm, D: calm })[3]).toBe('suspect step spike neighbours')
  })

  test('alone among its neighbours it is in doubt, and in a fireworks window it is confirmed', () => {
    const keyDates = [{ id: 'eve', name: { zh: '夜', en: 'night' }, kind: 'fireworks', date: DAY, from: '03:30', to: '06:00' }]
    expect(night({ A: risen, B: calm, C: calm, D: calm })[3]).toBe('suspect step spike neighbours')
    expect(night({ A: risen, B: calm, C: calm, D: calm }, { event: eventOf([{ max: 75 }], { keyDates }) })[3]).toBe('valid confirmed confirmed confirmed')
    expect(night({ A: risen, B: calm, C: calm, D: calm }, { event: eventOf([{ max: 75 }], { keyDates: [{ ...keyDates[0], kind: 'ceremony' }] }) })[3]).toBe('suspect step spike neighbours')
  })

  test('neighbours that come in a later batch are looked at all the same', () => {
    const at = room({ stations: four })
    at.push(hourly(at, 'A', [200, 203, 199]))
    expect(said(at)).toEqual(['valid', 'valid', 'valid'])
    for (const id of ['B', 'C', 'D']) at.push(hourly(at, id, [40, 42, 41]))
    expect(said(at)).toEqual(Array<string>(3).fill('suspect neighbours'))
  })

  test('a station a hundredfold above its neighbours has another unit, once half of six hours say so', () => {
    const high = [700, 720, 710, 705, 715, 725, 730]
    const low = [6, 7, 6, 5, 6, 7, 6]
    expect(night({ A: high, B: low, C: low, D: low }).map((one) => one.includes('unit-slip'))).toEqual([false, false, true, true, true, true, true])
  })
})

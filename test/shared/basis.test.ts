import { describe, expect, test } from 'vitest'
import { stretchesOf } from '../../shared/effective.ts'
import { standardsIn } from '../../shared/basis.ts'
import { EventFile } from '../../shared/event.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'
import { cn2012, cn2026 } from './standards.ts'

const list = [{ id: 'cn-2012' }, { id: 'cn-2026' }]
const basis = { zh: '某', en: 'some' }
const room = (event: object) => new Timeline({ event, stations: [{ id: 'A' }], from: '2026-02-20 00:00', rules: { silenceAtLeast: 1000 * HOUR } })
const changing = eventOf([
  { id: 'seventy-five', max: 75 }, { id: 'sixty', max: 60 }, { id: 'own', max: 55 }, { id: 'hour', average: 'hour', max: 75 },
  { id: 'coarse', pollutant: 'PM10', max: 120, on: { from: '2026-03-01', to: '2026-03-05' } },
], { standard: list, period: { from: '2026-02-20', to: '2026-03-10' } })
const figures = (from: string, to: string) => Object.fromEntries(room(changing).summary(from, to).limits.map((limit) => [limit.id, limit.figures.map(({ standard, clause, grade }) => [standard, clause.en, grade])]))

describe('a summary says what it was judged by', () => {
  test('after all that it always had, in members of its own', () => {
    expect(Object.keys(room(changing).summary('2026-02-20', '2026-03-10'))).toEqual([
      'event', 'standard', 'timezone', 'from', 'to', 'method', 'through', 'data', 'cities', 'alerts', 'orders', 'standards', 'limits', 'aqi', 'review',
    ])
  })

  test('each standard with its days and documents; its id is that of the first day', () => {
    const { standard, standards } = room(changing).summary('2026-02-20', '2026-03-10')
    expect([standard, ...standards.map(({ id, from, to }) => [id, from, to])]).toEqual(['cn-2012', ['cn-2012', '2026-02-20', '2026-02-28'], ['cn-2026', '2026-03-01', '2026-03-10']])
    expect(standards[1]).toMatchObject({ name: cn2026.name, inForce: { from: '2026-03-01', to: null } })
    expect(standards[1]?.documents.map(({ number }) => number)).toEqual(['GB 3095-2026', 'HJ 633-2026', 'GB/T 8170-2008'])
    expect(room(changing).summary('2026-03-02', '2026-03-10').standard).toBe('cn-2026')
  })

  test("each limit with its basis, and the clause of the figure that it equals in that day's standard", () => {
    expect(figures('2026-02-20', '2026-03-10')).toEqual({
      'seventy-five': [['cn-2012', 'GB 3095-2012 table 1', 2]], sixty: [['cn-2026', 'GB 3095-2026, limits of the basic items, transition', 2]],
      own: [], hour: [], coarse: [['cn-2026', 'GB 3095-2026, limits of the basic items, transition', 2]],
    })
    expect(room(changing).summary('2026-02-20', '2026-03-10').limits[0]).toMatchObject({ id: 'seventy-five', pollutant: 'PM2.5', average: 'day', max: 75, assumed: false, basis })
  })

  test('a limit of 75 is no figure of 2026, and one that holds on no day of the range is not in it', () => {
    expect(figures('2026-03-01', '2026-03-10')['seventy-five']).toEqual([])
    expect(Object.keys(figures('2026-02-20', '2026-02-28'))).toEqual(['seventy-five', 'sixty', 'own', 'hour'])
  })

  test('a limit of another city than those summed up is not in it', () => {
    const elsewhere = eventOf([{ max: 75 }, { max: 60, areas: ['baoding'] } as object])
    expect(room(elsewhere).summary('2022-03-01', '2022-03-02').limits.map(({ id }) => id)).toEqual(['limit-1'])
  })
})

describe('the documents of a standard', () => {
  const numbers = (day: string): string[] => {
    const event = EventFile.parse(eventOf([], { period: { from: day, to: day } }))
    return standardsIn(stretchesOf(event, [cn2012], { from: day, to: day })).flatMap(({ documents }) => documents.map(({ number }) => number))
  }
  test('an amendment of 2018 judged nothing in 2014, and does in 2022', () => {
    expect(numbers('2014-11-04')).toEqual(['GB 3095-2012', 'HJ 633-2012', 'GB/T 8170-2008'])
    expect(numbers('2022-02-04')).toEqual(['GB 3095-2012', 'GB 3095-2012 修改单', 'HJ 633-2012', 'GB/T 8170-2008'])
  })
})

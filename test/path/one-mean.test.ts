import { afterEach, describe, expect, test, vi } from 'vitest'
import type * as averages from '../../shared/average.ts'
import { cityCell } from '../../shared/cells.ts'
import { eventOf, Timeline } from '../timeline/timeline.ts'

const broken = vi.hoisted(() => ({ now: false }))
vi.mock('../../shared/average.ts', async (original) => {
  const real = await original<typeof averages>()
  const meanOf: typeof real.meanOf = (tally, left) => {
    const { mean, stations } = real.meanOf(tally, left)
    return { mean: mean !== null && broken.now ? { ...mean, num: mean.num + 3_000_000n * mean.den } : mean, stations }
  }
  return { ...real, meanOf }
})
afterEach(() => { broken.now = false })

const DAY = '2022-03-10'
/** A day of two stations at 100 and 80, and its last hour. */
function played(): Timeline {
  const at = new Timeline({ event: eventOf([{ max: 75 }, { average: 'hour', max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00` })
  at.tick(at.instant(`${DAY} 23:00`))
  for (let hour = 0; hour < 23; hour += 1) at.push(at.hour(`${DAY} ${String(hour).padStart(2, '0')}:00`, { A: 100, B: 80 }))
  at.tick(at.instant('2022-03-11 00:00'))
  return at.push(at.hour(`${DAY} 23:00`, { A: 100, B: 80 }))
}
const summary = (at: Timeline) => at.summary(DAY, DAY).cities[0]?.days[0]?.mean
const alert = (at: Timeline) => at.alert(`day-exceeded:beijing:PM2.5:${DAY}`).value
const cell = (at: Timeline) => {
  const { lastHour, lastDay } = cityCell(at.bench, at.bench.ledger.airs[0]!, at.now)
  return [lastHour?.mean, lastDay?.mean]
}

describe('one function makes every mean', () => {
  test('the summary\'s figure', () => { expect(summary(played())).toBe(90) })
  test('the alert\'s value', () => { expect(alert(played())).toBe(90) })
  test('the wall\'s figure', () => { expect(cell(played())).toEqual([90, 90]) })

  test('broken in one place, the summary, the alert and the wall are all wrong by the same', () => {
    broken.now = true
    const at = played()
    expect([summary(at), alert(at), ...cell(at)]).toEqual([93, 93, 93, 93])
  })
})

import { describe, expect, test } from 'vitest'
import { cityCell, timelineCell } from '../../shared/cells.ts'
import { HOUR } from '../../shared/time.ts'
import { eventOf, STEADY, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
/** Nobody is called silent here: every fact in these lists is about a limit. */
const quiet = { silenceAtLeast: 1000 * HOUR }
const both = (value: number | null) => ({ A: value, B: value })
const room = (average: 'hour' | 'day' = 'hour') =>
  new Timeline({ event: eventOf([{ average, max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet, quality: STEADY })

/** The hours of the 10th, as 0 to 23, that the timeline of the wall marks as revised. */
function marked(at: Timeline): number[] {
  const air = at.bench.ledger.air('beijing', 'PM2.5')!
  const cell = timelineCell(at.bench, air, at.now)
  return cell.revised.flatMap((is, i) => (is ? [(cell.start - at.instant(DAY)) / HOUR + i] : []))
}

describe('after a restart of the server', () => {
  test('an hour that was revised is still marked, and so is its day; the others are not', () => {
    const at = room('day').hours(`${DAY} 00:00`, 6, both(80))
    at.push(at.hour(`${DAY} 02:00`, { A: 90 }))
    expect(marked(at)).toEqual([2])
    at.restart(`${DAY} 06:30`)
    expect(marked(at)).toEqual([2])
    expect(cityCell(at.bench, at.bench.ledger.air('beijing', 'PM2.5')!, at.now).day.marks).toEqual(['revised'])
  })

  test('an hour that got its data after it had closed is still marked', () => {
    const at = room().hours(`${DAY} 00:00`, 2, both(80)).until(`${DAY} 04:00`)
    at.push(at.hour(`${DAY} 02:00`, both(60)))
    expect(marked(at)).toEqual([2])
    expect(marked(at.restart(`${DAY} 04:10`))).toEqual([2])
  })

  test('an hour that is revised for the first time is marked, as without the restart', () => {
    const at = room().hours(`${DAY} 00:00`, 4, both(80)).restart(`${DAY} 04:10`)
    expect(marked(at)).toEqual([])
    at.push(at.hour(`${DAY} 01:00`, { A: 81 }))
    expect(marked(at)).toEqual([1])
  })

  test('a projection whose hour exceeded while the server was away too long for news is closed by the verdict itself', () => {
    const at = room().until(`${DAY} 10:00`)
    const minutes = Array.from({ length: 30 }, (_, m) => ['A', 'B'].map((station) => (
      { station, pollutant: 'PM2.5' as const, start: at.instant(`${DAY} 10:${String(m).padStart(2, '0')}`), minutes: 1, value: 120_000_000, flag: '' }))).flat()
    at.until(`${DAY} 10:30`).push(minutes)
    expect(at.said()).toEqual(['03-10 10:30 raised hour-projected:beijing:PM2.5:03-10T10'])
    at.restart(`${DAY} 14:00`, { unseen: at.hour(`${DAY} 10:00`, both(120)) })
    expect(at.said().slice(1)).toEqual(['03-10 14:00 closed hour-projected:beijing:PM2.5:03-10T10 (hour-exceeded)'])
  })

  test('an alert whose limit the event no longer has is closed with that as its reason, and no other is', () => {
    const at = new Timeline({ event: eventOf([{ average: 'hour', max: 75 }, { average: 'day', max: 75 }]), stations: [{ id: 'A' }, { id: 'B' }], from: `${DAY} 00:00`, rules: quiet })
    at.hours(`${DAY} 00:00`, 4, both(90))
    const before = at.said().length
    at.restart(`${DAY} 04:05`, { event: eventOf([{ average: 'day', max: 75 }]) })
    const news = at.said().slice(before)
    expect(news.filter((line) => line.includes('closed hour-exceeded')).length).toBe(4)
    expect(news.every((line) => line.includes(' closed hour-') && line.endsWith('(limit-removed)'))).toBe(true)
    expect(at.restart(`${DAY} 04:06`).said()).toHaveLength(before + news.length)
  })

  test('a condition that cleared while the server was away returns once, by the readings that came too late for it, and at no further start', () => {
    const at = room('day').hours(`${DAY} 00:00`, 3, both(60)).hours(`${DAY} 03:00`, 3, both(90))
    expect(at.said()).toEqual(['03-10 05:00 raised day-projected:beijing:PM2.5:03-10'])
    at.restart(`${DAY} 09:05`, { unseen: [6, 7, 8].flatMap((hour) => at.hour(`${DAY} 0${hour}:00`, both(20))) }).until(`${DAY} 09:40`)
    const returned = '03-10 09:05 returned day-projected:beijing:PM2.5:03-10'
    expect(at.said().slice(1)).toEqual([returned])
    expect(at.restart(`${DAY} 09:45`).restart(`${DAY} 09:50`).until(`${DAY} 10:05`).said().slice(1)).toEqual([returned])
  })

  test('a limit that was tightened meanwhile is judged at the start, without a reading', () => {
    const at = room().hours(`${DAY} 00:00`, 2, both(60))
    expect(at.said()).toEqual([])
    at.restart(`${DAY} 02:05`, { event: eventOf([{ average: 'hour', max: 50 }]) })
    expect(at.said()).toEqual(['00', '01'].map((hour) => `03-10 02:05 raised hour-exceeded:beijing:PM2.5:03-10T${hour}`))
    expect(at.restart(`${DAY} 02:06`, { event: eventOf([{ average: 'hour', max: 50 }]) }).said()).toHaveLength(2)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cityCell, timelineCell } from '../../shared/cells.ts'
import { asKnownAt } from '../../shared/known.ts'
import { letGo, oldHours } from '../../shared/retain.ts'
import { hourVerdict } from '../../shared/quality/verdict.ts'
import { USUAL_QUALITY } from '../../shared/quality/setting.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { eventOf, STEADY, Timeline } from './timeline.ts'

const DAY = '2022-03-10'
const quiet = { silenceAtLeast: 1000 * HOUR }
const room = (more: object = {}, quality: object = {}): Timeline => new Timeline({
  event: eventOf([{ max: 75 }], more), stations: [{ id: 'A' }], from: `${DAY} 00:00`, rules: quiet, quality,
})
const at2 = (hour: number): string => `${DAY} ${String(hour).padStart(2, '0')}:00`
const span = (hour: number, until = hour + 1): [string, string] => [at2(hour), until === 24 ? '2022-03-11' : at2(until)]

/** The day of the domain's example: 24 hours that come to 1809.6, of which the last is 30. */
function provisional(): Timeline {
  const at = room()
  const values = [...Array<number>(23).fill(77), 30]
  values[0] = 85.6
  for (const [hour, value] of values.entries()) at.to(at.instant(DAY) + (hour + 1) * HOUR).push(at.hour(at2(hour), { A: value }))
  return at.until('2022-03-11 02:00')
}
const dayIn = (summary: Pick<ReturnType<Timeline['summary']>, 'cities'>) => summary.cities[0]?.days.map(({ mean, rounded, verdict }) => [mean, rounded, verdict])
const known = (at: Timeline, instant: number) => at.summary(DAY, DAY, { ledger: asKnownAt(at.bench.ledger.setup, at.revisions, instant) })
const verdictOf = (at: Timeline, hour: number) => hourVerdict(at.bench.ledger.series.get('A|PM2.5')!.hours.get(at.instant(at2(hour)))!, { pollutant: 'PM2.5', need: 45, parameters: USUAL_QUALITY.parameters })
/** All that a screen or a report could say of the day. */
function told(at: Timeline) {
  const air = at.bench.ledger.air('beijing', 'PM2.5')!
  const { alerts: _alerts, ...summary } = at.summary(DAY, DAY)
  return { summary, cell: cityCell(at.bench, air, at.now), revised: timelineCell(at.bench, air, at.now).revised }
}

describe('a verdict that a reviewer sets by hand', () => {
  test('turns a day: 75.4 was met until the hour of 30 was refused, then 77.37 is not, and an alert says so', () => {
    const at = provisional()
    expect(dayIn(at.summary(DAY, DAY))).toEqual([[75.4, 75, 'met']])
    const before = at.said().length
    const then = at.now
    at.until('2022-03-11 03:00')
    expect(at.review('A', span(23))).toBe('done')
    expect(dayIn(at.summary(DAY, DAY))).toEqual([[77.37, 77, 'exceeded']])
    expect(at.said().slice(before)).toEqual(['03-11 03:00 readings-reviewed', '03-11 03:00 raised day-exceeded:beijing:PM2.5:03-10'])
    expect(at.alert('day-exceeded:beijing:PM2.5:2022-03-10').marks).toContain('revised')
    expect(dayIn(known(at, then)), 'as it was known before').toEqual([[75.4, 75, 'met']])
    expect(dayIn(known(at, at.now))).toEqual([[77.37, 77, 'exceeded']])
    expect(verdictOf(at, 23)).toMatchObject({ validity: 'invalid', level: 'reviewed', reasons: [{ code: 'reviewed', by: 'li', reason: '采样管脱落' }] })
  })

  test('is taken back as it was given: the day is met again and its alert withdrawn', () => {
    const at = provisional()
    at.review('A', span(23))
    at.until('2022-03-11 03:00')
    expect(at.review('A', span(23), { verdict: 'automatic' })).toBe('done')
    expect(dayIn(at.summary(DAY, DAY))).toEqual([[75.4, 75, 'met']])
    expect(at.alert('day-exceeded:beijing:PM2.5:2022-03-10').state).toBe('withdrawn')
    expect(verdictOf(at, 23).level).toBe('automatic')
    expect(at.review('A', span(23), { verdict: 'automatic' }), 'there is nothing more to take back').toBe('nothing-to-review')
    expect(at.revisions.filter(({ start }) => start === at.instant(at2(23))).map(({ revision, value }) => [revision, value])).toEqual([[1, 30_000_000], [2, 30_000_000], [3, 30_000_000]])
  })

  test('of a day that is no longer current moves the summary and raises no alert', () => {
    const at = provisional().until('2022-03-14 09:00')
    const before = at.said('day-exceeded').length
    at.review('A', span(23))
    expect(dayIn(at.summary(DAY, DAY))).toEqual([[77.37, 77, 'exceeded']])
    expect(at.said('day-exceeded').length).toBe(before)
  })

  test('stands when its station sends the same value again, and not for another value', () => {
    const at = provisional()
    at.review('A', span(23))
    at.push(at.hour(at2(23), { A: 30 }))
    expect(dayIn(at.summary(DAY, DAY))).toEqual([[77.37, 77, 'exceeded']])
    at.push(at.hour(at2(23), { A: 31 }))
    expect(verdictOf(at, 23).level).toBe('automatic')
    expect(dayIn(at.summary(DAY, DAY))?.[0]?.[2]).toBe('met')
    expect(at.revisions.at(-1)).toMatchObject({ revision: 3, value: 31_000_000 })
  })

  test('is about the value that was there: one that came before it was durable is judged by the rules', () => {
    const at = provisional()
    at.review('A', span(23), { dies: true })
    at.push(at.hour(at2(23), { A: 31 }))
    at.reviewed(at.facts)
    expect(verdictOf(at, 23)).toMatchObject({ validity: 'valid', level: 'automatic' })
    at.restart('2022-03-11 03:00')
    expect(verdictOf(at, 23)).toMatchObject({ level: 'automatic' })
    expect(at.store.get(`A|PM2.5|${at.instant(at2(23))}|60`)).toMatchObject({ revision: 2, value: 31_000_000 })
  })

  test('clears an hour of the doubt that its neighbours in time threw on it, and taken back leaves it', () => {
    const at = room({}, { lowVariance: { share: 0 } })
    for (let hour = 0; hour < 12; hour += 1) at.to(at.instant(DAY) + (hour + 1) * HOUR).push(at.hour(at2(hour), { A: hour === 5 ? 400 : 40 + (hour % 3) }))
    at.until(`${DAY} 12:30`)
    at.bench.ledger.judgeContext({ now: at.now })
    expect(verdictOf(at, 5).validity).toBe('suspect')
    at.review('A', span(5), { verdict: 'valid', level: 'verified', reason: '现场核实：爆竹' })
    expect(verdictOf(at, 5)).toMatchObject({ validity: 'valid', level: 'verified' })
    at.until('2022-03-11 01:00')
    expect(verdictOf(at, 5).validity).toBe('valid')
    const { suspect } = at.summary(DAY, DAY).data
    at.restart('2022-03-11 02:00')
    expect(verdictOf(at, 5)).toMatchObject({ validity: 'valid', level: 'verified' })
    at.review('A', span(5), { verdict: 'automatic' })
    expect(verdictOf(at, 5).validity).toBe('suspect')
    expect(at.summary(DAY, DAY).data.suspect).toBe(suspect + 1)
  })

  test('lets a value in that was set by hand at its station: until then it counts for nothing', () => {
    const at = room({}, STEADY).hours(`${DAY} 00:00`, 2, { A: 60 })
    at.until(`${DAY} 03:00`).push(at.hour(at2(2), { A: 90 }).map((reading) => ({ ...reading, flag: 'S' })))
    expect(verdictOf(at, 2)).toMatchObject({ validity: 'invalid', reasons: [{ code: 'flag-manual' }] })
    at.review('A', span(2), { verdict: 'valid', reason: '台账相符' })
    expect(verdictOf(at, 2)).toMatchObject({ validity: 'valid', reasons: [{ code: 'reviewed', reason: '台账相符' }] })
  })

  test('that is verified is changed only by who may sign', () => {
    const at = provisional()
    at.review('A', span(3), { verdict: 'valid', level: 'verified' })
    expect(at.review('A', span(0, 24), { verdict: 'suspect', signs: false })).toBe('already-verified')
    expect(at.review('A', span(4, 24), { verdict: 'suspect', signs: false })).toBe('done')
    expect(at.review('A', span(3), { verdict: 'suspect' })).toBe('done')
  })

  test('is not about what has no value', () => {
    const at = room().hours(`${DAY} 00:00`, 1, { A: null })
    expect(at.review('A', span(0), { verdict: 'valid' })).toBe('nothing-to-review')
    expect(at.review('A', span(7))).toBe('nothing-to-review')
  })
})

describe('the summary', () => {
  test('is verified once every hour that it uses is, and says how many were looked at', () => {
    const at = provisional()
    expect(at.summary(DAY, DAY)).toMatchObject({ data: { state: 'provisional' }, review: { reviewed: 0, verified: 0 } })
    at.review('A', span(0, 23), { verdict: 'valid', level: 'verified' })
    expect(at.summary(DAY, DAY)).toMatchObject({ data: { state: 'provisional' }, review: { reviewed: 0, verified: 23 } })
    at.review('A', span(23), { verdict: 'invalid', level: 'reviewed' })
    expect(at.summary(DAY, DAY), 'what is refused is not used').toMatchObject({ data: { state: 'verified', invalid: 1 }, review: { reviewed: 1, verified: 23 } })
    at.push(at.hour(at2(7), { A: 78 }))
    expect(at.summary(DAY, DAY).data.state).toBe('provisional')
  })
})

describe('of an hour that is made of minutes', () => {
  const minutes = (): Timeline => room({ summary: { dayHours: 1 } }, STEADY).live(`${DAY} 00:00`, { station: 'A', count: 60, value: 60 })

  test('those that somebody refused are taken out of its mean; too few left make no hour', () => {
    const at = minutes()
    expect(at.review('A', [`${DAY} 00:00`, `${DAY} 00:15`])).toBe('done')
    expect(verdictOf(at, 0)).toMatchObject({ validity: 'valid', level: 'automatic', reasons: [{ code: 'reviewed' }, { code: 'invalid-minutes', minutes: 15 }] })
    at.review('A', [`${DAY} 00:15`, `${DAY} 00:16`])
    expect(verdictOf(at, 0).validity).toBe('invalid')
  })

  test('its level outlives its minutes, in memory and on the disk', () => {
    const at = minutes()
    at.review('A', span(0), { verdict: 'valid', level: 'verified' })
    expect(verdictOf(at, 0).level).toBe('verified')
    const [sum] = oldHours(at.bench.ledger, at.instant(at2(1)))
    expect(sum?.level).toBe('verified')
    letGo(at.bench.ledger, at.instant(at2(1)))
    expect(verdictOf(at, 0)).toMatchObject({ validity: 'valid', level: 'verified' })
    const again = room({ summary: { dayHours: 1 } }, STEADY)
    again.bench.ledger.loadSum(sum!)
    expect(verdictOf(again, 0)).toMatchObject({ validity: 'valid', level: 'verified' })
  })
})

describe('a restart', () => {
  test('changes nothing of what was reviewed, nor does it matter that the server died before the reading was kept', () => {
    for (const dies of [false, true]) {
      const at = provisional()
      at.review('A', span(23))
      const expected = told(at.restart('2022-03-11 03:00'))
      expect(dayIn(expected.summary)).toEqual([[77.37, 77, 'exceeded']])
      const other = provisional()
      other.review('A', span(23), { dies })
      other.restart('2022-03-11 03:00')
      expect(told(other)).toEqual(expected)
      expect(other.revisions).toEqual(at.revisions)
      expect(other.said().filter((line) => line.includes('raised day-exceeded')).length).toBe(1)
      expect(other.bench.ledger.hour(other.bench.ledger.air('beijing', 'PM2.5')!, other.instant(at2(23))).revision).toBe(1)
    }
  })

  test('and a past moment say what the room said, whatever was reviewed, sent and taken back, in whatever order', () => {
    const step = fc.record({
      hour: fc.integer({ min: 0, max: 5 }), minutes: fc.constantFrom(60, 60, 30, 15), slot: fc.nat({ max: 3 }), wait: fc.integer({ min: 0, max: 6 }),
      value: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 550, max: 950 }).map((v) => v * 100_000) }, { weight: 1, arbitrary: fc.constantFrom(null, 2_500_000_000) }),
      verdict: fc.constantFrom('valid', 'suspect', 'invalid', 'automatic', null, null, null), level: fc.constantFrom('reviewed', 'verified'), dies: fc.constantFrom(false, false, true),
    })
    fc.assert(fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
      const at = room({ summary: { dayHours: 3 } })
      const said: { at: number; summary: ReturnType<typeof told>['summary'] }[] = []
      for (const [place, { hour, minutes, slot, value, wait, verdict, level, dies }] of steps.entries()) {
        const start = at.instant(DAY) + hour * HOUR + (slot % (60 / minutes)) * minutes * MINUTE
        const next = Math.max(at.now + wait * 15 * MINUTE, start + minutes * MINUTE)
        if (next > at.now && place % 5 === 4) said.push({ at: at.now, summary: told(at).summary })
        at.to(next)
        if (verdict === null) at.push([{ station: 'A', pollutant: 'PM2.5', start, minutes, value, flag: '' }])
        else if (at.review('A', span(hour), { verdict, level, dies, reason: `${place}` }) === 'done' && dies) at.restart(at.bench.calendar.civil.iso(at.now).slice(0, 16).replace('T', ' '))
      }
      said.push({ at: at.now, summary: told(at).summary })
      for (const each of said) {
        const { alerts: _alerts, ...then } = known(at, each.at)
        expect(then).toEqual(each.summary)
      }
      const { summary } = told(at)
      expect(told(at.restart(at.bench.calendar.civil.iso(at.now).slice(0, 16).replace('T', ' '))).summary).toEqual(summary)
    }), { numRuns: 40, interruptAfterTimeLimit: 40_000 })
  })
})

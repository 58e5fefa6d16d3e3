import { describe, expect, test } from 'vitest'
import { hoursDue, requestsOf, spansOf, waitAfter } from '../../../server/sources/pull/plan.ts'
import { civilOf } from '../../../shared/time.ts'

const civil = civilOf('Asia/Shanghai')
const at = (text: string): number => Date.parse(`2022-${text}:00+08:00`)
const source = { delay: 'PT5M', again: 'PT3H', catchUp: 'P2D' }
const due = (now: string, reached: string | null): string[] => {
  const span = hoursDue(source, civil, { now: at(now), reached: reached === null ? null : at(reached) })
  return span === null ? [] : [civil.iso(span.from).slice(5, 16), civil.iso(span.to).slice(5, 16)]
}

describe('what a feed is asked for', () => {
  test.each([
    ['an hour is asked for once its values are there', '02-04T20:05', '02-04T19:00', ['02-04T16:00', '02-04T20:00']],
    ['and not before', '02-04T20:04', '02-04T19:00', ['02-04T16:00', '02-04T19:00']],
    ['after an outage from where it began, and a little before', '02-05T20:10', '02-04T20:00', ['02-04T17:00', '02-05T20:00']],
    ['no further back than two days', '02-09T20:10', '02-04T20:00', ['02-07T20:00', '02-09T20:00']],
    ['at first the two days before', '02-04T20:10', null, ['02-02T20:00', '02-04T20:00']],
  ])('%s', (...[, now, reached, wanted]) => { expect(due(now, reached)).toEqual(wanted) })

  test('an address with {to} is asked by the day, one without by the hour, the oldest first', () => {
    const span = { from: at('02-04T17:00'), to: at('02-05T20:00') }
    expect(spansOf({ url: 'http://a/?f={from}&t={to}' }, span).map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 3])
    expect(spansOf({ url: 'http://a/{date}/{hour}' }, span)).toHaveLength(27)
  })

  test('names in an address are filled in, a request for each place', () => {
    const span = { from: at('02-04T01:00'), to: at('02-04T02:00') }
    expect(requestsOf({ url: 'http://a/{date}/{hour}.csv?f={from}&t={to}', places: {} }, civil, span)).toEqual([
      { url: 'http://a/20220204/01.csv?f=2022-02-03T17%3A00%3A00.000Z&t=2022-02-03T18%3A00%3A00.000Z', place: '' }])
    expect(requestsOf({ url: 'http://a/{place}/x', places: { 11: '1001A', 'a b': '1002A' } }, civil, span)).toEqual([{ url: 'http://a/11/x', place: '1001A' }, { url: 'http://a/a%20b/x', place: '1002A' }])
  })
})

test('a feed that fails is asked again later and later, never all at once, and as it asks itself', () => {
  expect([1, 2, 3].map((failures) => waitAfter(failures, 0.5, undefined))).toEqual([5_000, 10_000, 20_000])
  expect([waitAfter(1, 0, undefined), waitAfter(1, 0.999, undefined)].map(Math.round)).toEqual([3_750, 6_248])
  expect(waitAfter(50, 0.5, undefined)).toBe(600_000)
  expect([waitAfter(3, 0.5, 30_000), waitAfter(3, 0.5, 86_400_000)]).toEqual([30_000, 600_000])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointsOf, precisionOf } from '../../../server/sources/line-protocol/parse.ts'

const read = (text: string, unit = 1) => pointsOf(text, unit).map((line) => (line.ok
  ? { m: line.point.measurement, tags: Object.fromEntries(line.point.tags), fields: Object.fromEntries([...line.point.fields].map(([name, { value }]) => [name, value])), at: line.point.at }
  : line.why))

describe('a line of line protocol', () => {
  test.each([
    ['air,station=G1 PM2.5=48.2 1643972400000000000', [{ m: 'air', tags: { station: 'G1' }, fields: { 'PM2.5': 48.2 }, at: 1_643_972_400_000 }]],
    ['air,station=a\\ b\\,c\\=d,x=1 v=1i,u=2u,t=true,s="q \\"x\\", y=z" 1', [{ m: 'air', tags: { station: 'a b,c=d', x: '1' }, fields: { v: 1, u: 2, t: true, s: 'q "x", y=z' }, at: 0 }]],
    ['m\\ 1 v=-1.5e3', [{ m: 'm 1', tags: {}, fields: { v: -1500 }, at: null }]],
    ['# a comment\n\n  air v=1  \r\nair v=2', [{ m: 'air', tags: {}, fields: { v: 1 }, at: null }, { m: 'air', tags: {}, fields: { v: 2 }, at: null }]],
    ['air s="two\nlines" 5', [{ m: 'air', tags: {}, fields: { s: 'two\nlines' }, at: 0 }]],
    ['air', ['missing fields']], [',a=b v=1', ['missing measurement']], ['air,a v=1', ['missing tag value']], ['air v=', ['invalid field format: v=']],
    ['air v=1 now', ['bad timestamp']], ['air v=1 1 2', ['more than measurement, fields and timestamp']], ['air v=NaN', ['invalid field format: v=NaN']],
  ])('%j', (text, wanted) => { expect(read(text)).toEqual(wanted) })

  test('timestamps are of the unit that the request names', () => {
    expect(['ns', 'us', 'ms', 's', 'm', 'h', 'fortnight'].map(precisionOf)).toEqual([1, 1e3, 1e6, 1e9, 60e9, 3600e9, undefined])
    expect([1, 1e3, 1e6, 1e9].map((unit) => read(`air v=1 ${BigInt(1_643_972_400) * BigInt(1e9 / unit)}`, unit)[0])).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ at: 1_643_972_400_000 }) as unknown))
  })

  test('no text at all brings it down, and every line is either a point or told', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(1, 1e6, 1e9), (text, unit) => { for (const line of pointsOf(text, unit)) expect(line.ok || line.why !== '').toBe(true) }), { numRuns: 2_000 })
    fc.assert(fc.property(fc.array(fc.constantFrom('air', ',', '=', ' ', '"', '\\', '\n', 'v', '1', 'i', '#', '.')), (parts) => { pointsOf(parts.join(''), 1) }), { numRuns: 5_000 })
  })
})

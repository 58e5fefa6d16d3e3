import { describe, expect, test } from 'vitest'
import type { Air, Draft, Fact } from '../../shared/fact.ts'
import { capFeed, capOf, type CapSetting } from '../../server/notify/cap.ts'
import { civil, idOf, noon, raised, withdrawn } from './room.ts'

const setting = (air: Air = 'live'): CapSetting => ({
  civil, air, event: { id: 'beijing 2022', name: { zh: '冬奥', en: 'Games' } }, place: (id) => ({ zh: `<b>${id}</b> & 郊区`, en: id }), desk: null, area: (id) => ({ id, name: { zh: id, en: id }, kind: 'city', adcode: '110000' }), partition: air === 'exercise' ? 'ex1' : null,
})

function messages(drafts: Draft[], air: Air = 'live') {
  const history = drafts.map((draft, n): Fact => ({ seq: n + 1, recorded: 0, air, hash: '', id: draft.id, at: draft.at + n * 60_000, actor: draft.actor, ...draft.body }))
  return capOf(history, setting(air))
}
const tagged = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '')
const closed: Draft = { id: 'c', at: noon, actor: 'system', body: { kind: 'alert-closed', alert: idOf(1), occurrence: 1, reason: { code: 'withdrawn' }, drill: false } }

describe('an alert as CAP', () => {
  test('is a message of its own; what changes it refers to it, what ends it to both, and nothing is ever new that ends something', () => {
    const all = messages([raised(1), raised(1, { occurrence: 2, severity: 'critical' }), withdrawn(1), closed])
    expect(all.map(({ type }) => type)).toEqual(['Alert', 'Update', 'Cancel'])
    const [first, second, third] = all.map(({ xml }) => xml)
    expect(tagged(first ?? '', 'references')).toEqual([])
    expect(tagged(second ?? '', 'references')).toEqual(['qingkong.beijing-2022,qingkong.beijing-2022.1,2022-02-04T12:00:00+08:00'])
    expect(tagged(third ?? '', 'references')[0]?.split(' ')).toHaveLength(2)
    expect(tagged(third ?? '', 'identifier')[0]).not.toMatch(/[\s,&<]/)
  })

  test.each<[Air, boolean, string]>([['live', false, 'Actual'], ['live', true, 'Exercise'], ['simulated', false, 'Test'], ['replay', true, 'Test'], ['exercise', false, 'Exercise']])('of %s air, in a drill: %s, has the status %s', (air, drill, status) => {
    const [message] = messages([raised(1, { drill })], air)
    expect(tagged(message?.xml ?? '', 'status')).toEqual([status])
    expect(message?.title.startsWith('【演习】')).toBe(air === 'exercise')
  })

  test('says in both languages what is exceeded, by how much and where; names cannot break its markup', () => {
    const [message] = messages([raised(1)])
    expect(tagged(message?.xml ?? '', 'language')).toEqual(['zh-CN', 'en-US'])
    expect([tagged(message?.xml ?? '', 'severity')[0], tagged(message?.xml ?? '', 'certainty')[0], tagged(message?.xml ?? '', 'areaDesc')[0]]).toEqual(['Severe', 'Observed', '&#60;b&#62;city1&#60;/b&#62; &#38; 郊区'])
    expect(message?.xml).toContain('<parameter><valueName>limit</valueName><value>75</value></parameter>')
  })

  const changed = (value: number): Draft => ({ id: `changed:${value}`, at: noon, actor: 'system', body: { kind: 'alert-changed', alert: idOf(1), occurrence: 1, condition: 'over', value, reason: { code: 'hour-exceeded' }, marks: ['revised'] } })
  /** Raised at 107, revised away, raised again and gone up, revised away again, and raised a third time. */
  const moved = [raised(1, { value: 107 }), changed(109), withdrawn(1), raised(1, { occurrence: 2, value: 76, severity: 'warning', marks: ['revised'] }), raised(1, { occurrence: 3, value: 140 }), changed(141), withdrawn(1), closed, raised(1, { occurrence: 4, value: 88 })]

  test('that was once issued stays the same to the last letter, whatever becomes of the alert', () => {
    const whole = messages(moved)
    const issued = moved.map((_, n) => messages(moved.slice(0, n + 1)))
    expect(issued).toEqual(issued.map(({ length }) => whole.slice(0, length)))
    const values = whole.map(({ xml }) => [/value<\/valueName><value>(\d+)/.exec(xml)?.[1], tagged(xml, 'severity')[0], xml.includes('<value>revised</value>'), /第 \d 次/.exec(xml)?.[0]])
    expect(values).toEqual([['107', 'Severe', false, undefined], ['70', 'Severe', false, undefined], ['76', 'Moderate', true, '第 2 次'], ['140', 'Severe', false, '第 3 次'], ['70', 'Severe', false, '第 3 次'], ['88', 'Severe', false, '第 4 次']])
  })

  test('begins anew after a cancel: an alert of its own that refers to nothing which was cancelled', () => {
    const whole = messages(moved)
    expect(whole.map(({ type }) => type)).toEqual(['Alert', 'Cancel', 'Alert', 'Update', 'Cancel', 'Alert'])
    const references = whole.map(({ xml }) => (tagged(xml, 'references')[0] ?? '').split(' ').filter((each) => each !== '').map((each) => whole.findIndex(({ id }) => each.split(',')[1] === id)))
    expect(references).toEqual([[], [0], [], [2], [2, 3], []])
    expect(whole.map(({ xml }) => tagged(xml, 'incidents')[0]?.replace(/^.*T11/, ''))).toEqual(['', '', '-2', '-2', '-2', '-4'])
  })

  test.each([['an hour', { start: noon - 3_600_000, end: noon }, '2022-02-04T13:00:00+08:00'], ['a day that is over', { start: noon - 36 * 3_600_000, end: noon - 12 * 3_600_000 }, '2022-02-05T12:00:00+08:00'], ['a silence', { start: noon - 3_600_000, end: null }, '2022-02-05T12:00:00+08:00']])('of %s holds until the next is judged: what is sent has never expired by then', (_, period, expires) => {
    const [message] = messages([raised(1, { period })])
    expect(tagged(message?.xml ?? '', 'expires')).toEqual([expires, expires])
  })

  test('that was suppressed by design is no message, and neither is its end', () => {
    expect(messages([raised(1, { suppression: 'maintenance' }), withdrawn(1)])).toEqual([])
  })

  test('stands in a feed, the latest first, which says whose it is', () => {
    const feed = capFeed(messages([raised(1), withdrawn(1)]), setting(), noon - 3_600_000)
    expect([...feed.matchAll(/category term="(\w+)"/g)].map(([, type]) => type)).toEqual(['Cancel', 'Alert'])
    expect(feed.slice(0, feed.indexOf('<entry>'))).toContain('<author><name>冬奥</name></author>')
    expect(feed).toContain('href="/api/cap/qingkong.beijing-2022.1"')
    expect(feed.slice(0, feed.indexOf('<entry>'))).toContain('<updated>2022-02-04T12:01:00+08:00</updated>')
  })

  test('of which there is none yet leaves a feed that has been since the room began, not since 1970', () => {
    expect(capFeed([], setting(), noon)).toContain('<updated>2022-02-04T12:00:00+08:00</updated>')
  })
})

import { describe, expect, test } from 'vitest'
import { aimsOf, fastest, hurried, hurriedSaid, liftedAt, paceOf, Script, scriptMistakes, shapeAt, SHAPES } from '../../shared/exercise.ts'
import type { Network } from '../../shared/network.ts'
import { MINUTE } from '../../shared/time.ts'

const given = {
  name: { zh: '演习', en: 'exercise' }, from: '2022-02-04T18:30', lasts: 'PT4H',
  episodes: [
    { areas: ['beijing'], after: 'PT1H', lasts: 'PT2H', lift: 80 }, { stations: ['1003A'], after: 'PT1H', lasts: 'PT2H', lift: 20, shape: 'step' },
    { stations: ['1004A'], after: 'PT30M', lasts: 'PT10M', silent: true },
  ],
}
const script = Script.parse(given)
const of = (station: string, after: number) => liftedAt(script, { station, within: ['xicheng', 'beijing'] }, after * MINUTE)
const network = { stations: [{ id: '1003A' }, { id: '1004A' }], areas: [{ id: 'beijing' }] } as unknown as Network
const period = { from: '2022-01-05', to: '2022-03-16' }
const wrong = (change: object) => scriptMistakes(Script.parse({ ...given, ...change }), { network, period }).map(({ path, message }) => `${path.join('.')} ${message}`)

describe('the air of a script', () => {
  test('is lifted in its areas and at its stations for as long as an episode lasts, one upon the other', () => {
    expect([59, 60, 120, 179, 180].map((after) => of('1001A', after).lift['PM2.5'] ?? 0).map(Math.round)).toEqual([0, 0, 80, 3, 0])
    expect(of('1003A', 120).lift).toEqual({ 'PM2.5': 100 })
    expect(liftedAt(script, { station: '1051A', within: ['baoding'] }, 120 * MINUTE)).toEqual({ silent: false, lift: {} })
  })

  test('is missing where a station is to be silent, and only then', () => {
    expect([29, 30, 39, 40].map((after) => of('1004A', after).silent)).toEqual([false, true, true, false])
    expect(of('1003A', 35).silent).toBe(false)
  })

  test('comes and goes as its shape says, never beyond its height', () => {
    for (const shape of SHAPES) for (let x = 0; x <= 1; x += 0.01) expect(shapeAt(shape, x)).toSatisfy((part: number) => part >= 0 && part <= 1)
    expect([0, 0.125, 0.5, 1].map((x) => shapeAt('plateau', x))).toEqual([0, 0.5, 1, 0])
    expect([0, 0.5, 1].map((x) => shapeAt('hill', x)).map((part) => Math.round(part * 100))).toEqual([0, 100, 0])
  })
})

describe('the aims of a script', () => {
  const pace = paceOf(Script.parse({ ...given, aims: { acknowledge: 'PT2M', order: 'PT5M', verify: 'PT10M' } }))

  test('can be kept so long as people have that much of their own time, from the first episode to the end', () => {
    // Three and a half hours after the first episode: 14 minutes at 15 times its speed, of which an order may take five.
    expect(hurried(pace, 14)).toEqual([])
    expect(hurried(pace, 15)).toEqual([{ aim: 'verify', within: 10 * MINUTE, leaves: 9 * MINUTE }])
    expect(hurried(pace, 60).map(({ aim, leaves }) => [aim, leaves / MINUTE])).toEqual([['order', 3.5], ['verify', 0]])
    expect(hurried(pace, 600).map(({ aim }) => aim)).toEqual(['acknowledge', 'order', 'verify'])
    expect(fastest(pace)).toBe(14)
  })

  test('that leave no time at any speed are told so, and what to do', () => {
    expect(fastest({ ...pace, lasts: 40 * MINUTE })).toBe(0)
    expect(hurriedSaid({ ...pace, lasts: 40 * MINUTE }, 1)).toEqual([`at 1 times its clock's speed people have 300 s of their own time to verify, and the aim is 10 min: it can neither be kept nor missed; let it last longer, or set shorter aims`])
    expect(hurriedSaid(pace, 15)).toEqual([`at 15 times its clock's speed people have 540 s of their own time to verify, and the aim is 10 min: it can neither be kept nor missed; run it at most 14 times as fast`])
  })
})

describe('a script that is not right', () => {
  test('is told by field, with what was meant', () => {
    expect(wrong({ every: 'PT7M' })).toEqual(['every PT7M is no period of a reading; expected minutes that divide the hour'])
    expect(wrong({ lasts: 'P2D' })).toEqual(['lasts P2D is too short or longer than a day'])
    expect(wrong({ from: '2021-02-04T18:30' })).toEqual(["from 2021-02-04 is outside the event's period 2022-01-05 to 2022-03-16: nothing would be judged"])
    expect(wrong({ episodes: [{ stations: ['1033A'], after: 'PT5H', lasts: 'PT1H', lift: 1 }] })).toEqual(['episodes.0.stations.0 no station "1033A"; did you mean "1003A"?', 'episodes.0.after begins after the exercise is over (PT4H)'])
  })

  test.each([[{ lift: 1, silent: true }], [{}], [{ areas: ['beijing'], lift: 1 }]])('an episode says one thing of one kind of place: %o', (more) => {
    expect(Script.safeParse({ ...given, episodes: [{ stations: ['1003A'], after: 'PT1H', lasts: 'PT1H', ...more }] }).success).toBe(false)
  })

  test.each([['a date that is none', { from: '2022-02-31T18:30' }], ['a lift that no instrument reads', { episodes: [{ stations: ['1003A'], after: 'PT1H', lasts: 'PT1H', lift: 9e9 }] }], ['air that no instrument reads', { air: { 'PM2.5': 5000 } }]])('with %s is refused', (_, change) => {
    expect(Script.safeParse({ ...given, ...change }).success).toBe(false)
  })

  test('has aims where it names none', () => { expect(aimsOf(script)).toEqual({ acknowledge: 5 * MINUTE, order: 15 * MINUTE, verify: 30 * MINUTE }) })
})

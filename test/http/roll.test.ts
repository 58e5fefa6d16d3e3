import { describe, expect, test } from 'vitest'
import { createRoll, type Who } from '../../server/screens/roll.ts'

const MINUTE = 60_000
const wall: Who = { kind: 'screen', name: '大厅', token: 't-1' }
const here = (more: object = {}) => ({ face: 'wall', view: 'all', seq: 10, airSeq: 3, clock: 0, sound: 'none', ...more })

function aRoll(remembered = '[]', { elsewhere = () => false, from = 0 }: { elsewhere?: () => boolean; from?: number } = {}) {
  let now = from * MINUTE
  let changes = 0
  const inForce = new Set(['t-1', 't-2'])
  const told: string[] = []
  const keys: string[] = []
  const roll = createRoll({
    now: () => now, remembered, elsewhere, tokens: () => inForce, changes: () => changes,
    dark: ({ name, view, since, key }, dark) => { told.push(`${dark ? 'dark' : 'back'} ${name} ${view} ${since / MINUTE}`); if (dark) keys.push(key) },
  })
  const say = (socket: string, { who = wall, ...more }: { who?: Who } & Record<string, unknown> = {}) => { roll.here(socket, who, here({ clock: now, ...more })) }
  const pass = (until: number, speaking: () => void) => { for (; now < until * MINUTE; now += 5_000) { speaking(); roll.look() } }
  /** A screen that speaks every five seconds until an instant, in minutes. */
  const speaks = (socket: string, until: number, more: { who?: Who } & Record<string, unknown> = {}) => { pass(until, () => { say(socket, more) }) }
  const silence = (until: number) => { pass(until, () => undefined) }
  const revoke = (token: string) => { inForce.delete(token); changes += 1 }
  return { roll, told, keys, say, pass, speaks, silence, revoke, now: () => now, rows: () => roll.body(10).screens }
}
const words = (told: string[], count = 1) => told.map((line) => line.split(' ').slice(0, count).join(' '))

describe('the server knows its walls', () => {
  test('one that shows an exercise meanwhile is not missed, and neither is it while it comes back', () => {
    let away = false
    const { told, speaks, silence, roll } = aRoll('[]', { elsewhere: () => away })
    speaks('s1', 1)
    roll.gone('s1')
    away = true
    silence(30)
    away = false
    silence(30.5)
    expect(told).toEqual([])
    silence(40)
    expect(told).toHaveLength(1)
  })

  test('one that goes dark is told of once, and again only after it has come back: each time by itself, within one hour too', () => {
    const { told, keys, speaks, silence, roll } = aRoll()
    speaks('s1', 2)
    roll.gone('s1')
    silence(10)
    expect(told).toEqual([`dark 大厅 all ${(2 * MINUTE - 5_000) / MINUTE}`])
    speaks('s2', 12)
    roll.gone('s2')
    silence(20)
    expect(words(told)).toEqual(['dark', 'back', 'dark'])
    expect(new Set(keys).size).toBe(2)
  })

  test('a desk that somebody closed is missed by nobody', () => {
    const { told, speaks, silence, roll, rows } = aRoll()
    speaks('s1', 2, { who: { kind: 'person', name: 'li' }, face: 'desk', view: '' })
    roll.gone('s1')
    silence(10)
    expect([told, rows()]).toEqual([[], []])
  })

  test('two views of one wall are two screens, and each is missed by itself', () => {
    const { told, keys, speaks, silence } = aRoll()
    speaks('s1', 1)
    speaks('s2', 4, { view: 'map' })
    silence(10)
    expect(words(told, 3)).toEqual(['dark 大厅 all', 'dark 大厅 map'])
    expect(new Set(keys).size).toBe(2)
  })

  test.each([['of one token', wall], ['of two tokens that once got the same name', { ...wall, token: 't-2' }]])('two screens %s with the same view are two, and one that is off does not hide behind the other', (_, second) => {
    const { told, say, pass, roll, rows } = aRoll()
    pass(1, () => { say('s1', { screen: 'a' }); say('s2', { screen: second === wall ? 'b' : 'a', who: second }) })
    expect(rows()).toHaveLength(2)
    roll.gone('s1')
    pass(5, () => { say('s2', { screen: second === wall ? 'b' : 'a', who: second }) })
    expect(words(told)).toEqual(['dark'])
    expect(rows().map(({ alive }) => alive)).toEqual([false, true])
  })

  test('a window that was copied with what its page calls itself is a screen of its own', () => {
    const { told, say, pass, roll, rows } = aRoll()
    pass(1, () => { say('s1', { screen: 'a' }); say('s2', { screen: 'a' }) })
    expect(rows()).toHaveLength(2)
    roll.gone('s2')
    pass(5, () => { say('s1', { screen: 'a' }) })
    expect(words(told)).toEqual(['dark'])
  })

  test('one that comes back before the server has noticed that it was gone is the same, as is a kiosk that was started anew', () => {
    const { told, speaks, silence, roll, rows } = aRoll()
    speaks('s1', 1, { screen: 'a' })
    speaks('s2', 2, { screen: 'a' })
    roll.gone('s1')
    roll.gone('s2')
    silence(2.5)
    speaks('s3', 5, { screen: 'b' })
    speaks('s3', 6, { screen: 'b', view: 'map' })
    expect([told, rows().map(({ view, alive }) => [view, alive])]).toEqual([[], [['map', true]]])
  })

  test('a wall that does not come back after a restart of the server is dark too, since it was last heard; one that was told of before is not told of again', () => {
    const first = aRoll()
    first.speaks('s1', 1)
    const second = aRoll(first.roll.walls(), { from: 3 * 24 * 60 })
    second.silence(3 * 24 * 60 + 0.9)
    expect(second.told).toEqual([])
    second.silence(3 * 24 * 60 + 1.1)
    expect(second.told).toEqual([`dark 大厅 all ${(MINUTE - 5_000) / MINUTE}`])
    const third = aRoll(second.roll.walls(), { from: 3 * 24 * 60 + 2 })
    third.silence(3 * 24 * 60 + 10)
    expect([third.told, third.rows()]).toEqual([[], []])
  })

  test('is forgotten a day after it was last heard, whatever restarts come between, and at once where its token is revoked', () => {
    const first = aRoll()
    first.speaks('s1', 1)
    first.speaks('s2', 1.5, { view: 'map', who: { ...wall, token: 't-2' } })
    first.silence(10)
    const second = aRoll(first.roll.walls(), { from: 23 * 60 })
    second.revoke('t-2')
    second.silence(24 * 60)
    expect(second.rows().map(({ view }) => view)).toEqual(['all'])
    second.silence(24 * 60 + 2)
    expect([second.told, second.rows(), second.roll.walls()]).toEqual([[], [], '[]'])
  })

  test('one token that says that it is ever another screen makes sixteen rows at most, and none of a view that there is not', () => {
    const { say, rows, roll } = aRoll()
    for (let i = 0; i < 100; i += 1) say(`s${i}`, { screen: `x${i}` })
    for (let i = 0; i < 3_000; i += 1) say(`v${i}`, { view: `v${i}` })
    expect(rows()).toHaveLength(16)
    roll.gone('s3')
    say('s50', { screen: 'x50', view: 'map' })
    expect([rows().length, rows().filter(({ view }) => view === 'map').length]).toEqual([16, 1])
  })

  test('a clock five minutes off is seen, as is how far behind it is and that it would not be heard', () => {
    const { roll, now, rows } = aRoll()
    roll.here('s1', { kind: 'person', name: 'li' }, here({ face: 'desk', view: '', clock: now() + 5 * MINUTE, seq: 4, sound: 'blocked' }))
    expect(rows()).toMatchObject([{ name: 'li', skewSeconds: 300, behind: 6, sound: 'blocked', alive: true }])
  })

  test.each([null, 'x', {}, { face: 'wall' }, here({ seq: 'many' }), here({ view: 'x'.repeat(1000) }), here({ screen: '<b>' })])('what is no word of a screen changes nothing: %j', (said) => {
    const { roll, rows } = aRoll()
    roll.here('s1', wall, said)
    expect(rows()).toEqual([])
  })
})

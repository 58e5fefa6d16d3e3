import { describe, expect, test } from 'vitest'
import { createRoll, type Who } from '../../server/screens/roll.ts'

const MINUTE = 60_000
const wall: Who = { kind: 'screen', name: '大厅' }
const here = (more: object = {}) => ({ face: 'wall', view: 'all', seq: 10, airSeq: 3, clock: 0, sound: 'none', ...more })

function aRoll(remembered = '[]', elsewhere = () => false) {
  let now = 0
  const told: string[] = []
  const roll = createRoll({ now: () => now, dark: ({ name, view, since }, dark) => { told.push(`${dark ? 'dark' : 'back'} ${name} ${view} ${since / MINUTE}`) }, remembered, elsewhere })
  /** A screen that speaks every five seconds until an instant, in minutes. */
  const speaks = (socket: string, until: number, { who = wall, ...more }: { who?: Who } & Record<string, unknown> = {}) => {
    for (; now < until * MINUTE; now += 5_000) { roll.here(socket, who, here({ clock: now, ...more })); roll.look() }
  }
  const silence = (until: number) => { for (; now < until * MINUTE; now += 5_000) roll.look() }
  return { roll, told, speaks, silence, now: () => now }
}

describe('the server knows its walls', () => {
  test('one that shows an exercise meanwhile is not missed, and neither is it while it comes back', () => {
    let away = false
    const { told, speaks, silence, roll } = aRoll('[]', () => away)
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

  test('one that goes dark is told of once, and again only after it has come back', () => {
    const { told, speaks, silence, roll } = aRoll()
    speaks('s1', 2)
    roll.gone('s1')
    silence(10)
    expect(told).toEqual([`dark 大厅 all ${(2 * MINUTE - 5_000) / MINUTE}`])
    speaks('s2', 12)
    silence(20)
    expect(told.map((line) => line.split(' ')[0])).toEqual(['dark', 'back', 'dark'])
  })

  test('a desk that somebody closed is missed by nobody', () => {
    const { told, speaks, silence, roll } = aRoll()
    speaks('s1', 2, { who: { kind: 'person', name: 'li' }, face: 'desk' })
    silence(10)
    expect([told, roll.body(10).screens]).toEqual([[], []])
  })

  test('two views of one wall are two screens, and each is missed by itself', () => {
    const { told, speaks, silence } = aRoll()
    speaks('s1', 1)
    speaks('s2', 4, { view: 'map' })
    silence(10)
    expect(told.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['dark 大厅 all', 'dark 大厅 map'])
  })

  test('a wall that does not come back after a restart of the server is dark too', () => {
    const first = aRoll()
    first.speaks('s1', 1)
    const second = aRoll(first.roll.walls())
    second.silence(5)
    expect(second.told).toEqual(['dark 大厅 all 0'])
  })

  test('a clock five minutes off is seen, as is how far behind it is and that it would not be heard', () => {
    const { roll, now } = aRoll()
    roll.here('s1', { kind: 'person', name: 'li' }, here({ face: 'desk', clock: now() + 5 * MINUTE, seq: 4, sound: 'blocked' }))
    expect(roll.body(10).screens).toMatchObject([{ name: 'li', skewSeconds: 300, behind: 6, sound: 'blocked', alive: true }])
  })

  test.each([null, 'x', {}, { face: 'wall' }, here({ seq: 'many' }), here({ view: 'x'.repeat(1000) })])('what is no word of a screen changes nothing: %j', (said) => {
    const { roll } = aRoll()
    roll.here('s1', wall, said)
    expect(roll.body(0).screens).toEqual([])
  })
})

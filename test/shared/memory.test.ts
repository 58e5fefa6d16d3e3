import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Memory, type Remembered } from '../../shared/memory.ts'
import { applyAll, emptyRoom } from '../../shared/situation.ts'
import { HOUR } from '../../shared/time.ts'
import { factsOf, type Happening, happenings } from './happenings.ts'

const textOf = (memory: Memory): string => JSON.stringify(memory.kept())
const keptAndBack = (memory: Memory): Memory => new Memory(JSON.parse(textOf(memory)) as Remembered)

test('what is remembered is the same whether it was kept and taken up again at any fact, or folded in one go', () => {
  fc.assert(fc.property(happenings(), (all) => {
    const facts = factsOf(all)
    const whole = textOf(new Memory().take(facts))
    for (let cut = 0; cut <= facts.length; cut += 1) expect(textOf(keptAndBack(new Memory().take(facts.slice(0, cut))).take(facts.slice(cut)))).toBe(whole)
  }), { numRuns: 60 })
})

test('the room that is remembered is the room that every screen folds', () => {
  fc.assert(fc.property(happenings(), (all) => {
    const facts = factsOf(all)
    expect(new Memory().take(facts).room()).toEqual(applyAll(emptyRoom, facts))
  }), { numRuns: 60 })
})

test('a room that was handed out stays as it was when further facts come', () => {
  const facts = factsOf([{ which: 0, what: 'raised', later: 0 }, { which: 1, what: 'raised', later: 1 }, { which: 0, what: 'closed', later: 5_000 }])
  const memory = new Memory().take(facts.slice(0, 1))
  const before = memory.room()
  const text = JSON.stringify(before)
  memory.take(facts.slice(1))
  expect(JSON.stringify(before)).toBe(text)
})

test('what is remembered does not grow with alerts that came and went', () => {
  const life = (n: number): Happening[] => Array.from({ length: n }, () => [{ which: 0, what: 'raised', later: 20 }, { which: 0, what: 'acknowledged', later: 1 }, { which: 0, what: 'closed', later: 1 }] as const).flat()
  const facts = factsOf(life(3_000)).map((fact, n) => ('alert' in fact ? { ...fact, alert: `a${Math.floor(n / 3)}` } : fact))
  const sizes = [4_500, 9_000].map((end) => textOf(new Memory().take(facts.slice(0, end))).length)
  expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0))).toBeLessThan((sizes[0] ?? 0) / 20)
  expect(new Memory().take(facts).calls().all().length * 22 * 60_000).toBeLessThan(9 * 24 * HOUR)
})

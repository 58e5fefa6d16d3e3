import { describe, expect, test } from 'vitest'
import type { Level } from '../../shared/event.ts'
import { levelsOf, suggestedFor } from '../../web/desk/plan.ts'
import { event } from './fixture/event.ts'

const [first] = event.measures
if (first === undefined) throw new Error('the fixture has measures')
const step = { ...first, id: 'hold', levels: [], suggestedBy: ['day-locked' as const] }

describe('what the plan suggests', () => {
  test('is apart by who does it: the room its own steps, others what a level orders', () => {
    const { steps, measures } = suggestedFor('day-locked', [step, ...event.measures])
    expect(steps.map(({ id }) => id)).toEqual(['hold'])
    expect(measures.map(({ id }) => id)).toEqual(['M-07', 'M-12'])
  })

  test('is nothing for a kind of alert that it does not name', () => {
    expect(suggestedFor('hour-locked', [step, ...event.measures])).toEqual({ steps: [], measures: [] })
  })

  test.each<[Level[], ReturnType<typeof levelsOf>]>([
    [['III', 'II', 'I'], { from: 'III' }], [['I', 'II'], { from: 'II' }], [['I'], { only: ['I'] }], [['III', 'II'], { only: ['III', 'II'] }], [['III', 'I'], { only: ['III', 'I'] }],
  ])('of the levels %j is told as %j', (levels, told) => { expect(levelsOf({ levels })).toEqual(told) })
})

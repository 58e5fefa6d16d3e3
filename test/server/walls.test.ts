import { expect, test } from 'vitest'
import { darkOf } from '../../server/main/walls.ts'
import { applyAll, emptyRoom } from '../../shared/situation.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import { toldOf } from '../../shared/telling.ts'
import { civil, hour } from '../http/server.ts'

test('each screen that goes dark, and each time that one does, is a notice of its own at the desk and a message of its own, within one hour too', () => {
  const facts = new Map<string, Fact>()
  // As the sequencer does: a second fact of the same id is none.
  const append = (drafts: readonly Draft[]): Fact[] => drafts.flatMap(({ body, ...draft }) => {
    if (facts.has(draft.id)) return []
    const fact: Fact = { ...body, ...draft, seq: facts.size + 1, recorded: 0, air: 'live', hash: '' }
    facts.set(draft.id, fact)
    return [fact]
  })
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const parts = { config: { civil }, log, clock: { now: () => hour } } as unknown as Parameters<typeof darkOf>[0]
  const dark = darkOf(parts, { room: { append } } as unknown as Parameters<typeof darkOf>[1])
  const walls = [['t-1 a', 'map', 1], ['t-1 b', 'map', 1], ['t-1 c', 'alerts', 1], ['t-1 a', 'map', 2], ['t-1 a', 'map', 2]] as const
  for (const [id, view, since] of walls) dark({ name: '大厅', view, since, key: `${id} ${since}` }, true)
  expect(applyAll(emptyRoom, [...facts.values()]).notices.map(({ reason }) => [reason.code, reason['screen'], reason['view']])).toEqual([
    ['screen-dark', '大厅', 'map'], ['screen-dark', '大厅', 'alerts'], ['screen-dark', '大厅', 'map'], ['screen-dark', '大厅', 'map'],
  ])
  expect(new Set([...facts.values()].map((fact) => toldOf(fact, undefined)?.key)).size).toBe(4)
})

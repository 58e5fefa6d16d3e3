import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Listener } from '../../web/link.ts'
import { createLive } from '../../web/live.ts'
import { event } from './fixture/event.ts'
import { snapshot } from './fixture/room.ts'

function page() {
  let listener: Listener | undefined
  const asked: string[] = []
  const live = createLive({
    open: (given) => { listener = given; return { resync: () => asked.push('resync'), close: () => asked.push('close'), here: () => undefined } },
    fetch: async (address) => { asked.push(address); return Response.json(event) },
  })
  const stop = live.start()
  const tick = (build = 'one', at = snapshot.at) => { listener?.heard({ kind: 'tick', message: { at, seq: 42, airSeq: 7, epoch: 'e1', build } }) }
  return { live, stop, asked, tick, say: (given: Parameters<Listener['heard']>[0]) => listener?.heard(given), state: (given: Parameters<Listener['state']>[0]) => listener?.state(given) }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what a page knows', () => {
  test('is stale after five seconds without a tick, since the last time it heard of, and fresh with the next', async () => {
    const { live, tick, stop } = page()
    tick('one', 1000)
    await vi.advanceTimersByTimeAsync(4_900)
    expect(live.stale.value).toBeNull()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(live.stale.value).toEqual({ since: 1000 })
    tick('one', 9000)
    expect(live.stale.value).toBeNull()
    stop()
  })

  test('says that there is another version only when the server changes its own', () => {
    const { live, tick, stop } = page()
    tick('one')
    tick('one')
    expect(live.newBuild.value).toBe(false)
    tick('two')
    expect(live.newBuild.value).toBe(true)
    stop()
  })

  test('loads the event with the first snapshot, and again when the server was started anew', async () => {
    const { live, say, asked, stop } = page()
    say({ kind: 'snapshot', message: snapshot })
    say({ kind: 'snapshot', message: snapshot })
    await vi.advanceTimersByTimeAsync(1)
    expect(live.event.value?.id).toBe('beijing-2022')
    say({ kind: 'snapshot', message: { ...snapshot, epoch: 'e2' } })
    expect(asked.filter((each) => each === '/api/event')).toHaveLength(2)
    stop()
  })

  test('keeps showing the last situation while the line is down, and takes the snapshot that comes with a new one', () => {
    const { live, say, state, asked, stop } = page()
    say({ kind: 'snapshot', message: snapshot })
    state('disconnected')
    expect(live.situation.value?.seq).toBe(42)
    state('connected')
    say({ kind: 'facts', message: { from: 60, to: 60, facts: [] } })
    expect(asked).not.toContain('resync')
    say({ kind: 'snapshot', message: { ...snapshot, seq: 70 } })
    expect(live.situation.value?.seq).toBe(70)
    stop()
  })

  test('asks over the line when cells are missing, and closes the line when the last page leaves', () => {
    const { live, say, asked, stop } = page()
    const second = live.start()
    say({ kind: 'snapshot', message: snapshot })
    say({ kind: 'air', message: { from: 99, to: 99, cells: [] } })
    expect(asked).toContain('resync')
    stop()
    expect(asked).not.toContain('close')
    second()
    expect(asked).toContain('close')
  })
})

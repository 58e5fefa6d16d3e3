import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { look as Look } from '../../web/ask.ts'
import { useDetail } from '../../web/desk/detail.ts'
import { NOW } from './fixture/event.ts'
import { alerts } from './fixture/room.ts'

beforeEach(() => { vi.stubGlobal('window', globalThis) })
afterEach(() => { vi.unstubAllGlobals() })

test('the curve of a station is asked for once the event\'s stations are known, though its alert was heard of before, and never as that of a city', async () => {
  const alert = alerts.find(({ kind }) => kind === 'silent')
  const known = ref<boolean | null>(null)
  const asked: string[] = []
  const look = (address: string) => {
    if (address.startsWith('/api/series')) asked.push(new URLSearchParams(address.split('?')[1]).get('place') ?? '')
    const found = address.includes('place=station') ? { ok: true, body: { points: [] } } : { ok: false, problem: {} }
    return Promise.resolve(found)
  }
  const scope = effectScope()
  const detail = scope.run(() => useDetail({ look: look as unknown as typeof Look, alert: () => alert ?? null, city: () => null, asksAqi: () => false, isStation: () => known.value, now: () => NOW, past: () => null }))
  await nextTick()
  expect(asked).toEqual([])
  known.value = true
  await vi.waitFor(() => { expect(detail?.points.value).toEqual([]) }, 20_000)
  expect(detail?.noPoints.value).toBe(false)
  expect(asked).toEqual([`station:${alert?.place ?? ''}`])
  scope.stop()
})

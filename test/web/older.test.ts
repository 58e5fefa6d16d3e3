import { expect, test } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { alertBody } from '../../server/http/alerts.ts'
import { civilOf } from '../../shared/time.ts'
import type { look as Look } from '../../web/ask.ts'
import { useOlder } from '../../web/desk/older.ts'
import { NOW } from './fixture/event.ts'
import { alerts } from './fixture/room.ts'

test('an alert that closed long ago is looked at anew once somebody has done something about it: the next step goes with the version that it then has', async () => {
  const [first] = alerts
  if (first === undefined) throw new Error('no alert')
  let version = 4
  const body = () => alertBody({ ...first, state: 'closed', version }, civilOf('Asia/Shanghai'))
  const look = (address: string) => Promise.resolve({ ok: true, body: address.includes('?') ? { alerts: [body()], next: null } : body() })
  const scope = effectScope()
  const wanted = ref(false)
  const desk = scope.run(() => useOlder({ look: look as unknown as typeof Look, wanted: () => wanted.value, now: () => NOW }))
  if (desk === undefined) throw new Error('no desk')
  wanted.value = true
  await nextTick()
  await expect.poll(() => desk.older.value[first.id]?.version).toBe(4)
  version = 5
  expect(await desk.anew(first.id, Promise.resolve(false))).toBe(false)
  expect(desk.older.value[first.id]?.version).toBe(5)
  expect(await desk.anew('another', Promise.resolve(true))).toBe(true)
  expect(Object.keys(desk.older.value)).toEqual([first.id])
  scope.stop()
})

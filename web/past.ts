/** A page that looks at a past moment: one snapshot, which stands still. It says so on every face, and nothing can be done there. */
import { computed, ref, shallowRef } from 'vue'
import { parseInstant } from '../shared/time.ts'
import type { EventInfo, Snapshot } from '../shared/wire.ts'
import type { Situation } from './fold.ts'
import type { Face, Live, Past } from './live.ts'
import type { LinkState } from './link.ts'

/** The instant that an address asks for (`?at=2022-03-08T20:00:00+08:00`), as it is written; null: now. */
export const pastIn = (search: string): string | null => {
  const at = new URLSearchParams(search).get('at')
  return at === null || at === '' ? null : at
}

/** `at` null: the last moment of what is looked at. */
export function createPast(at: string | null, fetch: (address: string) => Promise<Response>): Live {
  const situation = shallowRef<Situation | null>(null)
  const event = shallowRef<EventInfo | null>(null)
  const now = ref<number | null>(null)
  const link = ref<LinkState>('connecting')
  const past = ref<Past>({ at: null, refused: null })
  const load = async (): Promise<void> => {
    const [told, then] = await Promise.all([fetch('/api/event'), fetch(`/api/situation${at === null ? '' : `?${new URLSearchParams({ at }).toString()}`}`)])
    if (told.ok) event.value = (await told.json()) as EventInfo
    if (!then.ok) {
      const { code = '', detail = String(then.status), at: bound = '' } = (await then.json().catch(() => ({}))) as { code?: string; detail?: string; at?: string }
      past.value = { at: null, refused: { code, detail, at: parseInstant(bound) } }
      link.value = 'refused'
      return
    }
    const { at: when, ...snapshot } = (await then.json()) as Snapshot
    situation.value = snapshot
    now.value = when
    past.value = { at: when, refused: null }
    link.value = 'connected'
  }
  return {
    situation, event, now, link, past, newBuild: ref(false), stale: computed(() => null), face: ref<Face>({ face: 'other', view: '', sound: 'none' }),
    start: () => { void load().catch(() => { link.value = 'disconnected' }); return () => undefined },
  }
}

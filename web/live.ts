/** What this page knows of the situation, and how old the last word is. One for the whole page. */
import { computed, inject, onScopeDispose, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { Here } from '../shared/screens.ts'
import type { EventInfo } from '../shared/wire.ts'
import { afresh, follow, type Followed, type Heard, type Situation } from './fold.ts'
import type { Link, LinkState, OpenLink } from './link.ts'

/** A screen that has heard no tick for this long (machine time) says that it is stale. */
export const STALE_AFTER = 5_000
const EVENT_AGAIN = 3_000

/** A past moment, and why it cannot be looked at. */
export type Past = { at: number | null; refused: { code: string; detail: string; at: number | null } | null }

/**
 * - `situation` room and air as last heard; null before the first snapshot
 * - `event` what does not change while the server runs; null until it is fetched
 * - `now` the server's clock at its last tick (event time, UTC ms)
 * - `stale` since which server time nothing has been heard for five seconds; `since` null: never heard anything
 * - `newBuild` the server has another version of this page than the one that is open
 */
export type Live = Readonly<{
  situation: Readonly<ShallowRef<Situation | null>>
  event: Readonly<ShallowRef<EventInfo | null>>
  now: Readonly<Ref<number | null>>
  link: Readonly<Ref<LinkState>>
  stale: ComputedRef<{ since: number | null } | null>
  newBuild: Readonly<Ref<boolean>>
  /** The past moment that this page looks at, and why it cannot; null: it is live. */
  past: Readonly<Ref<Past>> | null
  /** What this page is, as the server's roll has it; the page says so. */
  face: Ref<Face>
  /** Starts listening; the returned function stops. Pages call `useLive`, which does both. */
  start: () => () => void
}>

/** Which face this page is, what of it is shown, and whether it would be heard. */
export type Face = Pick<Here, 'face' | 'view' | 'sound'>
/** Milliseconds between two words of a screen about itself. */
const HERE_EVERY = 5_000

export type Outside = { open: OpenLink; fetch: (address: string) => Promise<Response> }

export const liveKey: InjectionKey<Live> = Symbol('live')

function state() {
  return {
    situation: shallowRef<Situation | null>(null), event: shallowRef<EventInfo | null>(null),
    now: ref<number | null>(null), link: ref<LinkState>('connecting'), newBuild: ref(false), silentFor: ref(0),
    face: ref<Face>({ face: 'other', view: '', sound: 'none' }),
  }
}
type State = ReturnType<typeof state>

/** Fetches the event's description until it comes; again after the server was started anew. */
function eventLoader(known: State, fetch: Outside['fetch']) {
  let again: number | undefined
  const load = async (): Promise<void> => {
    window.clearTimeout(again)
    try {
      const answer = await fetch('/api/event')
      if (!answer.ok) throw new Error(`the event's description was refused: ${answer.status}`)
      known.event.value = (await answer.json()) as EventInfo
    } catch {
      again = window.setTimeout(() => { void load() }, EVENT_AGAIN)
    }
  }
  return { load: () => { void load() }, stop: () => { window.clearTimeout(again) } }
}

/** Takes each message into the state; asks for a snapshot where the fold says so. */
function listen(known: State, heardTick: () => void) {
  let followed: Followed = afresh(null)
  let build: string | null = null
  return {
    connected: () => { followed = afresh(followed.situation) },
    hear: (heard: Heard): boolean => {
      if (heard.kind === 'tick' || heard.kind === 'snapshot') {
        known.now.value = heard.message.at
        heardTick()
      }
      if (heard.kind === 'tick') {
        build ??= heard.message.build
        known.newBuild.value = heard.message.build !== build
      }
      const step = follow(followed, heard)
      followed = step.followed
      known.situation.value = followed.situation
      return step.resync
    },
  }
}

function begin(known: State, outside: Outside): () => void {
  let last = performance.now()
  const ear = listen(known, () => { last = performance.now(); known.silentFor.value = 0 })
  const loader = eventLoader(known, outside.fetch)
  let epoch: string | null = null
  const link: Link = outside.open({
    state: (next) => {
      known.link.value = next
      if (next === 'connected') ear.connected()
    },
    heard: (heard) => {
      if (heard.kind === 'snapshot' && heard.message.epoch !== epoch) {
        epoch = heard.message.epoch
        loader.load()
      }
      if (ear.hear(heard)) link.resync()
    },
  })
  const watch = window.setInterval(() => { known.silentFor.value = performance.now() - last }, 500)
  const here = (): void => { link.here({ ...known.face.value, seq: known.situation.value?.seq ?? 0, airSeq: known.situation.value?.airSeq ?? 0, clock: Date.now() }) }
  const say = window.setInterval(here, HERE_EVERY)
  return () => { window.clearInterval(watch); window.clearInterval(say); loader.stop(); link.close() }
}

/** A page's live part. It listens from the first `start` to the last stop. */
export function createLive(outside: Outside): Live {
  const known = state()
  let users = 0
  let stop: () => void = () => undefined
  const { silentFor, ...shown } = known
  return {
    ...shown, past: null,
    stale: computed(() => (silentFor.value > STALE_AFTER ? { since: known.now.value } : null)),
    start: () => {
      users += 1
      if (users === 1) stop = begin(known, outside)
      return () => {
        users -= 1
        if (users === 0) stop()
      }
    },
  }
}

/** The page's live part, listening while the page is there. For pages; panels are given what they show. */
export function useLive(): Live {
  const live = inject(liveKey)
  if (live === undefined) throw new Error('no live part was provided')
  onScopeDispose(live.start())
  return live
}

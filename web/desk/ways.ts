/** How the ways in do, asked for now and then: the server's own count, which no fact carries. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { FeedBody, Hj212Body, WaysBody } from '../../shared/ways.ts'
import type { look as Look } from '../ask.ts'

/** Machine milliseconds between two looks, while somebody reads it and otherwise. */
const [READ, SELDOM] = [3_000, 30_000]

export type Ways = { told: ShallowRef<WaysBody | null>; failed: ShallowRef<boolean>; /** Looks at once, and often from now on, or seldom again. */ read: (often: boolean) => void }

export function useWays(look: typeof Look): Ways {
  const told = shallowRef<WaysBody | null>(null)
  const failed = shallowRef(false)
  let [timer, round] = [0, 0]
  const ask = async (every: number, own: number): Promise<void> => {
    const answer = await look<WaysBody>('/api/sources')
    // Somebody has asked anew meanwhile, or has gone.
    if (own !== round) return
    failed.value = !answer.ok
    if (answer.ok) told.value = answer.body
    timer = window.setTimeout(() => { void ask(every, own) }, every)
  }
  const stop = (): void => { round += 1; window.clearTimeout(timer) }
  const read = (often: boolean): void => { stop(); void ask(often ? READ : SELDOM, round) }
  read(false)
  onScopeDispose(stop)
  return { told, failed, read }
}

/** How much of it somebody should look at: feeds in trouble, a database that refuses, devices that nobody knows. */
export const troubles = (ways: WaysBody | null): number => (ways === null ? 0
  : ways.feeds.filter(({ trouble }) => trouble !== null).length + (ways.shipping?.failing == null ? 0 : 1) + (ways.canary?.failing == null ? 0 : 1) + ((ways.hj212?.unknown.length ?? 0) > 0 ? 1 : 0))

/** At most so many names, and how many more there are. */
export const someOf = (names: readonly string[], most = 12): { shown: string[]; more: number } => ({ shown: names.slice(0, most), more: Math.max(0, names.length - most) })

/** Devices, those first that somebody should look at: gone, then by the size of their clock's error. */
export const devicesListed = ({ devices }: Hj212Body): Hj212Body['devices'] =>
  [...devices].sort((a, b) => Number(a.connected) - Number(b.connected) || Math.abs(b.skewSeconds ?? 0) - Math.abs(a.skewSeconds ?? 0) || (a.station < b.station ? -1 : 1))

export const feedOf = (ways: WaysBody, id: string): FeedBody | undefined => ways.feeds.find((feed) => feed.id === id)
export const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

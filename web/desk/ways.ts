/** How the ways in do, put in order for whoever reads it. */
import type { FeedBody, Hj212Body, WaysBody } from '../../shared/ways.ts'

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

import type { House } from '../../server/main/house.ts'

/** How many hours of particulates each rule has something to say of. */
export function remarked(house: House): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const series of house.bench.ledger.series.values()) {
    for (const hour of series.hours.values()) for (const { code } of hour.remarks ?? []) counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** Which station's data is looked at first, from an alert in hand. */
import type { Station } from '../../shared/event.ts'
import { upFrom } from '../../shared/network.ts'
import type { EventInfo } from '../../shared/wire.ts'

/** A station for itself; of an area its first evaluating one, else its first; null where it has none. */
export function stationAt(place: string, event: Pick<EventInfo, 'areas' | 'stations'>): Station | null {
  const itself = event.stations.find(({ id }) => id === place)
  if (itself !== undefined) return itself
  const within = event.stations.filter(({ area }) => upFrom(area, (id) => event.areas.find((each) => each.id === id)).some(({ id }) => id === place))
  return within.find(({ evaluates }) => evaluates) ?? within[0] ?? null
}

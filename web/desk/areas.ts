/** Which city a place belongs to: plans are made for areas, alerts may be about stations. */
import type { Area } from '../../shared/event.ts'
import type { EventInfo } from '../../shared/wire.ts'

/** The city of a station or district; the area itself where it has no city above it; null for what nobody knows. */
export function areaOf(place: string, event: EventInfo | null): string | null {
  if (event === null) return null
  const byId = (id: string): Area | undefined => event.areas.find((each) => each.id === id)
  let area = byId(event.stations.find((station) => station.id === place)?.area ?? place)
  while (area !== undefined && area.kind !== 'city' && area.parent !== undefined) area = byId(area.parent)
  return area?.id ?? null
}

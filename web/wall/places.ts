/** Names of places, and which city each is in. */
import type { Area, Name, Station } from '../../shared/event.ts'
import { cityOf } from '../chart/territory.ts'

export { cityOf }
type Places = { areas: readonly Area[]; stations: readonly Station[] }

/** A place of an alert: a city, another area, or a station. */
export type Place = { name: Name; city: Area | undefined; station: Station | undefined }

export function placeOf(id: string, { areas, stations }: Places): Place {
  const station = stations.find((each) => each.id === id)
  const area = areas.find((each) => each.id === (station?.area ?? id))
  const name = station === undefined ? (area?.name ?? { zh: id, en: id }) : { zh: `${station.name} ${id}`, en: `${station.name} ${id}` }
  return { name, city: cityOf(area?.id ?? '', areas), station }
}

/** 北京市 is 北京 on the wall, as in speech. */
export const short = (name: Name): Name => ({ zh: name.zh.length > 2 ? name.zh.replace(/(市|盟)$/, '') : name.zh, en: name.en })

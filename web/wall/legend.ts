/** Which signs are on the map: only those are in its legend. */
import type { EventInfo } from '../../shared/wire.ts'
import type { Severity } from '../../shared/event.ts'
import type { StationShown } from '../chart/station.ts'
import { isVenue } from '../chart/territory.ts'
import { UNCLASSED } from './matters.ts'

export const SIGNS = ['unclassed', 'hollow', 'small', 'suspect', 'hatched', 'host', 'venue', 'alarm'] as const
export type Sign = (typeof SIGNS)[number]

/** `seen`: the stations in the map's frame. */
type OnMap = { seen: readonly ({ id: string } & StationShown)[]; hatched: readonly string[]; alarms: Readonly<Record<string, Severity>> }
type Places = Pick<EventInfo, 'areas' | 'stations'>

/** The signs on the map, in the legend's order. */
export function signsOf({ areas, stations }: Places, { seen, hatched, alarms }: OnMap): Sign[] {
  const minor = new Set(stations.filter(({ evaluates }) => !evaluates).map(({ id }) => id))
  const outlined = new Set(areas.filter(({ adcode, circle }) => adcode !== undefined || circle !== undefined).map(({ id }) => id))
  const are: Record<Sign, boolean> = {
    unclassed: seen.some(({ colour }) => colour === UNCLASSED), hollow: seen.some(({ colour }) => colour === null), small: seen.some(({ id }) => minor.has(id)),
    suspect: seen.some(({ suspect, colour }) => suspect && colour !== null), hatched: hatched.some((id) => outlined.has(id)),
    host: areas.some(({ kind, role }) => kind === 'city' && role === 'host'),
    venue: areas.some(isVenue), alarm: Object.keys(alarms).length > 0,
  }
  return SIGNS.filter((sign) => are[sign])
}

/** The worst severity among the alarms: its shape and colour stand for all of them. */
export const worstOf = (alarms: Readonly<Record<string, Severity>>): Severity =>
  (['critical', 'warning'] as const).find((severity) => Object.values(alarms).includes(severity)) ?? 'notice'

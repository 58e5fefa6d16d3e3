/** The network as everyone asks for it: cities in order, stations by id or alias, the city a station belongs to. */
import type { Area, EventFile, Limit, NetworkFile, Station } from './event.ts';

export type Network = {
  /** Whether stations stand exactly where their coordinates say. */
  coordinates: NetworkFile['coordinates'];
  areas: readonly Area[]; stations: readonly Station[];
  /** Areas of kind city, in the network's order. */
  cities: readonly Area[];
  areaById: (id: string) => Area | undefined;
  stationById: (id: string) => Station | undefined;
  /** By id or alias, case-sensitive. */
  stationByAlias: (name: string) => Station | undefined;
  /** The city a station (by id) lies in: the first area of kind city on the way up from its own; null where there is none. */
  cityOf: (station: string) => string | null;
  /** The areas a station or area lies in, itself included for an area, from the nearest up. */
  areasAbove: (area: string) => readonly Area[];
  /** Stations that lie in an area or in one below it, in the file's order. */
  stationsIn: (area: string) => readonly Station[];
};

/** Areas that have averages of their own, in the network's order; and those of them that a station (by id) lies in. */
export type Judged = { places: readonly Area[]; placesOf: (station: string) => readonly string[] };

/** An area and those above it, from the nearest up; stops where a parent is unknown or was there already. */
export function upFrom(id: string, areaById: (id: string) => Area | undefined): Area[] {
  const way: Area[] = [];
  for (let area = areaById(id); area !== undefined && !way.includes(area); area = area.parent === undefined ? undefined : areaById(area.parent)) way.push(area);
  return way;
}

/** A network with its indexes. */
export function networkOf(file: NetworkFile, stations: readonly Station[]): Network {
  const areas = new Map(file.areas.map((area) => [area.id, area]));
  const byId = new Map(stations.map((station) => [station.id, station]));
  const byAlias = new Map(stations.flatMap((station) => station.aliases.map((alias) => [alias, station] as const)));
  const above = new Map(file.areas.map((area) => [area.id, upFrom(area.id, (id) => areas.get(id))]));
  const within = new Map(file.areas.map((area) => [area.id, stations.filter((station) => above.get(station.area)?.includes(area) ?? false)]));
  const cities = new Map(stations.map((station) => [station.id, above.get(station.area)?.find((area) => area.kind === 'city')?.id ?? null]));
  return {
    coordinates: file.coordinates, areas: file.areas, stations, cities: file.areas.filter((area) => area.kind === 'city'),
    areaById: (id) => areas.get(id),
    stationById: (id) => byId.get(id),
    stationByAlias: (name) => byId.get(name) ?? byAlias.get(name),
    cityOf: (station) => cities.get(station) ?? null,
    areasAbove: (area) => above.get(area) ?? [],
    stationsIn: (area) => within.get(area) ?? [],
  };
}

/** Whether a limit of roles or classes is for an area: cities have roles here, any area may be of a class. */
export const isMeant = ({ roles, classes }: Pick<Limit, 'roles' | 'classes'>, { kind, role, class: of }: Area): boolean =>
  (kind === 'city' && role !== undefined && roles?.includes(role) === true) || (of !== undefined && classes?.includes(of) === true);

/** The event with the areas that each limit's `roles` or `classes` mean written out as its `areas`, which is all that judges ever ask. */
export const withPlaces = (event: EventFile, areas: readonly Area[]): EventFile => ({
  ...event,
  limits: event.limits.map((limit) => (limit.roles === undefined && limit.classes === undefined ? limit
    : { ...limit, areas: areas.filter((area) => isMeant(limit, area)).map(({ id }) => id) })),
});

/** Where an event's limits (`areas` written out) apply: every city, and whatever else a limit names. */
export function judgedIn({ areas, stations, areasAbove }: Network, { limits }: Pick<EventFile, 'limits'>): Judged {
  const named = new Set(limits.flatMap(({ areas: those = [] }) => those));
  const placesOf = ({ area }: Station): string[] => {
    const above = areasAbove(area);
    const city = above.find(({ kind }) => kind === 'city');
    return above.filter((each) => each === city || (each.kind !== 'city' && named.has(each.id))).map(({ id }) => id);
  };
  const of = new Map(stations.map((station) => [station.id, placesOf(station)]));
  return { places: areas.filter(({ id, kind }) => kind === 'city' || named.has(id)), placesOf: (station) => of.get(station) ?? [] };
}

/** Stations' ids by every name that they have: an id is nobody else's alias. */
export const stationNames = (stations: readonly Station[]): ReadonlyMap<string, string> =>
  new Map([...stations.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const)), ...stations.map(({ id }) => [id, id] as const)]);

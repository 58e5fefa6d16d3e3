/** What no file can say alone: names that another file should have, and things that are there twice. */
import type { EventFile, NetworkFile, PlanFile, Station } from '../../shared/event.ts';
import type { SourcesFile } from '../../shared/sources.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { duplicates, unknownName } from '../../shared/names.ts';
import { isMeant, upFrom, type Network } from '../../shared/network.ts';

export const idsOf = (list: readonly { id: string }[]): string[] => list.map((each) => each.id);
const twice = (list: readonly { id: string }[], name: string): Mistake[] => duplicates(idsOf(list), (at) => [name, at, 'id']);

/** `network.yaml`: parents that are not there, areas that lie in themselves. */
export function networkMistakes({ areas }: NetworkFile): Mistake[] {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const parents = areas.flatMap((area, at): Mistake[] => {
    if (area.parent === undefined) return [];
    const path = ['areas', at, 'parent'];
    if (!byId.has(area.parent)) return [{ path, message: unknownName('area', area.parent, idsOf(areas)) }];
    const inItself = upFrom(area.parent, (id) => byId.get(id)).includes(area);
    return inItself ? [{ path, message: `"${area.id}" lies in itself` }] : [];
  });
  return [...twice(areas, 'areas'), ...parents, ...codeMistakes(areas)];
}

/** A boundary is one area's: two of one code would be drawn over each other. */
function codeMistakes(areas: NetworkFile['areas']): Mistake[] {
  return areas.flatMap(({ adcode }, at): Mistake[] => {
    const first = adcode === undefined ? -1 : areas.findIndex((area) => area.adcode === adcode);
    return first < 0 || first === at ? [] : [{ path: ['areas', at, 'adcode'], message: `"${adcode ?? ''}" is already that of "${areas[first]?.id ?? ''}"` }];
  });
}

export type StationMistake = { row: number; field: string; message: string; /** The name that stands for nothing. */ name?: string };

function namesTaken(stations: readonly Station[]): StationMistake[] {
  const taken = new Map<string, number>();
  const found: StationMistake[] = [];
  const take = (name: string, row: number, field: string): void => {
    const by = taken.get(name);
    if (by === undefined) taken.set(name, row);
    else found.push({ row, field, message: by === row ? `"${name}" is there twice` : `"${name}" is already ${stations[by]?.id === name ? 'a station' : `an alias of ${stations[by]?.id ?? ''}`}` });
  };
  stations.forEach((station, row) => { take(station.id, row, 'id'); });
  stations.forEach((station, row) => { for (const alias of station.aliases) take(alias, row, 'aliases'); });
  return found;
}

/** `stations.csv`: ids and aliases that are taken, areas that are not there, evaluating stations outside every city. */
export function stationMistakes(stations: readonly Station[], network: Network | null): StationMistake[] {
  const found = namesTaken(stations);
  stations.forEach((station, row) => {
    if (station.validFrom !== undefined && station.validTo !== undefined && station.validFrom > station.validTo) {
      found.push({ row, field: 'validTo', message: `${station.validTo} is before ${station.validFrom}` });
    }
    if (network === null) return;
    if (network.areaById(station.area) === undefined) found.push({ row, field: 'area', name: station.area, message: unknownName('area', station.area, idsOf(network.areas)) });
    else if (station.evaluates && !network.areasAbove(station.area).some((area) => area.kind === 'city')) {
      found.push({ row, field: 'evaluates', message: `evaluates, but its area "${station.area}" lies in no city` });
    }
  });
  return found;
}

/** `event.yaml`: cities that targets name. */
function targetMistakes({ targets }: EventFile, network: Network): Mistake[] {
  return targets.flatMap(({ areas = [] }, at) => areas.flatMap((area, index) => (network.cities.some(({ id }) => id === area) ? []
    : [{ path: ['targets', at, 'areas', index], message: unknownName('city', area, idsOf(network.cities)) }])));
}

/** `event.yaml`: areas that limits name, cities that targets name, and limits that no station could ever judge. `sure`: the network itself is right. */
export function areaMistakes(event: EventFile, network: Network, sure: boolean): Mistake[] {
  const judged = (area: string): boolean => network.stationsIn(area).some((station) => station.evaluates);
  return targetMistakes(event, network).concat(event.limits.flatMap((limit, at): Mistake[] => {
    for (const key of ['roles', 'classes'] as const) {
      if (limit[key] !== undefined) return meantMistakes(key, limit[key], { at, areas: network.areas, judged, sure });
    }
    if (limit.areas === undefined) {
      const none = sure && !network.cities.some((city) => judged(city.id));
      return none ? [{ path: ['limits', at], message: 'no city has a station that evaluates, so nothing can be judged by it' }] : [];
    }
    const again = duplicates(limit.areas, (index) => ['limits', at, 'areas', index]);
    return again.concat(limit.areas.flatMap((area, index): Mistake[] => {
      const path = ['limits', at, 'areas', index];
      if (network.areaById(area) === undefined) return [{ path, message: unknownName('area', area, idsOf(network.areas)) }];
      return sure && !judged(area) ? [{ path, message: `"${area}" has no station that evaluates` }] : [];
    }));
  }));
}

type Meant = { at: number; areas: Network['areas']; judged: (area: string) => boolean; sure: boolean };
const MEANT = { roles: { what: 'city', of: 'role' }, classes: { what: 'area', of: 'class' } } as const;
/** Roles that no city has, classes that no area has, and such of which none could ever be judged. */
function meantMistakes(key: keyof typeof MEANT, names: readonly string[], { at, areas, judged, sure }: Meant): Mistake[] {
  const again = duplicates(names, (index) => ['limits', at, key, index]);
  const { what, of } = MEANT[key];
  const known = [...new Set(areas.flatMap((area) => (key === 'classes' ? (area.class ?? []) : [])))];
  return again.concat(names.flatMap((name, index): Mistake[] => {
    const path = ['limits', at, key, index];
    const those = areas.filter((area) => isMeant({ [key]: [name] }, area));
    if (!sure) return [];
    if (those.length === 0) return [{ path, message: `no ${what} has the ${of} "${name}"${known.length === 0 ? '' : `; there are ${known.join(', ')}`}` }];
    return those.some(({ id }) => judged(id)) ? [] : [{ path, message: `no ${what} of the ${of} "${name}" has a station that evaluates` }];
  }));
}

/** `plan.yaml`: things that are there twice, measures of levels that no ladder has. */
export function planMistakes({ ladders, measures }: PlanFile): Mistake[] {
  const levels: string[] = [...new Set(ladders.flatMap((ladder) => idsOf(ladder.levels)))];
  return [
    ...twice(ladders, 'ladders'), ...twice(measures, 'measures'),
    ...ladders.flatMap((ladder, at) => duplicates(idsOf(ladder.levels), (index) => ['ladders', at, 'levels', index, 'id'])),
    ...measures.flatMap((measure, at) => measure.levels.flatMap((level, index) =>
      (levels.includes(level) ? [] : [{ path: ['measures', at, 'levels', index], message: unknownName('level', level, levels) }]))),
    ...measures.flatMap((measure, at) => (measure.levels.length > 0 || measure.suggestedBy.length > 0 ? []
      : [{ path: ['measures', at], message: 'no level orders it and no alert suggests it, so nobody will ever see it' }])),
  ];
}

/** `sources.yaml`: things that are there twice, stations that are not there. */
export function sourceMistakes({ sources }: SourcesFile, stations: readonly Station[]): Mistake[] {
  const known = idsOf(stations);
  const dangling = sources.flatMap((source, at) => (source.stations === 'all' ? [] : source.stations.flatMap((station, index) =>
    (known.includes(station) ? [] : [{ path: ['sources', at, 'stations', index], message: unknownName('station', station, known) }]))));
  const again = sources.flatMap(({ stations: own }, at) => (own === 'all' ? [] : duplicates(own, (index) => ['sources', at, 'stations', index])));
  return [...twice(sources, 'sources'), ...again, ...dangling];
}

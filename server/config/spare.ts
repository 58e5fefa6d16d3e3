/** What is wrong with items that were left out because something else in them is wrong: their names are looked at all the same. */
import type { EventFile, NetworkFile } from '../../shared/event.ts';
import type { SourcesFile } from '../../shared/sources.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { duplicates, unknownName } from '../../shared/names.ts';
import type { Network } from '../../shared/network.ts';
import type { Problem } from './problem.ts';
import { idsOf } from './references.ts';
import { valueAt } from './shape.ts';
import type { StationsRead } from './stations.ts';
import type { Read } from './yaml.ts';

/** Names that stand for nothing are those neither known nor lost: of a lost one nobody knows. */
type Names = { kind: string; known: readonly string[]; lost: ReadonlySet<string> };

const textsAt = (item: unknown, path: readonly string[]): { text: string; index: number }[] => {
  const found = valueAt(item, path);
  return Array.isArray(found) ? found.flatMap((text: unknown, index) => (typeof text === 'string' ? [{ text, index }] : [])) : [];
};

const dangling = (name: string, { kind, known, lost }: Names): string | null =>
  (known.includes(name) || lost.has(name) ? null : unknownName(kind, name, known));

/** Phases, key dates and areas of limits that were left out. */
export function spareLimits(event: Read<EventFile>, network: NetworkFile | null, lost: ReadonlySet<string>): Mistake[] {
  if (event.value === null) return [];
  const kinds = [
    { kind: 'phase', path: ['on', 'phases'], known: idsOf(event.value.phases) },
    { kind: 'key date', path: ['on', 'keyDates'], known: idsOf(event.value.keyDates) },
    ...(network === null ? [] : [{ kind: 'area', path: ['areas'], known: idsOf(network.areas) }]),
  ];
  return event.spare.filter(({ list }) => list === 'limits').flatMap(({ at, item }) => kinds.flatMap(({ kind, path, known }) =>
    textsAt(item, path).flatMap(({ text, index }): Mistake[] => {
      const message = dangling(text, { kind, known, lost });
      return message === null ? [] : [{ path: ['limits', at, ...path, index], message }];
    })));
}

/** Parents of areas that were left out. */
export function spareParents({ value, spare }: Read<NetworkFile>, lost: ReadonlySet<string>): Mistake[] {
  const known = idsOf(value?.areas ?? []);
  return spare.filter(({ list }) => list === 'areas').flatMap(({ at, item }): Mistake[] => {
    const parent = valueAt(item, ['parent']);
    const message = typeof parent === 'string' ? dangling(parent, { kind: 'area', known, lost }) : null;
    return message === null ? [] : [{ path: ['areas', at, 'parent'], message }];
  });
}

/** Stations of sources that were left out; `known` are those of `stations.csv`. */
export function spareSources({ spare }: Read<SourcesFile>, known: readonly string[], lost: ReadonlySet<string>): Mistake[] {
  return spare.filter(({ list }) => list === 'sources').flatMap(({ at, item }) => textsAt(item, ['stations']).flatMap(({ text, index }): Mistake[] => {
    const message = dangling(text, { kind: 'station', known, lost });
    return message === null ? [] : [{ path: ['sources', at, 'stations', index], message }];
  }));
}

/** Areas that are not there in rows that were left out. */
export const spareAreas = ({ spare, file }: StationsRead, network: Network, lost: ReadonlySet<string>): Problem[] =>
  spare.filter(({ area }) => area !== '' && network.areaById(area) === undefined && !lost.has(area))
    .map(({ area, line }) => ({ file, line, field: 'area', message: unknownName('area', area, idsOf(network.areas)) }));

/** Stations that are there twice, where a row that was left out is one of the two. */
export function spareStations({ rows, spare, file }: StationsRead): Problem[] {
  const all = [...rows.map(({ station, line }) => ({ id: station.id, line })), ...spare].filter(({ id }) => id !== '').sort((a, b) => a.line - b.line);
  const first = new Map<string, number>();
  return all.flatMap(({ id, line }) => {
    if (first.has(id)) return [{ file, line, field: 'id', message: `"${id}" is already a station` }];
    first.set(id, line);
    return [];
  });
}

/** Ids that are there twice in lists of which items were left out, whichever of the two that is. */
export function spareTwice({ raw, spare }: Read<unknown>): Mistake[] {
  return [...new Set(spare.map(({ list }) => list))].flatMap((list) => {
    const items = valueAt(raw, [list]);
    const ids = Array.isArray(items) ? items.map((item: unknown, at) => {
      const id = valueAt(item, ['id']);
      // Items without an id are nobody's double.
      return typeof id === 'string' ? id : `\0${at}`;
    }) : [];
    return duplicates(ids, (at) => [list, at, 'id']);
  });
}

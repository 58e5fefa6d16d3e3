/** Feeds that are asked and files that are dropped: mappings that are none, places of stations that are not there or not the source's. */
import type { Station } from '../../shared/event.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { unknownName } from '../../shared/names.ts';
import type { PullSource, SourcesFile } from '../../shared/sources.ts';

/** What is wrong with a JSONata expression, or null. */
async function mappingMistake(mapping: string): Promise<string | null> {
  const { default: jsonata } = await import('jsonata');
  try {
    jsonata(mapping);
    return null;
  } catch (error) {
    return `is no JSONata: ${error instanceof Error ? error.message : typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)}`;
  }
}

function placeMistakes({ places, stations: own, url }: PullSource, at: number, known: ReadonlySet<string>): Mistake[] {
  const wrong = Object.entries(places).flatMap(([name, station]): Mistake[] => {
    const path = ['sources', at, 'places', name];
    if (!known.has(station)) return [{ path, message: unknownName('station', station, [...known]) }];
    return own === 'all' || own.includes(station) ? [] : [{ path, message: `station ${station} is none of this source's stations` }];
  });
  const asks = url.includes('{place}');
  if (asks === Object.keys(places).length > 0) return wrong;
  return [...wrong, { path: ['sources', at, asks ? 'url' : 'places'], message: asks ? 'names {place}, and there are no places' : 'are for {place} in the url, which is not there' }];
}

export async function feedMistakes({ sources }: SourcesFile, stations: readonly Station[]): Promise<Mistake[]> {
  const known = new Set(stations.map(({ id }) => id));
  const found = await Promise.all(sources.map(async (source, at) => {
    if (source.kind !== 'pull' && source.kind !== 'files') return [];
    const mapping = source.mapping === undefined ? null : await mappingMistake(source.mapping);
    return [...(mapping === null ? [] : [{ path: ['sources', at, 'mapping'], message: mapping }]), ...(source.kind === 'pull' ? placeMistakes(source, at, known) : [])];
  }));
  return found.flat();
}

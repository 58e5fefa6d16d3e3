/** What is allowed and yet worth a look before an event begins. */
import { readdir } from 'node:fs/promises';
import { coveredTwice, stretchesOf } from '../../shared/effective.ts';
import type { EventFile } from '../../shared/event.ts';
import type { SourcesFile } from '../../shared/sources.ts';
import { nearest } from '../../shared/names.ts';
import { FLAG_TABLES } from '../../shared/quality/flags.ts';
import type { Network } from '../../shared/network.ts';
import type { Standard } from '../../shared/standard.ts';
import type { Problem } from './problem.ts';

/** Files an event folder may hold; those of later rooms among them. */
export const KNOWN_FILES = ['event.yaml', 'network.yaml', 'stations.csv', 'rules.yaml', 'plan.yaml', 'sources.yaml', 'enterprises.csv', 'duty.yaml', 'access.yaml', 'tests', 'exercises', 'README.md'];

const notice = (file: string, field: string, message: string): Problem => ({ file, line: 0, field, message });

/** Limits by assumption, cities nobody can judge, stations nobody sends. */
export function notices(event: EventFile, network: Network, { sources }: SourcesFile): Problem[] {
  const named = new Set(sources.flatMap((source) => (source.stations === 'all' ? network.stations.map((each) => each.id) : source.stations)));
  const unheard = network.stations.filter((station) => !named.has(station.id)).map((station) => station.id);
  const blind = network.cities.filter((city) => !network.stationsIn(city.id).some((station) => station.evaluates)).map((city) => city.id);
  return [
    ...event.limits.filter((limit) => limit.assumed).map((limit) => notice('event.yaml', `limits.${limit.id}`, `${limit.max} is assumed: ${limit.basis.en}`)),
    ...(blind.length > 0 && event.limits.length > 0 ? [notice('stations.csv', 'evaluates', `no station evaluates in ${blind.join(', ')}: no limit is judged there`)] : []),
    ...(unheard.length > 0 ? [notice('sources.yaml', 'sources', `no source sends ${unheard.slice(0, 10).join(', ')}${unheard.length > 10 ? ` and ${unheard.length - 10} more` : ''}`)] : []),
    ...sources.flatMap(({ id, flags }) => (flags !== undefined && !FLAG_TABLES[flags.table].confirmed
      ? [notice('sources.yaml', `sources.${id}.flags`, `the table ${flags.table} could not be confirmed by any official source`)] : [])),
    ...(network.coordinates === 'approximate' ? [notice('network.yaml', 'coordinates', 'are approximate, and marked so on the map')] : []),
  ];
}

/** Days judged by a standard outside its own time, and what a standard without an index leaves out. */
export function standardNotices(event: EventFile, standards: readonly Standard[]): Problem[] {
  const twice = coveredTwice(event, standards);
  const both = twice === null ? [] : [notice('event.yaml', 'standard', `between ${twice.from} and ${twice.to} more than one of ${twice.ids.join(', ')} is in force: the first in the list judges`)];
  return both.concat(stretchesOf(event, standards, event.period).flatMap(({ from, to, standard: { id, inForce, index } }) => {
    const outside = from < inForce.from || (inForce.to !== undefined && to > inForce.to);
    const days = `${from} – ${to}`;
    return [
      ...(outside ? [notice('event.yaml', 'standard', `${days} is judged by ${id}, which is in force from ${inForce.from}${inForce.to === undefined ? '' : ` to ${inForce.to}`}`)] : []),
      ...(index === undefined ? [notice('event.yaml', 'standard', `${id} has no index: on ${days} the air has no class${event.aqi === false ? '' : ' and no AQI'}`)] : []),
    ];
  }));
}

/** Files of the folder that nobody reads, with what they may have been meant for. */
export async function strangeFiles(dir: string): Promise<Problem[]> {
  const names = (await readdir(dir)).filter((name) => !name.startsWith('.') && !KNOWN_FILES.includes(name));
  return names.map((name) => {
    const near = nearest(name, KNOWN_FILES);
    return notice(name, '', `is not read${near === null ? '' : `; did you mean ${near}?`}`);
  });
}

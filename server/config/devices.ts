/** Devices of HJ 212 sources: numbers that are there twice, stations that are not there or not the source's, units of another kind. */
import type { Station } from '../../shared/event.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { unknownName } from '../../shared/names.ts';
import type { Hj212Source, SourcesFile, SourceUnits, Unit } from '../../shared/sources.ts';
import { unitsOf } from '../../shared/units.ts';

type Path = (string | number)[];

/** Units that a quantity cannot be in. */
function strangeUnits(units: SourceUnits['unitOf'], path: Path): Mistake[] {
  return Object.entries(units).flatMap(([quantity, unit]: [string, Unit | undefined]) => {
    const may = unitsOf(quantity);
    if (unit === undefined || may.includes(unit)) return [];
    return [{ path: [...path, 'unitOf', quantity], message: may.length === 0 ? `${quantity} has one unit only, and takes none here` : `${quantity} comes in ${may.join(', ')}, not in ${unit}` }];
  });
}

const sends = ({ stations }: Hj212Source, id: string): boolean => stations === 'all' || stations.includes(id);

function stationMistake(source: Hj212Source, station: string, known: ReadonlySet<string>): string | null {
  if (!known.has(station)) return unknownName('station', station, [...known]);
  return sends(source, station) ? null : `station ${station} is none of this source's stations`;
}

/** Which numbers a source's devices have, each with its place in the file. */
function numbers(source: Hj212Source, at: number, stations: readonly Station[]): { mn: string; path: Path }[] {
  const listed = source.devices.map(({ mn }, index) => ({ mn, path: ['sources', at, 'devices', index, 'mn'] }));
  const taken = new Set(source.devices.map(({ station }) => station));
  const own = stations.filter(({ id }) => !taken.has(id) && sends(source, id));
  return [...listed, ...own.flatMap(({ id, aliases }) => [id, ...aliases].map((mn) => ({ mn, path: ['sources', at, 'stations'] })))];
}

/** What is wrong with the devices of all sources together. */
export function deviceMistakes({ sources }: SourcesFile, stations: readonly Station[]): Mistake[] {
  const known = new Set(stations.map(({ id }) => id));
  const mistakes: Mistake[] = [];
  const first = new Set<string>();
  for (const [at, source] of sources.entries()) {
    if (!('unitOf' in source)) continue;
    mistakes.push(...strangeUnits(source.unitOf, ['sources', at]));
    if (source.kind !== 'hj212') continue;
    for (const [index, { station, unitOf = {} }] of source.devices.entries()) {
      const path = ['sources', at, 'devices', index];
      const message = stationMistake(source, station, known);
      mistakes.push(...(message === null ? [] : [{ path: [...path, 'station'], message }]), ...strangeUnits(unitOf, path));
    }
    for (const { mn, path } of numbers(source, at, stations)) {
      if (first.has(mn)) mistakes.push({ path, message: `"${mn}" is already the number of a device` });
      first.add(mn);
    }
  }
  return mistakes;
}

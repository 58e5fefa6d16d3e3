/** Which stations are neighbours: the nearest ones within some kilometres, by their coordinates. */
import type { Station } from '../event.ts';

/** Kilometres of a degree of latitude, on a sphere of the earth's mean radius (6,371 km). */
const DEGREE = 111.195;
const RADIAN = Math.PI / 180;

/** Where some stations stand, and their ids; `wide`: kilometres of a degree of longitude there. */
type Place = { longitude: number; latitude: number; wide: number; ids: string[] };

/** Kilometres between two places that lie near each other. */
const between = (a: Place, b: Place): number =>
  Math.hypot((a.latitude - b.latitude) * DEGREE, (a.longitude - b.longitude) * ((a.wide + b.wide) / 2));

const placeOf = ({ id, longitude, latitude }: Station): Place => ({ longitude, latitude, wide: Math.cos(latitude * RADIAN) * DEGREE, ids: [id] });

/** Stations by where they stand: those of one place are looked at together, however many they are. */
function placesOf(stations: readonly Station[]): Place[] {
  const places = new Map<string, Place>();
  for (const station of stations) {
    const key = `${station.longitude} ${station.latitude}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, placeOf(station));
    else known.ids.push(station.id);
  }
  for (const place of places.values()) place.ids.sort();
  return [...places.values()];
}

type Rows = { tall: number; rows: Map<number, Place[]> };

/** Places by rows of latitude, each in order of longitude, so that a place is only compared with those around it. */
function rowsOf(places: readonly Place[], within: number): Rows {
  const tall = within / DEGREE;
  const rows = new Map<number, Place[]>();
  for (const place of [...places].sort((a, b) => a.longitude - b.longitude)) {
    const row = Math.floor(place.latitude / tall);
    const found = rows.get(row);
    if (found === undefined) rows.set(row, [place]);
    else found.push(place);
  }
  return { tall, rows };
}

/** Where a row reaches a longitude. */
function reaches(row: readonly Place[], longitude: number): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle]?.longitude ?? 0) < longitude) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Found = { id: string; far: number };
const nearer = (a: Found, b: Found): number => a.far - b.far || (a.id < b.id ? -1 : 1);

/** The places within reach of one, in no order. */
function* around({ tall, rows }: Rows, here: Place, within: number): Generator<{ place: Place; far: number }> {
  const wide = (within / here.wide) * 1.01;
  const middle = Math.floor(here.latitude / tall);
  for (const row of [middle - 1, middle, middle + 1].map((at) => rows.get(at) ?? [])) {
    for (let i = reaches(row, here.longitude - wide); i < row.length; i += 1) {
      const place = row[i];
      if (place === undefined || place.longitude > here.longitude + wide) break;
      const far = between(here, place);
      if (far <= within) yield { place, far };
    }
  }
}

function nearest(rows: Rows, station: Station, { within, most }: Reach): string[] {
  const found: Found[] = [];
  let furthest = Infinity;
  for (const { place, far } of around(rows, placeOf(station), within)) {
    if (far > furthest) continue;
    // One more than are wanted, for it may be there itself.
    for (const id of place.ids.slice(0, most + 1)) if (id !== station.id) found.push({ id, far });
    if (found.length > 4 * most) furthest = found.sort(nearer).splice(most).length > 0 ? (found.at(-1)?.far ?? Infinity) : furthest;
  }
  return found.sort(nearer).slice(0, most).map(({ id }) => id);
}

type Reach = { within: number; most: number };

/**
 * The neighbours of every station, nearest first. Micro-stations have standard ones for neighbours and are nobody's: they
 * are there for trends, not to doubt an instrument that is better than they are.
 */
export function neighbourhoods(stations: readonly Station[], reach: Reach): Map<string, string[]> {
  const rows = rowsOf(placesOf(stations.filter(({ kind }) => kind !== 'micro')), reach.within);
  return new Map(stations.map((station) => [station.id, nearest(rows, station, reach)]));
}

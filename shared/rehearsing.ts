/** A rehearsal made ready to be played: its readings written out one by one, its mistakes told by their place. */
import type { Mistake } from './keydate.ts';
import { unknownName } from './names.ts';
import type { Judged, Network } from './network.ts';
import { MICRO, type Reading } from './reading.ts';
import type { Rehearsal, RehearsalFile, RehearsalReadings } from './rehearsal.ts';
import { type Civil, durationMs, HOUR, MINUTE } from './time.ts';

/** What is asked of the event's network and zone. */
export type Ground = { civil: Civil; network: Network & Judged };

/** An instant of civil time, `YYYY-MM-DDTHH:MM`, or when a civil day begins. */
export const instantOf = (civil: Civil, text: string): number => civil.at(text.slice(0, 10), text.length > 10 ? text.slice(11) : undefined);

const lengthOf = (row: RehearsalReadings): number => durationMs(row.period) ?? HOUR;

function stationsOf({ network }: Ground, { station, area, except }: RehearsalReadings): string[] {
  const within = area === undefined ? network.stations : network.stationsIn(area);
  const named = station === 'all' ? within.filter(({ evaluates }) => evaluates).map(({ id }) => id) : [station].flat();
  return named.filter((id) => !except.includes(id));
}

/** Readings that come at one instant; `rows` are the rows of the file they are of. */
export type Arriving = { at: number; readings: Reading[]; rows: number[] };

function* rowReadings(ground: Ground, row: RehearsalReadings): Generator<Reading> {
  const { civil } = ground;
  const from = instantOf(civil, row.from);
  const length = lengthOf(row);
  const end = row.values === undefined ? (row.to === undefined ? from + length : instantOf(civil, row.to)) : from + row.values.length * length;
  const stations = stationsOf(ground, row);
  for (let start = from, i = 0; start < end; start += length, i += 1) {
    const value = row.values === undefined ? (row.value ?? null) : (row.values[i] ?? null);
    const micro = value === null ? null : Math.round(value * MICRO);
    for (const station of stations) yield { station, pollutant: row.pollutant, start, minutes: length / MINUTE, value: micro, flag: row.flag };
  }
}

/** All readings of a rehearsal by the instant at which they come, in order; of one instant in the file's order. */
export function arrivals(ground: Ground, rehearsal: Rehearsal): Arriving[] {
  const found = new Map<number, Arriving>();
  rehearsal.readings.forEach((row, index) => {
    const at = row.at === undefined ? null : instantOf(ground.civil, row.at);
    for (const reading of rowReadings(ground, row)) {
      const instant = at ?? reading.start + reading.minutes * MINUTE;
      const arriving = found.get(instant) ?? { at: instant, readings: [], rows: [] };
      arriving.readings.push(reading);
      arriving.rows.push(index);
      found.set(instant, arriving);
    }
  });
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** When the clock of a rehearsal begins. */
export function beginOf({ civil }: Ground, { from, readings, expect }: Rehearsal): number {
  if (from !== undefined) return instantOf(civil, from);
  const texts = [...readings.map((row) => row.from), ...expect.map(({ at }) => at)].sort();
  return civil.at((texts[0] ?? '').slice(0, 10));
}

function rowMistakes({ civil, network }: Ground, row: RehearsalReadings, path: (string | number)[]): Mistake[] {
  const found: Mistake[] = [];
  const known = network.stations.map(({ id }) => id);
  const named = row.station === 'all' ? [] : [row.station].flat();
  for (const id of named) if (!known.includes(id)) found.push({ path: [...path, 'station'], message: unknownName('station', id, known) });
  for (const id of row.except) if (!known.includes(id)) found.push({ path: [...path, 'except'], message: unknownName('station', id, known) });
  if (row.area !== undefined && network.areaById(row.area) === undefined) found.push({ path: [...path, 'area'], message: unknownName('area', row.area, network.areas.map(({ id }) => id)) });
  const length = lengthOf(row);
  if (length === 0 || length > HOUR || HOUR % length !== 0) found.push({ path: [...path, 'period'], message: `${row.period} is no period of a reading; expected PT1H, or minutes that divide the hour` });
  else if ((instantOf(civil, row.from) - civil.hour(instantOf(civil, row.from))) % length !== 0) found.push({ path: [...path, 'from'], message: `${row.from} is not where a period of ${row.period} begins` });
  if (row.to !== undefined && row.to <= row.from) found.push({ path: [...path, 'to'], message: `${row.to} is not after ${row.from}` });
  if (found.length === 0 && stationsOf({ civil, network }, row).length === 0) found.push({ path, message: 'is of no station' });
  return found;
}

/** What a file of rehearsals names that is not there, and what of it can never be. */
export function rehearsalMistakes(ground: Ground, { tests }: RehearsalFile): Mistake[] {
  const cities = ground.network.places.map(({ id }) => id);
  const places = [...cities, ...ground.network.stations.map(({ id }) => id)];
  return tests.flatMap((test, at) => [
    ...test.readings.flatMap((row, index) => rowMistakes(ground, row, ['tests', at, 'readings', index])),
    ...test.expect.flatMap(({ at: instant, verdicts, alerts = [] }, index): Mistake[] => {
      const path = ['tests', at, 'expect', index];
      const early = instantOf(ground.civil, instant) < beginOf(ground, test);
      return [
        ...(early ? [{ path: [...path, 'at'], message: `${instant} is before the test begins` }] : []),
        ...verdicts.flatMap(({ place, average, start }, i): Mistake[] => [
          ...(cities.includes(place) ? [] : [{ path: [...path, 'verdicts', i, 'place'], message: unknownName('city', place, cities) }]),
          ...((average === 'hour') === (start.length > 10) ? [] : [{ path: [...path, 'verdicts', i, 'start'], message: average === 'hour' ? 'expected when the hour begins, as 2022-02-04T20:00' : 'expected a civil day' }]),
        ]),
        ...alerts.flatMap(({ place }, i) => (places.includes(place) ? [] : [{ path: [...path, 'alerts', i, 'place'], message: unknownName('place', place, cities) }])),
      ];
    }),
  ]);
}

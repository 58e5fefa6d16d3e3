/** The air of an exercise: what every station sends for each period, by its script alone, the same whenever it is asked. */
import { lengthOf, liftedAt, minutesOf, type Script } from '../../../shared/exercise.ts';
import { MICRO, type Reading } from '../../../shared/reading.ts';
import type { Pollutant } from '../../../shared/event.ts';
import { HOUR, MINUTE } from '../../../shared/time.ts';
import { chance, numberOf, wandering } from './chance.ts';

/** `within`: the areas that a station is in. */
export type ScriptedStation = { id: string; within: readonly string[] };
type Parts = { script: Script; stations: readonly ScriptedStation[]; /** When the exercise's clock begins. */ from: number };

/** Hours before the beginning that are there already, so that a day has its mean. */
const BEFORE = 48;
/** Air moves: one that stood still would be doubted, and rightly. */
const restless = (station: number, start: number): number => 1 + 0.08 * wandering(start / (3 * HOUR), 7) + 0.06 * wandering(start / (80 * MINUTE), station) + 0.02 * (2 * chance(station, start / MINUTE) - 1);

function value({ script, from }: Parts, station: ScriptedStation, of: { pollutant: Pollutant; start: number; length: number }): number | null {
  const { silent, lift } = liftedAt(script, { station: station.id, within: station.within }, of.start - from + of.length / 2);
  if (silent) return null;
  const level = Math.max(0, (script.air[of.pollutant] ?? 0) + (lift[of.pollutant] ?? 0)) * restless(numberOf(station.id), of.start);
  return Math.round(level * 10) * (MICRO / 10);
}

const pollutantsOf = ({ air, episodes }: Script): Pollutant[] => [...new Set([...Object.keys(air) as Pollutant[], ...episodes.flatMap(({ lift, pollutant }) => (lift === undefined ? [] : [pollutant]))])];

/** The readings of one period of `minutes`; a station that is silent sends none. */
function periodOf(parts: Parts, start: number, minutes: number): Reading[] {
  const length = minutes * MINUTE;
  return parts.stations.flatMap((station) => pollutantsOf(parts.script).flatMap((pollutant) => {
    const micro = value(parts, station, { pollutant, start, length });
    return micro === null ? [] : [{ station: station.id, pollutant, start, minutes, value: micro, flag: 'N' }];
  }));
}

export type ScriptedBatch = { at: number; readings: Reading[] };

/** The hours before the exercise, one after the other: the room beside it must not wait for all of them. */
export function* scriptedHistory(parts: Parts): Generator<ScriptedBatch> {
  const first = Math.floor(parts.from / HOUR) * HOUR;
  for (let start = first - BEFORE * HOUR; start < first; start += HOUR) yield { at: start + HOUR, readings: periodOf(parts, start, 60) };
}

/** Every period from the running hour's beginning to the exercise's end, in order, each to be sent as it ends. */
export function* scriptedAir(parts: Parts): Generator<ScriptedBatch> {
  const minutes = minutesOf(parts.script);
  const end = parts.from + lengthOf(parts.script);
  for (let start = Math.floor(parts.from / HOUR) * HOUR; start + minutes * MINUTE <= end; start += minutes * MINUTE) yield { at: start + minutes * MINUTE, readings: periodOf(parts, start, minutes) };
}

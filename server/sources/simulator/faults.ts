/**
 * What goes wrong, so that a wall shows it: each day one station of the network is silent for some hours, three lose a
 * few minutes, and now and then one repeats a value. Rare enough that every station keeps the twenty hours a day needs.
 */
import { HOUR, MINUTE } from '../../../shared/time.ts';
import { AIR_FROM } from './air.ts';
import { chance } from './chance.ts';

/** `silent` and `gap`: nothing is sent; `stuck`: the value of the fault's first minute is. `[from, to)`. */
export type Fault = { kind: 'silent' | 'gap' | 'stuck'; station: string; from: number; to: number };

const DAY = 24 * HOUR;
const GAPS = 3;

/** Begins at 01:00 or later and ends before midnight, so that one fault spoils one day. Lengths in minutes. */
type Plan = { kind: Fault['kind']; number: number; shortest: number; longest: number };

/** The faults of a network's stations: what is wrong with a station in the minute that begins at an instant, or null. */
export function faultsOf(seed: number, stations: readonly string[]): (station: string, minute: number) => Fault | null {
  const known = new Map<number, Fault[]>();

  const planned = (day: number, { kind, number, shortest, longest }: Plan): Fault[] => {
    const draw = (what: number) => chance(seed, day, number, what);
    const station = stations[Math.floor(draw(0) * stations.length)];
    if (station === undefined) return [];
    const length = Math.round(shortest + draw(1) * (longest - shortest));
    const from = AIR_FROM + day * DAY + HOUR + Math.floor(draw(2) * (23 * 60 - length)) * MINUTE;
    return [{ kind, station, from, to: from + length * MINUTE }];
  };
  const ofDay = (day: number): Fault[] => {
    const faults = [
      ...planned(day, { kind: 'silent', number: 0, shortest: 90, longest: 175 }),
      ...Array.from({ length: GAPS }, (_, i) => planned(day, { kind: 'gap', number: 1 + i, shortest: 4, longest: 9 })).flat(),
      ...(chance(seed, day, 9) < 1 / 3 ? planned(day, { kind: 'stuck', number: 8, shortest: 40, longest: 60 }) : []),
    ];
    known.set(day, faults);
    return faults;
  };
  return (station, minute) => {
    const day = Math.floor((minute - AIR_FROM) / DAY);
    const faults = known.get(day) ?? ofDay(day);
    return faults.find((fault) => fault.station === station && fault.from <= minute && minute < fault.to) ?? null;
  };
}

/**
 * Means of a city from its stations, exact to the last digit. The same arithmetic serves the hour (parts are minutes)
 * and the day (parts are hours: of each station, or of the city as one series), the wall, the alerts and the summary: all of
 * them call `meanOf`.
 */
import type { Rational } from './rounding.ts';

/** lcm(1…60): every number of minutes and of hours divides it, so all sums stay integers. */
export const COMMON = 9690712164777231700912800n;

/** What one station has of a period: `n` valid parts, and their sum (hour: millionths × minutes; day: hour means × COMMON). */
export type Part = { n: number; sum: bigint };
export const NO_PART: Part = { n: 0, sum: 0n };

/**
 * The stations of a city in one period, by how many valid parts each has. Adding and taking away are exact, so a reading
 * costs the same in a city of ten stations and of ten thousand, and the order of arrival cannot matter.
 */
export type Tally = {
  /** Parts that make a station's mean valid (45 minutes, 20 hours). */
  readonly need: number;
  /** Sums are in millionths × scale. */
  readonly scale: bigint;
  readonly counts: number[];
  readonly sums: bigint[];
  /** The final mean of what is in it; undefined until somebody asks, and whenever a part was replaced. */
  final: CityMean | undefined;
};

/** An empty tally of periods of at most `parts` parts. */
export function newTally(parts: number, need: number, scale: bigint): Tally {
  return { need, scale, counts: new Array<number>(parts + 1).fill(0), sums: new Array<bigint>(parts + 1).fill(0n), final: undefined };
}

/** Stations by their valid minutes of an hour; sums in millionths × minutes. */
export const minuteTally = (need: number): Tally => newTally(60, need, 1n);
/** Stations by their valid hours of a day (25 at most, where clocks change); sums of hour means × COMMON. */
export const dayTally = (need: number): Tally => newTally(25, need, COMMON);

function count(tally: Tally, part: Part, sign: 1 | -1): void {
  if (part.n === 0) return;
  tally.counts[part.n] = (tally.counts[part.n] ?? 0) + sign;
  tally.sums[part.n] = (tally.sums[part.n] ?? 0n) + (sign === 1 ? part.sum : -part.sum);
}

/** Replaces what one station had by what it has now. */
export function replacePart(tally: Tally, was: Part, is: Part): void {
  tally.final = undefined;
  count(tally, was, -1);
  count(tally, is, 1);
}

/** A mean over stations, in millionths of the unit, and how many stations made it. */
export type CityMean = { mean: Rational | null; stations: number };

/**
 * The mean of a city's stations: each station's own mean first, then their mean (GB 3095 table 4 for what is valid).
 * With `left` parts still to come it is the mean so far, over the stations that can still become valid; with none, the final one.
 */
export function meanOf(tally: Tally, left = 0): CityMean {
  return left > 0 ? meanOver(tally, left) : (tally.final ??= meanOver(tally, 0));
}

function meanOver(tally: Tally, left: number): CityMean {
  let stations = 0;
  let num = 0n;
  for (let n = Math.max(1, tally.need - left); n < tally.counts.length; n += 1) {
    const here = tally.counts[n] ?? 0;
    if (here === 0) continue;
    stations += here;
    num += (tally.sums[n] ?? 0n) * (COMMON / BigInt(n));
  }
  if (stations === 0) return { mean: null, stations };
  return { mean: { num, den: COMMON * tally.scale * BigInt(stations) }, stations };
}

/** Stations that have enough parts, or can still have them with `left` to come; `silent` have none so far. */
export function ableStations(tally: Tally, left: number, silent: number): number {
  let able = left >= tally.need ? silent : 0;
  for (let n = Math.max(1, tally.need - left); n < tally.counts.length; n += 1) able += tally.counts[n] ?? 0;
  return able;
}

/** Whether enough of the evaluating stations are there for a city's mean to be valid; in millionths, for 0.55 × 100 is not 55 in doubles. */
export const enough = (stations: number, evaluating: number, share: number): boolean =>
  stations > 0 && stations * 1_000_000 >= Math.round(share * 1_000_000) * evaluating;

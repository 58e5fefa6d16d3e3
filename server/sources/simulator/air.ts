/**
 * The simulated air: what each station reads in each minute, by the same rule for ever. Beijing's daily means are the
 * real ones; how a day goes from hour to hour, and how stations differ, is made up.
 */
import { type Civil, HOUR, MINUTE } from '../../../shared/time.ts';
import { chance, numberOf, wandering } from './chance.ts';
import { followsOf } from './cities.ts';
import { DAILY, FIRST_DAY } from './daily.ts';

export type SimulatedStation = { id: string; city: string; evaluates: boolean };

const DAY = 24 * HOUR;
const BEIJING = 8 * HOUR;
/** Beginning of the first day of the table, and end of the last: Beijing time has had no summer time since 1991. */
export const AIR_FROM = Date.parse(`${FIRST_DAY}T00:00:00Z`) - BEIJING;
export const AIR_UNTIL = AIR_FROM + DAILY.length * DAY;
/** When there is simulated air, in the words of whoever is told that there is none. */
export const whenAired = ({ iso }: Pick<Civil, 'iso'>): string => `there is simulated air from ${iso(AIR_FROM)} to ${iso(AIR_UNTIL)} only`;

/** The mean of a day by its number from the table's first; beyond its ends the first and the last go on, for cities that are ahead or behind. */
const meanOf = (day: number): number => DAILY[Math.min(Math.max(day, 0), DAILY.length - 1)] ?? 0;

/**
 * The level at the midnight that begins a day. At most twice the lower of the two days it parts: a parabola through both
 * midnights with the day's own mean then never falls below nought.
 */
function midnight(day: number): number {
  const [before, after] = [meanOf(day - 1), meanOf(day)];
  return Math.min(Math.sqrt(before * after), 2 * Math.min(before, after));
}

/** Nights are dirtier than afternoons, with a hump in the morning's traffic; `x` is the part of the day that has gone. */
const shape = (x: number): number => 1 + 0.17 * Math.cos(2 * Math.PI * (x - 0.04)) + 0.06 * Math.cos(4 * Math.PI * (x - 0.37));

/** The course of a day before it is brought to its mean: from midnight to midnight, day and night, wind and weather. */
function course(day: number, x: number): number {
  const [from, to, mean] = [midnight(day), midnight(day + 1), meanOf(day)];
  const bend = 3 * (from + to) - 6 * mean;
  const level = from + (6 * mean - 4 * from - 2 * to) * x + bend * x * x;
  const hours = (day + x) * 24;
  return level * shape(x) * (1 + 0.08 * wandering(hours / 3, 1) + 0.03 * wandering(hours * 2, 2));
}

const MINUTES = DAY / MINUTE;
const amiss = new Map<number, number>();

/** By how much the course of a day misses its mean. */
function amissBy(day: number): number {
  let gap = amiss.get(day);
  if (gap === undefined) {
    let sum = 0;
    for (let minute = 0; minute < MINUTES; minute += 1) sum += course(day, (minute + 0.5) / MINUTES);
    gap = meanOf(day) - sum / MINUTES;
    amiss.set(day, gap);
  }
  return gap;
}

/** Beijing's level at an instant, µg/m³; what a day misses is made up for around noon, so that midnights stay joined. */
function level(instant: number): number {
  const days = (instant - AIR_FROM) / DAY;
  const day = Math.floor(days);
  const x = days - day;
  return course(day, x) + amissBy(day) * 6 * x * (1 - x);
}

/** How much of its city's level each station reads; those that evaluate average 1 in each city, so that the city keeps its mean. */
function shares(seed: number, stations: readonly SimulatedStation[]): Map<string, number> {
  const own = new Map(stations.map(({ id, evaluates }) => [id, (evaluates ? 0.85 : 0.7) + 0.3 * chance(seed, numberOf(id))]));
  for (const city of new Set(stations.map((station) => station.city))) {
    const evaluating = stations.filter((station) => station.city === city && station.evaluates);
    const mean = evaluating.reduce((sum, { id }) => sum + (own.get(id) ?? 1), 0) / evaluating.length;
    for (const { id } of evaluating) own.set(id, (own.get(id) ?? 1) / mean);
  }
  return own;
}

type Sway = { kind: number; weight: number };
/** The evaluating stations of a city sway against each other, by twos and threes, so that the city keeps its mean. */
function swaysOf(stations: readonly SimulatedStation[]): Map<string, Sway> {
  const sways = new Map<string, Sway>();
  for (const city of new Set(stations.map((station) => station.city))) {
    const ids = stations.filter((station) => station.city === city && station.evaluates).map(({ id }) => id);
    for (let at = 0; at < ids.length;) {
      const together = ids.slice(at, at + (ids.length - at === 3 ? 3 : 2));
      const kind = numberOf(together[0] ?? '');
      together.forEach((id, i) => sways.set(id, { kind, weight: together.length === 1 ? 0 : i === 0 ? 1 : -1 / (together.length - 1) }));
      at += together.length;
    }
  }
  return sways;
}

/** One decimal, as instruments report. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;

/** `minute` is the instant at which the minute begins. */
export type At = { station: string; minute: number };
export type SimulatedAir = {
  /** PM2.5 of a station, µg/m³, one decimal. */
  valueAt: (at: At) => number;
  /** PM10 that goes with a PM2.5. */
  coarse: (fine: number) => number;
};

/** The air of some stations. The same seed and stations give the same air; 0 for a station that is not among them. */
export function simulatedAir(seed: number, stations: readonly SimulatedStation[]): SimulatedAir {
  const share = shares(seed, stations);
  const sways = swaysOf(stations);
  const known = new Map(stations.map(({ id, city }) => [id, { own: numberOf(id), sway: sways.get(id) ?? { kind: numberOf(id), weight: 1 }, share: share.get(id) ?? 1, ...followsOf(city) }]));
  return {
    valueAt({ station, minute }) {
      const of = known.get(station);
      if (of === undefined) return 0;
      // From hour to hour as well: air that stands still for six hours is no air, and is doubted.
      const restless = 1 + 0.05 * wandering(minute / (25 * MINUTE), seed, of.own) + 0.07 * of.sway.weight * wandering(minute / (100 * MINUTE), seed, of.sway.kind, 3) + 0.02 * (2 * chance(seed, of.own, minute / MINUTE) - 1);
      return tenths(Math.max(1, level(minute + MINUTE / 2 - of.lag * MINUTE) * of.factor * of.share * restless));
    },
    coarse: (fine) => tenths(fine * 1.25 + 12),
  };
}

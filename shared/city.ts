/** The hours and days of one city and pollutant: tallies over its evaluating stations, and what is closed. */
import type { HoldingLimit } from './calendar.ts';
import { COMMON, dayTally, meanOf, minuteTally, NO_PART, type Part, replacePart, type Tally } from './average.ts';
import { inDoubt, type StationHour } from './hour.ts';
import { compare, type Rational } from './rounding.ts';

/** A period of a city that a limit holds for, and the ids of its alerts. */
export type Subject = {
  readonly air: CityAir; readonly average: 'hour' | 'day'; readonly start: number; readonly end: number; readonly limit: HoldingLimit;
  readonly ids: { exceeded: string; projected: string; locked: string };
};
/** What is judged of a period; null where no limit holds. Undefined until somebody asks: the calendar does not change. */
type Judged = { subject: Subject | null | undefined };

export type CityHour = Judged & {
  readonly start: number; readonly day: CityDay; readonly tally: Tally;
  /** Evaluating stations of which nothing more is expected for this hour, and those with a suspect mean that counts. */
  whole: number; suspect: number;
  /** The mean it closed with (null: none), or was taken back with at a start: another one now is a change after the fact. */
  closedWith: Rational | null | undefined;
  /** Whether a reading of it came or was changed after it had closed, before this start. */
  changedBefore: boolean;
  /** How many readings of it came or were changed after it had closed: the revision of its verdict. */
  revision: number;
  /** By minute of the hour: sum and number of the stations' valid minute values, for the recent mean. */
  minutes: { sums: Float64Array; counts: Uint32Array } | null;
};

export type CityDay = Judged & {
  readonly date: string; readonly start: number; readonly end: number; readonly hours: readonly number[]; readonly tally: Tally;
  readonly parts: Map<string, Part>;
  /** Stations whose `evaluates` is true and whose validity covers the day: the denominator of `stationShare`. */
  readonly evaluators: ReadonlySet<string>;
  /** Station-hours that count although suspect, in closed hours. */
  suspect: number;
  /** The city's own hours as one series, where its day is made of those (`cityMean`); undefined until somebody asks, and whenever a closed hour moved. */
  cityHours: Tally | undefined;
};

export type CityAir = {
  readonly city: string; readonly pollutant: string;
  readonly hours: Map<number, CityHour>; readonly days: Map<string, CityDay>;
  /** Hours before this instant are closed, in order; the next to close starts here. */
  closedTo: number;
};

const plus = (a: Part, b: Part, sign: 1 | -1): Part => ({ n: a.n + sign * b.n, sum: sign === 1 ? a.sum + b.sum : a.sum - b.sum });

export const newCityHour = (start: number, day: CityDay, need: number): CityHour =>
  ({ start, day, tally: minuteTally(need), whole: 0, suspect: 0, closedWith: undefined, changedBefore: false, revision: 0, minutes: null, subject: undefined });

export type DaySpan = { date: string; hours: readonly number[]; end: number; evaluators: ReadonlySet<string> };
export const newCityDay = (span: DaySpan, need: number): CityDay =>
  ({ ...span, start: span.hours[0] ?? span.end, tally: dayTally(need), parts: new Map(), suspect: 0, cityHours: undefined, subject: undefined });

/** What a station's hour is to its city: remembered before a reading moves it, compared after. */
export type HourShade = { n: number; sum: number; whole: boolean; suspect: boolean };

export const shadeOf = (hour: StationHour, need: number): HourShade =>
  ({ n: hour.n, sum: hour.sum, whole: hour.whole, suspect: hour.n >= need && inDoubt(hour) });

const minutesPart = ({ n, sum }: HourShade): Part => (n === 0 ? NO_PART : { n, sum: BigInt(sum) });
/** What a station's valid hour gives to its day: the hour's mean × COMMON; nothing where the hour is not valid. */
export const hourPart = ({ n, sum }: HourShade, need: number): Part =>
  (n < need ? NO_PART : { n: 1, sum: BigInt(sum) * (COMMON / BigInt(n)) });

export const EMPTY_SHADE: HourShade = { n: 0, sum: 0, whole: false, suspect: false };

/** Carries a station's changed hour into its city's hour. */
export function moveHour(hour: CityHour, was: HourShade, is: HourShade): void {
  if (was.n !== is.n || was.sum !== is.sum) replacePart(hour.tally, minutesPart(was), minutesPart(is));
  hour.whole += Number(is.whole) - Number(was.whole);
  hour.suspect += Number(is.suspect) - Number(was.suspect);
}

/** Carries a closed hour of a station into its city's day: what it gave before, what it gives now. */
export function moveDay(day: CityDay, station: string, change: { was: HourShade; is: HourShade; need: number }): void {
  const { was, is, need } = change;
  day.suspect += Number(is.suspect) - Number(was.suspect);
  if (was.n === is.n && was.sum === is.sum) return;
  day.cityHours = undefined;
  const before = day.parts.get(station) ?? NO_PART;
  const after = plus(plus(before, hourPart(was, need), -1), hourPart(is, need), 1);
  day.parts.set(station, after);
  replacePart(day.tally, before, after);
}

/** Adds (or takes away, with sign -1) a sub-hour value to the minutes of a city's hour, for the recent mean. */
export function markMinutes(hour: CityHour, slot: { from: number; minutes: number; value: number }, sign: 1 | -1): void {
  const minutes = (hour.minutes ??= { sums: new Float64Array(60), counts: new Uint32Array(60) });
  for (let m = slot.from; m < slot.from + slot.minutes; m += 1) {
    minutes.sums[m] = (minutes.sums[m] ?? 0) + sign * slot.value;
    minutes.counts[m] = (minutes.counts[m] ?? 0) + sign;
  }
}

/** Whether an hour was changed after it had closed: it has another mean than the one it closed with. */
export function changedAfter(hour: CityHour | undefined): boolean {
  if (hour?.changedBefore === true) return true;
  if (hour?.closedWith === undefined) return false;
  const { mean } = meanOf(hour.tally);
  if (mean === hour.closedWith) return false;
  return mean === null || hour.closedWith === null ? mean !== hour.closedWith : compare(mean, hour.closedWith) !== 0;
}

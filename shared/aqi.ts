/**
 * The AQI of a place from its means, by a standard: the day's and the real-time one. Each answers with what it rests on:
 * which pollutant, which average, which figure, by which clause; and what is missing.
 */
import { classOf } from './air-class.ts';
import { type Name, type Pollutant, POLLUTANTS } from './event.ts';
import { columnOf, type Iaqi, iaqiOf, type Instead } from './iaqi.ts';
import type { Rational } from './rounding.ts';
import type { RealTimePm } from './scale.ts';
import type { AirClass, Average, Breakpoints, Scale, Standard } from './standard.ts';

/** What a mean is of: an average of the standard, the last 24 hours, or the US NowCast. */
export type MeanOf = Average | '24-hours' | 'nowcast';
/** A valid mean of a place, in millionths of µg/m³ (CO: mg/m³), not rounded. One that is not valid is not handed in. */
export type PlaceMean = { pollutant: Pollutant; average: MeanOf; value: Rational };
/**
 * `notMonitored`: pollutants that the place does not measure by design ("/"). They block nothing where they were not the
 * primary one of a lightly polluted or worse day in three years of measurements (HJ 633-2026 5.3): who names them vouches.
 */
export type Asked = { means: readonly PlaceMean[]; notMonitored?: readonly Pollutant[] };

/** One pollutant's index: of which mean, the rounded figure that was read, by which column and clause. */
export type Individual = { pollutant: Pollutant; iaqi: number; average: MeanOf; column: Average; figure: number; clause: Name };
/** A mean that the report needs and that is not there. */
export type Missing = { pollutant: Pollutant; average: MeanOf };

const isThere = (answer: Individual | Missing): answer is Individual => 'iaqi' in answer;

type Parts = { individual: Individual[]; missing: Missing[]; notMonitored: Pollutant[] };
/**
 * The AQI with its class, its primary pollutants (all that are equal; none up to the standard's bound) and the indices that
 * make it; or none: nothing was measured, or too little to publish ("NA", HJ 633-2026 5.3; the indices stand for themselves).
 */
export type Aqi = Parts & (
  | { aqi: number; class: AirClass; primary: Pollutant[]; because: Individual[]; reason: { code: 'highest'; clause: Name } }
  | { aqi: null; reason: { code: 'no-mean' } | { code: 'incomplete'; clause: Name } }
);

type Table = { standard: Standard; scale: Scale; means: readonly PlaceMean[]; averageFor: (column: Breakpoints) => readonly MeanOf[] };

function meanFor({ means, averageFor }: Table, column: Breakpoints): PlaceMean | null {
  for (const average of averageFor(column)) {
    const found = means.find((each) => each.pollutant === column.pollutant && each.average === average);
    if (found !== undefined) return found;
  }
  return null;
}

type Read = { column: Breakpoints; mean: PlaceMean; found: Iaqi | null };
function read(table: Table, column: Breakpoints): Read | null {
  const mean = meanFor(table, column);
  return mean === null ? null : { column, mean, found: iaqiOf(table.standard, { pollutant: column.pollutant, average: column.average, value: mean.value }) };
}

const individual = ({ column, mean }: Read, { iaqi, figure, clause }: { iaqi: number; figure: number; clause: Name }): Individual =>
  ({ pollutant: column.pollutant, iaqi, average: mean.average, column: column.average, figure, clause });

/** Where a column says so, another average is read in its place; a mean too low for that one leaves `atLeast`. */
function instead(table: Table, from: Read, { use, atLeast, figure, clause }: Instead): Individual | Missing {
  const column = columnOf(table.standard, from.column.pollutant, use);
  const other = column === null ? null : read(table, column);
  if (other?.found != null && 'iaqi' in other.found) return { ...individual(other, other.found), clause };
  return atLeast === null ? { pollutant: from.column.pollutant, average: use } : individual(from, { iaqi: atLeast, figure, clause });
}

function readColumn(table: Table, column: Breakpoints): Individual | Missing | null {
  const own = read(table, column);
  if (own === null) return column.optional ? null : { pollutant: column.pollutant, average: table.averageFor(column)[0] ?? column.average };
  if (own.found === null) return null;
  return 'use' in own.found ? instead(table, own, own.found) : individual(own, own.found);
}

/** The pollutants' indices, the highest of each one's columns, in the order of `POLLUTANTS`; and what is missing. */
function partsOf(table: Table, columns: readonly Breakpoints[], notMonitored: readonly Pollutant[]): Parts {
  const parts: Parts = { individual: [], missing: [], notMonitored: POLLUTANTS.filter((each) => notMonitored.includes(each)) };
  for (const pollutant of POLLUTANTS) {
    if (notMonitored.includes(pollutant)) continue;
    const answers = columns.filter((each) => each.pollutant === pollutant).flatMap((column) => readColumn(table, column) ?? []);
    const found = answers.filter(isThere);
    const highest = found.find((each) => found.every((other) => other.iaqi <= each.iaqi));
    if (highest !== undefined) parts.individual.push(highest);
    // A mean may be missed twice, for its own column and for one that it would stand in for.
    const missing = answers.filter((each) => !isThere(each));
    parts.missing.push(...missing.filter((each, at) => missing.findIndex((other) => other.average === each.average) === at));
  }
  return parts;
}

/** The AQI of some indices: the highest; published with a pollutant missing only as far as the standard lets it. */
function aqiOf(scale: Scale, parts: Parts): Aqi {
  const { individual: all, missing } = parts;
  if (all.length === 0) return { ...parts, aqi: null, reason: { code: 'no-mean' } };
  const aqi = Math.max(...all.map((each) => each.iaqi));
  const { integrity, primary } = scale;
  if (integrity !== undefined && missing.length > 0 && aqi <= integrity.publishAbove) return { ...parts, aqi: null, reason: { code: 'incomplete', clause: integrity.clause } };
  const because = all.filter((each) => each.iaqi === aqi);
  return {
    ...parts, aqi, class: classOf(scale, aqi), primary: aqi > primary.above ? because.map((each) => each.pollutant) : [], because,
    reason: { code: 'highest', clause: primary.clause },
  };
}

/** The columns that a day's AQI is read from. */
export const dailyColumns = ({ index: scale }: Standard): readonly Breakpoints[] => scale?.breakpoints.filter((column) => !column.realTimeOnly) ?? [];

/** The AQI of a civil day, from the means of that day (O3: the highest hour and running 8 hours of it). Null: the standard has no index. */
export function dailyAqi(standard: Standard, { means, notMonitored = [] }: Asked): Aqi | null {
  const { index: scale } = standard;
  if (scale === undefined) return null;
  const table: Table = { standard, scale, means, averageFor: (column) => [column.average] };
  return aqiOf(scale, partsOf(table, dailyColumns(standard), notMonitored));
}

const PM_MEAN: Readonly<Record<RealTimePm, MeanOf>> = { hour1: 'hour', rolling24: '24-hours', nowcast: 'nowcast' };
const isParticle = (pollutant: Pollutant): boolean => pollutant === 'PM2.5' || pollutant === 'PM10';

/**
 * The real-time AQI of the past hour. Particles have daily breakpoints only: which of their means is read by them is the
 * standard's `realTimePm`, or `pm` in its place (HJ 633-2026 4.2.3–4.2.4 leaves no choice, HJ 633-2012 says `rolling24`,
 * its practice was `hour1`). Where a day's mean takes the place of an hour's, it is the one of the last 24 hours. Null: the
 * standard has no index.
 */
export function realTimeAqi(standard: Standard, { means, notMonitored = [] }: Asked, pm?: RealTimePm): Aqi | null {
  const { index: scale } = standard;
  if (scale === undefined) return null;
  const particles = PM_MEAN[pm ?? scale.realTimePm.mean];
  const averageFor: Table['averageFor'] = ({ pollutant, average }) =>
    (isParticle(pollutant) ? [particles] : average === 'day' ? ['24-hours', 'day'] : [average]);
  return aqiOf(scale, partsOf({ standard, scale, means, averageFor }, scale.breakpoints.filter((column) => !column.dailyOnly), notMonitored));
}

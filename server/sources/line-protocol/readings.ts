/** Points as readings of a source: whose station, which period, which unit its entry in `sources.yaml` says. */
import { quantityNamed } from '../../../shared/decode.ts';
import type { Station } from '../../../shared/event.ts';
import { stationNames } from '../../../shared/network.ts';
import { MICRO, type Quantity, type Reading, type RejectCode } from '../../../shared/reading.ts';
import type { LineSource } from '../../../shared/sources.ts';
import { type Civil, durationMs, MINUTE } from '../../../shared/time.ts';
import { type Scale, type Scales, scalesOf } from '../../../shared/units.ts';
import { pointsOf, type Point } from './parse.ts';

/** `line` is the place among the lines that were sent, from 1. */
export type Refused = { line: number; code: RejectCode | 'unparsable'; detail: string };
/** `lines[i]` is the line of `readings[i]`. */
export type Told = { readings: Reading[]; lines: number[]; refused: Refused[] };

type Way = { source: LineSource; civil: Civil; stationOf: (name: string) => string; scales: Scales; length: number };
/** A source's way of reading lines; made once. */
export type LineReader = (text: string, of: { unit: number; now: number }) => Told;

/** The measurement that stands for no quantity of its own. */
const ANY = 'air';
const VALUE = 'value';
const FLAG = 'flag';

const quantityIn = ({ source }: Way, name: string): Quantity | undefined => (Object.hasOwn(source.names, name) ? source.names[name] : undefined) ?? quantityNamed(name);

/** The period of an instant: that it falls into, or, where labels mean the end, that which has ended by then. */
function startOf({ civil, source, length }: Way, at: number): number {
  const shifted = source.label === 'end' ? at - 1 : at;
  const hour = civil.hour(shifted);
  return hour + Math.floor((shifted - hour) / length) * length;
}

type Value = { quantity: Quantity; value: number };

/** The quantities that a point carries; what is none of ours, as a battery's voltage, is left alone. */
function valuesOf(way: Way, { measurement, fields }: Point): Value[] | string {
  const own = quantityIn(way, measurement);
  if (own === undefined && measurement !== ANY) return `the measurement is neither ${ANY} nor a quantity: ${measurement.slice(0, 60)}`;
  const values: Value[] = [];
  for (const [name, field] of fields) {
    const quantity = own === undefined ? quantityIn(way, name) : name === VALUE ? own : undefined;
    if (quantity !== undefined && field.kind === 'number') values.push({ quantity, value: field.value });
  }
  return values.length === 0 ? `no field is a number of ${own === undefined ? 'a quantity that is known here' : `the name ${VALUE}`}` : values;
}

/**
 * Millionths of the unit that is kept, to the nearest: the protocol knows binary numbers only, so that a sensor's 12.3
 * comes as 12.300000190734863. Undefined where it is too large.
 */
function keptOf(value: number, { by, over }: Scale): number | undefined {
  const micro = Math.round((value * MICRO * by) / over);
  return Number.isSafeInteger(micro) ? micro + 0 : undefined;
}

function flagOf({ tags, fields }: Point): string {
  const field = fields.get(FLAG);
  return (tags.get(FLAG) ?? (field?.kind === 'text' ? field.value : '')).slice(0, 16);
}

function readPoint(way: Way, point: Point, to: { line: number; now: number; told: Told }): void {
  const { source: { tag }, scales, length } = way;
  const { line, now, told } = to;
  const refuse = (code: Refused['code'], detail: string): void => { told.refused.push({ line, code, detail }); };
  const station = point.tags.get(tag);
  if (station === undefined) { refuse('unknown-station', `expected a tag ${tag} with a station's id`); return; }
  const values = valuesOf(way, point);
  if (typeof values === 'string') { refuse('unknown-pollutant', values); return; }
  const [start, flag] = [startOf(way, point.at ?? now), flagOf(point)];
  for (const { quantity, value } of values) {
    const kept = keptOf(value, scales(quantity));
    if (kept === undefined) { refuse('bad-value', `${quantity}: ${value} is too large`); continue; }
    told.readings.push({ station: way.stationOf(station), pollutant: quantity, start, minutes: length / MINUTE, value: kept, flag });
    told.lines.push(line);
  }
}

/** How a source's lines are read; a station is named by its id or an alias. */
export function lineReader(source: LineSource, stations: readonly Station[], civil: Civil): LineReader {
  const known = stationNames(stations);
  const way: Way = { source, civil, scales: scalesOf(source), stationOf: (name) => known.get(name) ?? name, length: Math.min(60, (durationMs(source.interval) ?? 0) / MINUTE) * MINUTE };
  return (text, { unit, now }) => {
    const told: Told = { readings: [], lines: [], refused: [] };
    for (const [i, read] of pointsOf(text, unit).entries()) {
      if (read.ok) readPoint(way, read.point, { line: i + 1, now, told });
      else told.refused.push({ line: i + 1, code: 'unparsable', detail: `unable to parse '${read.text.slice(0, 120)}': ${read.why}` });
    }
    return told;
  };
}

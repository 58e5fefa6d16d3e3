/**
 * Readings as points. InfluxDB overwrites what has the same series and time, so that the revision is a tag: each revision is
 * a series of its own, and none is lost. Hours and shorter periods are measurements of their own, since the shorter are dropped.
 */
import { microOfNumber } from '../../../shared/decimal.ts';
import { HAND_LEVELS } from '../../../shared/quality/hand.ts';
import { type KeptReading, MICRO, type Validity } from '../../../shared/reading.ts';
import { isQuantity } from '../dictionary.ts';
import type { HourSum } from '../store.ts';
import type { FieldValue, Point, Row } from './driver.ts';

export const HOURS = 'reading_hour';
export const PARTS = 'reading_part';
export const SUMS = 'hour_sum';
export const NOTES = 'note';
export const READINGS = [HOURS, PARTS] as const;
/** A field that every reading has. */
export const ALWAYS = 'arrived';

const VALIDITIES: readonly Validity[] = ['valid', 'suspect', 'invalid', 'missing'];

const text = (value: string): FieldValue => ({ kind: 'string', value });
const whole = (value: number): FieldValue => ({ kind: 'integer', value });

/** The value in its unit, for whoever draws it; in millionths too where a double does not hold them exactly. */
function valueFields(micro: number | null): Record<string, FieldValue> {
  if (micro === null) return {};
  const value = micro / MICRO;
  return { value: { kind: 'float', value }, ...(microOfNumber(value) === micro ? {} : { micro: whole(micro) }) };
}

export function pointOf(reading: KeptReading): Point {
  const { station, pollutant, start, minutes, value, flag, revision, validity, why, arrived, source } = reading;
  return {
    measurement: minutes === 60 ? HOURS : PARTS, time: start,
    tags: { station, pollutant, minutes: String(minutes), revision: String(revision) },
    fields: { ...valueFields(value), flag: text(flag), validity: text(validity), source: text(source), arrived: whole(arrived), ...(why === null ? {} : { why: text(why) }) },
  };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberIn = (value: unknown): number => (typeof value === 'number' ? value : Number(value ?? 0));

function microIn({ micro, value }: Row['of']): number | null {
  if (micro !== undefined && micro !== null) return numberIn(micro);
  return value === undefined || value === null ? null : Math.round(numberIn(value) * MICRO) + 0;
}

/** Throws where it is no reading of ours: somebody else wrote it. */
export function readingOf({ time, of }: Row): KeptReading {
  const pollutant = textIn(of['pollutant']);
  const validity = VALIDITIES.find((each) => each === of['validity']);
  if (!isQuantity(pollutant) || validity === undefined) throw new Error(`InfluxDB holds a reading that is none of ours: ${JSON.stringify(of).slice(0, 200)}`);
  const why = of['why'];
  return {
    station: textIn(of['station']), pollutant, start: time, minutes: numberIn(of['minutes']), value: microIn(of), flag: textIn(of['flag']),
    revision: numberIn(of['revision']), validity, why: typeof why === 'string' && why !== '' ? why : null, arrived: numberIn(of['arrived']), source: textIn(of['source']),
  };
}

export const sumPoint = ({ station, pollutant, start, sum, minutes, suspect, invalid, level }: HourSum): Point => ({
  measurement: SUMS, time: start, tags: { station, pollutant },
  fields: { sum: whole(sum), minutes: whole(minutes), suspect: whole(suspect), invalid: whole(invalid), level: text(level ?? '') },
});

export function sumOf({ time, of }: Row): HourSum {
  const pollutant = textIn(of['pollutant']);
  if (!isQuantity(pollutant)) throw new Error(`InfluxDB holds a sum that is none of ours: ${JSON.stringify(of).slice(0, 200)}`);
  const level = HAND_LEVELS.find((each) => each === of['level']);
  return {
    station: textIn(of['station']), pollutant, start: time, sum: numberIn(of['sum']), minutes: numberIn(of['minutes']), suspect: numberIn(of['suspect']), invalid: numberIn(of['invalid']),
    ...(level === undefined ? {} : { level }),
  };
}

export const notePoint = (name: string, value: string): Point => ({ measurement: NOTES, time: 0, tags: { name }, fields: { value: text(value) } });

/**
 * What a reading is worth, and why. Mark, never drop: a suspect value counts and alerts as suspect; an invalid one is kept
 * and shown. Rules of one reading here; rules of its context (the hour before) are judged on hours, from the final set of
 * readings, so that the order of arrival cannot matter.
 */
import { MICRO, type Quantity, type Validity } from './reading.ts';

export type Worth = { validity: Validity; why: string | null };

/** Bounds outside which a value is invalid, in the pollutant's unit (PM2.5: the summary's rule; others: design defaults). */
const RANGES: Readonly<Record<Quantity, readonly [number, number]>> = {
  'PM2.5': [-5, 1000], PM10: [-5, 10_000], SO2: [-5, 3000], NO2: [-5, 4000], O3: [-5, 1500], CO: [-0.5, 200],
  'wind-speed': [0, 90], 'wind-direction': [0, 360], temperature: [-60, 60], humidity: [0, 105], pressure: [300, 1100],
};

/** HJ 212-2017 table 8, and the digits of an HJ/T 212-2005 air station. */
const FLAGS = new Map(Object.entries<Worth>({
  N: { validity: 'valid', why: null }, '3': { validity: 'valid', why: null },
  '1': { validity: 'valid', why: null },
  M: { validity: 'invalid', why: 'flag-maintenance' }, C: { validity: 'invalid', why: 'flag-calibration' }, '0': { validity: 'invalid', why: 'flag-calibration' },
  D: { validity: 'invalid', why: 'flag-fault' }, B: { validity: 'invalid', why: 'flag-no-link' }, F: { validity: 'invalid', why: 'flag-stopped' },
  P: { validity: 'invalid', why: 'flag-power' }, '2': { validity: 'invalid', why: 'flag-abnormal' },
  T: { validity: 'suspect', why: 'flag-over-range' }, S: { validity: 'suspect', why: 'flag-manual' },
}));

const WELL: Worth = { validity: 'valid', why: null };
const MISSING: Worth = { validity: 'missing', why: 'no-value' };
const OUTSIDE: Worth = { validity: 'invalid', why: 'out-of-range' };
const UNKNOWN_FLAG: Worth = { validity: 'suspect', why: 'flag-unknown' };

/** The worth of a reading by itself: `value` in millionths or null. Shared objects, for there are many readings. */
export function worthOf(pollutant: Quantity, value: number | null, flag: string): Worth {
  if (value === null) return MISSING;
  const [low, high] = RANGES[pollutant];
  if (value < low * MICRO || value > high * MICRO) return OUTSIDE;
  if (flag === '' || flag === 'N') return WELL;
  return FLAGS.get(flag) ?? UNKNOWN_FLAG;
}

/** A step of more than this from one hour to the next is suspect, not invalid: fireworks do it too. Millionths of a µg/m³. */
const STEP = 150 * MICRO;

/** A mean as it is kept: the sum of `n` parts. */
type Sum = { n: number; sum: number };

/** Whether an hour is suspect beside the hour before it; null where there is none. Exact: no division. */
export function contextOf(pollutant: string, before: Sum | null, now: Sum | null): string | null {
  if (pollutant !== 'PM2.5' && pollutant !== 'PM10') return null;
  if (before === null || now === null) return null;
  return Math.abs(now.sum * before.n - before.sum * now.n) > STEP * now.n * before.n ? 'step' : null;
}

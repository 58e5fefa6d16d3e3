/**
 * What a reading is worth by itself, and why. Mark, never drop: a suspect value counts and alerts as suspect; an invalid one
 * is kept and shown. What it is worth beside others is judged on hours, from the final set of readings (`quality/review.ts`),
 * so that the order of arrival cannot matter.
 */
import { type Flags, UNKNOWN_FLAG } from './quality/flags.ts';
import type { Parameters } from './quality/parameters.ts';
import { type Quantity, type Validity } from './reading.ts';

/** `why` is a stable code; a valid reading may have one too, which is a note. */
export type Worth = { validity: Validity; why: string | null };

const WELL: Worth = { validity: 'valid', why: null };
const MISSING: Worth = { validity: 'missing', why: 'no-value' };
const OUTSIDE: Worth = { validity: 'invalid', why: 'out-of-range' };
const THOUSANDFOLD: Worth = { validity: 'invalid', why: 'unit-slip' };
const NO_VALUE: Worth = { validity: 'invalid', why: 'sentinel' };
const PERHAPS_NONE: Worth = { validity: 'suspect', why: 'sentinel' };
const NEGATIVE: Worth = { validity: 'valid', why: 'negative' };
const LOW: Worth = { validity: 'valid', why: 'below-detection' };

/** Weather has values that elsewhere mean none (a pressure of 999 hPa), and no detection limit. */
const isWeather = (of: Quantity): boolean => of !== 'PM2.5' && of !== 'PM10' && of !== 'SO2' && of !== 'NO2' && of !== 'O3' && of !== 'CO';
export const isParticulate = (of: string): boolean => of === 'PM2.5' || of === 'PM10';

/** So far beyond its range that another unit explains it, as ng/m³ do (the default of HJ 212-2017 for particulates). */
const isThousandfold = (of: Quantity, value: number, high: number): boolean => isParticulate(of) && value >= 10 * high && value <= 1000 * high;

function outside(of: Quantity, value: number, { sentinels, ranges }: Parameters): Worth {
  if (sentinels.has(value)) return NO_VALUE;
  return isThousandfold(of, value, ranges[of][1]) ? THOUSANDFOLD : OUTSIDE;
}

/** What a well flagged value within its range may still be. A negative one counts as measured: to cut it off would raise every mean. */
function within(of: Quantity, value: number, parameters: Parameters): Worth {
  if (isWeather(of)) return WELL;
  const { sentinels, sentinelsFrom, detection } = parameters;
  if (value < 0) return sentinels.has(value) ? PERHAPS_NONE : NEGATIVE;
  if (value <= detection) return isParticulate(of) ? LOW : WELL;
  // Hardly any reading is as high as the least of them: the set need not be asked about each.
  return value >= sentinelsFrom && sentinels.has(value) ? PERHAPS_NONE : WELL;
}

/** How a reading is judged by itself: the deployment's figures, and the flags of the source it came from. */
export type Measure = { parameters: Parameters; flags: Flags };

/** The worth of a reading by itself: `value` in millionths or null. Shared objects, for there are many readings. */
export function worthOf({ pollutant, value, flag }: { pollutant: Quantity; value: number | null; flag: string }, { parameters, flags }: Measure): Worth {
  if (value === null) return MISSING;
  const [low, high] = parameters.ranges[pollutant];
  if (value < low || value > high) return outside(pollutant, value, parameters);
  const said = flags.get(flag) ?? UNKNOWN_FLAG;
  return said.validity === 'valid' ? within(pollutant, value, parameters) : said;
}

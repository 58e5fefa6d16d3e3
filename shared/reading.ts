/** A reading: one value, one pollutant, one station, one period. What each field may be; nothing about its worth. */

/** Values are integers of a millionth of the pollutant's unit (µg/m³, CO mg/m³), so that sums are exact. */
export const MICRO = 1_000_000;

/** Everything that may be read; weather has no limits and is never in an AQI. */
export const QUANTITIES = [
  'PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO', 'wind-speed', 'wind-direction', 'temperature', 'humidity', 'pressure',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** `start` in UTC ms, `minutes` the period's length (60, or a divisor of it), `value` in millionths or null. */
export type Reading = {
  station: string; pollutant: Quantity; start: number; minutes: number; value: number | null; flag: string;
};

/** What a reading is worth by itself; context (its neighbours in time) may make a valid one suspect later. */
export type Validity = 'valid' | 'suspect' | 'invalid' | 'missing';

/** A reading as it is kept: its revision (from 1) for its key, its worth and why, when it came and from whom. */
export type KeptReading = Reading & {
  revision: number; validity: Validity; why: string | null; arrived: number; source: string;
};

/** The key of a reading: two of the same key are revisions of each other. */
export const readingKey = (r: Reading): string => `${r.station}|${r.pollutant}|${r.start}|${r.minutes}`;

/** Codes of a refused reading (fixed by the interface). */
export type RejectCode =
  | 'unknown-station' | 'station-not-valid' | 'not-your-station' | 'unknown-pollutant'
  | 'bad-start' | 'bad-period' | 'bad-value' | 'future-time';

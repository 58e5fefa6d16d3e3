/** Whether a reading may come in at all: from whom, for which station, for which time. Its worth is `quality.ts`. */
import type { Station } from './event.ts';
import { Ledger } from './ledger.ts';
import type { Reading, RejectCode } from './reading.ts';
import { type Civil, HOUR, MINUTE } from './time.ts';

/** A reading may end this much ahead of event time; more is `future-time`. */
export const AHEAD = 5 * MINUTE;
/** Sub-hour readings older than this are no longer kept singly, so that a change of one could not be told. */
export const MINUTES_KEPT = 7 * 24 * HOUR;

export type Gate = {
  civil: Civil; stationById: (id: string) => Station | undefined;
  /** Whether the source may write a station. */
  writes: (station: string) => boolean;
};
export type Refusal = { code: RejectCode; detail: string };

const LONGEST = 60;
/** What was sent, short enough to be sent back. */
export const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Why a reading is refused, or null. */
export function refusal(gate: Gate, reading: Reading, now: number): Refusal | null {
  const station = gate.stationById(reading.station);
  if (station === undefined) return { code: 'unknown-station', detail: `the network has no station "${cut(reading.station)}"` };
  if (!gate.writes(reading.station)) return { code: 'not-your-station', detail: `this token may not write station ${reading.station}` };
  if (reading.start < 0) return { code: 'bad-start', detail: 'no reading is from before 1970' };
  const day = gate.civil.day(reading.start);
  if (!Ledger.inForce(station, day)) return { code: 'station-not-valid', detail: `station ${reading.station} is not in force on ${day}` };
  if (gate.civil.hour(reading.start) + HOUR < reading.start + reading.minutes * MINUTE) {
    return { code: 'bad-start', detail: `a period of ${reading.minutes} min that starts at ${gate.civil.iso(reading.start)} lies in two hours` };
  }
  const end = reading.start + reading.minutes * MINUTE;
  if (end > now + AHEAD) return { code: 'future-time', detail: `the period ends at ${gate.civil.iso(end)}; here it is ${gate.civil.iso(now)}` };
  if (reading.minutes < 60 && end < now - MINUTES_KEPT) {
    return { code: 'bad-start', detail: `readings shorter than an hour are taken for seven days; send the hour (it is ${gate.civil.iso(now)})` };
  }
  return null;
}

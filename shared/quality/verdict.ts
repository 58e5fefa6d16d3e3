/**
 * What an hour or a reading is worth, with every reason and the figures it rests on. The one place where a verdict is put
 * together: one that a reviewer set by hand stands in place of the reading's own; what the rules say beside others stays as a note.
 */
import type { QualityCode } from '../codes.ts';
import { bestSlots, chosenSlots, hourValidity, levelByHand, ownCounts, type StationHour } from '../hour.ts';
import { MICRO, type Quantity, type Validity } from '../reading.ts';
import { handLevel, handOf, type ReviewLevel } from './hand.ts';
import type { Parameters } from './parameters.ts';

/** A reason with a code that every face has words for, and its figures in the pollutant's unit. */
export type QualityReason = { code: QualityCode } & Record<string, string | number>;
export type Verdict = { validity: Validity; level: ReviewLevel; reasons: QualityReason[] };

type Judged = { pollutant: Quantity; value: number | null; flag: string; why: string | null };

/** Why a reading by itself is worth what it is: none where there is nothing to say of it. */
export function readingReasons({ pollutant, value, flag, why }: Judged, { ranges, detection }: Parameters): QualityReason[] {
  if (why === null) return [];
  const hand = handOf(why);
  if (hand !== null) return [{ code: hand.level, by: hand.by, reason: hand.reason }];
  const code = why as QualityCode;
  const figures = value === null ? {} : { value: value / MICRO };
  const [low, high] = ranges[pollutant];
  if (code === 'out-of-range' || code === 'sentinel' || code === 'unit-slip') return [{ code, ...figures, low: low / MICRO, high: high / MICRO }];
  if (code === 'below-detection') return [{ code, ...figures, limit: detection / MICRO }];
  return [why.startsWith('flag-') ? { code, ...figures, flag } : { code, ...figures }];
}

/** What somebody said of minutes that make an hour, each once. */
function handsOf(hour: StationHour): QualityReason[] {
  const said = new Set(chosenSlots(hour)?.hands?.values() ?? []);
  return [...said].flatMap((why) => {
    const hand = handOf(why);
    return hand === null ? [] : [{ code: hand.level, by: hand.by, reason: hand.reason }];
  });
}

/** How far a single reading has been looked at. */
export const readingLevel = (why: string | null): ReviewLevel => handLevel(why) ?? 'automatic';
/** How far an hour has. Until it has ended it is judged beside no other. */
const hourLevel = (hour: StationHour): ReviewLevel => levelByHand(hour) ?? (hour.waits ? 'raw' : 'automatic');

/** Of an hour made of minutes: how many of them are in doubt or were refused, and whether they are too few. */
function minuteReasons(hour: StationHour, need: number): QualityReason[] {
  const { suspect, invalid } = bestSlots(hour);
  const reasons: QualityReason[] = [];
  if (suspect > 0) reasons.push({ code: 'suspect-minutes', minutes: suspect });
  if (invalid > 0) reasons.push({ code: 'invalid-minutes', minutes: invalid });
  if (hour.n < need && (hour.n > 0 || invalid > 0)) reasons.push({ code: 'few-minutes', minutes: hour.n, need });
  return reasons;
}

/** What a station's hour is worth: by its own reading or its minutes, and beside other hours. */
export function hourVerdict(hour: StationHour, { pollutant, need, parameters }: { pollutant: Quantity; need: number; parameters: Parameters }): Verdict {
  const { own } = hour;
  const reasons = own === null ? [] : readingReasons({ pollutant, value: own.value, flag: own.flag, why: own.worth.why }, parameters);
  if (!ownCounts(hour)) reasons.push(...handsOf(hour), ...minuteReasons(hour, need));
  for (const { code, figures } of hour.remarks ?? []) reasons.push({ code, ...figures });
  return { validity: hourValidity(hour, need), level: hourLevel(hour), reasons };
}

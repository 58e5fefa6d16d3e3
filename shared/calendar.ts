/** Which phase, key dates and limits hold when and where. (Being written.) */
import type { EventFile, KeyDate, Limit, Phase } from './event.ts';
import type { Civil } from './time.ts';

/** A key date with its civil day and its window as instants. */
export type ResolvedKeyDate = KeyDate & { date: string; start: number; end: number };

/** The limit that is judged for a place and period: the strictest; `of` has the ids of all that hold. */
export type HoldingLimit = { limit: Limit; of: string[]; drill: boolean };

export type Calendar = {
  event: EventFile; civil: Civil; keyDates: readonly ResolvedKeyDate[];
  /** First and last instant of the event's period, `[start, end)`. */
  start: number; end: number;
  phaseOn: (day: string) => Phase | null;
  drillOn: (day: string) => boolean;
  /** The limit judged for a city (area id), or null where none holds. `day` is the civil day of the period. */
  limitOn: (query: { area: string; pollutant: string; average: 'hour' | 'day'; day: string }) => HoldingLimit | null;
  /** All limits that hold on a civil day. */
  limitsOn: (day: string) => Limit[];
  /** The first instant after `instant` at which the set of limits or the phase changes; null: never again. */
  nextChange: (instant: number) => number | null;
};

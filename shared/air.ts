/** The air as screens show it: one whole cell for each place and panel, replaced whenever it moves. Never journalled. */
import type { Name } from './event.ts';
import type { Mark } from './fact.ts';
import type { QualityReason } from './quality/verdict.ts';

/** How much of what was expected is there: valid parts of expected ones (minutes of an hour, hours of a day, over the evaluating stations). */
export type Completeness = { valid: number; expected: number };

/** The limit that holds, the strictest of those that apply; `of` names all of them. */
export type LimitShown = { id: string; max: number; assumed: boolean; of: string[] };

/**
 * How an average stands against its limit.
 * `clear` well inside · `tight` the budget is under 1.2 × the recent mean · `projected` kept on, it will exceed ·
 * `locked` can no longer be met · `exceeded` and `met` judged on a closed period · `impossible` cannot become valid ·
 * `unlimited` no limit holds · `unknown` too little data to say.
 */
export type Standing = 'clear' | 'tight' | 'projected' | 'locked' | 'exceeded' | 'met' | 'impossible' | 'unlimited' | 'unknown';

/** The running day or hour of a city. Means and budgets in the pollutant's unit, `null` where there is none. */
export type RunningCell = {
  start: number; end: number; mean: number | null; rounded: number | null; limit: LimitShown | null;
  budget: number | null; recent: number | null; standing: Standing;
  /** Closed hours of the day (or minutes gone of the hour), and those still to come. */
  closed: number; left: number;
  stations: { able: number; evaluating: number }; completeness: Completeness; marks: Mark[];
};

/** A judged, ended period of a city. */
export type EndedCell = {
  start: number; end: number; mean: number | null; rounded: number | null; limit: LimitShown | null; standing: Standing;
  stations: { valid: number; evaluating: number }; completeness: Completeness; closed: boolean; marks: Mark[];
};

export type CityCell = {
  kind: 'city'; city: string; pollutant: string; day: RunningCell; hour: RunningCell;
  /** The last ended hour, and the day before the running one. */
  lastHour: EndedCell | null; lastDay: EndedCell | null;
  heard: { now: number; of: number };
  /** End of the newest reading, and when it came (event time). */
  freshest: number | null;
};

/** A station's newest values; `aqiClass` 1 to 6 of its PM2.5 hour by the standard of that day; null without an hour, or where that standard has no index. */
export type StationCell = {
  kind: 'station'; station: string; evaluates: boolean;
  /** Newest reading of each pollutant: value (null: none), its period, its worth and why. */
  latest: Record<string, { value: number | null; start: number; end: number; validity: 'valid' | 'suspect' | 'invalid' | 'missing'; why: string | null }>;
  hour: { start: number; mean: number | null; valid: boolean; suspect: boolean; running: boolean; reasons: QualityReason[] } | null;
  aqiClass: 1 | 2 | 3 | 4 | 5 | 6 | null;
  /** End of the last reading that had a value. */
  heard: number | null; silent: boolean;
};

/** The last 72 ended hours of a city: hourly means (null: none), and which were revised after they closed. */
export type TimelineCell = {
  kind: 'timeline'; city: string; pollutant: string; start: number; means: (number | null)[]; revised: boolean[];
  /** Limits as they stepped, hour by hour. */
  hourLimit: (number | null)[]; dayLimit: (number | null)[];
};

/** What the header says: phase, limits in force, the next key date, hearing, freshness, durability, replay. */
export type HeaderCell = {
  kind: 'header'; phase: { id: string; day: number; days: number; drill: boolean } | null; eventDay: 'before' | 'during' | 'after';
  limits: { id: string; pollutant: string; average: 'hour' | 'day'; max: number; assumed: boolean; areas: string[] | null }[];
  nextKeyDate: { id: string; from: number; to: number; inWindow: boolean } | null;
  /** The next instant at which the set of limits in force changes. */
  nextChange: number | null;
  heard: { now: number; of: number }; freshest: number | null; completeness: Completeness;
  durable: boolean; evaluating: boolean; clock: 'running' | 'standing'; replay: { done: boolean; at: number; percent: number } | null;
  /** In the real room: the exercise that is under way beside it, and whether walls are to show it. */
  exercise?: { id: string; name: Name; walls: boolean } | null;
  /** In an exercise's room: how many alerts of the real one ask for somebody. */
  real?: { asking: number; critical: number };
};

/** Stations of which the latest value of any pollutant, or the latest hour, is in doubt. */
export const suspectIn = (air: AirCells): string[] => Object.values(air).flatMap((cell) =>
  (cell.kind === 'station' && (cell.hour?.suspect === true || Object.values(cell.latest).some(({ validity }) => validity === 'suspect')) ? [cell.station] : []));

export type Cell = CityCell | StationCell | TimelineCell | HeaderCell;
/** Keys: `header`, `city:ID:POLLUTANT`, `timeline:ID:POLLUTANT`, `station:ID`. */
export type AirCells = Readonly<Record<string, Cell>>;

/** The running hour or day of a place that an alert is about; undefined once it has ended. Figures of one moment: of now while it runs. */
export function runningOf(air: AirCells, { place, pollutant, period }: { place: string; pollutant: string; period: { start: number; end: number | null } }): RunningCell | undefined {
  const cell = air[`city:${place}:${pollutant}`];
  return cell?.kind !== 'city' ? undefined : [cell.day, cell.hour].find(({ start, end }) => start === period.start && end === period.end);
}

export const cellKey = (cell: Cell): string => {
  switch (cell.kind) {
    case 'header': return 'header';
    case 'station': return `station:${cell.station}`;
    case 'city': case 'timeline': return `${cell.kind}:${cell.city}:${cell.pollutant}`;
  }
};

/** What the ledger is made of: how it is set up, the hours of one station and pollutant, what became of a reading. */
import type { CityAir } from './city.ts';
import type { Method, Station } from './event.ts';
import type { Known, StationHour } from './hour.ts';
import type { Hours } from './hours.ts';
import type { Worth } from './quality.ts';
import type { Quality } from './quality/setting.ts';
import type { Watched } from './quality/watched.ts';
import type { KeptReading, Reading } from './reading.ts';
import type { Civil } from './time.ts';

export type LedgerSetup = {
  civil: Civil; method: Method; stations: readonly Station[];
  cities: readonly string[];
  /** Every area that has averages of its own, in the network's order: the cities, and what a limit names besides; absent: the cities. */
  places?: readonly string[];
  /** Those of them that a station lies in: an evaluating one makes the averages of each. */
  placesOf: (station: string) => readonly string[];
  /** Pollutants that the room watches: those with limits, and PM2.5. Their city averages are kept. */
  judged: readonly string[];
  /** Further ones whose city averages are kept, for the AQI of a day: nothing is judged by them, nobody waits for them. */
  averaged?: readonly string[];
  /** When the room first opened: what came later about hours that had ended by then is history, not a change after the fact. Absent: nobody knows. */
  opened?: number;
  /** Since when anybody listens; absent: since the start. Event time that stood still meanwhile had no time to be silent in. */
  since?: number;
  /** Minutes between what a station sends, as configured; for one that was not heard yet. */
  interval?: (station: string) => number;
  /** Milliseconds after its end by which a period closes whatever is missing. */
  settle: number;
  /** What data is worth; absent: by the usual figures, without fireworks. */
  quality?: Quality;
};

export type Series = {
  /** `station|pollutant`. */
  readonly key: string;
  readonly station: Station; readonly pollutant: string; readonly hours: Hours<StationHour>;
  /** The averages that it makes: its city's, mostly; none of a station that does not evaluate. */
  readonly airs: readonly CityAir[];
  /** End of the newest reading that had a value. */
  heard: number | null;
  latest: { reading: Reading; worth: Worth; end: number } | null;
  /** What the rules of context know of it; null where none is for its pollutant. */
  watched: Watched | null;
};

/** What came into doubt, or out of it, beside other hours. */
export type Doubts = { airs: Set<CityAir>; stations: Set<string> };

/** What became of a reading: for `revised`, what was known before. */
export type Added = { outcome: 'accepted' | 'unchanged' | 'revised'; was: Known | null; kept: KeptReading | null; late: boolean; series: Series; hour: StationHour };

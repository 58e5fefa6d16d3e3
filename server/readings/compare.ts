/** Are the readings that the journal says were revised kept as it says? */
import type { KeptReading } from '../../shared/reading.ts';
import { handLevel } from '../../shared/quality/hand.ts';
import { revisionsOf } from './batch.ts';
import { Dictionary } from './dictionary.ts';
import { BLOCK, dayOf, familyOf, minuteOfDay } from './packing.ts';
import { Reader } from './reader.ts';

/** A revision as the journal tells it; `to` in millionths of the unit, as readings are kept. */
export type Told = {
  station: string; pollutant: string; start: number; minutes: number; revision: number; to: number | null; toFlag: string; seq: number;
  /** The verdict that a reviewer set, and the `why` that is kept with it (null: by the rules again). */
  hand?: { verdict: string; why: string | null };
};
export type Compared = {
  same: number;
  /** Told and not kept: nobody was answered before the server ended, so that the source sends again. */
  open: number;
  /** Reviewed, and overtaken by a newer value before that was durable. */
  overtaken: number;
  /** Of single minutes that were dropped since; their hours stay. */
  dropped: number; problems: string[];
};

export function compareRevisions(file: string, told: Iterable<Told>): Compared {
  const compared: Compared = { same: 0, open: 0, overtaken: 0, dropped: 0, problems: [] };
  const reader = new Reader(file);
  try {
    const dictionary = new Dictionary();
    const strange = dictionary.load(reader.words());
    if (strange !== null) return { ...compared, problems: [strange] };
    for (const one of lastWords(told)) {
      const kept = keptOf(reader, dictionary, one);
      if (kept === 'dropped') compared.dropped += 1;
      else count(compared, one, kept);
    }
  } catch (error) {
    compared.problems.push(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    reader.close();
  }
  return compared;
}

/** What a killed server told of a revision and did not keep may have been sent again as something else: the last word counts. */
function lastWords(told: Iterable<Told>): Iterable<Told> {
  const last = new Map<string, Told>();
  for (const one of told) last.set(`${one.station}|${one.pollutant}|${one.start}|${one.minutes}|${one.revision}`, one);
  return last.values();
}

/** Every revision of the key that is kept. */
function keptOf(reader: Reader, dictionary: Dictionary, { station, pollutant, start, minutes }: Told): KeptReading[] | 'dropped' {
  const family = familyOf(minutes);
  const day = dayOf(start);
  const isThere = reader.days().days.some(([name, number]) => name === family && number === day);
  if (!isThere) return family === 'part' ? 'dropped' : [];
  const series = dictionary.knownSeries(station, pollutant);
  if (series === null) return [];
  const minute = minuteOfDay(start);
  const rows = reader.block({ day, families: [family], from: minute, to: minute + 1, block: Math.floor(series / BLOCK) });
  return revisionsOf(rows, series, dictionary).filter((reading) => reading.minutes === minutes);
}

function count(compared: Compared, told: Told, kept: readonly KeptReading[]): void {
  const found = kept.find(({ revision }) => revision === told.revision);
  const what = `fact ${told.seq} tells of revision ${told.revision} of ${told.pollutant} at ${told.station} from ${new Date(told.start).toISOString()}`;
  if (found !== undefined && found.value === told.to && found.flag === told.toFlag && hasHand(found, told)) compared.same += 1;
  // Its station sent another value before the verdict was durable: that one has the number.
  else if (found !== undefined && told.hand !== undefined && handLevel(found.why) === null && (found.value !== told.to || found.flag !== told.toFlag)) compared.overtaken += 1;
  else if (found !== undefined) compared.problems.push(`${what} as ${shown(told.to, told.toFlag)}${told.hand === undefined ? '' : `, reviewed as ${told.hand.verdict}`}; kept is ${shown(found.value, found.flag)}, ${found.validity}${found.why === null ? '' : ` (${found.why})`}`);
  else if (kept.some(({ revision }) => revision > told.revision)) compared.problems.push(`${what}; kept is a later one, but not that`);
  else compared.open += 1;
}

/** Whether a reading carries the verdict that a reviewer set: by hand, or where that was taken back by the rules. */
function hasHand({ why, validity }: KeptReading, { hand }: Told): boolean {
  if (hand === undefined) return true;
  return hand.why === null ? handLevel(why) === null : why === hand.why && validity === hand.verdict;
}

const shown = (value: number | null, flag: string): string => `${value === null ? 'no value' : value / 1_000_000}${flag === '' ? '' : ` (${flag})`}`;

/**
 * Several sources for one station: the first that `sources.yaml` lists is primary. Another's value counts where no better source
 * has one. What each of them sends is kept beside, under a name of its own, so that nobody's word is lost, and a start knows whose
 * value counts.
 */
import { type KeptReading, type Reading, readingKey } from './reading.ts';
import type { Added } from './series.ts';

/** A source's place among those of a station: 0 is primary; null: the station has one source only. */
export type RankOf = (station: string, source: string) => number | null;
type By = { at: number; source: string };
/** A source's own word, to be kept; `outcome`: what became of it, null where it counts, and the ledger says. `standIn`: what counts in its place now. */
export type Beside = { kept: KeptReading | null; outcome: Added['outcome'] | null; standIn: { reading: Reading; source: string } | null };

/** No station's id has this sign in it. */
const SIGN = '@';
export const besideName = (station: string, source: string): string => `${station}${SIGN}${source}`;
const ownName = (station: string): { station: string; source: string } | null => {
  const at = station.indexOf(SIGN);
  return at < 0 ? null : { station: station.slice(0, at), source: station.slice(at + 1) };
};

export class Sides {
  private readonly rankOf: RankOf;
  /** The last word of each source, by the key of the reading; of stations with several sources only. */
  private readonly words = new Map<string, Map<string, KeptReading>>();

  constructor(rankOf: RankOf) {
    this.rankOf = rankOf;
  }

  /** Where a reading of one of several sources goes; null: the station has one source only. */
  takes(reading: Reading, by: By): Beside | null {
    if (this.rankOf(reading.station, by.source) === null) return null;
    const counted = this.best(reading);
    const { outcome, kept } = this.keep(reading, by);
    const best = this.best(reading);
    if (best === null || best.source === by.source) return { kept, outcome: null, standIn: null };
    // The one that counted has taken its value back: the best of the others stands in.
    const { value, flag } = best;
    return { kept, outcome, standIn: counted?.source === by.source ? { source: best.source, reading: { ...reading, value, flag } } : null };
  }

  /** Takes back what the store had at a start. */
  load(kept: KeptReading): void {
    const own = ownName(kept.station);
    if (own !== null) this.remember({ ...kept, station: own.station });
  }

  /** Forgets single minutes that are dropped. */
  letGo(before: number): void {
    for (const [key, words] of this.words) {
      const [kept] = words.values();
      if (kept !== undefined && kept.minutes < 60 && kept.start < before) this.words.delete(key);
    }
  }

  /** The best source that has a value, and its word. */
  private best(reading: Reading): KeptReading | null {
    let best: { rank: number; kept: KeptReading } | null = null;
    for (const kept of this.words.get(readingKey(reading))?.values() ?? []) {
      const rank = this.rankOf(reading.station, kept.source);
      if (kept.value !== null && rank !== null && (best === null || rank < best.rank)) best = { rank, kept };
    }
    return best?.kept ?? null;
  }

  private keep(reading: Reading, { at, source }: By): { outcome: Added['outcome']; kept: KeptReading | null } {
    const before = this.words.get(readingKey(reading))?.get(source);
    if (before !== undefined && before.value === reading.value && before.flag === reading.flag) return { outcome: 'unchanged', kept: null };
    const own: KeptReading = { ...reading, revision: (before?.revision ?? 0) + 1, validity: reading.value === null ? 'missing' : 'valid', why: null, arrived: at, source };
    this.remember(own);
    return { outcome: before === undefined ? 'accepted' : 'revised', kept: { ...own, station: besideName(reading.station, source) } };
  }

  private remember(kept: KeptReading): void {
    const key = readingKey(kept);
    const all = this.words.get(key) ?? new Map<string, KeptReading>();
    all.set(kept.source, kept);
    this.words.set(key, all);
  }
}

/** A readings store that forgets: for tests and for reports from files. */
import { readingKey, type KeptReading } from '../../shared/reading.ts';
import { MINUTE } from '../../shared/time.ts';
import { unfit } from './batch.ts';
import { dayOf } from './packing.ts';
import type { HourSum, Kept, LatestQuery, Range, ReadingsStore, SeriesQuery } from './store.ts';

type Revisions = KeptReading[];

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: KeptReading, b: KeptReading): number =>
  a.start - b.start || order(a.station, b.station) || order(a.pollutant, b.pollutant) || a.minutes - b.minutes;
const saysTheSame = (a: KeptReading, b: KeptReading): boolean =>
  a.value === b.value && a.flag === b.flag && a.validity === b.validity && a.why === b.why && a.source === b.source;
const within = ({ from, to }: Range, start: number): boolean => start >= from && start < to;
const newest = (revisions: Revisions, knownAt: number): KeptReading[] => revisions.filter(({ arrived }) => arrived <= knownAt).slice(-1);

export const memoryReadings = (): ReadingsStore => new MemoryReadings();

class MemoryReadings implements ReadingsStore {
  /** By UTC day, so that a day's question does not look at every other day. */
  readonly #days = new Map<number, Map<string, Revisions>>();
  readonly #sums = new Map<string, HourSum>();
  readonly #notes = new Map<string, string>();
  #end: number | null = null;
  #rows = 0;

  keep = (readings: readonly KeptReading[]): Promise<Kept> => {
    const reason = unfit(readings) ?? this.#conflict(readings);
    if (reason !== null) return Promise.resolve({ ok: false, reason });
    for (const reading of readings) this.#add(reading);
    return Promise.resolve({ ok: true });
  };

  latest = (query: LatestQuery): AsyncIterable<KeptReading[]> => this.#pages(query);

  revisions = ({ station, pollutant, ...range }: SeriesQuery): Promise<KeptReading[]> =>
    Promise.resolve(this.#daysOf(range)
      .flatMap((day) => [...day.values()].flat())
      .filter((r) => r.station === station && r.pollutant === pollutant && within(range, r.start))
      .sort((a, b) => byPlace(a, b) || a.revision - b.revision));

  hourSums = (range: Range): Promise<HourSum[]> =>
    Promise.resolve([...this.#sums.values()].filter(({ start }) => within(range, start))
      .sort((a, b) => a.start - b.start || order(a.station, b.station) || order(a.pollutant, b.pollutant)));

  compact = (before: number, sums: readonly HourSum[]): Promise<Kept> => {
    for (const sum of sums) this.#sums.set(`${sum.station}|${sum.pollutant}|${sum.start}`, { ...sum });
    for (const [number, day] of this.#days) {
      if (number > dayOf(before)) continue;
      for (const [key, revisions] of day) {
        const [first] = revisions;
        if (first === undefined || first.minutes === 60 || first.start >= before) continue;
        day.delete(key);
        this.#rows -= revisions.length;
      }
    }
    return Promise.resolve({ ok: true });
  };

  extent = (): Promise<{ end: number | null; rows: number }> => Promise.resolve({ end: this.#end, rows: this.#rows });

  note = (name: string, value: string): Promise<Kept> => {
    this.#notes.set(name, value);
    return Promise.resolve({ ok: true });
  };

  noted = (name: string): Promise<string | null> => Promise.resolve(this.#notes.get(name) ?? null);

  close = (): Promise<void> => Promise.resolve();

  async *#pages({ knownAt = Infinity, ...range }: LatestQuery): AsyncGenerator<KeptReading[]> {
    for (const day of this.#daysOf(range)) {
      const chunk = [...day.values()].flatMap((revisions) => newest(revisions, knownAt)).filter(({ start }) => within(range, start)).sort(byPlace);
      if (chunk.length > 0) yield await Promise.resolve(chunk);
    }
  }

  #daysOf({ from, to }: Range): Map<string, Revisions>[] {
    return [...this.#days].filter(([day]) => day >= dayOf(from) && day <= dayOf(to)).sort(([a], [b]) => a - b).map(([, kept]) => kept);
  }

  #revisionsOf(reading: KeptReading): Revisions {
    return this.#days.get(dayOf(reading.start))?.get(readingKey(reading)) ?? [];
  }

  /** The same revision of the same key must say the same as the one kept, or as the one earlier in the batch. */
  #conflict(readings: readonly KeptReading[]): string | null {
    const batch = new Map<string, KeptReading>();
    for (const reading of readings) {
      const name = `${readingKey(reading)}|${reading.revision}`;
      const twin = batch.get(name) ?? this.#revisionsOf(reading).find(({ revision }) => revision === reading.revision);
      if (twin !== undefined && !saysTheSame(twin, reading)) return `revision ${reading.revision} of ${readingKey(reading)} is already kept with other words`;
      batch.set(name, reading);
    }
    return null;
  }

  #add(reading: KeptReading): void {
    this.#end = Math.max(this.#end ?? 0, reading.start + reading.minutes * MINUTE);
    let day = this.#days.get(dayOf(reading.start));
    if (day === undefined) this.#days.set(dayOf(reading.start), day = new Map<string, Revisions>());
    const revisions = day.get(readingKey(reading)) ?? [];
    if (revisions.some(({ revision }) => revision === reading.revision)) return;
    day.set(readingKey(reading), [...revisions, { ...reading }].sort((a, b) => a.revision - b.revision));
    this.#rows++;
  }
}

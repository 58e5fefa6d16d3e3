/**
 * The words of the embedded store: series (station and pollutant) and marks (flag, validity, why, source) have
 * small numbers, given here, in the main thread, so that the threads pass numbers only. Words nobody has written
 * yet go along with each batch until one that had them is durable.
 */
import { QUANTITIES, type KeptReading, type Quantity, type Validity } from '../../shared/reading.ts';

export type SeriesRow = [id: number, station: string, pollutant: string];
export type MarkRow = [id: number, flag: string, validity: string, why: string | null, source: string];
export type Words = { series: SeriesRow[]; marks: MarkRow[] };

export type Series = { station: string; pollutant: Quantity };
export type MarkWords = Pick<KeptReading, 'flag' | 'validity' | 'why' | 'source'>;

const VALIDITIES: readonly string[] = ['valid', 'suspect', 'invalid', 'missing'] satisfies Validity[];
export const isQuantity = (text: string): text is Quantity => (QUANTITIES as readonly string[]).includes(text);
const isValidity = (text: string): text is Validity => VALIDITIES.includes(text);
const nameOf = (mark: MarkWords): string => JSON.stringify([mark.flag, mark.validity, mark.why, mark.source]);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class Dictionary {
  readonly #series: Series[] = [];
  readonly #marks: MarkWords[] = [];
  readonly #seriesIds = new Map<string, Map<string, number>>();
  readonly #markIds = new Map<string, number>();
  #written = { series: 0, marks: 0 };
  #lastMark = { words: null as MarkWords | null, id: 0 };
  #ranks = new Uint32Array(0);

  /** Takes over what a store holds; ids are its row numbers from 0. Answers what it cannot read. */
  load({ series, marks }: Words): string | null {
    for (const [id, station, pollutant] of series) {
      if (!isQuantity(pollutant)) return `series ${id} is of "${pollutant}", which this version does not know`;
      if (this.seriesId(station, pollutant) !== id) return `series ${id} is not in its place`;
    }
    for (const [id, flag, validity, why, source] of marks) {
      if (!isValidity(validity)) return `mark ${id} is "${validity}", which this version does not know`;
      if (this.markId({ flag, validity, why, source }) !== id) return `mark ${id} is not in its place`;
    }
    this.written(this.extent);
    return null;
  }

  seriesId(station: string, pollutant: Quantity): number {
    let stations = this.#seriesIds.get(pollutant);
    if (stations === undefined) this.#seriesIds.set(pollutant, stations = new Map<string, number>());
    let id = stations.get(station);
    if (id === undefined) stations.set(station, id = this.#series.push({ station, pollutant }) - 1);
    return id;
  }

  /** The series' number, or null for one that nothing was ever kept of. */
  knownSeries = (station: string, pollutant: string): number | null => this.#seriesIds.get(pollutant)?.get(station) ?? null;

  markId(words: MarkWords): number {
    const last = this.#lastMark.words;
    // Nearly always the same as the one before: worth a look before the longer way.
    if (last?.flag === words.flag && last.validity === words.validity && last.why === words.why && last.source === words.source) return this.#lastMark.id;
    const name = nameOf(words);
    const { flag, validity, why, source } = words;
    let id = this.#markIds.get(name);
    if (id === undefined) this.#markIds.set(name, id = this.#marks.push({ flag, validity, why, source }) - 1);
    this.#lastMark = { words: { flag, validity, why, source }, id };
    return id;
  }

  series = (id: number): Series => this.#must(this.#series[id], `series ${id}`);
  mark = (id: number): MarkWords => this.#must(this.#marks[id], `mark ${id}`);

  get extent(): { series: number; marks: number } {
    return { series: this.#series.length, marks: this.#marks.length };
  }

  /** Words that no durable batch had yet. */
  fresh(): Words {
    const series = this.#series.slice(this.#written.series).map(({ station, pollutant }, i): SeriesRow => [this.#written.series + i, station, pollutant]);
    const marks = this.#marks.slice(this.#written.marks)
      .map(({ flag, validity, why, source }, i): MarkRow => [this.#written.marks + i, flag, validity, why, source]);
    return { series, marks };
  }

  /** A batch that took the words up to here along is durable. */
  written({ series, marks }: { series: number; marks: number }): void {
    this.#written = { series: Math.max(series, this.#written.series), marks: Math.max(marks, this.#written.marks) };
  }

  /** Each series' place in the order of station, then pollutant. */
  ranks(): Uint32Array {
    if (this.#ranks.length === this.#series.length) return this.#ranks;
    const sorted = this.#series.map((series, id) => ({ ...series, id })).sort((a, b) => order(a.station, b.station) || order(a.pollutant, b.pollutant));
    this.#ranks = new Uint32Array(sorted.length);
    sorted.forEach(({ id }, rank) => { this.#ranks[id] = rank; });
    return this.#ranks;
  }

  #must<T>(found: T | undefined, what: string): T {
    if (found === undefined) throw new Error(`the readings store names ${what} but does not hold it`);
    return found;
  }
}

/** Readings in an InfluxDB: the same contract as the embedded store's, and the far end of its outbox. */
import { type KeptReading, readingKey } from '../../../shared/reading.ts';
import { MINUTE } from '../../../shared/time.ts';
import { unfit } from '../batch.ts';
import { DAY, dayOf } from '../packing.ts';
import type { HourSum, Kept, LatestQuery, Range, ReadingsStore, SeriesQuery } from '../store.ts';
import type { Answer, Driver, Failure, Point, Row } from './driver.ts';
import { ALWAYS, HOURS, NOTES, notePoint, PARTS, pointOf, READINGS, readingOf, sumOf, sumPoint, SUMS } from './points.ts';

/** The name under which it is noted until when anything was heard. */
const END = ':end';
/** Points of one request, and requests at once: what is written together has no order among itself. */
const REQUEST = 5_000;
const AT_ONCE = 4;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: KeptReading, b: KeptReading): number => a.start - b.start || order(a.station, b.station) || order(a.pollutant, b.pollutant) || a.minutes - b.minutes;
const name = (reading: KeptReading): string => `${readingKey(reading)}|${reading.revision}`;
const saysTheSame = (a: KeptReading, b: KeptReading): boolean =>
  a.value === b.value && a.flag === b.flag && a.validity === b.validity && a.why === b.why && a.source === b.source;
const kept = (answer: Answer): Kept => (answer.ok ? answer : { ok: false, reason: answer.reason });

/** The latest revision of each key that had arrived by then. */
function latestOf(readings: readonly KeptReading[], knownAt: number): KeptReading[] {
  const latest = new Map<string, KeptReading>();
  for (const reading of readings) {
    if (reading.arrived > knownAt) continue;
    const key = readingKey(reading);
    if (reading.revision > (latest.get(key)?.revision ?? 0)) latest.set(key, reading);
  }
  return [...latest.values()].sort(byPlace);
}

export class InfluxReadings implements ReadingsStore {
  private readonly driver: Driver;
  /** One write after the other: each looks at what the one before it left. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  keep = (readings: readonly KeptReading[]): Promise<Kept> => this.inTurn(async () => {
    const reason = unfit(readings);
    if (reason !== null) return { ok: false, reason };
    const fresh = await this.freshOf(readings);
    return typeof fresh === 'string' ? { ok: false, reason: fresh } : kept(await this.ship(fresh));
  });

  /** Writes readings of which it is known that nothing contradicts them; to write them again changes nothing. */
  async ship(readings: readonly KeptReading[]): Promise<Answer> {
    return this.write(readings.map(pointOf));
  }

  shipSums = (sums: readonly HourSum[]): Promise<Answer> => this.write(sums.map(sumPoint));

  latest = (query: LatestQuery): AsyncIterable<KeptReading[]> => this.pages(query);

  revisions = async ({ station, pollutant, from, to }: SeriesQuery): Promise<KeptReading[]> => {
    const found = await Promise.all(READINGS.map((measurement) => this.driver.rows({ measurement, from, to, tags: { station, pollutant } })));
    return found.flat().map(readingOf).sort((a, b) => byPlace(a, b) || a.revision - b.revision);
  };

  hourSums = async (range: Range): Promise<HourSum[]> => {
    const rows = await this.driver.rows({ measurement: SUMS, ...range });
    return rows.map(sumOf).sort((a, b) => a.start - b.start || order(a.station, b.station) || order(a.pollutant, b.pollutant));
  };

  compact = (before: number, sums: readonly HourSum[]): Promise<Kept> => this.inTurn(async () => {
    const { end } = await this.extent();
    const written = await this.write([...(end === null ? [] : [notePoint(END, String(end))]), ...sums.map(sumPoint)]);
    return kept(written.ok ? await this.driver.drop(PARTS, before) : written);
  });

  extent = async (): Promise<{ end: number | null; rows: number }> => {
    const [spans, counts, noted] = await Promise.all([
      Promise.all(READINGS.map((measurement) => this.driver.span(measurement))),
      Promise.all(READINGS.map((measurement) => this.driver.count(measurement, ALWAYS))), this.noted(END),
    ]);
    const lasts = await Promise.all(READINGS.map((measurement, i) => this.endOf(measurement, spans[i]?.last)));
    const ends = [...lasts, noted === null ? null : Number(noted)].filter((end) => end !== null);
    return { end: ends.length === 0 ? null : Math.max(...ends), rows: counts.reduce((sum, count) => sum + count, 0) };
  };

  note = (noteName: string, value: string): Promise<Kept> => this.inTurn(async () => kept(await this.write([notePoint(noteName, value)])));

  noted = async (noteName: string): Promise<string | null> => {
    const [row] = await this.driver.rows({ measurement: NOTES, from: 0, to: 1, tags: { name: noteName } });
    return typeof row?.of['value'] === 'string' ? row.of['value'] : null;
  };

  close = async (): Promise<void> => {
    await this.last;
    await this.driver.close();
  };

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work, work);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async write(points: readonly Point[]): Promise<Answer> {
    const failures: Failure[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < points.length && failures.length === 0) {
        const from = next;
        next += REQUEST;
        const answer = await this.driver.write(points.slice(from, from + REQUEST));
        if (!answer.ok) failures.push(answer);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, Math.ceil(points.length / REQUEST)) }, work));
    // What may pass is waited for before anything is given up for ever.
    return failures.find(({ refused }) => !refused) ?? failures[0] ?? { ok: true };
  }

  /** Those that are not there yet, each once; or why one of them cannot be. */
  private async freshOf(readings: readonly KeptReading[]): Promise<KeptReading[] | string> {
    const known = new Map<string, KeptReading>();
    for (const row of await this.around(readings)) known.set(name(row), row);
    const fresh: KeptReading[] = [];
    for (const reading of readings) {
      const twin = known.get(name(reading));
      if (twin === undefined) fresh.push(reading);
      else if (!saysTheSame(twin, reading)) return `revision ${reading.revision} of ${readingKey(reading)} is already kept with other words`;
      known.set(name(reading), twin ?? reading);
    }
    return fresh;
  }

  /** What is kept of the instants of some readings. */
  private async around(readings: readonly KeptReading[]): Promise<KeptReading[]> {
    const found: Row[] = [];
    for (const [measurement, those] of [[HOURS, readings.filter(({ minutes }) => minutes === 60)], [PARTS, readings.filter(({ minutes }) => minutes !== 60)]] as const) {
      for (const day of new Set(those.map(({ start }) => dayOf(start)))) {
        const starts = those.filter(({ start }) => dayOf(start) === day).map(({ start }) => start);
        const [from, to] = [starts.reduce((a, b) => Math.min(a, b)), starts.reduce((a, b) => Math.max(a, b)) + 1];
        found.push(...await this.driver.rows({ measurement, from, to }));
      }
    }
    return found.map(readingOf);
  }

  private async endOf(measurement: string, last: number | undefined): Promise<number | null> {
    if (last === undefined) return null;
    const rows = await this.driver.rows({ measurement, from: last - 60 * MINUTE, to: last + 1 });
    return rows.map(readingOf).reduce((end, { start, minutes }) => Math.max(end, start + minutes * MINUTE), 0);
  }

  private async *pages({ from, to, knownAt = Infinity }: LatestQuery): AsyncGenerator<KeptReading[]> {
    const spans = (await Promise.all(READINGS.map((measurement) => this.driver.span(measurement)))).filter((span) => span !== null);
    if (spans.length === 0) return;
    const start = Math.max(from, Math.min(...spans.map(({ first }) => first)));
    const end = Math.min(to, Math.max(...spans.map(({ last }) => last)) + 1);
    for (let day = dayOf(start); day * DAY < end; day += 1) {
      const span = { from: Math.max(start, day * DAY), to: Math.min(end, (day + 1) * DAY) };
      const found = await Promise.all(READINGS.map((measurement) => this.driver.rows({ measurement, ...span })));
      const page = latestOf(found.flat().map(readingOf), knownAt);
      if (page.length > 0) yield page;
    }
  }
}

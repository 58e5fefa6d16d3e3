/** Series for charts and for anyone who asks: raw readings from the store, hours and days from the averages. */
import { meanOf, minuteTally, replacePart, type Tally } from '../../shared/average.ts';
import { EMPTY_SHADE, moveDay, newCityDay, shadeOf } from '../../shared/city.ts';
import type { Bench } from '../../shared/judge.ts';
import { Ledger, type Series } from '../../shared/ledger.ts';
import { enough } from '../../shared/average.ts';
import { shown } from '../../shared/outlook.ts';
import type { Parameters } from '../../shared/quality/parameters.ts';
import { USUAL_QUALITY } from '../../shared/quality/setting.ts';
import { hourVerdict, readingReasons, type Verdict } from '../../shared/quality/verdict.ts';
import type { KeptReading, Quantity } from '../../shared/reading.ts';
import { addDays, daysBetween, HOUR, MINUTE } from '../../shared/time.ts';
import type { Refused, SeriesPoint, SeriesQuery } from '../http/ports.ts';
import type { ReadingsStore } from '../readings/store.ts';

type Found = { ok: true; points: SeriesPoint[] } | Refused;
type Parts = { bench: Bench; store: ReadingsStore; knows: (place: SeriesQuery['place']) => boolean };

const refused = (code: 'unknown-place' | 'bad-query', detail: string): Refused => ({ ok: false, status: code === 'unknown-place' ? 404 : 400, code, detail });
/** A year of hours: more is asked for in pieces. */
const MOST = 366 * 24 * HOUR;

/** The series of a place; gaps are points without a value. */
export async function seriesOf({ bench, store, knows }: Parts, query: SeriesQuery): Promise<Found> {
  if (!knows(query.place)) return refused('unknown-place', `there is no ${query.place.kind} "${query.place.id}"`);
  if (query.to - query.from > MOST) return refused('bad-query', 'from and to are more than a year apart');
  if (query.average === 'raw') {
    return query.place.kind === 'city' ? refused('bad-query', 'a city has no raw readings; ask for hour or day') : { ok: true, points: await rawPoints(store, query, parametersOf(bench)) };
  }
  return { ok: true, points: query.average === 'hour' ? hourPoints(bench, query) : dayPoints(bench, query) };
}

const parametersOf = ({ ledger: { setup } }: Bench): Parameters => (setup.quality ?? USUAL_QUALITY).parameters;

async function rawPoints(store: ReadingsStore, { place, pollutant, from, to }: SeriesQuery, parameters: Parameters): Promise<SeriesPoint[]> {
  const kept = await store.revisions({ station: place.id, pollutant, from, to });
  const latest = new Map<string, KeptReading>();
  for (const reading of kept) latest.set(`${reading.start}/${reading.minutes}`, reading);
  const points = [...latest.values()].map((reading) => {
    const { start, value, validity, revision } = reading;
    const valid = validity === 'valid' || validity === 'suspect';
    return { start, value: value === null ? null : value / 1_000_000, valid, completeness: valid ? 1 : 0, revision, validity, reasons: readingReasons(reading, parameters) };
  });
  return [...points, ...gapsBetween([...latest.values()])].sort((a, b) => a.start - b.start);
}

/** What no reading covers between the first and the last one, in steps of the shortest period, as points without a value. */
function gapsBetween(readings: readonly KeptReading[]): SeriesPoint[] {
  const step = Math.min(...readings.map(({ minutes }) => minutes)) * MINUTE;
  const gaps: SeriesPoint[] = [];
  let covered = readings[0]?.start ?? 0;
  for (const { start, minutes } of readings) {
    for (; covered < start; covered += step) gaps.push({ start: covered, value: null, valid: false, completeness: 0, revision: 0 });
    covered = Math.max(covered, start + minutes * MINUTE);
  }
  return gaps;
}

/** The series that make a place's mean: a city's evaluating stations, or the station itself. */
function seriesIn(ledger: Ledger, { place, pollutant }: SeriesQuery, date: string): Series[] {
  const { stations, cityOf } = ledger.setup;
  const ids = place.kind === 'station' ? [place.id]
    : stations.filter((s) => s.evaluates && cityOf(s.id) === place.id && Ledger.inForce(s, date)).map((s) => s.id);
  return ids.flatMap((id) => ledger.series.get(`${id}|${pollutant}`) ?? []);
}

const expectedIn = (ledger: Ledger, { place }: SeriesQuery, date: string): number =>
  (place.kind === 'station' ? 1 : ledger.setup.stations.filter((s) => s.evaluates && ledger.setup.cityOf(s.id) === place.id && Ledger.inForce(s, date)).length);

function pointOf(tally: Tally, at: { start: number; expected: number; share: number; revision: number }): SeriesPoint {
  const { mean, stations } = meanOf(tally);
  const valid = enough(stations, at.expected, at.share);
  const parts = tally.counts.reduce((sum, count, n) => sum + count * n, 0);
  const whole = at.expected * (tally.counts.length === 61 ? 60 : 24);
  return { start: at.start, value: shown(mean), valid, completeness: whole === 0 ? 0 : Math.min(1, Math.round((parts / whole) * 10_000) / 10_000), revision: at.revision };
}

const revisionOf = (series: readonly Series[], starts: readonly number[]): number =>
  Math.max(1, ...series.flatMap((one) => starts.flatMap((start) => [...(one.hours.get(start)?.revisions?.values() ?? [])])));

/** What a station's hour is worth, and why. */
function worthIn(bench: Bench, series: Series | undefined, start: number): Verdict {
  const hour = series?.hours.get(start);
  if (series === undefined || hour === undefined) return { validity: 'missing', reasons: [] };
  return hourVerdict(hour, { pollutant: series.pollutant as Quantity, need: bench.ledger.setup.method.hourMinutes, parameters: parametersOf(bench) });
}

function hourPoints(bench: Bench, query: SeriesQuery): SeriesPoint[] {
  const { ledger, calendar: { civil } } = bench;
  ledger.judgeContext();
  const { hourMinutes, stationShare: share } = ledger.setup.method;
  const points: SeriesPoint[] = [];
  const first = civil.hour(query.from) === query.from ? query.from : civil.hour(query.from) + HOUR;
  for (let start = first; start < query.to; start += HOUR) {
    const date = civil.day(start);
    const series = seriesIn(ledger, query, date);
    const tally = minuteTally(hourMinutes);
    for (const one of series) {
      const hour = one.hours.get(start);
      if (hour !== undefined) replacePart(tally, { n: 0, sum: 0n }, { n: hour.n, sum: BigInt(hour.sum) });
    }
    const point = pointOf(tally, { start, expected: expectedIn(ledger, query, date), share, revision: revisionOf(series, [start]) });
    points.push(query.place.kind === 'city' ? point : { ...point, ...worthIn(bench, series[0], start) });
  }
  return points;
}

function dayPoints(bench: Bench, query: SeriesQuery): SeriesPoint[] {
  const { ledger, calendar: { civil } } = bench;
  const { hourMinutes: need, dayHours, stationShare: share } = ledger.setup.method;
  return daysBetween(civil.day(query.from), civil.day(query.to)).map((date) => ({ date, start: civil.at(date) }))
    .filter(({ start }) => start >= query.from && start < query.to)
    .map(({ date, start }) => {
      const series = seriesIn(ledger, query, date);
      const hours = civil.hours(date);
      const day = newCityDay({ date, hours, end: civil.at(addDays(date, 1)), evaluators: new Set() }, dayHours);
      for (const one of series) {
        for (const at of hours) {
          const hour = one.hours.get(at);
          if (hour !== undefined) moveDay(day, one.station.id, { was: EMPTY_SHADE, is: shadeOf(hour, need), need });
        }
      }
      return pointOf(day.tally, { start, expected: expectedIn(ledger, query, date), share, revision: revisionOf(series, hours) });
    });
}

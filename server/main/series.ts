/** Series for charts and for anyone who asks: raw readings from the store, hours and days from the averages. */
import type { Completeness } from '../../shared/air.ts';
import { enough, meanOf, minuteTally, NO_PART, replacePart } from '../../shared/average.ts';
import { type CityAir, type CityDay, EMPTY_SHADE, moveDay, moveHour, newCityDay, newCityHour, shadeOf } from '../../shared/city.ts';
import { dayMean, dayParts } from '../../shared/city-day.ts';
import { dayCompleteness, endedHour } from '../../shared/completeness.ts';
import type { Station } from '../../shared/event.ts';
import type { Bench } from '../../shared/judge.ts';
import { Ledger, type Series } from '../../shared/ledger.ts';
import { shown } from '../../shared/outlook.ts';
import type { Parameters } from '../../shared/quality/parameters.ts';
import { USUAL_QUALITY } from '../../shared/quality/setting.ts';
import { hourVerdict, readingLevel, readingReasons, type Verdict } from '../../shared/quality/verdict.ts';
import type { KeptReading, Quantity } from '../../shared/reading.ts';
import type { Rational } from '../../shared/rounding.ts';
import { addDays, daysBetween, HOUR, MINUTE } from '../../shared/time.ts';
import type { Refused, SeriesPoint, SeriesQuery } from '../http/ports.ts';
import type { ReadingsStore } from '../readings/store.ts';
import type { Known, Past } from './known.ts';

type Found = { ok: true; points: SeriesPoint[] } | Refused;
type Parts = { bench: Bench; store: ReadingsStore; past: (asked: Past) => Promise<Known<Bench>>; knows: (place: SeriesQuery['place']) => boolean };

const refused = (code: 'unknown-place' | 'bad-query', detail: string): Refused => ({ ok: false, status: code === 'unknown-place' ? 404 : 400, code, detail });
/** A year of hours: more is asked for in pieces. */
const MOST = 366 * 24 * HOUR;

/** The series of a place; gaps are points without a value. */
export async function seriesOf({ bench, store, past, knows }: Parts, query: SeriesQuery): Promise<Found> {
  if (!knows(query.place)) return refused('unknown-place', `there is no ${query.place.kind} "${query.place.id}"`);
  if (query.to - query.from > MOST) return refused('bad-query', 'from and to are more than a year apart');
  if (query.average === 'raw') {
    return query.place.kind === 'city' ? refused('bad-query', 'a city has no raw readings; ask for hour or day') : { ok: true, points: await rawPoints(store, query, parametersOf(bench)) };
  }
  const then = query.knownAt === null ? { ok: true as const, known: bench } : await past({ ...query, at: query.knownAt });
  if (!then.ok) return then;
  return { ok: true, points: query.average === 'hour' ? hourPoints(then.known, query) : dayPoints(then.known, query) };
}

const parametersOf = ({ ledger: { setup } }: Bench): Parameters => (setup.quality ?? USUAL_QUALITY).parameters;

async function rawPoints(store: ReadingsStore, { place, pollutant, from, to, knownAt }: SeriesQuery, parameters: Parameters): Promise<SeriesPoint[]> {
  const kept = await store.revisions({ station: place.id, pollutant, from, to });
  const latest = new Map<string, KeptReading>();
  for (const reading of kept) if (knownAt === null || reading.arrived <= knownAt) latest.set(`${reading.start}/${reading.minutes}`, reading);
  const points = [...latest.values()].map((reading) => {
    const { start, value, validity, revision, why } = reading;
    const valid = validity === 'valid' || validity === 'suspect';
    return { start, value: value === null ? null : value / 1_000_000, valid, completeness: valid ? 1 : 0, revision, validity, level: readingLevel(why), reasons: readingReasons(reading, parameters) };
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

/** The stations of a place that are expected to report on a day: the evaluating ones of a city or another judged area, or the station itself; none out of its time of validity. */
function expectedOn({ setup: { stations, placesOf } }: Ledger, { place }: SeriesQuery, date: string): ReadonlySet<string> {
  const ofPlace = (s: Station): boolean => (place.kind === 'station' ? s.id === place.id : s.evaluates && placesOf(s.id).includes(place.id));
  return new Set(stations.filter((s) => ofPlace(s) && Ledger.inForce(s, date)).map((s) => s.id));
}

const seriesOn = (ledger: Ledger, { pollutant }: SeriesQuery, ids: ReadonlySet<string>): Series[] =>
  [...ids].flatMap((id) => ledger.known(id, pollutant) ?? []);

type Mean = { start: number; mean: Rational | null; valid: boolean; revision: number };

/** A share is cut off, never rounded up: 1 is said only where nothing is missing. */
function pointOf({ start, mean, valid, revision }: Mean, of: Completeness): SeriesPoint {
  return { start, value: shown(mean), valid, completeness: of.expected === 0 ? 0 : Math.floor((of.valid * 10_000) / of.expected) / 10_000, revision };
}

const revisionOf = (series: readonly Series[], starts: readonly number[]): number =>
  Math.max(1, ...series.flatMap((one) => starts.flatMap((start) => [...(one.hours.get(start)?.revisions?.values() ?? [])])));

/** Up to where hours are closed: the running hour is in no day. */
function closedTo(ledger: Ledger, { place }: SeriesQuery): number {
  const [judged] = place.kind === 'city' ? [place.id] : ledger.setup.placesOf(place.id);
  return (ledger.airs.find((air) => air.city === judged) ?? ledger.airs[0])?.closedTo ?? Infinity;
}

/** A day of a place, made from its stations' hours: an hour that is closed moves it as it would move a city's. */
function dayOn(ledger: Ledger, query: SeriesQuery, date: string): { air: CityAir; day: CityDay; series: Series[] } {
  const { civil, method: { hourMinutes: need, dayHours } } = ledger.setup;
  const evaluators = expectedOn(ledger, query, date);
  const series = seriesOn(ledger, query, evaluators);
  const day = newCityDay({ date, hours: civil.hours(date), end: civil.at(addDays(date, 1)), evaluators }, dayHours);
  const air: CityAir = { city: query.place.id, pollutant: query.pollutant, hours: new Map(), days: new Map([[date, day]]), closedTo: closedTo(ledger, query) };
  for (const start of day.hours) {
    const hour = newCityHour(start, day, need);
    air.hours.set(start, hour);
    for (const one of series) {
      const own = one.hours.get(start);
      if (own === undefined) continue;
      const is = shadeOf(own, need);
      moveHour(hour, EMPTY_SHADE, is);
      if (start < air.closedTo) moveDay(day, one.station.id, { was: EMPTY_SHADE, is, need });
    }
  }
  return { air, day, series };
}

/** What a station's hour is worth, and why. */
function worthIn(bench: Bench, series: Series | undefined, start: number): Verdict {
  const hour = series?.hours.get(start);
  if (series === undefined || hour === undefined) return { validity: 'missing', level: 'automatic', reasons: [] };
  return hourVerdict(hour, { pollutant: series.pollutant as Quantity, need: bench.ledger.setup.method.hourMinutes, parameters: parametersOf(bench) });
}

function hourPoints(bench: Bench, query: SeriesQuery): SeriesPoint[] {
  const { ledger } = bench;
  ledger.judgeContext();
  const { civil, method: { hourMinutes, stationShare } } = ledger.setup;
  const points: SeriesPoint[] = [];
  const first = civil.hour(query.from) === query.from ? query.from : civil.hour(query.from) + HOUR;
  for (let start = first; start < query.to; start += HOUR) {
    const evaluators = expectedOn(ledger, query, civil.day(start));
    const series = seriesOn(ledger, query, evaluators);
    const tally = minuteTally(hourMinutes);
    for (const one of series) {
      const hour = one.hours.get(start);
      if (hour !== undefined) replacePart(tally, NO_PART, { n: hour.n, sum: BigInt(hour.sum) });
    }
    const { mean, stations } = meanOf(tally);
    const valid = enough(stations, evaluators.size, stationShare);
    const point = pointOf({ start, mean, valid, revision: revisionOf(series, [start]) }, endedHour(tally, evaluators.size));
    points.push(query.place.kind === 'city' ? point : { ...point, ...worthIn(bench, series[0], start) });
  }
  return points;
}

function dayPoints({ ledger }: Bench, query: SeriesQuery): SeriesPoint[] {
  const { civil, method } = ledger.setup;
  return daysBetween(civil.day(query.from), civil.day(query.to)).map((date) => ({ date, start: civil.at(date) }))
    .filter(({ start }) => start >= query.from && start < query.to)
    .map(({ date, start }) => {
      const { air, day, series } = dayOn(ledger, query, date);
      const { mean } = meanOf(dayParts(method, { air, day }).tally);
      const valid = dayMean(method, { air, day }).mean !== null;
      return pointOf({ start, mean, valid, revision: revisionOf(series, day.hours) }, dayCompleteness(day, day.hours.length));
    });
}

/**
 * Hints that somebody may have had a hand in the data: told as notices, for a person to look at. They make nothing worse.
 * Each is looked for once an hour, about the hour that ended an hour ago, and told when it first becomes so.
 */
import type { Draft } from './fact.ts';
import { isRefused } from './hour.ts';
import type { Bench } from './judge.ts';
import type { Series } from './ledger.ts';
import { notice } from './notice.ts';
import { type Parameters, WHOLE } from './quality/parameters.ts';
import { USUAL_QUALITY } from './quality/setting.ts';
import { hourIndex } from './quality/track.ts';
import type { Watched } from './quality/watched.ts';
import { HOUR } from './time.ts';

type Asked = { bench: Bench; hour: number; now: number };

/** All hints about the hour that ended an hour before `now`, an instant at which an hour begins. */
export function hints(bench: Bench, now: number): Draft[] {
  const asked = { bench, hour: bench.calendar.civil.hour(now) - 2 * HOUR, now };
  return [...twins(asked), ...[...bench.ledger.series.values()].flatMap((series) => [...workOn(asked, series), ...flagged(asked, series)])];
}

const qualityOf = ({ bench }: Asked) => bench.ledger.setup.quality ?? USUAL_QUALITY;
const MICRO = 1_000_000;

/** Whether two series are equal for exactly so many hours up to one, at values that do not repeat themselves by chance. */
function areTwins(a: Watched, b: Watched, { index, twinHours, above }: { index: number; twinHours: number; above: number }): boolean {
  const values = new Set<number>();
  for (let back = 0; back < twinHours; back += 1) {
    const level = a.track.level(index - back);
    if (!(level > above) || b.track.level(index - back) !== level) return false;
    values.add(level);
  }
  return values.size > twinHours / 3 && a.track.level(index - twinHours) !== b.track.level(index - twinHours);
}

/** Series of one pollutant that may be equal up to an hour: the hour and the one before it come to the same number. */
function alikes({ bench }: Asked, index: number, above: number): Watched[][] {
  const [first, more] = [new Map<string, Map<number, Watched>>(), new Map<Watched, Watched[]>()];
  for (const { watched, pollutant } of bench.ledger.series.values()) {
    const level = watched?.track.level(index) ?? NaN;
    if (watched === null || !(level > above)) continue;
    const here = first.get(pollutant) ?? new Map<number, Watched>();
    first.set(pollutant, here);
    const both = level * 31 + watched.track.level(index - 1);
    const one = here.get(both);
    if (one === undefined) here.set(both, watched);
    else more.set(one, [...(more.get(one) ?? [one]), watched]);
  }
  return [...more.values()];
}

/** Two stations with the same hours, one after the other: one may be a copy. */
function twins(asked: Asked): Draft[] {
  const { hints: { twinHours }, stuck: { above } } = qualityOf(asked).parameters;
  const index = hourIndex(asked.hour);
  return alikes(asked, index, above).flatMap((alike) => pairs(alike).filter(([a, b]) => areTwins(a, b, { index, twinHours, above })).map(([a, b]) => notice({
    station: b.series.station.id, at: asked.now, hour: asked.hour, code: 'twin-series', figures: { pollutant: b.series.pollutant, with: a.series.station.id, hours: twinHours },
  })));
}

/** Each with the one before it, in the order of their stations: a chain, so that many alike are not told by their square. */
function pairs(alike: readonly Watched[]): [Watched, Watched][] {
  const sorted = [...alike].sort((a, b) => (a.series.station.id < b.series.station.id ? -1 : 1));
  return sorted.slice(1).flatMap((one, i): [Watched, Watched][] => { const before = sorted[i]; return before === undefined ? [] : [[before, one]]; });
}

/** Maintenance or calibration in the window of a key date: told at its first hour in the window. */
function workOn(asked: Asked, series: Series): Draft[] {
  const { bench, hour, now } = asked;
  const { work } = qualityOf(asked).flagSets;
  const working = (start: number): boolean => { const of = series.hours.get(start); return of !== undefined && isRefused(of, work); };
  if (!working(hour)) return [];
  const begins = (from: number): boolean => {
    for (let before = hour - HOUR; before + HOUR > from; before -= HOUR) if (working(before)) return false;
    return true;
  };
  const dates = bench.calendar.keyDates.filter(({ start, end }) => hour < end && hour + HOUR > start && begins(start)).map(({ id }) => id);
  if (dates.length === 0) return [];
  return [notice({ station: series.station.id, at: now, hour, code: 'work-on-key-date', figures: { pollutant: series.pollutant, keyDates: dates.join(',') } })];
}

/** The strictest limit of an hour where the station is judged, in millionths; null where none holds. */
function limitAt({ bench }: Asked, { airs }: Series, start: number): number | null {
  const day = bench.calendar.civil.day(start);
  const limits = airs.flatMap(({ city: area, pollutant }) => (['hour', 'day'] as const).flatMap((average) => bench.calendar.limitOn({ area, pollutant, average, day })?.limit.max ?? []));
  return limits.length === 0 ? null : Math.min(...limits) * MICRO;
}

type Tally = { onsets: number; near: number; hours: number; high: number };

/** How often readings were refused by a flag after an hour that had a mean, how often that mean was near the limit, and how often any is. */
function onsetsUpTo(asked: Asked, series: Series, { near, days }: Parameters['hints']): Tally {
  const { refused } = qualityOf(asked).flagSets;
  const tally: Tally = { onsets: 0, near: 0, hours: 0, high: 0 };
  for (let start = asked.hour - days * 24 * HOUR; start <= asked.hour; start += HOUR) {
    const before = series.watched?.track.level(hourIndex(start - HOUR)) ?? NaN;
    const limit = limitAt(asked, series, start - HOUR);
    if (Number.isNaN(before) || limit === null) continue;
    const high = before * WHOLE >= limit * near;
    const hour = series.hours.get(start);
    const onset = hour !== undefined && isRefused(hour, refused);
    tally.hours += 1;
    tally.high += Number(high);
    tally.onsets += Number(onset);
    tally.near += Number(onset && high);
  }
  return tally;
}

/** A flag that comes again and again when a limit is near, and hardly ever else, though the air is mostly well below it. */
function flagged(asked: Asked, series: Series): Draft[] {
  const { parameters: { hints: figures }, flagSets: { refused } } = qualityOf(asked);
  const hour = series.hours.get(asked.hour);
  if (series.watched === null || hour === undefined || !isRefused(hour, refused)) return [];
  if (Number.isNaN(series.watched.track.level(hourIndex(asked.hour - HOUR)))) return [];
  const { onsets, near, hours, high } = onsetsUpTo(asked, series, figures);
  if (near < figures.flags || near * WHOLE < onsets * figures.share || high * 2 >= hours) return [];
  return [notice({ station: series.station.id, at: asked.now, hour: asked.hour, code: 'flag-before-limit', figures: { pollutant: series.pollutant, onsets, near, days: figures.days } })];
}

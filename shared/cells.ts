/** The cells that screens show, made whole from the ledger and the calendar at one instant. */
import type { CityCell, Completeness, EndedCell, LimitShown, RunningCell, StationCell, TimelineCell } from './air.ts';
import { type CityMean, meanOf } from './average.ts';
import { changedAfter, type CityAir, type CityDay, type CityHour } from './city.ts';
import type { HoldingLimit } from './calendar.ts';
import { dayMean } from './city-day.ts';
import { dayCompleteness, endedHour, hourCompleteness, rhythmOf } from './completeness.ts';
import type { Mark } from './fact.ts';
import { type Bench, dayLimit, hourLimit } from './judge.ts';
import { inDoubt } from './hour.ts';
import type { Series } from './ledger.ts';
import { dayOutlook, hourOutlook, judged, type Outlook, shown, validMean } from './outlook.ts';
import { USUAL_QUALITY } from './quality/setting.ts';
import { handLevel } from './quality/hand.ts';
import { hourVerdict } from './quality/verdict.ts';
import type { Rational } from './rounding.ts';
import { isSilent } from './silence.ts';
import { addDays, HOUR } from './time.ts';

const limitShown = (holding: HoldingLimit | null): LimitShown | null =>
  (holding === null ? null : { id: holding.limit.id, max: holding.limit.max, assumed: holding.limit.assumed, of: holding.of });

function marksOf(holding: HoldingLimit | null, state: { suspect: boolean; changed: boolean }): Mark[] {
  const marks: Mark[] = [];
  if (state.suspect) marks.push('suspect');
  if (holding?.limit.assumed) marks.push('assumed');
  if (state.changed) marks.push('revised');
  if (holding?.drill) marks.push('drill');
  return marks;
}

type Running = { air: CityAir; completeness: Completeness; start: number; end: number; holding: HoldingLimit | null; outlook: Outlook; marks: Mark[] };

function runningCell({ air, completeness, start, end, holding, outlook, marks }: Running): RunningCell {
  const { mean, budget, recent, standing, closed, left, able, evaluating } = outlook;
  return {
    start, end, mean: shown(mean.mean), rounded: judged(mean.mean, air.pollutant), limit: limitShown(holding),
    budget: budget === null ? null : budget.tenths, recent: shown(recent), standing, closed, left,
    stations: { able, evaluating }, completeness, marks,
  };
}

function dayCell(bench: Bench, air: CityAir, day: CityDay): RunningCell {
  const holding = dayLimit(bench, air, day);
  const outlook = dayOutlook(bench.ledger, { air, day }, holding);
  const changed = day.hours.some((start) => changedAfter(air.hours.get(start)));
  return runningCell({ air, completeness: dayCompleteness(day, outlook.closed), start: day.start, end: day.end, holding, outlook, marks: marksOf(holding, { suspect: day.suspect > 0, changed }) });
}

function hourCell(bench: Bench, air: CityAir, { hour, now }: { hour: CityHour; now: number }): RunningCell {
  const holding = hourLimit(bench, air, hour);
  const outlook = hourOutlook(bench.ledger, { air, hour, now }, holding);
  const { interval } = bench.ledger.setup;
  const rhythms = [...hour.day.evaluators].map((id) => rhythmOf(bench.ledger.known(id, air.pollutant), hour.start, interval?.(id)));
  return runningCell({ air, completeness: hourCompleteness(hour.tally, rhythms, outlook.closed), start: hour.start, end: hour.start + HOUR, holding, outlook, marks: marksOf(holding, { suspect: hour.suspect > 0, changed: false }) });
}

type Ended = { air: CityAir; valid: CityMean; completeness: Completeness; day: CityDay; start: number; end: number; holding: HoldingLimit | null; marks: Mark[] };

function endedCell({ air, valid: { mean: exact, stations }, completeness, day, start, end, holding, marks }: Ended): EndedCell {
  const rounded = judged(exact, air.pollutant);
  const closed = end <= air.closedTo;
  const standing = rounded === null ? 'unknown' : holding === null ? 'unlimited' : rounded > holding.limit.max ? 'exceeded' : 'met';
  return {
    start, end, mean: shown(exact), rounded, limit: limitShown(holding), standing: closed ? standing : 'unknown',
    stations: { valid: stations, evaluating: day.evaluators.size }, completeness, closed, marks,
  };
}

function lastHourCell(bench: Bench, air: CityAir, start: number): EndedCell | null {
  const hour = air.hours.get(start);
  if (hour === undefined) return null;
  const holding = hourLimit(bench, air, hour);
  const marks = marksOf(holding, { suspect: hour.suspect > 0, changed: changedAfter(hour) });
  const mean = validMean(hour.tally, hour.day, bench.ledger.setup.method.stationShare);
  const completeness = endedHour(hour.tally, hour.day.evaluators.size);
  return endedCell({ air, valid: { mean, stations: meanOf(hour.tally).stations }, completeness, day: hour.day, start, end: start + HOUR, holding, marks });
}

function lastDayCell(bench: Bench, air: CityAir, date: string): EndedCell | null {
  const day = air.days.get(date);
  if (day === undefined) return null;
  const holding = dayLimit(bench, air, day);
  const marks = marksOf(holding, { suspect: day.suspect > 0, changed: day.hours.some((start) => changedAfter(air.hours.get(start))) });
  const completeness = dayCompleteness(day, day.hours.length);
  return endedCell({ air, valid: dayMean(bench.ledger.setup.method, { air, day }), completeness, day, start: day.start, end: day.end, holding, marks });
}

/** A city's cell at `now`. */
export function cityCell(bench: Bench, air: CityAir, now: number): CityCell {
  const { ledger, calendar: { civil } } = bench;
  const day = ledger.day(air, civil.day(now));
  const hour = ledger.hour(air, civil.hour(now));
  const series = [...day.evaluators].flatMap((station) => ledger.known(station, air.pollutant) ?? []);
  const heard = series.filter((one) => one.heard !== null && !isSilent(bench, one, now));
  const freshest = series.reduce<number | null>((newest, { heard: at }) => (at !== null && (newest === null || at > newest) ? at : newest), null);
  return {
    kind: 'city', city: air.city, pollutant: air.pollutant, day: dayCell(bench, air, day), hour: hourCell(bench, air, { hour, now }),
    lastHour: lastHourCell(bench, air, hour.start - HOUR), lastDay: lastDayCell(bench, air, addDays(day.date, -1)),
    heard: { now: heard.length, of: day.evaluators.size }, freshest,
  };
}

const TIMELINE_HOURS = 72;

/** The last 72 hours of a city that have ended, valid means only. */
export function timelineCell(bench: Bench, air: CityAir, now: number): TimelineCell {
  const { civil } = bench.calendar;
  const end = civil.hour(now);
  const starts = Array.from({ length: TIMELINE_HOURS }, (_, i) => end - (TIMELINE_HOURS - i) * HOUR);
  const share = bench.ledger.setup.method.stationShare;
  const days = starts.map((start) => civil.day(start));
  const limitsBy = (average: 'hour' | 'day'): (number | null)[] => {
    const onDay = new Map([...new Set(days)].map((day) => [day, bench.calendar.limitOn({ area: air.city, pollutant: air.pollutant, average, day })?.limit.max ?? null]));
    return days.map((day) => onDay.get(day) ?? null);
  };
  return {
    kind: 'timeline', city: air.city, pollutant: air.pollutant, start: end - TIMELINE_HOURS * HOUR,
    means: starts.map((start) => { const hour = air.hours.get(start); return hour === undefined ? null : shown(validMean(hour.tally, hour.day, share)); }),
    revised: starts.map((start) => changedAfter(air.hours.get(start))),
    hourLimit: limitsBy('hour'), dayLimit: limitsBy('day'),
  };
}

/** Class of a PM2.5 hour by the standard that judges the day it starts on: 1 to 6; null where that one has no index. The mean is in millionths. */
export type Classify = (mean: Rational, start: number) => StationCell['aqiClass'];

/** A station's cell: its newest values, its newest hour, whether it is heard. */
export function stationCell(bench: Bench, series: readonly Series[], { now, classify }: { now: number; classify: Classify }): StationCell | null {
  const [first] = series;
  if (first === undefined) return null;
  const judgedSeries = series.filter(({ pollutant }) => bench.ledger.setup.judged.includes(pollutant));
  const heard = judgedSeries.reduce<number | null>((newest, one) => (one.heard !== null && (newest === null || one.heard > newest) ? one.heard : newest), null);
  const pm = series.find(({ pollutant }) => pollutant === 'PM2.5');
  const newest = pm === undefined ? null : newestHour(bench, pm, now);
  return {
    kind: 'station', station: first.station.id, evaluates: first.station.evaluates,
    latest: Object.fromEntries(series.flatMap(({ pollutant, latest }) => (latest === null ? [] : [[pollutant, {
      value: latest.reading.value === null ? null : latest.reading.value / 1_000_000, start: latest.reading.start, end: latest.end,
      validity: latest.worth.validity, why: handLevel(latest.worth.why) ?? latest.worth.why,
    }]]))),
    hour: newest?.hour ?? null, aqiClass: newest === null ? null : classify(newest.exact, newest.hour.start), heard,
    silent: judgedSeries.some((one) => isSilent(bench, one, now)),
  };
}

/** The running hour once it has a quarter of an hour of minutes, else the newest valid one of the last three. */
function newestHour(bench: Bench, series: Series, now: number): { hour: NonNullable<StationCell['hour']>; exact: Rational } | null {
  const start = bench.calendar.civil.hour(now);
  const need = bench.ledger.setup.method.hourMinutes;
  for (let back = 0; back <= 3; back += 1) {
    const hour = series.hours.get(start - back * HOUR);
    if (hour === undefined || hour.n < (back === 0 ? 15 : need)) continue;
    const exact = { num: BigInt(hour.sum), den: BigInt(hour.n) };
    const { reasons } = hourVerdict(hour, { pollutant: 'PM2.5', need, parameters: (bench.ledger.setup.quality ?? USUAL_QUALITY).parameters });
    return { hour: { start: hour.start, mean: shown(exact), valid: true, suspect: inDoubt(hour), running: back === 0, reasons }, exact };
  }
  return null;
}

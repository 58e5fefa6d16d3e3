/**
 * One turn of the path, pure: readings into averages, averages into facts; and what time alone brings.
 * `server/receive.ts`, `server/review.ts` and `server/watch.ts` are its only callers.
 */
import { nextTimedOut, timedOut } from './again.ts';
import { advance, close, type Finding } from './alert.ts';
import type { Alerts } from './book.ts';
import { putByHand } from './by-hand.ts';
import type { CityAir } from './city.ts';
import { closeDue, closesAt } from './closing.ts';
import type { Draft, Fact, FactOf } from './fact.ts';
import { type Bench, closedDay, closedHour, dayLimit, hourLimit, runningDay, runningHour } from './judge.ts';
import { hints } from './hints.ts';
import type { StationHour } from './hour.ts';
import { nextLasting } from './lasting.ts';
import type { Added, Series } from './ledger.ts';
import { twoHours, twoHoursDiffer } from './notice.ts';
import { printOf } from './print.ts';
import type { KeptReading, Reading } from './reading.ts';
import { nextSilence, silences } from './silence.ts';
import type { Alert } from './situation.ts';
import { HOUR, MINUTE } from './time.ts';

type Change = FactOf<'readings-revised'>['changes'][number];

/** What some readings moved. `hours` are the hours of each city that changed. */
export type Moved = {
  counts: { accepted: number; unchanged: number; revised: number };
  kept: KeptReading[]; changes: Change[]; source: string;
  airs: Map<CityAir, Set<number>>;
  /** Cities of which a reading was revised, in a running period or a closed one. */
  revised: Set<CityAir>; stations: Set<string>; series: Set<Series>;
  /** Hours of which the station's own mean and that of its minutes are far apart. */
  differ: Map<StationHour, Series>;
  /** Cities of which some hour came into doubt, or out of it, beside other hours. */
  doubted: ReadonlySet<CityAir>;
};

const newMoved = (source: string): Moved => ({
  counts: { accepted: 0, unchanged: 0, revised: 0 }, kept: [], changes: [], source, airs: new Map(), revised: new Set(), stations: new Set(), series: new Set(), differ: new Map(), doubted: new Set(),
});

/** Slides every average that the readings belong to. The readings are checked: their stations are known and in force. */
export function average(bench: Bench, readings: readonly Reading[], by: { at: number; source: string }): Moved {
  const moved = newMoved(by.source);
  for (const reading of readings) {
    const beside = bench.sides?.takes(reading, by) ?? null;
    if (beside !== null && beside.kept !== null) moved.kept.push(beside.kept);
    const outcome = beside?.outcome ?? null;
    if (outcome === null) moved.counts[take(bench, moved, { reading, by })] += 1;
    else moved.counts[outcome] += 1;
    const standIn = beside?.standIn ?? null;
    if (standIn !== null) take(bench, moved, { reading: standIn.reading, by: { at: by.at, source: standIn.source } });
  }
  return inContext(bench, moved, by.at);
}

function take(bench: Bench, moved: Moved, { reading, by }: { reading: Reading; by: { at: number; source: string } }): Added['outcome'] {
  const added = bench.ledger.add(reading, by);
  if (added.kept !== null) note(bench, moved, { reading, added, kept: added.kept });
  return added.outcome;
}

function inContext(bench: Bench, moved: Moved, now: number): Moved {
  const doubts = bench.ledger.judgeContext({ now, all: false });
  moved.doubted = doubts.airs;
  for (const station of doubts.stations) moved.stations.add(station);
  return moved;
}

/** Puts what reviewers said, once it is durable, upon every average it touches; it is judged as revised readings are. */
export function review(bench: Bench, facts: readonly Fact[], now: number): Moved {
  const moved = newMoved('review');
  for (const fact of facts) {
    if (fact.kind !== 'readings-reviewed') continue;
    for (const told of fact.readings) {
      const added = putByHand(bench.ledger, fact, told);
      moved.counts[added === null ? 'unchanged' : 'revised'] += 1;
      if (added !== null && added.kept !== null) note(bench, moved, { reading: added.kept, added, kept: added.kept });
    }
  }
  return inContext(bench, moved, now);
}

function note(bench: Bench, moved: Moved, { reading, added, kept }: { reading: Reading; added: Added; kept: KeptReading }): void {
  moved.kept.push(kept);
  moved.stations.add(reading.station);
  moved.series.add(added.series);
  const { hour, series: { airs } } = added;
  if (hour.own !== null && hour.slots.length > 0 && !hour.noticed && twoHoursDiffer(hour, bench.ledger.setup.method.hourMinutes)) {
    hour.noticed = true;
    moved.differ.set(hour, added.series);
  }
  for (const air of airs) {
    const hours = moved.airs.get(air);
    if (hours === undefined) moved.airs.set(air, new Set([hour.start]));
    else hours.add(hour.start);
    if (added.outcome === 'revised' || added.late) moved.revised.add(air);
  }
  if (added.outcome !== 'revised' || added.was === null || !added.late) return;
  const { station, pollutant, start, minutes, value: to, flag: toFlag } = reading;
  // A review changes no value, and has a fact of its own.
  if (to === added.was.value && toFlag === added.was.flag) return;
  moved.changes.push({ station, pollutant, start, minutes, revision: kept.revision, from: added.was.value, to, fromFlag: added.was.flag, toFlag });
}

/** Facts say at most this many changes each. */
const CHANGES_A_FACT = 500;

function revisedFacts(moved: Moved, now: number): Draft[] {
  const drafts: Draft[] = [];
  for (let i = 0; i < moved.changes.length; i += CHANGES_A_FACT) {
    const changes = moved.changes.slice(i, i + CHANGES_A_FACT);
    const [first] = changes;
    if (first === undefined) break;
    // With a print of all of them: what a server that was killed told and did not keep may be sent again as something else.
    const id = `readings-revised:${first.station}:${first.pollutant}:${first.start}:${first.minutes}:${first.revision}:${printOf(JSON.stringify(changes))}`;
    drafts.push({ id, at: now, actor: `source:${moved.source}`, body: { kind: 'readings-revised', source: moved.source, changes } });
  }
  return drafts;
}

const facts = (alerts: Alerts, findings: readonly Finding[], now: number): Draft[] => findings.flatMap((f) => advance(alerts.of(f.id), f, now));

/** Judges what readings moved: the periods they belong to, and what is running. */
export function judge(bench: Bench, alerts: Alerts, { moved, now }: { moved: Moved; now: number }): Draft[] {
  const drafts = revisedFacts(moved, now);
  for (const [hour, series] of moved.differ) drafts.push(twoHours({ station: series.station.id, pollutant: series.pollutant, hour, at: now }));
  for (const [air, touched] of moved.airs) drafts.push(...facts(alerts, airFindings(bench, air, { touched, now, revised: moved.revised.has(air) }), now));
  for (const series of moved.series) {
    const began = alerts.silences(series.key);
    if (began.length > 0) drafts.push(...facts(alerts, silences(bench, series, { open: began, now, out: alerts.outOfService(series.station.id) !== undefined }), now));
  }
  return drafts;
}

/** `touched`: hours to look at again; `revised`: whether readings changed or came late, which alone takes back what is locked. */
type Look = { touched: ReadonlySet<number>; now: number; revised: boolean };

/** Closes what is due and judges one city: hours and days that closed or changed, then what is running. */
function airFindings(bench: Bench, air: CityAir, { touched, now, revised }: Look): Finding[] {
  const { ledger } = bench;
  const before = air.closedTo;
  const fresh = closeDue(ledger, air, now).map((hour) => hour.start);
  const late = [...touched].filter((start) => start < before);
  const findings: Finding[] = [];
  for (const start of [...late, ...fresh]) findings.push(...closedHour(bench, air, { hour: ledger.hour(air, start), now, revised: start < before }));
  const days = new Set([...late, ...fresh].map((start) => ledger.hour(air, start).day));
  for (const day of days) if (day.end <= air.closedTo) findings.push(...closedDay(bench, air, { day, now, revised: day.end <= before }));
  return [...findings, ...running(bench, air, { revised, now })];
}

function running(bench: Bench, air: CityAir, { revised, now }: { revised: boolean; now: number }): Finding[] {
  const { civil } = bench.calendar;
  const hour = bench.ledger.hour(air, civil.hour(now));
  const day = bench.ledger.day(air, civil.day(now));
  return [...runningHour(bench, air, { hour, now, revised }), ...runningDay(bench, air, { day, now, revised })];
}

/** What time brought: facts, the cities that were looked at, the stations that fell silent. */
export type Passed = { drafts: Draft[]; airs: CityAir[]; stations: Set<string> };

/** What time alone brings between `since` (not included) and `now`: periods that close, calendar boundaries, silences, periods that stop being news. */
export function passTime(bench: Bench, alerts: Alerts, { since, now }: { since: number; now: number }): Passed {
  const drafts: Draft[] = [];
  const { ledger, calendar: { civil } } = bench;
  const doubts = ledger.judgeContext({ now });
  const hourly = civil.hour(now) > since;
  if (hourly) drafts.push(...hints(bench, now));
  const boundary = hourly || (nextLasting(bench.rules.projecting, civil.hour, since) ?? Infinity) <= now;
  const airs = ledger.airs.filter((air) => boundary || closesAt(ledger, air) <= now || runsByMinutes(bench, air, civil.hour(now)));
  for (const air of airs) drafts.push(...facts(alerts, airFindings(bench, air, { touched: new Set(), now, revised: false }), now));
  const stations = new Set(doubts.stations);
  for (const [key, series] of ledger.series) {
    const quiet = facts(alerts, silences(bench, series, { open: alerts.silences(key), now, out: alerts.outOfService(series.station.id) !== undefined }), now);
    if (quiet.length > 0) stations.add(series.station.id);
    drafts.push(...quiet);
  }
  drafts.push(...closings(bench, alerts, now).map((alert) => close(alert, now, { code: 'period-over' })));
  drafts.push(...timedOut(alerts, { times: bench.rules, now, before: drafts }));
  return { drafts, airs: [...new Set([...airs, ...doubts.airs])], stations };
}

/** When an acknowledged *exceeded* (or held) alert stops being current, and closes. */
const overAt = (bench: Bench, end: number, kind: string): number => end + (kind.startsWith('hour') ? bench.rules.newsHour : bench.rules.newsDay);

/** Acknowledged alerts whose period is no longer news, in an order that does not depend on who acknowledged first. */
function closings(bench: Bench, alerts: Alerts, now: number): Alert[] {
  return alerts.lasting().filter((a) => a.period.end !== null && overAt(bench, a.period.end, a.kind) <= now)
    .sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1));
}

/** Open alerts of a limit that no longer holds for their place and period, as after a change of the configuration. */
function unlimited(bench: Bench, alerts: Alerts): Alert[] {
  return alerts.all().filter(({ kind, place, pollutant, period, state }) => {
    if (kind === 'silent' || (state !== 'unacknowledged' && state !== 'acknowledged')) return false;
    const air = bench.ledger.air(place, pollutant);
    if (air === undefined) return true;
    const limit = kind.startsWith('hour') ? hourLimit(bench, air, bench.ledger.hour(air, period.start)) : dayLimit(bench, air, bench.ledger.day(air, bench.calendar.civil.day(period.start)));
    return limit === null;
  });
}

/** Judges every period that is still current: what a start does once, so that nothing that happened meanwhile is missed. */
export function judgeCurrent(bench: Bench, alerts: Alerts, now: number): Draft[] {
  const lost = unlimited(bench, alerts).map((alert) => close(alert, now, { code: 'limit-removed' }));
  const span = Math.max(bench.rules.newsHour, bench.rules.newsDay + 24 * HOUR);
  const judged = bench.ledger.airs.flatMap((air) => {
    const recent = [...air.hours.keys()].filter((start) => start + HOUR > now - span && start < air.closedTo);
    return facts(alerts, airFindings(bench, air, { touched: new Set(recent), now, revised: false }), now);
  });
  return [...lost, ...judged];
}

/** The next instant after `now` at which time alone may bring something. */
export function nextDue(bench: Bench, alerts: Alerts, now: number): number {
  const { civil } = bench.calendar;
  let next = civil.hour(now) + HOUR;
  for (const air of bench.ledger.airs) next = Math.min(next, Math.max(now + 1, closesAt(bench.ledger, air)));
  next = Math.min(next, nextLasting(bench.rules.projecting, civil.hour, now) ?? next);
  const silence = nextSilence(bench, now);
  if (silence !== null) next = Math.min(next, silence);
  for (const alert of alerts.lasting()) if (alert.period.end !== null) next = Math.min(next, Math.max(now + 1, overAt(bench, alert.period.end, alert.kind)));
  next = Math.min(next, nextTimedOut(alerts, bench.rules, now));
  return minutely(bench, now) ? Math.min(next, Math.floor(now / MINUTE) * MINUTE + MINUTE) : next;
}

/** Whether each minute may change what is projected of a running hour: it has a limit, and minutes in hand. */
function runsByMinutes(bench: Bench, air: CityAir, start: number): boolean {
  const hour = bench.ledger.hour(air, start);
  return hour.minutes !== null && hourLimit(bench, air, hour) !== null;
}

function minutely(bench: Bench, now: number): boolean {
  const start = bench.calendar.civil.hour(now);
  return bench.ledger.airs.some((air) => runsByMinutes(bench, air, start));
}

/**
 * Averages and limits into findings: what each alert would say now. *Exceeded* is judged on closed periods only;
 * before that only *projected* and *locked*. Every finding carries its reason and the figures it rests on.
 */
import type { Again } from './again.ts';
import type { Finding, Why } from './alert.ts';
import type { Sides } from './beside.ts';
import type { Calendar, HoldingLimit } from './calendar.ts';
import { changedAfter, type CityAir, type CityDay, type CityHour, type Subject } from './city.ts';
import { dayMean } from './city-day.ts';
import type { Duty } from './escalation.ts';
import type { AlertKind, Severity } from './event.ts';
import type { Condition, Mark } from './fact.ts';
import { dayLasting, hourLasting, type Lasting, type Projecting } from './lasting.ts';
import type { Ledger } from './ledger.ts';
import { dayOutlook, hourOutlook, judged, type Outlook, shown, validMean } from './outlook.ts';
import { dayRests, hourRests } from './rests.ts';
import type { SigningRole } from './roles.ts';
import type { Rational } from './rounding.ts';
import { HOUR } from './time.ts';

/** `rules.yaml`, in milliseconds. */
export type Rules = {
  settle: number; newsHour: number; newsDay: number; silenceIntervals: number; silenceAtLeast: number;
  severity: Readonly<Record<AlertKind, Severity>>;
  /** After how long an acknowledged alert asks again, by severity; absent: never. */
  again?: Again;
  /** To whom an alert goes up that nobody acknowledges; absent: to nobody. */
  duty?: Duty;
  /** Roles that must each acknowledge, by severity; absent: whoever may. */
  needs?: Readonly<Partial<Record<Severity, readonly SigningRole[]>>>;
  /** What is suppressed by design: silences of stations under maintenance (unless false), all alerts of a drill phase (if true). */
  suppress?: { maintenance: boolean; drill: boolean };
  /** When projected alerts are raised and return; absent: at once, without a deadband. */
  projecting?: Projecting;
};
/** `standardOn`: the id of the standard that judges a civil day, for reasons to name. */
/** `sides`: where some station has several sources. */
export type Bench = { ledger: Ledger; calendar: Calendar; rules: Rules; marks: readonly Mark[]; standardOn?: (day: string) => string; sides?: Sides };

/** How far a name of `civil.name` says the day, the hour, the minute. */
const DAY_NAME = 'YYYY-MM-DD'.length;
const HOUR_NAME = 'YYYY-MM-DDTHH'.length;
const MINUTE_NAME = 'YYYY-MM-DDTHHMM'.length;

/** The id of an alert: kind, place, pollutant and the period's start in civil time; of two hours of one name (clocks put back) one has its offset. */
export function alertId(bench: Bench, kind: AlertKind, of: { place: string; pollutant: string; start: number }): string {
  const name = bench.calendar.civil.name(of.start);
  const when = kind === 'silent' ? name : name.slice(0, kind.startsWith('day') ? DAY_NAME : HOUR_NAME) + name.slice(MINUTE_NAME);
  return `${kind}:${of.place}:${of.pollutant}:${when}`;
}

function subjectOf(bench: Bench, air: CityAir, of: { average: 'hour' | 'day'; start: number; end: number; date: string }): Subject | null {
  const { average, start, end, date } = of;
  const limit = bench.calendar.limitOn({ area: air.city, pollutant: air.pollutant, average, day: date });
  if (limit === null) return null;
  const id = (what: 'exceeded' | 'projected' | 'locked'): string => alertId(bench, `${average}-${what}`, { place: air.city, pollutant: air.pollutant, start });
  return { air, average, start, end, limit, ids: { exceeded: id('exceeded'), projected: id('projected'), locked: id('locked') } };
}

function hourSubject(bench: Bench, air: CityAir, hour: CityHour): Subject | null {
  if (hour.subject === undefined) hour.subject = subjectOf(bench, air, { average: 'hour', start: hour.start, end: hour.start + HOUR, date: hour.day.date });
  return hour.subject;
}

function daySubject(bench: Bench, air: CityAir, day: CityDay): Subject | null {
  if (day.subject === undefined) day.subject = subjectOf(bench, air, { average: 'day', ...day });
  return day.subject;
}

export const hourLimit = (bench: Bench, air: CityAir, hour: CityHour): HoldingLimit | null => hourSubject(bench, air, hour)?.limit ?? null;
export const dayLimit = (bench: Bench, air: CityAir, day: CityDay): HoldingLimit | null => daySubject(bench, air, day)?.limit ?? null;

function marksOf(bench: Bench, limit: HoldingLimit, state: { suspect: boolean; changed: boolean }): Mark[] {
  const marks: Mark[] = [...bench.marks];
  if (state.suspect) marks.push('suspect');
  if (limit.limit.assumed) marks.push('assumed');
  if (state.changed) marks.push('revised');
  if (limit.drill) marks.push('drill');
  return marks;
}

type Said = {
  of: keyof Subject['ids']; condition: Condition; value: () => number | null; reason: () => Why; suspect: boolean; now: number;
  /** `revised`: closed readings moved just now; `changed`: the mean is another than the one it closed with. */
  revised: boolean; changed: boolean;
  /** Where it is news no more: its period is over, or something graver says it. */
  past?: boolean; supersededBy?: string | null | undefined;
  more?: Finding['more']; lasting?: Lasting | undefined;
};

function finding(bench: Bench, subject: Subject, said: Said): Finding {
  const { air, average, start, end, limit } = subject;
  const kind: AlertKind = `${average}-${said.of}`;
  const news = average === 'hour' ? bench.rules.newsHour : bench.rules.newsDay;
  const severity = limit.limit.severity?.[said.of] ?? bench.rules.severity[kind];
  return {
    id: subject.ids[said.of], kind, place: air.city, pollutant: air.pollutant,
    period: { start, end }, condition: said.condition, limit: limit.limit.max, assumed: limit.limit.assumed, drill: limit.drill,
    severity, needs: bench.rules.needs?.[severity], suppression: limit.drill && bench.rules.suppress?.drill === true ? 'drill' : null,
    said: () => ({ value: said.value(), marks: marksOf(bench, limit, said), reason: said.reason() }),
    current: said.past !== true && said.now < end + news, revised: said.revised, supersededBy: said.supersededBy, more: said.more, lasting: said.lasting,
  };
}

type Closed = { mean: Rational | null; stations: number; evaluating: number; suspect: boolean; revised: boolean; changed: boolean; now: number; more: Finding['more'] };

/** What a closed period says of all three of its alerts: exceeded is judged, projected and locked are settled by it. */
function closedFindings(bench: Bench, subject: Subject, closed: Closed): Finding[] {
  const { limit, average, air } = subject;
  const figure = judged(closed.mean, air.pollutant);
  const value = (): number | null => figure;
  const condition: Condition = figure === null ? 'unknown' : figure > limit.limit.max ? 'over' : 'under';
  const { suspect, revised, changed, now, more } = closed;
  const verdict = condition === 'over' ? 'exceeded' : condition === 'under' ? 'met' : 'insufficient';
  const reason = (): Why => ({
    code: `${average}-${verdict}`, mean: shown(closed.mean), limit: limit.limit.max, limits: limit.of, stations: closed.stations, evaluating: closed.evaluating,
  });
  const exceeded = finding(bench, subject, { of: 'exceeded', condition, value, reason, suspect, revised, changed, now, more });
  const supersededBy = condition !== 'over' ? undefined : exceeded.current ? exceeded.id : null;
  const passed = (of: 'projected' | 'locked'): Finding => finding(bench, subject, { of, condition, value, reason, suspect, revised: true, changed, now, past: true, supersededBy, more });
  return [exceeded, passed('projected'), passed('locked')];
}

/** Findings of a closed hour of a city; none where no hourly limit holds. */
export function closedHour(bench: Bench, air: CityAir, at: { hour: CityHour; now: number; revised: boolean }): Finding[] {
  const { hour, now, revised } = at;
  const subject = hourSubject(bench, air, hour);
  if (subject === null) return [];
  const mean = validMean(hour.tally, hour.day, bench.ledger.setup.method.stationShare);
  return closedFindings(bench, subject, {
    mean, stations: validStations(hour.tally.counts, hour.tally.need), evaluating: hour.day.evaluators.size, suspect: hour.suspect > 0, revised, changed: changedAfter(hour), now,
    more: () => hourRests(bench, subject, { hour, now }),
  });
}

/** Findings of a closed day of a city; none where no daily limit holds. */
export function closedDay(bench: Bench, air: CityAir, at: { day: CityDay; now: number; revised: boolean }): Finding[] {
  const { day, now, revised } = at;
  const subject = daySubject(bench, air, day);
  if (subject === null) return [];
  const { mean, stations } = dayMean(bench.ledger.setup.method, { air, day });
  return closedFindings(bench, subject, {
    mean, stations, evaluating: day.evaluators.size, suspect: day.suspect > 0, revised, changed: day.hours.some((start) => changedAfter(air.hours.get(start))), now,
    more: () => dayRests(bench, subject, day),
  });
}

const validStations = (counts: readonly number[], need: number): number => counts.slice(need).reduce((sum, n) => sum + n, 0);

const CONDITION: Readonly<Record<Outlook['standing'], Condition>> = {
  clear: 'under', tight: 'under', met: 'under', projected: 'over', locked: 'over', exceeded: 'over', unlimited: 'under', impossible: 'unknown', unknown: 'unknown',
};

type Running = { outlook: Outlook; suspect: boolean; revised: boolean; now: number; more: Finding['more']; lasting: Lasting | undefined };

/** Findings of a running period: projected, and locked. What is locked need not be called projected as well. */
function runningFindings(bench: Bench, subject: Subject, { outlook, suspect, revised, now, more, lasting }: Running): Finding[] {
  const { average, air, limit } = subject;
  const standing = outlook.standing;
  const reason = (): Why => ({
    code: `${average}-${standing}`, mean: shown(outlook.mean.mean), budget: outlook.budget === null ? null : outlook.budget.tenths, recent: shown(outlook.recent),
    left: outlook.left, limit: limit.limit.max, limits: limit.of, stations: outlook.able, evaluating: outlook.evaluating,
  });
  const value = (): number | null => judged(outlook.mean.mean, air.pollutant);
  const common = { value, suspect, revised, changed: false, now, more };
  const projected = finding(bench, subject, { of: 'projected', condition: CONDITION[standing], reason, past: standing === 'locked', lasting, ...common });
  const isLocked: Condition = standing === 'locked' ? 'over' : standing === 'impossible' ? 'unknown' : 'under';
  const locked = finding(bench, subject, { of: 'locked', condition: isLocked, reason, ...common });
  return [projected, locked];
}

/** Findings of the running day of a city. */
export function runningDay(bench: Bench, air: CityAir, { day, now, revised }: { day: CityDay; now: number; revised: boolean }): Finding[] {
  const subject = daySubject(bench, air, day);
  if (subject === null) return [];
  const { ledger, rules: { projecting } } = bench;
  const outlook = dayOutlook(ledger, { air, day }, subject.limit);
  const lasting = projecting === undefined ? undefined : dayLasting(ledger, { air, day, now, projecting }, subject.limit);
  return runningFindings(bench, subject, { outlook, suspect: day.suspect > 0, revised, now, lasting, more: () => dayRests(bench, subject, day) });
}

/** Findings of the running hour of a city. */
export function runningHour(bench: Bench, air: CityAir, { hour, now, revised }: { hour: CityHour; now: number; revised: boolean }): Finding[] {
  const subject = hourSubject(bench, air, hour);
  if (subject === null) return [];
  const { ledger, rules: { projecting } } = bench;
  const outlook = hourOutlook(ledger, { air, hour, now }, subject.limit);
  const lasting = projecting === undefined ? undefined : hourLasting(ledger, { air, hour, now, projecting }, subject.limit);
  return runningFindings(bench, subject, { outlook, suspect: hour.suspect > 0, revised, now, lasting, more: () => hourRests(bench, subject, { hour, now }) });
}

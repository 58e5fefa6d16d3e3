/**
 * Averages and limits into findings: what each alert would say now. *Exceeded* is judged on closed periods only;
 * before that only *projected* and *locked*. Every finding carries its reason and the figures it rests on.
 */
import type { Finding } from './alert.ts';
import type { Calendar, HoldingLimit } from './calendar.ts';
import { changedAfter, type CityAir, type CityDay, type CityHour } from './city.ts';
import type { AlertKind, Severity } from './event.ts';
import type { Condition, Mark, Reason } from './fact.ts';
import type { Ledger } from './ledger.ts';
import { dayOutlook, hourOutlook, judged, type Outlook, shown, validMean } from './outlook.ts';
import type { Rational } from './rounding.ts';
import { HOUR } from './time.ts';

/** `rules.yaml`, in milliseconds. */
export type Rules = {
  settle: number; newsHour: number; newsDay: number; silenceIntervals: number; silenceAtLeast: number;
  severity: Readonly<Record<AlertKind, Severity>>;
};
export type Bench = { ledger: Ledger; calendar: Calendar; rules: Rules; marks: readonly Mark[] };

/** A period of one city and pollutant, with the limit that holds for it. */
type Subject = { air: CityAir; average: 'hour' | 'day'; start: number; end: number; limit: HoldingLimit };

/** The id of an alert: kind, place, pollutant and the period's start in civil time; of two hours of one name (clocks put back) one has its offset. */
export function alertId(bench: Bench, kind: AlertKind, of: { place: string; pollutant: string; start: number }): string {
  const { civil } = bench.calendar;
  const { day, hour, minute } = civil.parts(of.start);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const when = kind === 'silent' ? `${day}T${pad(hour)}${pad(minute)}` : kind.startsWith('day') ? day : `${day}T${pad(hour)}`;
  const twin = civil.at(day, `${pad(hour)}:${pad(minute)}`) === of.start ? '' : `.${civil.iso(of.start).slice(-5).replace(':', '')}`;
  return `${kind}:${of.place}:${of.pollutant}:${when}${twin}`;
}

function limitFor(bench: Bench, air: CityAir, of: { average: 'hour' | 'day'; date: string }): HoldingLimit | null {
  return bench.calendar.limitOn({ area: air.city, pollutant: air.pollutant, average: of.average, day: of.date });
}

export const hourLimit = (bench: Bench, air: CityAir, hour: CityHour): HoldingLimit | null => limitFor(bench, air, { average: 'hour', date: hour.day.date });
export const dayLimit = (bench: Bench, air: CityAir, day: CityDay): HoldingLimit | null => limitFor(bench, air, { average: 'day', date: day.date });

function marksOf(bench: Bench, limit: HoldingLimit, state: { suspect: boolean; changed: boolean }): Mark[] {
  const marks: Mark[] = [...bench.marks];
  if (state.suspect) marks.push('suspect');
  if (limit.limit.assumed) marks.push('assumed');
  if (state.changed) marks.push('revised');
  if (limit.drill) marks.push('drill');
  return marks;
}

type Said = {
  kind: AlertKind; condition: Condition; value: number | null; reason: Reason; suspect: boolean; now: number;
  /** `revised`: closed readings moved just now; `changed`: the mean is another than the one it closed with. */
  revised: boolean; changed: boolean;
};

function finding(bench: Bench, subject: Subject, said: Said): Finding {
  const { air, start, end, limit } = subject;
  const news = subject.average === 'hour' ? bench.rules.newsHour : bench.rules.newsDay;
  return {
    id: alertId(bench, said.kind, { place: air.city, pollutant: air.pollutant, start }), kind: said.kind, place: air.city, pollutant: air.pollutant,
    period: { start, end }, condition: said.condition, value: said.value, limit: limit.limit.max, assumed: limit.limit.assumed, drill: limit.drill,
    severity: bench.rules.severity[said.kind], marks: marksOf(bench, limit, said), reason: said.reason,
    current: said.now < end + news, revised: said.revised,
  };
}

type Closed = { mean: Rational | null; stations: number; evaluating: number; suspect: boolean; revised: boolean; changed: boolean; now: number };

/** What a closed period says of all three of its alerts: exceeded is judged, projected and locked are settled by it. */
function closedFindings(bench: Bench, subject: Subject, closed: Closed): Finding[] {
  const { limit, average, air } = subject;
  const value = judged(closed.mean, air.pollutant);
  const condition: Condition = value === null ? 'unknown' : value > limit.limit.max ? 'over' : 'under';
  const figures = { mean: shown(closed.mean), limit: limit.limit.max, limits: limit.of, stations: closed.stations, evaluating: closed.evaluating };
  const said = (kind: AlertKind, code: string): Said => ({ kind, condition, value, reason: { code, ...figures }, suspect: closed.suspect, revised: closed.revised, changed: closed.changed, now: closed.now });
  const verdict = condition === 'over' ? 'exceeded' : condition === 'under' ? 'met' : 'insufficient';
  const exceeded = finding(bench, subject, said(`${average}-exceeded`, `${average}-${verdict}`));
  const supersededBy = condition === 'over' ? exceeded.id : undefined;
  const passed = [`${average}-projected`, `${average}-locked`] as const;
  return [exceeded, ...passed.map((kind) => ({ ...finding(bench, subject, { ...said(kind, `${average}-${verdict}`), revised: true }), supersededBy, current: false }))];
}

/** Findings of a closed hour of a city; none where no hourly limit holds. */
export function closedHour(bench: Bench, air: CityAir, at: { hour: CityHour; now: number; revised: boolean }): Finding[] {
  const { hour, now, revised } = at;
  const limit = hourLimit(bench, air, hour);
  if (limit === null) return [];
  const mean = validMean(hour.tally, hour.day, bench.ledger.setup.method.stationShare);
  return closedFindings(bench, { air, average: 'hour', start: hour.start, end: hour.start + HOUR, limit }, {
    mean, stations: validStations(hour.tally.counts, hour.tally.need), evaluating: hour.day.evaluators.size, suspect: hour.suspect > 0, revised, changed: changedAfter(hour), now,
  });
}

/** Findings of a closed day of a city; none where no daily limit holds. */
export function closedDay(bench: Bench, air: CityAir, at: { day: CityDay; now: number; revised: boolean }): Finding[] {
  const { day, now, revised } = at;
  const limit = dayLimit(bench, air, day);
  if (limit === null) return [];
  const mean = validMean(day.tally, day, bench.ledger.setup.method.stationShare);
  return closedFindings(bench, { air, average: 'day', start: day.start, end: day.end, limit }, {
    mean, stations: validStations(day.tally.counts, day.tally.need), evaluating: day.evaluators.size, suspect: day.suspect > 0, revised, changed: day.hours.some((start) => changedAfter(air.hours.get(start))), now,
  });
}

const validStations = (counts: readonly number[], need: number): number => counts.slice(need).reduce((sum, n) => sum + n, 0);

const CONDITION: Readonly<Record<Outlook['standing'], Condition>> = {
  clear: 'under', tight: 'under', met: 'under', projected: 'over', locked: 'over', exceeded: 'over', unlimited: 'under', impossible: 'unknown', unknown: 'unknown',
};

/** Findings of a running period: projected, and locked. What is locked need not be called projected as well. */
function runningFindings(bench: Bench, subject: Subject, { outlook, suspect, revised, now }: { outlook: Outlook; suspect: boolean; revised: boolean; now: number }): Finding[] {
  const { average, air, limit } = subject;
  const standing = outlook.standing;
  const figures = {
    mean: shown(outlook.mean.mean), budget: outlook.budget === null ? null : outlook.budget.tenths, recent: shown(outlook.recent),
    left: outlook.left, limit: limit.limit.max, limits: limit.of, stations: outlook.able, evaluating: outlook.evaluating,
  };
  const value = judged(outlook.mean.mean, air.pollutant);
  const common = { value, suspect, revised, changed: false, now };
  const projected = finding(bench, subject, { kind: `${average}-projected`, condition: CONDITION[standing], reason: { code: `${average}-${standing}`, ...figures }, ...common });
  const isLocked: Condition = standing === 'locked' ? 'over' : standing === 'impossible' ? 'unknown' : 'under';
  const locked = finding(bench, subject, { kind: `${average}-locked`, condition: isLocked, reason: { code: `${average}-${standing}`, ...figures }, ...common });
  return [standing === 'locked' ? { ...projected, current: false } : projected, locked];
}

/** Findings of the running day of a city. */
export function runningDay(bench: Bench, air: CityAir, at: { day: CityDay; now: number; revised: boolean }): Finding[] {
  const limit = dayLimit(bench, air, at.day);
  if (limit === null) return [];
  const outlook = dayOutlook(bench.ledger, { air, day: at.day }, limit);
  return runningFindings(bench, { air, average: 'day', start: at.day.start, end: at.day.end, limit }, { outlook, suspect: at.day.suspect > 0, revised: at.revised, now: at.now });
}

/** Findings of the running hour of a city. */
export function runningHour(bench: Bench, air: CityAir, at: { hour: CityHour; now: number; revised: boolean }): Finding[] {
  const { hour, now, revised } = at;
  const limit = hourLimit(bench, air, hour);
  if (limit === null) return [];
  const outlook = hourOutlook(bench.ledger, { air, hour, now }, limit);
  return runningFindings(bench, { air, average: 'hour', start: hour.start, end: hour.start + HOUR, limit }, { outlook, suspect: hour.suspect > 0, revised, now });
}

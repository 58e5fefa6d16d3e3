/** Which phase, key dates and limits hold when and where: the calendar is the rule book. */
import type { EventFile, Limit, Phase } from './event.ts';
import { resolveKeyDates, type Mistake, type ResolvedKeyDate } from './keydate.ts';
import { eventMistakes } from './mistakes.ts';
import { addDays, civilOf, daysBetween, isZone, type Civil } from './time.ts';

export type { Mistake, ResolvedKeyDate } from './keydate.ts';

/** The limit that is judged for a place and period: the strictest; `of` has the ids of all that hold, in the file's order. */
export type HoldingLimit = { limit: Limit; of: string[]; drill: boolean };

export type Calendar = {
  event: EventFile; civil: Civil; keyDates: readonly ResolvedKeyDate[];
  /** First and last instant of the event's period, `[start, end)`. */
  start: number; end: number;
  phaseOn: (day: string) => Phase | null;
  drillOn: (day: string) => boolean;
  /** The limit judged for a city (area id), or null where none holds. `day` is the civil day of the period. */
  limitOn: (query: { area: string; pollutant: string; average: 'hour' | 'day'; day: string }) => HoldingLimit | null;
  /** All limits that hold on a civil day. */
  limitsOn: (day: string) => Limit[];
  /** The first instant after `instant` at which the set of limits or the phase changes; null: never again. */
  nextChange: (instant: number) => number | null;
};

/** What holds on one civil day; answers are remembered, since each batch of readings asks. */
type Day = { phase: Phase | null; limits: readonly Limit[]; answers: Map<string, HoldingLimit | null> };

function holds(limit: Limit, day: string, on: { phase: Phase | null; keyDates: readonly string[] }): boolean {
  if (limit.on === undefined) return true;
  if ('phases' in limit.on) return on.phase !== null && limit.on.phases.includes(on.phase.id);
  if ('keyDates' in limit.on) return limit.on.keyDates.some((id) => on.keyDates.includes(id));
  return limit.on.from <= day && day <= limit.on.to;
}

function daysOf(event: EventFile, resolved: readonly ResolvedKeyDate[]): Map<string, Day> {
  return new Map(daysBetween(event.period.from, event.period.to).map((day) => {
    const phase = event.phases.find((each) => each.from <= day && day <= each.to) ?? null;
    const keyDates = resolved.filter((each) => each.date === day).map((each) => each.id);
    return [day, { phase, limits: event.limits.filter((limit) => holds(limit, day, { phase, keyDates })), answers: new Map() }];
  }));
}

function strictest(limits: readonly Limit[], drill: boolean): HoldingLimit | null {
  const [first, ...rest] = limits;
  if (first === undefined) return null;
  return { limit: rest.reduce((least, each) => (each.max < least.max ? each : least), first), of: limits.map((each) => each.id), drill };
}

/** Midnights at which the phase or the set of limits is not what it was the day before, in order. */
function changesOf(event: EventFile, days: ReadonlyMap<string, Day>, civil: Civil): number[] {
  const sign = (day: string): string => {
    const found = days.get(day);
    return JSON.stringify([found?.phase?.id ?? null, ...(found?.limits ?? []).map((each) => each.id)]);
  };
  return daysBetween(event.period.from, addDays(event.period.to, 1)).filter((day) => sign(day) !== sign(addDays(day, -1))).map((day) => civil.at(day));
}

/**
 * The calendar of an event, or all that contradicts itself in it. `cities` are the areas that a limit without `areas`
 * is for; absent, every area asked about is taken for a city.
 */
export function calendarOf(event: EventFile, cities?: ReadonlySet<string>): { ok: true; calendar: Calendar } | { ok: false; problems: Mistake[] } {
  const wrong = eventMistakes(event);
  if (wrong.some(({ path }) => path[0] === 'period')) return { ok: false, problems: wrong };
  const civil = civilOf(isZone(event.timezone) ? event.timezone : 'UTC');
  const { keyDates, mistakes } = resolveKeyDates(event, civil);
  const problems = [...wrong, ...mistakes];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, calendar: made({ event, civil, keyDates, cities }) };
}

function made({ event, civil, keyDates, cities }: { event: EventFile; civil: Civil; keyDates: ResolvedKeyDate[]; cities: ReadonlySet<string> | undefined }): Calendar {
  const days = daysOf(event, keyDates);
  const changes = changesOf(event, days, civil);
  const applies = (limit: Limit, area: string): boolean => limit.areas?.includes(area) ?? cities?.has(area) ?? true;
  const limitOn: Calendar['limitOn'] = ({ area, pollutant, average, day }) => {
    const found = days.get(day);
    if (found === undefined || found.limits.length === 0) return null;
    const key = `${area} ${pollutant} ${average}`;
    let answer = found.answers.get(key);
    if (answer === undefined) {
      const those = found.limits.filter((each) => each.pollutant === pollutant && each.average === average && applies(each, area));
      answer = strictest(those, found.phase?.drill ?? false);
      found.answers.set(key, answer);
    }
    return answer;
  };
  return {
    event, civil, keyDates, start: civil.at(event.period.from), end: civil.at(addDays(event.period.to, 1)),
    phaseOn: (day) => days.get(day)?.phase ?? null,
    drillOn: (day) => days.get(day)?.phase?.drill ?? false,
    limitOn,
    limitsOn: (day) => [...(days.get(day)?.limits ?? [])],
    nextChange: (instant) => changes.find((at) => at > instant) ?? null,
  };
}

/** The calendar laid out: one row a civil day, with all that holds on it and why. What `npm run calendar` and `GET /api/calendar` give. */
import { z } from 'zod';
import type { Calendar, ResolvedKeyDate } from './calendar.ts';
import { CivilDay, Id, Name, type Limit } from './event.ts';
import { changeAfter, groundOf } from './grounds.ts';
import { lunarDayOf } from './lunar.ts';
import { daysBetween, weekdayOf } from './time.ts';

const Instant = z.string().meta({ description: 'ISO 8601 with the offset of the event' });
const Ground = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('period') }), z.object({ kind: z.literal('dates'), from: CivilDay, to: CivilDay }),
  z.object({ kind: z.literal('phase'), phase: Id }), z.object({ kind: z.literal('key-dates'), keyDates: z.array(Id) }),
]);
const CalendarLimit = z.object({
  id: Id, pollutant: z.string(), average: z.enum(['hour', 'day']), max: z.number().meta({ description: 'µg/m³, CO mg/m³' }),
  areas: z.array(Id).meta({ description: 'where it holds' }), judged: z.array(Id).meta({ description: 'where it is the strictest, and so the one that is judged' }),
  basis: Name, assumed: z.boolean(), approver: Name.nullable(), document: Name.extend({ number: z.string().optional() }).nullable(), ground: Ground,
});
const CalendarDay = z.object({
  date: CivilDay, weekday: z.int().min(1).max(7).meta({ description: 'Monday is 1' }),
  lunar: z.object({ year: z.int(), month: z.int(), leap: z.boolean(), day: z.int(), name: Name }),
  phase: z.object({ id: Id, name: Name }).nullable(), drill: z.boolean(),
  keyDates: z.array(z.object({ id: Id, name: Name, kind: z.string(), date: CivilDay, from: Instant, to: Instant })),
  limits: z.array(CalendarLimit),
});
export type CalendarDay = z.infer<typeof CalendarDay>;
const Side = z.object({ phase: Id.nullable(), limits: z.array(Id) });
export const CalendarBody = z.object({
  event: Id, timezone: z.string(), from: CivilDay, to: CivilDay,
  /** The civil day that it is in the event; null where no clock runs. */
  today: CivilDay.nullable(),
  /** What changes next after the event's time now: null where nothing does. */
  next: z.object({ at: Instant, day: CivilDay, from: Side, to: Side, begin: z.array(Id), end: z.array(Id) }).nullable(),
  days: z.array(CalendarDay),
});
export type CalendarBody = z.infer<typeof CalendarBody>;

function limitOf(calendar: Calendar, limit: Limit, { day, cities }: { day: string; cities: readonly string[] }): CalendarDay['limits'] {
  const ground = groundOf(calendar, limit, day);
  if (ground === null) return [];
  const { id, pollutant, average, max, basis, assumed } = limit;
  const areas = [...(limit.areas ?? cities)];
  const judged = areas.filter((area) => calendar.limitOn({ area, pollutant, average, day })?.limit === limit);
  return [{ id, pollutant, average, max, areas, judged, basis, assumed, approver: limit.approver ?? null, document: limit.document ?? null, ground }];
}

/** Key dates of a day, and those whose window reaches into it from the night before. */
function keyDatesOn(calendar: Calendar, day: string): CalendarDay['keyDates'] {
  const { civil } = calendar;
  const touches = ({ date, start, end }: ResolvedKeyDate): boolean => date === day || (civil.day(start) <= day && day <= civil.day(end - 1));
  return calendar.keyDates.filter(touches).sort((a, b) => a.start - b.start)
    .map(({ id, name, kind, date, start, end }) => ({ id, name, kind, date, from: civil.iso(start), to: civil.iso(end) }));
}

/** One civil day; `cities` are the ids that a limit without areas is for. */
export function calendarDay(calendar: Calendar, day: string, cities: readonly string[]): CalendarDay {
  const phase = calendar.phaseOn(day);
  return {
    date: day, weekday: weekdayOf(day), lunar: lunarDayOf(day), phase: phase === null ? null : { id: phase.id, name: phase.name },
    drill: calendar.drillOn(day), keyDates: keyDatesOn(calendar, day),
    limits: calendar.limitsOn(day).flatMap((limit) => limitOf(calendar, limit, { day, cities })),
  };
}

/** The whole period, and what changes next after `now` (UTC ms; null: after nothing, so the first change). */
export function previewOf(calendar: Calendar, { cities, now }: { cities: readonly string[]; now: number | null }): CalendarBody {
  const { event, civil } = calendar;
  const { from, to } = event.period;
  const next = changeAfter(calendar, now ?? calendar.start - 1);
  return {
    event: event.id, timezone: event.timezone, from, to, today: now === null ? null : civil.day(now), next: next === null ? null : { ...next, at: civil.iso(next.at) },
    days: daysBetween(from, to).map((day) => calendarDay(calendar, day, cities)),
  };
}

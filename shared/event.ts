/**
 * What a deployment configures: the event, its calendar and limits, its network, its plan and its sources (`rules.ts` has its rules).
 * These schemas are the one description of the event folder; `server/config.ts` reads files through them.
 */
import { z } from 'zod';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Whether a text that looks like a date is one; of others that is not the question. */
const isOnCalendar = (text: string): boolean =>
  !DATE.test(text) || (!Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text));

/** A civil date, `YYYY-MM-DD`, in the event's zone. */
export const CivilDay = z.string().regex(DATE, 'expected a date as YYYY-MM-DD').refine(isOnCalendar, 'no such date');
export type CivilDay = z.infer<typeof CivilDay>;

/** A name in both languages of every face; Chinese is what users read first. */
export const Name = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Name = z.infer<typeof Name>;

/** An identifier that is safe in a URL and in an alert's id. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected letters, digits, ".", "_" or "-"');

/** A time of the key date's civil day: `HH:MM`, `24:00`, or `+1 HH:MM` for the day after. */
export const ClockTime = z.string().regex(/^(\+\d )?([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected HH:MM, 24:00 or "+1 HH:MM"');

/** An ISO 8601 duration of whole days, hours and minutes, as `PT10M`, `PT2H30M` or `P1D`. */
export const Duration = z.string().regex(/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?$/, 'expected a duration such as PT10M, PT2H or P1D');

export const POLLUTANTS = ['PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO'] as const;
export const Pollutant = z.enum(POLLUTANTS);
export type Pollutant = z.infer<typeof Pollutant>;

const Span = z.strictObject({ from: CivilDay, to: CivilDay }).refine((s) => s.from <= s.to, '"from" is after "to"');
export type Span = z.infer<typeof Span>;

const Phase = z.strictObject({ id: Id, name: Name, from: CivilDay, to: CivilDay, drill: z.boolean().default(false) });
export type Phase = z.infer<typeof Phase>;

/** A lunar day by rule: New Year's Eve is the day before the first of the first month, in a 29-day month too. */
const LunarRule = z.union([
  z.strictObject({ day: z.literal('new-year-eve') }),
  z.strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(30) }),
]);
export type LunarRule = z.infer<typeof LunarRule>;

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const Month = z.int().min(1).max(12);
/** The same date of every year, as 1 January; 29 February only where there is one. */
const YearlyRule = z.strictObject({ month: Month, day: z.int().min(1).max(31) });
/** A weekday of a month, as the first Saturday of May, or the last one. */
const WeekdayRule = z.strictObject({ month: Month, day: z.enum(WEEKDAYS), nth: z.union([z.int().min(1).max(5), z.literal('last')]) });
export type WeekdayRule = z.infer<typeof WeekdayRule>;

const DAY_RULES = ['date', 'lunar', 'yearly', 'weekday'] as const;
const KeyDate = z
  .strictObject({
    id: Id, name: Name, kind: z.enum(['ceremony', 'fireworks']),
    date: CivilDay.optional(), lunar: LunarRule.optional(), yearly: YearlyRule.optional(), weekday: WeekdayRule.optional(), from: ClockTime, to: ClockTime,
  })
  .refine((k) => DAY_RULES.filter((rule) => k[rule] !== undefined).length === 1, 'exactly one of "date", "lunar", "yearly" and "weekday" is needed');
export type KeyDate = z.infer<typeof KeyDate>;

const On = z.union([
  z.strictObject({ from: CivilDay, to: CivilDay }),
  z.strictObject({ phases: z.array(Id).min(1) }),
  z.strictObject({ keyDates: z.array(Id).min(1) }),
]);
export type On = z.infer<typeof On>;

export const AREA_ROLES = ['host', 'guarantee', 'neighbour'] as const;
const AreaRole = z.enum(AREA_ROLES);
export const SEVERITIES = ['notice', 'warning', 'critical'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;
export const graver = (a: Severity, b: Severity): boolean => SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);

const Limit = z.strictObject({
  id: Id, pollutant: Pollutant, average: z.enum(['hour', 'day']), max: z.number().positive(), on: On.optional(),
  areas: z.array(Id).min(1).optional(),
  /** Instead of `areas`: every city of these roles in the network, or every area of these classes. */
  roles: z.array(AreaRole).min(1).optional(), classes: z.array(Id).min(1).optional(),
  basis: Name, assumed: z.boolean().default(false),
  /** Who set it, and by which document (its number as printed there). */
  approver: Name.optional(), document: Name.extend({ number: z.string().min(1).optional() }).optional(),
  /** How severe its alerts are, where not as `rules.yaml` says. */
  severity: z.strictObject({ exceeded: Severity.optional(), projected: Severity.optional(), locked: Severity.optional() }).optional(),
}).refine((limit) => [limit.areas, limit.roles, limit.classes].filter((which) => which !== undefined).length < 2, 'only one of "areas", "roles" and "classes" may stand here');
/** What an average may not exceed, where and when; µg/m³ (CO mg/m³). For every city, unless `areas`, `roles` or `classes` says which. */
export type Limit = z.infer<typeof Limit>;

export const CITY_MEANS = ['station-day-first', 'city-hour-first'] as const;
/** How means are made and which of them are valid (GB 3095 table 4; semantics of the summary). */
export const Method = z.strictObject({
  /** Each station's day first, then their mean (default); or the city's hours first, then theirs. */
  cityMean: z.enum(CITY_MEANS).default('station-day-first'),
  hourMinutes: z.int().min(1).max(60).default(45),
  dayHours: z.int().min(1).max(24).default(20),
  stationShare: z.number().gt(0).max(1).default(0.5),
});
export type Method = z.infer<typeof Method>;

const targeted = { basis: Name, areas: z.array(Id).min(1).optional() };
/**
 * What a city has set itself for the year: its own targets, no clause of a standard. Shares in percent of the days, the mean
 * in µg/m³; without `areas` for every city.
 */
const Target = z.discriminatedUnion('indicator', [
  z.strictObject({ indicator: z.literal('good-days'), min: z.number().min(0).max(100), ...targeted }),
  z.strictObject({ indicator: z.literal('pm25-mean'), max: z.number().positive(), ...targeted }),
  z.strictObject({ indicator: z.literal('heavy-days'), max: z.number().min(0).max(100), ...targeted }),
]);
export type Target = z.infer<typeof Target>;

export const EventFile = z.strictObject({
  id: Id, name: Name, timezone: z.string().min(1),
  standard: z.union([Id, z.array(z.strictObject({ id: Id, from: CivilDay.optional(), to: CivilDay.optional() })).min(1)]),
  period: Span,
  phases: z.array(Phase).default([]), keyDates: z.array(KeyDate).default([]),
  limits: z.array(Limit).default([]), summary: Method.prefault({}), targets: z.array(Target).default([]),
  /** Whether the summary states each day's AQI: city means of all six pollutants are kept for it, with limits or without. */
  aqi: z.union([z.boolean(), z.strictObject({ notMonitored: z.array(Pollutant).min(1) })]).default(false),
});
export type EventFile = z.infer<typeof EventFile>;

const Area = z.strictObject({
  id: Id, name: Name, kind: z.enum(['city', 'district', 'county', 'zone']), parent: Id.optional(),
  role: AreaRole.optional(),
  /** Which class of places it is, as the deployment calls it (首善区, 防范区 …): limits may be for a class. */
  class: Id.optional(),
  adcode: z.string().regex(/^\d{6}$/, 'expected six digits').optional(),
  /** A circle of ours where no boundary ships: centre as published (longitude, latitude), radius in km. */
  circle: z.strictObject({ centre: z.tuple([z.number(), z.number()]), radius: z.number().positive() }).optional(),
});
export type Area = z.infer<typeof Area>;
export const NetworkFile = z.strictObject({
  /** Whether the stations stand where `stations.csv` says, or near it (published coordinates often are a kilometre off). */
  coordinates: z.enum(['exact', 'approximate']).default('exact'),
  areas: z.array(Area).min(1),
});
export type NetworkFile = z.infer<typeof NetworkFile>;

export const STATION_KINDS = ['national', 'provincial', 'city', 'park', 'micro', 'super'] as const;
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((v) => (v === '' ? undefined : v), schema.optional());
const degrees = (most: number) => z.string().regex(/^-?\d+(\.\d+)?$/, 'expected degrees as a decimal number').transform(Number).pipe(z.number().min(-most).max(most));
/** A row of `stations.csv`; coordinates in degrees as published. */
export const StationRow = z.strictObject({
  id: Id, name: z.string().min(1), area: Id,
  longitude: degrees(180), latitude: degrees(90),
  kind: z.enum(STATION_KINDS), evaluates: flag,
  aliases: z.string().transform((text) => text.split('|').map((alias) => alias.trim()).filter((alias) => alias !== '')),
  validFrom: optional(CivilDay), validTo: optional(CivilDay),
});
/** A station: where readings come from. `validFrom` and `validTo` are civil days, both inclusive. */
export type Station = z.infer<typeof StationRow>;

export const ALERT_KINDS = ['hour-exceeded', 'day-exceeded', 'hour-projected', 'day-projected', 'hour-locked', 'day-locked', 'silent'] as const;
export const AlertKind = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof AlertKind>;

export const LEVELS = ['III', 'II', 'I'] as const;
export const Level = z.enum(LEVELS);
/** A response level, from the mildest (III, yellow) to the hardest (I, red). */
export type Level = z.infer<typeof Level>;

const Measure = z.strictObject({
  id: Id, name: Name, family: z.enum(['industry', 'dust', 'mobile', 'coal', 'area', 'health', 'other']),
  levels: z.array(Level), lead: Name, support: z.array(Name).default([]), within: Duration, what: Name, suggestedBy: z.array(AlertKind).default([]),
});
/**
 * What the plan foresees; `within` is the time from issue to the start that is still in order. A measure of no level is
 * a step that the room takes itself: alerts suggest it, no level orders it.
 */
export type Measure = z.infer<typeof Measure>;
const Ladder = z.strictObject({ id: Id, name: Name, levels: z.array(z.strictObject({ id: Level, name: Name, colour: z.enum(['yellow', 'orange', 'red']) })).min(1) });
export type Ladder = z.infer<typeof Ladder>;
export const PlanFile = z.strictObject({
  number: z.string().optional(), ladders: z.array(Ladder).min(1), measures: z.array(Measure).default([]),
});
export type PlanFile = z.infer<typeof PlanFile>;

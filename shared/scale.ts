/**
 * The scale of an air-quality index as data: breakpoints, classes, rounding and rules of publication, each with its clause.
 * Concentrations stand in the standard's own unit: µg/m³ and CO in mg/m³, unless its `units` say otherwise.
 */
import { z } from 'zod';
import { Name, Pollutant } from './event.ts';

/** Where a figure is from, in both languages: document, and clause or table. Where the text itself is silent, it says so. */
export const Clause = Name;
export const AVERAGES = ['hour', '8-hours', 'day', 'year', 'peak-season'] as const;
/** What a figure of a standard is the mean of; `8-hours` is a running mean, `peak-season` one of six months of ozone. */
export const Average = z.enum(AVERAGES);
export type Average = z.infer<typeof Average>;

/** Either points of one line (0, 35, 75 …) or steps with both ends (9.1–35.4); null where a column has no such step. */
const Figure = z.number().nonnegative();
const Cut = z.union([Figure, z.tuple([Figure, Figure]), z.null()]);
export type Cut = z.infer<typeof Cut>;

/**
 * Above the last figure: a fixed index; or the index of another average takes its place (`atLeast` where that one is
 * below its own scale); or the last step goes on.
 */
const Above = z.union([
  z.strictObject({ iaqi: z.int(), clause: Clause }),
  z.strictObject({ use: Average, atLeast: z.int().optional(), clause: Clause }),
  z.strictObject({ extrapolate: z.literal(true), clause: Clause }),
]);

const Breakpoints = z.strictObject({
  pollutant: Pollutant, average: Average,
  /** Concentrations that belong to the `iaqi` list, in order; fewer where the column ends early. */
  at: z.array(Cut).min(1), above: Above, clause: Clause,
  /** Only for the real-time report, or only for the day's. */
  realTimeOnly: z.boolean().default(false), dailyOnly: z.boolean().default(false),
  /** Read where it is there; nothing is missing where it is not. */
  optional: z.boolean().default(false),
});
export type Breakpoints = z.infer<typeof Breakpoints>;

const Class = z.strictObject({
  level: z.int().min(1).max(6), name: Name, numeral: z.string().min(1).optional(),
  /** The largest index of the class; null for the last. */
  upTo: z.int().nullable(), colour: z.string().regex(/^#[0-9A-F]{6}$/, 'expected a colour such as #00E400'),
});
/** A class of air quality, best first. */
export type AirClass = z.infer<typeof Class>;

const Rule = z.strictObject({ clause: Clause });
export const REALTIME_PM = ['hour1', 'rolling24', 'nowcast'] as const;
/** Which mean of particles stands in the real-time report: the past hour's, the last 24 hours' or the weighted last 12. */
export type RealTimePm = (typeof REALTIME_PM)[number];

export const Scale = z.strictObject({
  iaqi: z.array(z.union([z.int().nonnegative(), z.tuple([z.int().nonnegative(), z.int().nonnegative()])])).min(2),
  breakpoints: z.array(Breakpoints).min(1),
  /** Where a table has another unit: what one of it is in µg/m³ (CO: mg/m³). */
  units: z.partialRecord(Pollutant, Rule.extend({ unit: z.enum(['ppm', 'ppb']), is: z.number().positive() })).default({}),
  classes: Rule.extend({ list: z.array(Class).min(2).max(6) }),
  rounding: z.strictObject({
    /** Decimals of a concentration before its index: by GB/T 8170 (a tie to the even digit), or cut off. */
    concentration: Rule.extend({ rule: z.enum(['half-even', 'truncate']), places: z.record(Pollutant, z.int().min(0).max(3)) }),
    /** Up: to the next whole number; nearest: a half upwards. */
    iaqi: Rule.extend({ rule: z.enum(['up', 'nearest']) }),
  }),
  /** Primary pollutants are named only where the AQI is above this. */
  primary: Rule.extend({ above: z.int() }),
  /** Particles in the real-time report: whose breakpoints they are read by, and which mean is read. */
  realTimePm: Rule.extend({ breakpoints: z.literal('day'), mean: z.enum(REALTIME_PM).default('hour1') }),
  /** With a pollutant missing, an AQI is published only above this; absent: always, from the others. */
  integrity: Rule.extend({ publishAbove: z.int() }).optional(),
});
export type Scale = z.infer<typeof Scale>;

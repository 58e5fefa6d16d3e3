/**
 * A standard as data: breakpoints, classes and limits, each with the clause it is from and the days it is in force.
 * Files of `config/standards`; concentrations in µg/m³, CO in mg/m³.
 */
import { z } from 'zod';
import { CivilDay, Id, Name, Pollutant, type EventFile } from './event.ts';

/** Where a figure is from: document, and clause or table. `uncertain` where the text itself was not at hand. */
const Clause = z.string().min(1);
const AVERAGES = ['hour', '8-hours', 'day', 'year'] as const;
const Average = z.enum(AVERAGES);
/** What a figure of a standard is the mean of; `8-hours` is the running mean of ozone. */
export type Average = z.infer<typeof Average>;

const Span = z.strictObject({ from: CivilDay, to: CivilDay.optional() });
const Document = z.strictObject({ number: z.string().min(1), name: Name, inForce: Span });

/** Above the last breakpoint: a fixed IAQI, or the IAQI of another average takes its place. */
const Above = z.union([z.strictObject({ iaqi: z.int(), clause: Clause }), z.strictObject({ use: Average, clause: Clause })]);
const Breakpoints = z.strictObject({
  pollutant: Pollutant, average: Average,
  /** Concentrations that belong to the standard's `iaqi` list, in order; fewer where the column ends early. */
  at: z.array(z.number().nonnegative()).min(2), above: Above, clause: Clause,
  /** Only for the real-time report, not for the day's. */
  realTimeOnly: z.boolean().default(false),
});
export type Breakpoints = z.infer<typeof Breakpoints>;

const Class = z.strictObject({
  level: z.int().min(1).max(6), name: Name, numeral: z.string().min(1),
  /** The largest IAQI of the class; null for the last. */
  upTo: z.int().nullable(), colour: z.string().regex(/^#[0-9A-F]{6}$/, 'expected a colour such as #00E400'),
});
/** A class of air quality, best first. */
export type AirClass = z.infer<typeof Class>;

const StandardLimit = z.strictObject({
  pollutant: Pollutant, average: Average, grade: z.union([z.literal(1), z.literal(2)]), max: z.number().positive(), clause: Clause,
  /** Where a limit is in force for a part of the standard's time only. */
  inForce: Span.optional(),
});

const Rule = z.strictObject({ clause: Clause });
export const StandardFile = z.strictObject({
  id: Id, name: Name, inForce: Span, documents: z.array(Document).min(1),
  iaqi: z.array(z.int().nonnegative()).min(2), breakpoints: z.array(Breakpoints).min(1),
  classes: z.strictObject({ clause: Clause, list: z.array(Class).length(6) }),
  rounding: z.strictObject({
    /** Decimals of a concentration before its IAQI, by GB/T 8170 (a tie to the even digit). */
    concentration: Rule.extend({ rule: z.literal('half-even'), places: z.record(Pollutant, z.int().min(0).max(3)) }),
    iaqi: Rule.extend({ rule: z.literal('up') }),
  }),
  /** Primary pollutants are named only where the AQI is above this. */
  primary: Rule.extend({ above: z.int() }),
  /** Which average a PM hour's class is read from. */
  realTimePm: Rule.extend({ breakpoints: z.literal('day') }),
  /** The least that a mean must rest on. */
  validity: Rule.extend({ hourMinutes: z.int(), dayHours: z.int(), eightHours: z.int() }),
  limits: z.array(StandardLimit).min(1),
  notes: z.array(Name).default([]),
});
export type Standard = z.infer<typeof StandardFile>;

/** Ids of the standards an event names, in its order. */
export const standardIds = (event: EventFile): string[] =>
  typeof event.standard === 'string' ? [event.standard] : event.standard.map((each) => each.id);

/**
 * The standard that judges a civil day. One standard alone judges whatever the date; of a list, the first whose dates
 * (its own in the event, else those in force) cover the day.
 */
export function standardOn(event: EventFile, standards: readonly Standard[], day: string): Standard | null {
  const byId = (id: string): Standard | null => standards.find((each) => each.id === id) ?? null;
  if (typeof event.standard === 'string') return byId(event.standard);
  for (const named of event.standard) {
    const standard = byId(named.id);
    if (standard === null) continue;
    const from = named.from ?? standard.inForce.from;
    const to = named.to ?? standard.inForce.to;
    if (day >= from && (to === undefined || day <= to)) return standard;
  }
  return null;
}

/** What contradicts itself in a standard: columns longer than the IAQI list or not rising. */
export function standardMistakes(standard: Standard): { path: (string | number)[]; message: string }[] {
  const rises = (list: readonly number[]): boolean => list.every((each, at) => at === 0 || each > (list[at - 1] ?? 0));
  const columns = standard.breakpoints.flatMap(({ at }, index) => [
    ...(rises(at) ? [] : [{ path: ['breakpoints', index, 'at'], message: 'does not rise' }]),
    ...(at.length <= standard.iaqi.length ? [] : [{ path: ['breakpoints', index, 'at'], message: `has more figures than iaqi (${standard.iaqi.length})` }]),
  ]);
  return [...columns, ...(rises(standard.iaqi) ? [] : [{ path: ['iaqi'], message: 'does not rise' }])];
}

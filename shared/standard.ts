/**
 * A standard as data: limits, and the scale of its index where it has one, each figure with the clause it is from and the
 * days it is in force. Files of `config/standards`; limits in µg/m³, CO in mg/m³.
 */
import { z } from 'zod';
import { CivilDay, Id, Name, Pollutant } from './event.ts';
import { Average, Clause, Scale } from './scale.ts';

export type { AirClass, Average, Breakpoints, Scale } from './scale.ts';

const Span = z.strictObject({ from: CivilDay, to: CivilDay.optional() });
const Document = z.strictObject({ number: z.string().min(1), name: Name, inForce: Span });

/** Guideline levels are met last: interim targets lead to them, the first the easiest. */
export const TARGETS = ['guideline', 'interim-1', 'interim-2', 'interim-3', 'interim-4'] as const;
const StandardLimit = z.strictObject({
  pollutant: Pollutant, average: Average, max: z.number().positive(), clause: Clause,
  /** Of a standard that has grades of areas, or guideline levels with interim targets. */
  grade: z.union([z.literal(1), z.literal(2)]).optional(), target: z.enum(TARGETS).optional(),
  /** Where a limit is in force for a part of the standard's time only. */
  inForce: Span.optional(),
});
/** A figure of a standard that an average may not exceed. */
export type StandardLimit = z.infer<typeof StandardLimit>;

export const StandardFile = z.strictObject({
  id: Id, name: Name, inForce: Span, documents: z.array(Document).min(1),
  /** Absent: the standard has limits and no index, so nothing judged by it has a class or an AQI. */
  index: Scale.optional(),
  /** The least that a mean must rest on, where the standard says so. */
  validity: z.strictObject({ clause: Clause, hourMinutes: z.int(), dayHours: z.int(), eightHours: z.int() }).optional(),
  /** Empty where the file has an index only. */
  limits: z.array(StandardLimit).default([]),
  notes: z.array(Name).default([]),
});
export type Standard = z.infer<typeof StandardFile>;

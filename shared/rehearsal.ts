/**
 * Tests of a deployment's own rules, `tests/*.yaml` of the event folder: which readings come in, and what the room is expected
 * to say at which instants. Instants are civil time of the event; values in µg/m³ (CO mg/m³).
 */
import { z } from 'zod';
import { ALERT_KINDS, CivilDay, Duration, Id, Pollutant, Severity } from './event.ts';
import { QUANTITIES } from './reading.ts';
import { Condition } from './fact.ts';

const isCivil = (text: string): boolean => CivilDay.safeParse(text.slice(0, 10)).success;
/** `2022-02-04T21:05`, in the event's zone. */
export const CivilInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'expected an instant of civil time as 2022-02-04T21:05').refine(isCivil, 'no such date');

const Value = z.number().nullable();
const Readings = z.strictObject({
  /** Whose: `all` stations that evaluate (of `area`, where that is given), one station, or some. */
  station: z.union([z.literal('all'), Id, z.array(Id).min(1)]).default('all'), area: Id.optional(), except: z.array(Id).default([]),
  pollutant: z.enum(QUANTITIES).default('PM2.5'), from: CivilInstant, to: CivilInstant.optional(),
  /** One for every period from `from` to `to`, or one after the other from `from` on; null is a reading without a value. */
  value: Value.optional(), values: z.array(Value).min(1).optional(),
  period: Duration.default('PT1H'), flag: z.string().max(16).default(''),
  /** When all of them come; absent: each as its period ends. */
  at: CivilInstant.optional(),
}).refine((row) => (row.value === undefined) !== (row.values === undefined), 'exactly one of "value" and "values" is needed')
  .refine((row) => row.values === undefined || row.to === undefined, '"values" say themselves where they end: "to" may not stand beside them');
export type RehearsalReadings = z.infer<typeof Readings>;

export const VERDICTS = ['met', 'exceeded', 'insufficient', 'unlimited', 'open'] as const;
const STANDINGS = ['clear', 'tight', 'projected', 'locked', 'exceeded', 'met', 'impossible', 'unlimited', 'unknown'] as const;
const Start = z.union([CivilInstant, CivilDay], 'expected a civil day, or an instant of civil time as 2022-02-04T20:00');
const VerdictWanted = z.strictObject({
  place: Id, pollutant: Pollutant.default('PM2.5'), average: z.enum(['hour', 'day']), start: Start,
  /** `open`: the period is not closed. The other fields are as the summary and the wall have them. */
  verdict: z.enum(VERDICTS).optional(), standing: z.enum(STANDINGS).optional(),
  mean: Value.optional(), rounded: Value.optional(), limit: Value.optional(), limits: z.array(Id).optional(), budget: Value.optional(), stations: z.int().optional(), drill: z.boolean().optional(),
});
const AlertWanted = z.strictObject({
  kind: z.enum(ALERT_KINDS), place: Id, pollutant: Pollutant.default('PM2.5'), start: Start.optional(),
  /** `none`: no such alert was ever raised. */
  state: z.enum(['none', 'unacknowledged', 'acknowledged', 'returned', 'withdrawn', 'closed']).optional(),
  condition: Condition.optional(), severity: Severity.optional(), value: Value.optional(), limit: Value.optional(),
  drill: z.boolean().optional(), assumed: z.boolean().optional(), occurrence: z.int().min(1).optional(),
});
export type AlertWanted = z.infer<typeof AlertWanted>;
export type VerdictWanted = z.infer<typeof VerdictWanted>;
const Expectation = z.strictObject({
  at: CivilInstant, verdicts: z.array(VerdictWanted).default([]),
  /** An empty list: no alert is open. */
  alerts: z.array(AlertWanted).optional(),
});
const Rehearsal = z.strictObject({
  name: z.string().min(1),
  /** When the clock begins; absent: the midnight before the first reading. */
  from: CivilInstant.optional(), readings: z.array(Readings).default([]), expect: z.array(Expectation).min(1),
});
export type Rehearsal = z.infer<typeof Rehearsal>;
/** A file of `tests/`. */
export const RehearsalFile = z.strictObject({ tests: z.array(Rehearsal).min(1) });
export type RehearsalFile = z.infer<typeof RehearsalFile>;

/**
 * What travels over HTTP: bodies asked and answered, as schemas from which the types, the checks and the OpenAPI
 * document all come. Instants here are ISO 8601 with the event's offset; facts and the situation keep UTC milliseconds.
 */
import { z } from 'zod';
import { ALERT_KINDS, Id, Level, Name, Pollutant, Severity } from './event.ts';
import { Condition, Mark, Reason, Suppression } from './fact.ts';
import { HAND_VERDICTS, REVIEW_LEVELS } from './quality/hand.ts';
import { QUANTITIES } from './reading.ts';
import { PERSON_ROLES, PersonRole, SigningRole } from './roles.ts';
import { Seat } from './seat.ts';
import { written } from './written.ts';
import type { Alert, AlertState } from './situation.ts';

const IsoInstant = z.string().meta({ description: 'ISO 8601 with the offset of the event', example: '2022-02-04T19:00:00+08:00' });
/** What a person writes, without blanks at its ends; of nothing but what does not print, nothing. */
const Written = z.string().overwrite(written);
const Note = Written.max(2000).nullish().transform((text) => (text === undefined || text === null || text === '' ? null : text));

/** An RFC 9457 problem. `code` is stable; the title is in the reader's language, `titles` has both. */
export const Problem = z.looseObject({
  type: z.string(), title: z.string(), titles: z.object({ zh: z.string(), en: z.string() }),
  status: z.int(), code: z.string(), detail: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** One reading as a station sends it. The hot path checks it by hand (`decode.ts`); this describes it to people and machines. */
export const SentReading = z.object({
  station: z.string(), pollutant: z.enum(QUANTITIES), start: IsoInstant,
  period: z.string().meta({ description: 'PT1H, or PTnM where n divides 60; the start is aligned to it', example: 'PT1H' }),
  value: z.number().nullable().meta({ description: 'µg/m³, CO in mg/m³; at most six decimal places; null: missing' }),
  flag: z.string().max(16).default('N'),
});
export const SentReadings = z.object({ readings: z.array(SentReading).max(10_000) });
export const ReceiptBody = z.object({
  accepted: z.int(), unchanged: z.int(), revised: z.int(),
  rejected: z.array(z.object({ index: z.int(), code: z.string(), detail: z.string() })),
});

export const ReviewSetBody = z.object({
  station: z.string(), pollutant: z.enum(QUANTITIES), verdict: z.enum(HAND_VERDICTS), level: z.enum(REVIEW_LEVELS), by: z.string(), at: IsoInstant,
  readings: z.int(), overtaken: z.int().meta({ description: 'readings of which a newer value came before the verdict was durable: it is not about those' }),
});

export const SignIn = z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1000), code: z.string().max(20).nullish().meta({ description: 'of an authenticator, where the account has one' }) });
export const SessionBody = z.object({ name: z.string(), role: z.enum(['screen', ...PERSON_ROLES]) });
export type SessionBody = z.infer<typeof SessionBody>;

export const AcknowledgeBody = z.object({ occurrence: z.int().min(1), note: Note });
const Reasoned = Written.min(1, 'a reason is needed').max(2000);
/** `until`: an instant with its offset, at most twelve hours ahead of the event's clock. */
export const ShelveBody = z.object({ until: IsoInstant, reason: Reasoned });
export const CommentBody = z.object({ text: Reasoned });
/** A step of the ladder from breach to disposal; each may be taken again, and the last word counts; but of a disposal, which a further follow-up takes back. */
export const HandleBody = z.object({ step: z.discriminatedUnion('is', [
  z.object({ is: z.literal('follow-up'), note: Note }),
  z.object({ is: z.literal('diagnosis'), cause: Reasoned, unit: Written.min(1).max(200) }),
  z.object({ is: z.literal('orders'), orders: z.array(z.string().min(1).max(300)).max(200) }),
  z.object({ is: z.literal('disposal'), reason: Reasoned }),
]) });
export const OutOfServiceBody = z.object({ reason: Reasoned, workOrder: Note, until: IsoInstant.nullish() });
export const ServiceSetBody = z.object({ station: z.string(), outOfService: z.boolean(), by: z.string(), at: IsoInstant });

/** Whoever goes offers (`note`; `replaces`: the id of another's offer that it takes the place of), whoever comes takes (`take`, the id of the offer); both name the alerts that ask. */
export const HandoverBody = z.union([
  z.strictObject({ note: Written.max(4000).default(''), names: z.array(z.string()).max(5000).default([]), replaces: z.string().min(1).max(300).optional() }),
  z.strictObject({ take: z.string().min(1).max(300), names: z.array(z.string()).max(5000).default([]) }),
]);
export const HandoverSetBody = z.object({ handover: z.string(), by: z.string(), at: IsoInstant, signed: z.boolean() });

/** Somebody was called about what no machine could tell: which, and with whom they spoke. */
export const CalledBody = z.object({ calls: z.array(z.string().min(1).max(500)).min(1).max(5000), spoke: Written.min(1).max(200), note: Note });
export const CalledSetBody = z.object({ calls: z.int(), by: z.string(), at: IsoInstant, spoke: z.string() });

export const LevelBody = z.object({
  ladder: Id, level: Level.nullable(), areas: z.array(Id).min(1).max(500), reason: Written.min(1).max(2000),
});
export const OrderBody = z.object({ note: Note }).prefault({});

export const ALERT_STATES = ['unacknowledged', 'acknowledged', 'returned', 'withdrawn', 'closed'] as const satisfies readonly AlertState[];

/** An alert as it is answered: the one of the room, with civil instants. */
export const AlertBody = z.object({
  id: z.string(), kind: z.enum(ALERT_KINDS), place: z.string(), pollutant: z.string(),
  period: z.object({ start: IsoInstant, end: IsoInstant.nullable() }),
  severity: Severity, condition: Condition, state: z.enum(ALERT_STATES), shelved: z.boolean(), suppressed: z.boolean(), drill: z.boolean(),
  occurrence: z.int(), version: z.int().meta({ description: 'what If-Match means: facts that change what is decided about it or made of it; notes, receipts and escalations do not' }), touched: z.int(), raisedAt: IsoInstant, changedAt: IsoInstant, judgedAt: IsoInstant.meta({ description: 'when condition, value and reason were last judged' }),
  value: z.number().nullable(), limit: z.number().nullable(), assumed: z.boolean(), marks: z.array(Mark),
  acknowledged: z.object({ by: z.string(), at: IsoInstant, note: z.string().nullable() }).nullable(), reason: Reason,
  suppression: Suppression.nullable(), askedAt: IsoInstant,
  needs: z.array(SigningRole).meta({ description: 'roles that must each acknowledge; empty: whoever may' }),
  signed: z.array(z.object({ by: z.string(), role: PersonRole.nullable(), at: IsoInstant, note: z.string().nullable() })),
  notes: z.array(z.object({ by: z.string(), at: IsoInstant, text: z.string() })),
  handling: z.object({
    followUps: z.array(z.object({ by: z.string(), at: IsoInstant, note: z.string().nullable(), reopens: z.literal(true).optional().meta({ description: 'it was dealt with until then' }) })).meta({ description: 'in order, the last 50' }),
    diagnosis: z.object({ by: z.string(), at: IsoInstant, cause: z.string(), unit: z.string() }).nullable(),
    orders: z.array(z.string()), disposal: z.object({ by: z.string(), at: IsoInstant, reason: z.string() }).nullable(),
  }),
  escalated: z.array(z.object({ seat: Seat, at: IsoInstant, to: z.array(z.object({ id: z.string(), name: z.string() })) })),
  told: z.array(z.object({ what: z.string(), channel: z.string(), state: z.enum(['delivered', 'failed']), at: IsoInstant, reason: z.string().nullable(), next: z.string().nullable(), person: z.string().optional() })),
});
export type AlertBody = z.infer<typeof AlertBody>;
export const AlertsBody = z.object({
  seq: z.int(), alerts: z.array(AlertBody), more: z.boolean().meta({ description: 'there are more than these: ask `next` for them' }),
  next: z.string().nullable().meta({ description: 'where the page after this one is' }),
});
export const AcknowledgedBody = z.object({
  alert: z.string(), occurrence: z.int(), version: z.int(), by: z.string(), at: IsoInstant, note: z.string().nullable(),
  waits: z.array(SigningRole).meta({ description: 'roles whose acknowledgement is still wanted' }),
});
export const AlertSetBody = z.object({ alert: AlertBody });

export const AVERAGINGS = ['raw', 'hour', 'day'] as const;
export const SeriesBody = z.object({
  place: z.string(), pollutant: z.string(), average: z.enum(AVERAGINGS),
  points: z.array(z.object({
    start: IsoInstant, value: z.number().nullable(), valid: z.boolean(),
    completeness: z.number().min(0).max(1), revision: z.int(),
    validity: z.enum(['valid', 'suspect', 'invalid', 'missing']).optional().meta({ description: 'of a station\'s readings and hours' }),
    level: z.enum(REVIEW_LEVELS).optional().meta({ description: 'how far that was looked at: raw until its hour has ended, then automatic, until somebody reviews or verifies it' }),
    reasons: z.array(Reason).optional().meta({ description: 'why it is worth that: a stable code, and the figures it rests on' }),
  })),
});
export type SeriesBody = z.infer<typeof SeriesBody>;

/** A city's real-time AQI. `class` and `primary` only with an AQI; `missing` are means that are not there. */
export const AqiBody = z.object({
  place: z.string(), start: IsoInstant, standard: z.string(), aqi: z.int().nullable(),
  class: Name.extend({ level: z.int(), colour: z.string() }).nullable(), primary: z.array(Pollutant),
  reason: z.enum(['highest', 'incomplete', 'no-mean', 'no-index']).meta({ description: 'incomplete: NA, too little to publish by the standard' }),
  indices: z.array(z.object({ pollutant: Pollutant, iaqi: z.int(), average: z.string(), figure: z.number(), clause: Name })),
  missing: z.array(z.object({ pollutant: Pollutant, average: z.string() })), notMonitored: z.array(Pollutant),
});
export type AqiBody = z.infer<typeof AqiBody>;

export const OrderStepBody = z.object({ step: z.string(), by: z.string(), at: IsoInstant, note: z.string().nullable() });
export const OrderView = z.object({
  id: z.string(), start: z.string(), measure: z.string(), area: z.string(), level: Level, due: IsoInstant, issuedAt: IsoInstant,
  issuedBy: z.string(), state: z.string(), version: z.int(), drill: z.boolean(), steps: z.array(OrderStepBody),
});
export const InForceView = z.object({
  ladder: z.string(), area: z.string(), level: Level, since: IsoInstant, start: z.string(), by: z.string(), why: z.string(), drill: z.boolean(), fact: z.string(),
});
export const ResponseBody = z.object({ seq: z.int(), levels: z.array(InForceView), orders: z.array(OrderView) });
export type ResponseBody = z.infer<typeof ResponseBody>;
export const LevelSetBody = z.object({ level: Level.nullable(), orders: z.array(z.object({ id: z.string() })) });
export const OrderMovedBody = z.object({ id: z.string(), state: z.string(), version: z.int(), by: z.string(), at: IsoInstant });

/** Whether an alert is one of those asked for: no state and no span means those not closed; a span is `[from, to)` of the period's start. */
export function choosesAlert(query: { from: number | null; to: number | null; state: AlertState | 'all' | null }, alert: Alert): boolean {
  const { from, to, state } = query;
  if (from !== null && alert.period.start < from) return false;
  if (to !== null && alert.period.start >= to) return false;
  if (state === 'all') return true;
  if (state !== null) return alert.state === state;
  return from !== null || to !== null || alert.state !== 'closed';
}

/** Every fact there is: what happened in the room, as the journal keeps it and every screen folds it. */
import { z } from 'zod';
import { AlertKind, Level, Name, Severity } from './event.ts';
import { Seat } from './seat.ts';
import { Once } from './once.ts';
import { HAND_LEVELS, HAND_VERDICTS } from './quality/hand.ts';
import { QUANTITIES } from './reading.ts';
import { PersonRole, SigningRole } from './roles.ts';

/** An instant in UTC milliseconds. */
const Instant = z.int();
/** Why something was decided: a stable code, and the figures it rests on. Its wording is the faces' business. */
export const Reason = z.object({ code: z.string() }).catchall(z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));
export type Reason = z.infer<typeof Reason>;

/** What a number is worth: printed wherever the number is. */
export const Mark = z.enum(['suspect', 'provisional', 'assumed', 'revised', 'simulated', 'replay', 'drill', 'exercise']);
export type Mark = z.infer<typeof Mark>;
export const Condition = z.enum(['over', 'under', 'unknown']);
/** Whether what an alert is about holds now; `unknown` for want of data, which is *held*. */
export type Condition = z.infer<typeof Condition>;
export const PeriodSpan = z.object({ start: Instant, end: Instant.nullable() });

export const SUPPRESSIONS = ['maintenance', 'out-of-service', 'drill'] as const;
export const Suppression = z.enum(SUPPRESSIONS);
/** Why the system keeps an alert from disturbing anybody, by design. */
export type Suppression = z.infer<typeof Suppression>;
export const AGAINS = ['acknowledgement-expired', 'shelf-ended', 'suppression-ended'] as const;

const of = { alert: z.string(), occurrence: z.int().min(1) };
const judged = { condition: Condition, value: z.number().nullable(), reason: Reason, marks: z.array(Mark) };

const AlertRaised = z.object({
  kind: z.literal('alert-raised'), ...of, ...judged, alertKind: AlertKind, place: z.string(), pollutant: z.string(),
  period: PeriodSpan, severity: Severity, limit: z.number().nullable(), assumed: z.boolean(), drill: z.boolean(),
  /** Roles that must each acknowledge; absent: whoever may. */
  needs: z.array(SigningRole).optional(),
  /** Raised under a suppression by design: listed and marked, and disturbs nobody. */
  suppression: Suppression.optional(),
});
const AlertChanged = z.object({ kind: z.literal('alert-changed'), ...of, ...judged });
const AlertReturned = z.object({ kind: z.literal('alert-returned'), ...of, ...judged });
const AlertWithdrawn = z.object({ kind: z.literal('alert-withdrawn'), ...of, ...judged });
/** `waits`: further roles must acknowledge before the alert counts as acknowledged. */
const AlertAcknowledged = z.object({
  kind: z.literal('alert-acknowledged'), ...of, by: z.string(), note: z.string().nullable(), drill: z.boolean().optional(),
  role: PersonRole.optional(), waits: z.boolean().optional(),
});
/** The same breach asks again: a new occurrence, which nobody has acknowledged. */
const AlertAskedAgain = z.object({ kind: z.literal('alert-asked-again'), ...of, because: z.enum(AGAINS), drill: z.boolean() });
/** What is shelved is the kind, place and pollutant, up to this severity: the next hour's alert of them too. */
const point = { alertKind: AlertKind, place: z.string(), pollutant: z.string() };
const AlertShelved = z.object({
  kind: z.literal('alert-shelved'), ...of, ...point, severity: Severity, until: Instant, by: z.string(), why: z.string(), drill: z.boolean(),
});
/** `by` null: its time was over. */
const AlertUnshelved = z.object({ kind: z.literal('alert-unshelved'), ...of, ...point, by: z.string().nullable(), drill: z.boolean() });
const AlertSuppressed = z.object({ kind: z.literal('alert-suppressed'), ...of, because: Suppression, drill: z.boolean() });
const AlertReleased = z.object({ kind: z.literal('alert-released'), ...of, drill: z.boolean() });
const AlertCommented = z.object({ kind: z.literal('alert-commented'), ...of, by: z.string(), text: z.string(), drill: z.boolean() });
/** Nobody acknowledged it in time: it goes up to whoever has the seat; `to` empty: the roster has nobody there. */
const AlertEscalated = z.object({
  kind: z.literal('alert-escalated'), ...of, step: z.int().min(1), seat: Seat, to: z.array(z.object({ id: z.string(), name: z.string() })), minutes: z.int(), severity: Severity, drill: z.boolean(),
});
/** What became of one message about an alert on one channel: a receipt. `next`: what is tried instead; `person`: whom it was for, where no channel had delivered it. */
const AlertTold = z.object({
  kind: z.literal('alert-told'), ...of, what: z.string(), channel: z.string(), state: z.enum(['delivered', 'failed']), reason: z.string().nullable(), next: z.string().nullable(), drill: z.boolean(), person: z.string().optional(),
});
/** What staff make of an alert, step by step: that somebody follows it up, what caused it and who is responsible, which orders answer it, that it is dealt with. */
const AlertHandled = z.object({
  kind: z.literal('alert-handled'), ...of, by: z.string(), drill: z.boolean(),
  step: z.discriminatedUnion('is', [
    z.object({ is: z.literal('follow-up'), note: z.string().nullable(), /** It was dealt with, and is not any more. */ reopens: z.literal(true).optional() }),
    z.object({ is: z.literal('diagnosis'), cause: z.string(), unit: z.string() }),
    z.object({ is: z.literal('orders'), orders: z.array(z.string()) }),
    z.object({ is: z.literal('disposal'), reason: z.string() }),
  ]),
});
/** Which alerts of the station are suppressed by it is said by facts of theirs. */
const StationOut = z.object({ kind: z.literal('station-out-of-service'), station: z.string(), by: z.string(), why: z.string(), workOrder: z.string().nullable(), until: Instant.nullable() });
/** `by` null: its time was over. */
const StationBack = z.object({ kind: z.literal('station-in-service'), station: z.string(), by: z.string().nullable() });
const AlertClosed = z.object({ kind: z.literal('alert-closed'), ...of, reason: Reason, drill: z.boolean().optional() });

const LevelChanged = z.object({
  kind: z.literal('level-changed'), start: z.string(), ladder: z.string(), level: Level.nullable(),
  areas: z.array(z.string()), by: z.string(), why: z.string(), drill: z.boolean(),
  /** What was in force in the areas before, and the fact that put it in force; an area where nothing was is not among them. Facts of old do not say. */
  before: z.array(z.object({ area: z.string(), level: Level, since: z.number(), by: z.string(), fact: z.string() })).optional(),
});
const OrderIssued = z.object({
  kind: z.literal('order-issued'), order: z.string(), start: z.string(), measure: z.string(), area: z.string(),
  level: Level, due: Instant, by: z.string(), drill: z.boolean(),
});
export const OrderStep = z.enum(['received', 'started', 'feedback', 'verified', 'returned', 'lifted']);
export type OrderStep = z.infer<typeof OrderStep>;
const OrderMoved = z.object({ kind: z.literal('order-moved'), order: z.string(), step: OrderStep, by: z.string(), note: z.string().nullable() });

const Change = z.object({
  station: z.string(), pollutant: z.string(), start: Instant, minutes: z.int(),
  /** Which revision of its key the new value is. */
  revision: z.int().min(2),
  from: z.number().nullable(), to: z.number().nullable(), fromFlag: z.string(), toFlag: z.string(),
});
const ReadingsRevised = z.object({ kind: z.literal('readings-revised'), source: z.string(), changes: z.array(Change) });
/**
 * A reviewer's word about readings of one station and pollutant: each gets a further revision of the same value. `automatic`
 * takes such a word back, and has no level. `value` in millionths; `late`: its hour had closed.
 */
const Reviewed = z.object({ start: Instant, minutes: z.int(), revision: z.int().min(2), value: z.int(), flag: z.string(), source: z.string(), late: z.boolean() });
const ReadingsReviewed = z.object({
  kind: z.literal('readings-reviewed'), station: z.string(), pollutant: z.enum(QUANTITIES), verdict: z.enum(HAND_VERDICTS),
  level: z.enum(HAND_LEVELS).nullable(), by: z.string(), why: z.string(), readings: z.array(Reviewed),
});
const Names = z.array(z.string());
/** No machine could tell anybody of a fact, `call`: somebody is to call those who were on duty. `about`: the alert, or null. */
const CallOwed = z.object({
  kind: z.literal('call-owed'), call: z.string(), what: z.string(), about: z.object(of).nullable(), said: Name,
  to: z.array(z.object({ id: z.string(), name: z.string(), seat: Seat })), drill: z.boolean(),
});
const CallMade = z.object({ kind: z.literal('call-made'), calls: Names, by: z.string(), spoke: z.string(), note: z.string().nullable(), drill: z.boolean() });
const AlertStood = z.object({
  severity: Severity, state: z.enum(['unacknowledged', 'acknowledged', 'returned', 'withdrawn', 'closed']), condition: Condition,
  /** Since when it is in this state, and who made it so; who follows it up. */
  since: Instant, by: z.string().nullable(), follows: z.string().nullable(), value: z.number().nullable(), limit: z.number().nullable(),
});
const OrderStood = z.object({ state: z.string(), measure: z.string(), area: z.string(), due: Instant });
const SheetStood = z.object({
  alerts: z.record(z.string(), AlertStood), orders: z.record(z.string(), OrderStood),
  /** Why a station is out of service; what nobody has been told of, and since when. */
  stations: z.record(z.string(), z.string()), calls: z.record(z.string(), z.object({ said: Name, at: Instant })),
});
/** What is open when a shift is handed over, by ids: alerts that ask, acknowledged, not dealt with, covered; levels in force; orders. */
export const HandoverSheet = z.object({
  asking: Names, acknowledged: Names, unhandled: Names, covered: Names, levels: Names, orders: Names, overdue: Names, outOfService: Names, suspect: Names, undelivered: z.int(),
  /** What nobody has been told of or called about. */
  calls: Names.optional(),
  /** How each of it stood then, by its id; sheets of before have ids alone. */
  as: SheetStood.optional(),
});
const HandoverOffered = z.object({ kind: z.literal('handover-offered'), handover: z.string(), by: z.string(), note: z.string(), sheet: HandoverSheet, drill: z.boolean() });
/** `asking`: what asked for somebody when it was signed. */
const HandoverSigned = z.object({ kind: z.literal('handover-signed'), handover: z.string(), by: z.string(), asking: Names, drill: z.boolean() });
/** By which way an account or a token was changed: at the desk, by the single sign-on itself, on the server's own machine while the room ran, or while it was down. */
const Way = z.enum(['desk', 'sign-on', 'console', 'down']);
export const ACCOUNT_CHANGES = ['added', 'role', 'password', 'disabled', 'enabled', 'totp-on', 'totp-off', 'signed-out'] as const;
/** What was done to whose account; `by` null: nobody who was signed in. Never a secret, and never a hash of one. */
const AccountChanged = z.object({ kind: z.literal('account-changed'), account: z.string(), what: z.enum(ACCOUNT_CHANGES), role: PersonRole.nullable(), by: z.string().nullable(), way: Way });
const TokenChanged = z.object({ kind: z.literal('token-changed'), token: z.string(), of: z.enum(['source', 'screen']), name: z.string(), what: z.enum(['added', 'revoked']), by: z.string().nullable(), way: Way });
/** Who could come in, and which tokens were in force, when the journal began to be told of every change; said once. `passwords`, `codes`: how often a further one was set or enrolled. */
const AccessStands = z.object({
  kind: z.literal('access-stands'), accounts: z.array(z.object({ account: z.string(), role: PersonRole, disabled: z.boolean(), totp: z.boolean(), passwords: z.int(), codes: z.int() })),
  tokens: z.array(z.object({ token: z.string(), of: z.enum(['source', 'screen']), name: z.string() })),
});
const JournalOpened = z.object({ kind: z.literal('journal-opened'), event: z.string() });
const DataNotice = z.object({ kind: z.literal('data-notice'), station: z.string(), reason: Reason });
/** The first and the last fact of an exercise's own journal; no other journal has either. `by` null: its script was over. */
const ExerciseBegun = z.object({ kind: z.literal('exercise-begun'), script: z.string(), by: z.string(), speed: z.number() });
const ExerciseEnded = z.object({ kind: z.literal('exercise-ended'), by: z.string().nullable() });
/** A command whose durability was refused: its number stays, what it asked for did not happen. */
const CommandVoided = z.object({ kind: z.literal('command-voided'), of: z.string(), by: z.string() });
/** In the place of a fact that whoever asks may not see (`withheld.ts`); no journal has one. */
const Withheld = z.object({ kind: z.literal('withheld') });

export const FactBody = z.discriminatedUnion('kind', [
  AlertRaised, AlertChanged, AlertReturned, AlertWithdrawn, AlertAcknowledged, AlertClosed,
  AlertAskedAgain, AlertShelved, AlertUnshelved, AlertSuppressed, AlertReleased, AlertEscalated, AlertTold, AlertCommented, AlertHandled, StationOut, StationBack,
  LevelChanged, OrderIssued, OrderMoved, CallOwed, CallMade, HandoverOffered, HandoverSigned, AccountChanged, TokenChanged, AccessStands, ReadingsRevised, ReadingsReviewed, JournalOpened, DataNotice, ExerciseBegun, ExerciseEnded, CommandVoided, Withheld,
]);
/** What happened, without its place in the journal. */
export type FactBody = z.infer<typeof FactBody>;
export type FactKind = FactBody['kind'];
/** Facts about one alert. */
export type AlertFactKind = Extract<FactBody, { alert: string }>['kind'];
export type FactOf<K extends FactKind> = Extract<FactBody, { kind: K }>;

export const AIRS = ['live', 'simulated', 'silent', 'replay', 'exercise'] as const;
export const Air = z.enum(AIRS);
/** Which kind of air a data folder holds; anything but `live` is marked on every fact and face. */
export type Air = z.infer<typeof Air>;

/** A body with its actor and its event time, decided but not yet numbered. `id` makes a second one of it impossible. */
export type Draft = { id: string; at: number; actor: string; body: FactBody; once?: Once };

export const Stamp = z.object({
  seq: z.int().min(1), id: z.string(), at: Instant, recorded: Instant, actor: z.string(), air: Air, hash: z.string(),
  durable: z.boolean().optional(), once: Once.optional(),
});
/** `at` is event time, `recorded` machine time, `hash` chains to the fact before; `actor` is `system`, `person:NAME` or `source:ID`, and `withheld` of a fact that is. */
export type Stamp = z.infer<typeof Stamp>;
export type Fact = Stamp & FactBody;
export const Fact = z.intersection(Stamp, FactBody);

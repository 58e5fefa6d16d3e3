/**
 * What HTTP needs from the rest of the house, as types. The composition root hands the parts in; nothing here is
 * imported the other way. Instants are UTC milliseconds: HTTP alone writes them as civil time.
 */
import type { HandLevel, HandVerdict, ReviewLevel } from '../../shared/quality/hand.ts';
import type { Verdict } from '../../shared/quality/verdict.ts';
import type { ProblemCode } from '../../shared/codes.ts';
import type { AlertState, Alert } from '../../shared/situation.ts';
import type { AqiBody } from '../../shared/api.ts';
import type { Listed } from '../../shared/page.ts';
import type { Role, SigningRole } from '../../shared/roles.ts';
import type { Level } from '../../shared/event.ts';
import type { Fact } from '../../shared/fact.ts';
import type { Reject } from '../../shared/decode.ts';
import type { Delivery, Ingest, Receipt } from '../../shared/delivery.ts';
import type { HandlingStep } from '../../shared/handling.ts';
import type { CalendarBody } from '../../shared/preview.ts';
import type { Quantity, Reading } from '../../shared/reading.ts';
import type { Civil } from '../../shared/time.ts';
import type { LoadBody } from '../../shared/load.ts';
import type { DutyBody, TellingsBody } from '../../shared/tellings.ts';
import type { ScreensBody } from '../../shared/screens.ts';
import type { WaysBody } from '../../shared/ways.ts';
import type { EventInfo, Snapshot } from '../../shared/wire.ts';
import type { RequestListener } from 'node:http';
import type { Evaluation } from '../../shared/evaluation.ts';
import type { ExerciseBegun, ExercisesBody, ExerciseWish } from '../../shared/exercises.ts';
import type { Access } from '../access/access.ts';
import type { AccountPorts } from './account-ports.ts';
import type { SignOn } from '../access/sign-on.ts';

export type { Delivery, Receipt, Reject };

/** Who asks, with which right, and what they saw: `key` is `Idempotency-Key`, `ifMatch` the version of `If-Match`. */
export type Asked = { by: string; role: Role; key: string | null; ifMatch: number | null };

export type AcknowledgeAsked = Asked & { alert: string; occurrence: number; note: string | null };
export type LevelAsked = Asked & { ladder: string; level: Level | null; areas: string[]; reason: string };
/** What a person does to an order, as in the path `POST /api/orders/{id}/{move}`. */
export const ORDER_MOVES = ['receive', 'start', 'feedback', 'verify', 'return', 'lift'] as const;
export type OrderMove = (typeof ORDER_MOVES)[number];
export type OrderAsked = Asked & { order: string; move: OrderMove; note: string | null };

/** Readings of one station and pollutant that start in `[from, to)`; `minutes`: only of that period, or null: of any. */
export type ReviewAsked = Asked & { station: string; pollutant: Quantity; from: number; to: number; minutes: number | null; verdict: HandVerdict; level: HandLevel; reason: string };

export type ShelveAsked = Asked & { alert: string; until: number; reason: string };
export type AlertAsked = Asked & { alert: string };
export type CommentAsked = AlertAsked & { text: string };
export type HandleAsked = AlertAsked & { step: HandlingStep };
export type HandoverAsked = Asked & { names: readonly string[] } & ({ note: string; replaces?: string | undefined } | { take: string });
export type HandoverSet = { handover: string; by: string; at: number; signed: boolean };
/** Somebody was called about these: with whom they spoke. */
export type CallAsked = Asked & { calls: readonly string[]; spoke: string; note: string | null };
export type CallSet = { calls: number; by: string; at: number; spoke: string };
export type ServiceAsked = Asked & { station: string; out: { reason: string; workOrder: string | null; until: number | null } | null };

/** Who and when, of the occurrence that was acknowledged; `waits`: roles whose word is still wanted. */
export type Acknowledged = { alert: string; occurrence: number; version: number; by: string; at: number; note: string | null; waits: readonly SigningRole[] };
/** An alert after a command about it. */
export type AlertSet = { alert: Alert };
export type ServiceSet = { station: string; outOfService: boolean; by: string; at: number };
export type LevelSet = { level: Level | null; orders: { id: string }[] };
/** How many readings a verdict is about now; `overtaken`: a newer value of theirs came before it was durable. */
export type ReviewSet = { station: string; pollutant: Quantity; verdict: HandVerdict; level: ReviewLevel; by: string; at: number; readings: number; overtaken: number };
export type OrderMoved = { id: string; state: string; version: number; by: string; at: number };

/**
 * Why a command was refused. `code` is stable (`already-acknowledged`, `stale-occurrence`, `stale-version`,
 * `unknown-alert`, `wrong-role`, `not-durable` …); `extra` becomes members of the problem, `at` written as civil time.
 */
export type Refused = {
  ok: false; status: 400 | 403 | 404 | 409 | 503; code: ProblemCode; detail: string;
  extra?: { by?: string; at?: number; version?: number; state?: string; occurrence?: number; asking?: readonly string[] };
};
export type CommandResult<Body> = { ok: true; status: 200; body: Body } | Refused;

/**
 * `[from, to)` chooses by the period's start, `state` by state; no state and no span: those not closed; see `choosesAlert`. `limit`: how many
 * at most, the latest period first; `before`: after which of them to go on.
 */
export type AlertQuery = { from: number | null; to: number | null; state: AlertState | 'all' | null; limit?: number | undefined; before?: Listed | undefined };
/** `next`: there are more, after this one. */
export type AlertsFound = { seq: number; alerts: readonly Alert[]; next: Listed | null };

export type Place = { kind: 'city' | 'station'; id: string };
export type Averaging = 'raw' | 'hour' | 'day';
/** `[from, to)`; `knownAt`: as it was known at a past moment, or null: as it is known now. */
export type SeriesQuery = { place: Place; pollutant: string; average: Averaging; from: number; to: number; knownAt: number | null };
/** `completeness` is the share (0 to 1) of the period's parts that are valid; a gap is a point with `value: null`. */
/** Of a station's readings and hours also what they are worth, and why. */
export type SeriesPoint = { start: number; value: number | null; valid: boolean; completeness: number; revision: number } & Partial<Verdict>;

/** Civil days, both inclusive; null: the event's own first, and the last closed day. `knownAt` as above. */
export type ReportRange = { from: string | null; to: string | null; knownAt: number | null };

export type Readiness = { ready: boolean; replay: { done: boolean; at: number; percent: number } | null };

/** Read when `/metrics` is asked. Totals since the start, then what waits now. */
export type Gauges = { readings: number; facts: number; queued: number; sockets: number };

/** As much of pino as the rooms use. */
export type Log = {
  info: (about: object, message: string) => void; warn: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
};

/** What staff may ask of the room: journalled first, shown second, answered third. */
export type CommandPorts = {
  acknowledge: (asked: AcknowledgeAsked) => Promise<CommandResult<Acknowledged>>;
  shelve: (asked: ShelveAsked) => Promise<CommandResult<AlertSet>>;
  unshelve: (asked: AlertAsked) => Promise<CommandResult<AlertSet>>;
  comment: (asked: CommentAsked) => Promise<CommandResult<AlertSet>>;
  handle: (asked: HandleAsked) => Promise<CommandResult<AlertSet>>;
  setService: (asked: ServiceAsked) => Promise<CommandResult<ServiceSet>>;
  handOver: (asked: HandoverAsked) => Promise<CommandResult<HandoverSet>>;
  call: (asked: CallAsked) => Promise<CommandResult<CallSet>>;
  setLevel: (asked: LevelAsked) => Promise<CommandResult<LevelSet>>;
  moveOrder: (asked: OrderAsked) => Promise<CommandResult<OrderMoved>>;
  review: (asked: ReviewAsked) => Promise<CommandResult<ReviewSet>>;
};

/** What may be looked at. */
export type QueryPorts = {
  situation: () => Snapshot;
  /** The situation at a past moment (event time). */
  situationAt: (at: number) => Promise<{ ok: true; snapshot: Snapshot } | Refused>;
  event: () => EventInfo;
  /** The whole period, and what changes next. */
  calendar: () => CalendarBody;
  alerts: (query: AlertQuery) => Promise<AlertsFound>;
  alert: (id: string) => Promise<{ alert: Alert; history: readonly Fact[] } | null>;
  series: (query: SeriesQuery) => Promise<{ ok: true; points: readonly SeriesPoint[] } | Refused>;
  /** The real-time AQI of a city, by its id. */
  aqi: (city: string) => { ok: true; aqi: AqiBody } | Refused;
  /** Facts with seq > after, at most `limit`. */
  journal: (after: number, limit: number) => Promise<readonly Fact[]>;
  /** The summary as JSON text: the same bytes as the report command writes. */
  report: (range: ReportRange) => Promise<{ ok: true; json: string } | Refused>;
  reportHtml: (range: ReportRange) => Promise<{ ok: true; html: string } | Refused>;
  readiness: () => Readiness;
  /** Event time, which whoever sends simulated readings goes by. */
  eventNow: () => number;
  gauges: () => Gauges;
};

/** Where and how the server is reached. */
export type Setting = {
  civil: Civil;
  log: Log;
  /** The built web (`.build/web`), or null where there is none (tests, before a build). */
  web: string | null;
  /** Origins whose pages are this server's own by whatever name it is asked: the address outside, where it is known. */
  origins: readonly string[];
  /** Addresses of proxies that are believed about who asks, by which name and whether there is TLS; as `AIR_TRUST_PROXY` has them. */
  proxies: readonly string[];
  /** Token that `/metrics` wants, or null: open. */
  metricsToken: string | null;
};

/** A line of line protocol, or a value of it, that is no reading; `line` from 1. */
export type LinesRefused = { line: number; code: string; detail: string };
/** `lines[i]` is the line of `readings[i]`. */
export type LinesRead = { readings: readonly Reading[]; lines: readonly number[]; refused: readonly LinesRefused[] };

/** What is known of exercises, and how one begins and ends. */
export type ExercisePorts = {
  list: () => Promise<ExercisesBody>;
  begin: (asked: Asked & ExerciseWish) => Promise<CommandResult<ExerciseBegun>>;
  /** `exercise`: the one that was meant; null: whichever is under way. */
  end: (asked: Asked & { exercise: string | null }) => Promise<CommandResult<{ exercise: string }>>;
  /** What one has shown, ended or under way; null: there is none of this id. */
  evaluation: (id: string) => Promise<Evaluation | null>;
  /** What answers for the room of the exercise that is under way; null: none is. */
  room: () => RequestListener | null;
  /** What answers for the room of an exercise of this id, under way or over; null: nothing of it was kept. */
  roomOf: (id: string) => Promise<RequestListener | null>;
  /** The id of the last one that was begun; null: there was none. */
  latest: () => string | null;
};

/** All that HTTP needs of a room, be it the real one or an exercise's. */
export type RoomPorts = Setting & QueryPorts & CommandPorts & {
  access: Access;
  ingest: Ingest;
  /** Line protocol as a source's readings; `precision` as the request names it. */
  lines: (source: string, of: { text: string; precision: string }) => LinesRead | 'unknown-source' | 'bad-precision';
  /** How every way in does. */
  ways: () => WaysBody;
  /** What became of messages to people outside. */
  tellings: () => TellingsBody;
  duty: () => DutyBody;
  /** How much the alerts ask of whoever watches, from an instant on (event time; null: the last 24 hours). */
  load: (from: number | null) => LoadBody;
  /** Which screens are there, how far they have been told, and whether their clocks are right. */
  screens: () => ScreensBody;
  /** Alerts as CAP 1.2: an Atom feed, and one message by its id. */
  cap: { feed: () => Promise<string>; message: (id: string) => Promise<string | null> };
};

/** A room's, and what is the house's: exercises beside it, its accounts, and the single sign-on where `access.yaml` has one. */
export type HttpPorts = RoomPorts & { exercises: ExercisePorts; accounts: AccountPorts; signOn: SignOn | null };

/**
 * What a screen shows. The *room* is a pure fold of the journal, run by the server and by every screen alike;
 * the *air* is derived from readings and sent as whole replaced cells (`air.ts`).
 */
import type { AlertKind, Level, Severity } from './event.ts';
import type { z } from 'zod';
import type { Condition, Fact, HandoverSheet, Mark, Reason, Suppression } from './fact.ts';
import { AlertBook } from './book.ts';
import { type Calls, foldCalls } from './owed-calls.ts';
import { foldHandover } from './handover.ts';
import { foldResponse } from './response.ts';
import type { PersonRole, SigningRole } from './roles.ts';
import type { Seat } from './seat.ts';

export type AlertState = 'unacknowledged' | 'acknowledged' | 'returned' | 'withdrawn' | 'closed';

/** A person's word on an alert. */
export type Signature = { by: string; role: PersonRole | null; at: number; note: string | null };
export type AlertNote = { by: string; at: number; text: string };
export type Escalated = { seat: Seat; at: number; to: readonly { id: string; name: string }[] };
/** What became of one message about an alert on one channel. */
export type Receipt = { what: string; channel: string; state: 'delivered' | 'failed'; at: number; reason: string | null; next: string | null; person?: string | undefined };
/** The ladder from breach to disposal: acknowledged is not handled. Each step may be taken again: the last word counts, and of follow-ups all stand. */
export type Handling = {
  /** In order; `reopens`: it was dealt with until then. */
  followUps: readonly { by: string; at: number; note: string | null; reopens?: true | undefined }[];
  diagnosis: { by: string; at: number; cause: string; unit: string } | null;
  orders: readonly string[];
  disposal: { by: string; at: number; reason: string } | null;
};

/**
 * An alert as it stands. Instants in UTC ms; `value` and `limit` in the pollutant's unit; `version` counts the facts that
 * change what is decided about it or made of it (no notes, receipts or escalations), `touched` all of them.
 * `judgedAt`: when `condition`, `value` and `reason` were last judged, which no person's act moves.
 * `askedAt`: since when this occurrence asks for somebody, which nothing does while it is covered; `needs`: roles that must each acknowledge (none: whoever may),
 * `signed`: who has so far, `acknowledged`: who completed it. What people wrote stands beside what judgement says, and no reading touches it.
 */
export type Alert = {
  id: string; kind: AlertKind; place: string; pollutant: string;
  period: { start: number; end: number | null };
  severity: Severity; condition: Condition; state: AlertState; shelved: boolean; suppressed: boolean; drill: boolean;
  occurrence: number; version: number; touched: number; raisedAt: number; changedAt: number; judgedAt: number;
  value: number | null; limit: number | null; assumed: boolean; marks: Mark[];
  acknowledged: { by: string; at: number; note: string | null } | null; reason: Reason;
  suppression: Suppression | null; askedAt: number; needs: readonly SigningRole[]; signed: readonly Signature[];
  notes: readonly AlertNote[]; handling: Handling;
  /** Whom this occurrence has gone up to, in order; what became of messages about it, the latest first, at most 20. */
  escalated: readonly Escalated[]; told: readonly Receipt[];
};

/** A kind, place and pollutant kept from disturbing anybody until an instant, by a person; `alert`: the one it was said of. */
export type Shelf = {
  alert: string; occurrence: number; kind: AlertKind; place: string; pollutant: string; severity: Severity;
  until: number; by: string; why: string; at: number; drill: boolean;
};
/** A station that is not expected to send. */
export type OutOfService = { station: string; by: string; why: string; workOrder: string | null; at: number; until: number | null };

export type OrderState = 'issued' | 'received' | 'started' | 'verified' | 'returned' | 'lifted';
/** One measure ordered of one area by a time; `steps` is its whole life. */
export type Order = {
  id: string; start: string; measure: string; area: string; level: Level; due: number; issuedAt: number; issuedBy: string;
  state: OrderState; version: number; drill: boolean; steps: { step: string; by: string; at: number; note: string | null }[];
};
/** A response level in force in an area since an instant. */
export type InForce = { ladder: string; area: string; level: Level; since: number; start: string; by: string; why: string; drill: boolean; /** The id of the fact that put it in force. */ fact: string };
/** A stretch of a station that was changed after the fact. */
export type Revision = { station: string; pollutant: string; start: number; at: number; source: string };

/** What is odd about a station's data, told at an instant; it makes nothing worse. */
export type Noticed = { station: string; at: number; reason: Reason };

/** The last shift that was handed over, or is being: `signed` null until somebody has taken it. */
export type Handover = {
  id: string; by: string; at: number; note: string; sheet: z.infer<typeof HandoverSheet>; drill: boolean;
  /** `asking`: what asked for somebody by then. */
  signed: { by: string; at: number; asking: readonly string[] } | null;
};

export type Room = {
  seq: number; at: number;
  /** Open alerts, and closed ones while their period could still bring them back; by id. */
  alerts: Readonly<Record<string, Alert>>;
  orders: Readonly<Record<string, Order>>;
  /** By `ladder/area`. */
  levels: Readonly<Record<string, InForce>>;
  /** The latest first, at most 200. */
  revisions: readonly Revision[];
  /** What is odd about stations' data, the latest first, at most 100. */
  notices: readonly Noticed[];
  /** What is shelved, by `kind|place|pollutant`. */
  shelves: Readonly<Record<string, Shelf>>;
  /** Stations out of service, by id. */
  outOfService: Readonly<Record<string, OutOfService>>;
  handover: Handover | null;
  /** Whom nobody could be told of by machine, and nobody has called about yet; by id. */
  calls: Calls;
};

export const emptyRoom: Room = { seq: 0, at: 0, alerts: {}, orders: {}, levels: {}, revisions: [], notices: [], shelves: {}, outOfService: {}, handover: null, calls: {} };

const MAX_REVISIONS = 200;

function foldRevisions(revisions: Room['revisions'], fact: Fact): Room['revisions'] {
  if (fact.kind !== 'readings-revised') return revisions;
  const fresh = fact.changes.map((c) => ({ station: c.station, pollutant: c.pollutant, start: c.start, at: fact.at, source: fact.source }));
  return [...fresh.reverse(), ...revisions].slice(0, MAX_REVISIONS);
}

const MAX_NOTICES = 100;

function foldNotices(notices: Room['notices'], fact: Fact): Room['notices'] {
  return fact.kind === 'data-notice' ? [{ station: fact.station, at: fact.at, reason: fact.reason }, ...notices].slice(0, MAX_NOTICES) : notices;
}

/** What a room has beside its alerts and what covers them. */
type Beside = Omit<Room, 'alerts' | 'shelves' | 'outOfService'>;

/** All that is not the book's (`book.ts`), after one more fact. */
export function foldBeside(room: Beside, fact: Fact): Beside {
  const { orders, levels } = foldResponse(room, fact);
  return {
    seq: fact.seq, at: Math.max(room.at, fact.at), orders, levels, revisions: foldRevisions(room.revisions, fact), notices: foldNotices(room.notices, fact), handover: foldHandover(room.handover, fact), calls: foldCalls(room.calls, fact),
  };
}

/** The room after some more facts, in order of `seq`; a gap is the caller's to see and to mend by a snapshot. */
export function applyAll(room: Room, facts: readonly Fact[]): Room {
  const book = new AlertBook(room);
  book.take(facts);
  let beside: Beside = room;
  for (const fact of facts) beside = foldBeside(beside, fact);
  const { seq, at, orders, levels, revisions, notices, handover, calls } = beside;
  return { seq, at, alerts: book.record, orders, levels, revisions, notices, shelves: book.shelved, outOfService: book.out, handover, calls };
}

/** The room after one more fact. */
export const apply = (room: Room, fact: Fact): Room => applyAll(room, [fact]);

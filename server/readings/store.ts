/**
 * Where readings land. Append-only: a revision is a further row, never an overwrite.
 * Implementations: `memory.ts` (tests, reports), `sqlite.ts` (the embedded default); one contract suite runs on all.
 */
import type { HandLevel } from '../../shared/quality/hand.ts';
import type { KeptReading, Quantity } from '../../shared/reading.ts';

/** Sums of an hour made of sub-hour readings, kept when its minutes are dropped; exact: `sum` in millionths × minutes. `level`: all of them were judged by hand. */
export type HourSum = { station: string; pollutant: Quantity; start: number; sum: number; minutes: number; suspect: number; invalid: number; level?: HandLevel };

export type Range = { from: number; to: number };
/** `knownAt`: only what had arrived by then; a later revision does not hide the one that was the last at the time. */
export type LatestQuery = Range & { knownAt?: number };
export type SeriesQuery = Range & { station: string; pollutant: string };

/** A refused write: nothing of the batch is durable. */
export type Kept = { ok: true } | { ok: false; reason: string };

export type ReadingsStore = {
  /** All or nothing; resolves when durable. Batches become durable in the order they were given. */
  keep: (readings: readonly KeptReading[]) => Promise<Kept>;
  /** The latest revision of every key with start in [from, to), in chunks, in order of start, then station, then pollutant. */
  latest: (query: LatestQuery) => AsyncIterable<KeptReading[]>;
  /** Every revision of one series with start in [from, to), by start, then minutes, then revision. */
  revisions: (query: SeriesQuery) => Promise<KeptReading[]>;
  /** Hours whose minutes were dropped, with start in [from, to). */
  hourSums: (range: Range) => Promise<HourSum[]>;
  /** In one transaction: keeps `sums` and drops sub-hour readings that start before `before`. Hour readings stay. */
  compact: (before: number, sums: readonly HourSum[]) => Promise<Kept>;
  /** Latest instant by which a kept reading's period had ended, or null; and how many rows there are. */
  extent: () => Promise<{ end: number | null; rows: number }>;
  /** Small values by name (durable event time, replay position): last one wins; durable when resolved. */
  note: (name: string, value: string) => Promise<Kept>;
  noted: (name: string) => Promise<string | null>;
  close: () => Promise<void>;
};

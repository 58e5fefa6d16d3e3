/** As much of an InfluxDB as the store uses, whichever version speaks. Instants are UTC ms; failures are values. */

export type FieldValue = { kind: 'float' | 'integer'; value: number } | { kind: 'string'; value: string };
export type Point = { measurement: string; tags: Readonly<Record<string, string>>; fields: Readonly<Record<string, FieldValue>>; time: number };
/** A point that was read: its tags and fields by name. */
export type Row = { time: number; of: Readonly<Record<string, unknown>> };

/**
 * Why it did not happen. `refused`: of what was sent at least a part will never be taken, however often it is sent (a partial
 * write among them: the rest of it may be there). Otherwise it may be sent again, after `wait` ms where the database says so.
 */
export type Failure = { ok: false; reason: string; refused: boolean; wait?: number };
export type Answer = { ok: true } | Failure;

export type Span = { from: number; to: number };
export type RowsQuery = Span & { measurement: string; tags?: Readonly<Record<string, string>> };

export type Driver = {
  /** Sees to it that the database, or bucket, is there; answers which it is. */
  prepare: () => Promise<Answer>;
  /** Resolves once the database has confirmed all of it. */
  write: (points: readonly Point[]) => Promise<Answer>;
  /** Points in order of time. A failure throws: nobody can go on without what was asked. */
  rows: (query: RowsQuery) => Promise<Row[]>;
  /** The first and the last instant of a measurement, or null. */
  span: (measurement: string) => Promise<{ first: number; last: number } | null>;
  count: (measurement: string, field: string) => Promise<number>;
  /** Drops points of a measurement that are earlier. */
  drop: (measurement: string, before: number) => Promise<Answer>;
  close: () => Promise<void>;
};

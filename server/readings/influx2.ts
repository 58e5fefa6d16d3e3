/**
 * InfluxDB 2.x (and Cloud, by its URL), by its client. The client's own buffer and retries are turned off: what is written is
 * confirmed before anything goes on, and the outbox is the one place that tries again.
 */
import { HttpError, InfluxDB, Point as ClientPoint, setLogger, toFluxValue } from '@influxdata/influxdb-client';
import type { Answer, Driver, Failure, Point, Row, RowsQuery } from './influx/driver.ts';
import { ALWAYS } from './influx/points.ts';
import { InfluxReadings } from './influx/store.ts';
import type { OpenedInflux } from './influx1.ts';

export type Influx2 = { url: string; token: string; org: string; bucket: string };

const TIMEOUT = 30_000;
/** Instants that no reading is outside of. */
const [EVER, NEVER] = ['1970-01-01T00:00:00Z', '2200-01-01T00:00:00Z'];
/** Answers that will be the same the next time: what was sent cannot be taken. */
const REFUSED: readonly number[] = [400, 413, 422];

setLogger({ error: () => undefined, warn: () => undefined });

function failureOf(error: unknown): Failure {
  if (!(error instanceof HttpError)) return { ok: false, reason: error instanceof Error ? error.message : String(error), refused: false };
  const seconds = error.retryAfter();
  return { ok: false, reason: `${error.statusCode} ${error.message}`, refused: REFUSED.includes(error.statusCode), ...(seconds > 0 ? { wait: seconds * 1000 } : {}) };
}

async function tried(work: () => Promise<unknown>): Promise<Answer> {
  try {
    await work();
    return { ok: true };
  } catch (error) {
    return failureOf(error);
  }
}

function clientPoint({ measurement, tags, fields, time }: Point): ClientPoint {
  const point = new ClientPoint(measurement).timestamp(time);
  for (const [tag, value] of Object.entries(tags)) point.tag(tag, value);
  for (const [name, { kind, value }] of Object.entries(fields)) {
    if (kind === 'string') point.stringField(name, value);
    else if (kind === 'integer') point.intField(name, value);
    else point.floatField(name, value);
  }
  return point;
}

/** What the API beside the client's own asks and answers. */
async function ask({ url, token }: Influx2, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url.replace(/\/$/, '')}/api/v2/${path}`, {
    method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT), ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new HttpError(response.status, response.statusText, text, response.headers.get('retry-after'), response.headers.get('content-type'));
  return text === '' ? {} : JSON.parse(text) as Record<string, unknown>;
}

const firstId = (found: unknown): string | null => {
  const [first] = Array.isArray(found) ? found as { id?: unknown }[] : [];
  return typeof first?.id === 'string' ? first.id : null;
};

async function bucketOf(at: Influx2): Promise<boolean> {
  const { org, bucket } = at;
  try {
    return firstId((await ask(at, `buckets?org=${encodeURIComponent(org)}&name=${encodeURIComponent(bucket)}`))['buckets']) !== null;
  } catch (error) {
    if (error instanceof HttpError && error.statusCode === 404) return false;
    throw error;
  }
}

/** Makes the bucket where it is not there; nothing in it ends by itself. */
async function prepare(at: Influx2): Promise<void> {
  if (await bucketOf(at)) return;
  const orgID = firstId((await ask(at, `orgs?org=${encodeURIComponent(at.org)}`))['orgs']);
  if (orgID === null) throw new Error(`there is no organisation "${at.org}", or the token may not see it`);
  await ask(at, 'buckets', { orgID, name: at.bucket, retentionRules: [], description: 'readings of Qingkong' });
}

const iso = (instant: number): string => new Date(instant).toISOString();

function source({ bucket }: Influx2, { measurement, tags = {} }: Pick<RowsQuery, 'measurement' | 'tags'>, [start, stop]: readonly [string, string]): string {
  const own = Object.entries(tags).map(([tag, value]) => ` and r[${toFluxValue(tag)}] == ${toFluxValue(value)}`).join('');
  return `from(bucket: ${toFluxValue(bucket)}) |> range(start: time(v: ${toFluxValue(start)}), stop: time(v: ${toFluxValue(stop)}))`
    + ` |> filter(fn: (r) => r._measurement == ${toFluxValue(measurement)}${own})`;
}

const PIVOT = ' |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value") |> drop(columns: ["_start", "_stop", "_measurement"])';

type Told = Record<string, unknown>;
const rowOf = ({ _time, ...of }: Told): Row => ({ time: Date.parse(String(_time)), of: Object.fromEntries(Object.entries(of).filter(([, value]) => value !== null)) });

type Looking = Pick<Driver, 'rows' | 'span' | 'count'>;

function looking(at: Influx2, client: InfluxDB): Looking {
  const queries = client.getQueryApi(at.org);
  const asked = (flux: string): Promise<Told[]> => queries.collectRows<Told>(flux);
  const all = (measurement: string, field: string): string => `${source(at, { measurement }, [EVER, NEVER])} |> filter(fn: (r) => r._field == ${toFluxValue(field)})`;
  /** Of each series, which the database knows without looking at all of it. */
  const edges = async (which: 'first' | 'last', measurement: string): Promise<number[]> =>
    (await asked(`${all(measurement, ALWAYS)} |> ${which}() |> keep(columns: ["_time"])`)).map(({ _time }) => Date.parse(String(_time)));
  return {
    rows: async ({ from, to, ...of }) => (await asked(`${source(at, of, [iso(from), iso(to)])}${PIVOT}`)).map(rowOf).sort((a, b) => a.time - b.time),
    span: async (measurement) => {
      const [firsts, lasts] = await Promise.all([edges('first', measurement), edges('last', measurement)]);
      return firsts.length === 0 || lasts.length === 0 ? null : { first: firsts.reduce((a, b) => Math.min(a, b)), last: lasts.reduce((a, b) => Math.max(a, b)) };
    },
    count: async (measurement, field) => Number((await asked(`${all(measurement, field)} |> group() |> count()`))[0]?.['_value'] ?? 0),
  };
}

function driverOf(at: Influx2): Driver {
  const { url, token, org, bucket } = at;
  const client = new InfluxDB({ url, token, timeout: TIMEOUT });
  const place = `org=${encodeURIComponent(org)}&bucket=${encodeURIComponent(bucket)}`;
  return {
    ...looking(at, client),
    prepare: () => tried(() => prepare(at)),
    write: (points) => tried(async () => {
      const writer = client.getWriteApi(org, bucket, 'ms', { batchSize: points.length + 1, flushInterval: 0, maxRetries: 0 });
      writer.writePoints(points.map(clientPoint));
      await writer.flush();
    }),
    // The end of a deletion belongs to it; readings start with a minute.
    drop: (measurement, before) => tried(() => ask(at, `delete?${place}`, { start: EVER, stop: iso(before - 1), predicate: `_measurement="${measurement}"` })),
    close: () => Promise.resolve(),
  };
}

/** Opens it once the bucket is there, or says why it is not. */
export async function openInflux2(at: Influx2): Promise<OpenedInflux> {
  const far = influx2(at);
  const prepared = await far.prepare();
  return prepared.ok ? { ok: true, store: far.store } : prepared;
}
/** Without asking it anything: for whoever ships, and waits where it is away. */
export const influx2 = (at: Influx2): { store: InfluxReadings; prepare: () => Promise<Answer> } => {
  const driver = driverOf(at);
  return { store: new InfluxReadings(driver), prepare: driver.prepare };
};

/** InfluxDB 1.x, by its client. It keeps a database of its own name, made at the first start, with no end to its retention. */
import { escape, FieldType, InfluxDB, type IPoint } from 'influx';
import type { Answer, Driver, Failure, Point, Row, RowsQuery } from './influx/driver.ts';
import { NOTES, READINGS, SUMS } from './influx/points.ts';
import { InfluxReadings } from './influx/store.ts';

export type Influx1 = { url: string; database: string; username?: string; password?: string };

const TIMEOUT = 30_000;
const { FLOAT, INTEGER, STRING } = FieldType;
const READING = { value: FLOAT, micro: INTEGER, flag: STRING, validity: STRING, why: STRING, source: STRING, arrived: INTEGER };

const schemaOf = (database: string) => [
  ...READINGS.map((measurement) => ({ database, measurement, fields: READING, tags: ['station', 'pollutant', 'minutes', 'revision'] })),
  { database, measurement: SUMS, fields: { sum: INTEGER, minutes: INTEGER, suspect: INTEGER, invalid: INTEGER, level: STRING }, tags: ['station', 'pollutant'] },
  { database, measurement: NOTES, fields: { value: STRING }, tags: ['name'] },
];

/** What the database's own answer says; 4xx but for 401, 403, 404, 408 and 429 will be the same the next time. */
function failureOf(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  const status = typeof error === 'object' && error !== null && 'res' in error ? (error.res as { statusCode?: number }).statusCode ?? 0 : 0;
  return { ok: false, reason, refused: status === 400 || status === 413 || status === 422 };
}

async function tried(work: () => Promise<unknown>): Promise<Answer> {
  try {
    await work();
    return { ok: true };
  } catch (error) {
    return failureOf(error);
  }
}

const raw = ({ measurement, tags, fields, time }: Point): IPoint =>
  ({ measurement, tags: { ...tags }, fields: Object.fromEntries(Object.entries(fields).map(([key, { value }]) => [key, value])), timestamp: time });

function where({ from, to, tags = {} }: Omit<RowsQuery, 'measurement'>): string {
  const own = Object.entries(tags).map(([tag, value]) => ` AND ${escape.quoted(tag)} = ${escape.stringLit(value)}`).join('');
  return `time >= ${from}ms AND time < ${to}ms${own}`;
}

type Told = { time: { getTime: () => number } } & Record<string, unknown>;
const rowOf = ({ time, ...of }: Told): Row => ({ time: time.getTime(), of });

function driverOf({ url, database, username, password }: Influx1): Driver {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  const client = new InfluxDB({
    hosts: [{ host: hostname, port: port === '' ? (secure ? 443 : 8086) : Number(port), protocol: secure ? 'https' : 'http' }],
    database, schema: schemaOf(database), pool: { maxRetries: 0, requestTimeout: TIMEOUT },
    ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }),
  });
  const asked = async (query: string): Promise<Told[]> => [...await client.query<Told>(query)];
  const edge = async (which: 'ASC' | 'DESC', measurement: string): Promise<number | null> =>
    (await asked(`SELECT arrived FROM ${escape.measurement(measurement)} ORDER BY time ${which} LIMIT 1`))[0]?.time.getTime() ?? null;
  return {
    prepare: () => tried(() => client.createDatabase(database)),
    write: (points) => tried(() => client.writePoints(points.map(raw), { precision: 'ms' })),
    rows: async ({ measurement, ...query }) => (await asked(`SELECT * FROM ${escape.measurement(measurement)} WHERE ${where(query)}`)).map(rowOf),
    span: async (measurement) => {
      const [first, last] = await Promise.all([edge('ASC', measurement), edge('DESC', measurement)]);
      return first === null || last === null ? null : { first, last };
    },
    count: async (measurement, field) => Number((await asked(`SELECT count(${escape.quoted(field)}) AS n FROM ${escape.measurement(measurement)}`))[0]?.['n'] ?? 0),
    drop: (measurement, before) => tried(() => client.query(`DELETE FROM ${escape.measurement(measurement)} WHERE time < ${before}ms`)),
    close: () => Promise.resolve(),
  };
}

export type OpenedInflux = { ok: true; store: InfluxReadings } | Failure;

/** Opens it once the database is there, or says why it is not. */
export async function openInflux1(at: Influx1): Promise<OpenedInflux> {
  const driver = driverOf(at);
  const prepared = await driver.prepare();
  return prepared.ok ? { ok: true, store: new InfluxReadings(driver) } : prepared;
}
/** Without asking it anything: for whoever ships, and waits where it is away. */
export const influx1 = (at: Influx1): { store: InfluxReadings; prepare: () => Promise<Answer> } => {
  const driver = driverOf(at);
  return { store: new InfluxReadings(driver), prepare: driver.prepare };
};

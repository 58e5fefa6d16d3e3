/** Which InfluxDB readings are shipped to, by `--store` and the environment; and the shipping itself. */
import type { KeptReading } from '../../shared/reading.ts';
import type { ShippingBody } from '../../shared/ways.ts';
import { failedKeeper } from '../failed.ts';
import type { Log } from '../http/ports.ts';
import { type Far, Shipper, SHIPPED, type ShippingState } from '../readings/outbox.ts';
import type { SqliteStore } from '../readings/sqlite.ts';

export const STORES = ['sqlite', 'influx1', 'influx2'] as const;
export type StoreKind = (typeof STORES)[number];
type Environment = Readonly<Record<string, string | undefined>>;
export type FarFound = { ok: true; far: Far | null } | { ok: false; lines: string[] };

const NEEDED: Readonly<Record<StoreKind, readonly string[]>> = {
  sqlite: [], influx1: ['INFLUX_URL', 'INFLUX_DATABASE'], influx2: ['INFLUX_URL', 'INFLUX_TOKEN', 'INFLUX_ORG', 'INFLUX_BUCKET'],
};

function urlMistake(text: string): string[] {
  if (text === '') return [];
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return [`INFLUX_URL: "${text}" is no address such as http://127.0.0.1:8086`];
  // What is in it is shown at the desk.
  return new URL(text).username === '' && new URL(text).password === '' ? [] : ['INFLUX_URL has a name or password in it; they belong into INFLUX_USERNAME and INFLUX_PASSWORD'];
}

/** The far end that a start asks for; null: the embedded store alone. Secrets come from the environment, and are said nowhere. */
export async function farOf(store: StoreKind, env: Environment): Promise<FarFound> {
  const of = (name: string): string => env[name] ?? '';
  const lacking = NEEDED[store].filter((name) => of(name) === '').map((name) => `--store ${store} needs the environment variable ${name}`);
  const lines = [...lacking, ...(store === 'sqlite' ? [] : urlMistake(of('INFLUX_URL')))];
  if (lines.length > 0) return { ok: false, lines };
  const url = of('INFLUX_URL');
  if (store === 'influx1') {
    const [database, username, password] = [of('INFLUX_DATABASE'), env['INFLUX_USERNAME'], env['INFLUX_PASSWORD']];
    const { influx1 } = await import('../readings/influx1.ts');
    const far = influx1({ url, database, ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) });
    return { ok: true, far: { name: `influx1 ${url} ${database}`, ...far } };
  }
  if (store === 'sqlite') return { ok: true, far: null };
  const [token, org, bucket] = [of('INFLUX_TOKEN'), of('INFLUX_ORG'), of('INFLUX_BUCKET')];
  const { influx2 } = await import('../readings/influx2.ts');
  return { ok: true, far: { name: `influx2 ${url} ${org}/${bucket}`, ...influx2({ url, token, org, bucket }) } };
}

type Parts = { far: Far | null; store: SqliteStore; dir: string; log: Log };
export type Shipped = { told: () => ShippingBody | null; stop: () => Promise<void> };

const SECOND = 1000;

const bodyOf = ({ to, readings, since, failing, setAside, shipped }: ShippingState, now: number): ShippingBody =>
  ({ to, owed: readings, waitedSeconds: since === null ? null : Math.max(0, (now - since) / SECOND), failing, setAside, shipped });

/** Ships from now on. Without a far end it is noted that none has all, so that a later one gets what came meanwhile. */
export async function openShipping({ far, store, dir, log }: Parts): Promise<Shipped> {
  if (far === null) {
    if (await store.noted(SHIPPED) !== null) await store.note(SHIPPED, '{}');
    return { told: () => null, stop: () => Promise.resolve() };
  }
  const failed = failedKeeper(dir, 'influx', Date.now);
  const shipper = new Shipper({
    outbox: store, far,
    setAside: (reading: KeptReading, reason) => { failed.keep({ at: Date.now(), peer: far.name, reason: 'refused', detail: reason, raw: Buffer.from(JSON.stringify(reading)) }); },
    onChange: (reason) => {
      if (reason === null) log.info({ to: far.name }, 'readings are shipped again');
      else log.warn({ to: far.name, reason }, 'readings cannot be shipped; they wait in the embedded store');
    },
  });
  // Nothing is told before it is known: that nothing is owed is not to be said by default.
  let latest: ShippingBody | null = null;
  const look = (): void => { void shipper.state().then((state) => { latest = bodyOf(state, Date.now()); }, () => undefined); };
  const timer = setInterval(look, SECOND);
  look();
  return {
    told: () => latest,
    stop: async () => {
      clearInterval(timer);
      await shipper.stop();
      await failed.settled();
    },
  };
}

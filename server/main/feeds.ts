/** Ways in that go and look: feeds that are asked, folders that are looked into, brokers that are listened to. */
import path from 'node:path';
import type { Ingest } from '../../shared/delivery.ts';
import { notice } from '../../shared/notice.ts';
import type { MqttSource, PullSource } from '../../shared/sources.ts';
import { durationMs } from '../../shared/time.ts';
import type { FeedBody } from '../../shared/ways.ts';
import type { Config } from '../config.ts';
import { failedKeeper } from '../failed.ts';
import { feedReader } from '../layouts/feed.ts';
import { Folder } from '../sources/files/folder.ts';
import type { Broker } from '../sources/mqtt/broker.ts';
import { Messages } from '../sources/mqtt/messages.ts';
import { fetcherOf, headersOf } from '../sources/pull/fetch.ts';
import { Puller } from '../sources/pull/puller.ts';
import type { House } from './house.ts';
import type { RunParts } from './run.ts';

export type Feeds = { told: () => FeedBody[]; stop: () => Promise<void> };
type Open = { body: () => FeedBody; stop: () => Promise<void> };
type Parts = { run: RunParts; house: House; ingest: Ingest };

const namedIn = (config: Config, stations: 'all' | readonly string[]): readonly string[] => (stations === 'all' ? config.stations.map(({ id }) => id) : stations);
const iso = (config: Config, at: number | null): string | null => (at === null ? null : config.civil.iso(at));

/** Secrets that feeds and brokers need and the environment does not hold, a line each. */
export function lackingIn({ sources }: Config, env: NodeJS.ProcessEnv): string[] {
  const wanted = sources.flatMap((source) => {
    const names = source.kind === 'pull' ? headersOf(source, env).lacking : source.kind === 'mqtt' ? [source.userEnv, source.passwordEnv].filter((name) => name !== undefined && (env[name] ?? '') === '') : [];
    return names.map((name) => `source ${source.id}: the environment variable ${name ?? ''} is not set`);
  });
  return [...new Set(wanted)];
}

/** Whether the room's own broker is wanted. */
export const wantsBroker = ({ sources }: Config): boolean => sources.some((source) => source.kind === 'mqtt' && source.url === undefined);

async function pulled({ run: { config, log }, house, ingest }: Parts, source: PullSource): Promise<Open> {
  const { store, clock, room } = house;
  const name = `pull:${source.id}`;
  const noted = await store.noted(name);
  const puller = new Puller({
    source, stations: namedIn(config, source.stations), civil: config.civil, clock, reached: noted === null ? null : Number(noted),
    fetch: fetcherOf(source, headersOf(source, process.env).headers), read: feedReader(source, config.stations, config.civil), take: ingest,
    note: (reached) => store.note(name, String(reached)),
    onChange: (failing, since) => {
      if (failing === null) { log.info({ source: source.id, since: config.civil.iso(since) }, 'the feed answers again'); return; }
      log.warn({ source: source.id, reason: failing }, 'the feed cannot be asked; it is tried again');
      // Of one outage there is one notice, also where the server starts anew within it.
      const hour = puller.state.reached ?? config.civil.hour(since);
      room.append([notice({ station: source.id, at: clock.now(), hour, code: 'source-failed', figures: { reason: failing, since: config.civil.iso(since) } })]);
    },
  });
  return {
    body: () => {
      const { reached, asked, failures, failing, since, absent } = puller.state;
      return { id: source.id, kind: 'pull', trouble: failing, since: iso(config, since), reached: iso(config, reached), absent, figures: { asked, failures } };
    },
    stop: () => puller.stop(),
  };
}

/** Machine milliseconds between two looks, however fast event time goes. */
const LEAST = 200;

function dropped({ run: { config, log, folder }, house, ingest }: Parts, source: Extract<Config['sources'][number], { kind: 'files' }>): Open {
  const place = path.isAbsolute(source.folder) ? source.folder : path.join(folder.dir, source.folder);
  const watched = new Folder({
    source: source.id, folder: place, every: Math.max(LEAST, (durationMs(source.every) ?? 0) / house.clock.speed), read: feedReader(source, config.stations, config.civil), take: ingest,
    failed: (reason) => { log.warn({ source: source.id, folder: place, reason }, 'the folder cannot be looked into'); },
  });
  return {
    body: () => {
      const { done, failed, waiting, trouble } = watched.state;
      return { id: source.id, kind: 'files', trouble, since: null, reached: null, absent: [], figures: { done, failed, waiting } };
    },
    stop: () => watched.stop(),
  };
}

function messagesOf({ run: { config, folder }, house, ingest }: Parts, source: MqttSource): { messages: Messages; settled: () => Promise<void> } {
  const keeper = failedKeeper(folder.dir, 'mqtt', Date.now);
  const messages = new Messages({
    source, stations: config.stations, civil: config.civil, now: house.clock.now, take: ingest,
    keepFailed: ({ topic, detail, raw }) => { keeper.keep({ at: Date.now(), peer: topic, reason: 'message', detail, raw }); },
  });
  return { messages, settled: keeper.settled };
}

async function listened(parts: Parts, source: MqttSource, { messages, settled }: ReturnType<typeof messagesOf>): Promise<Open> {
  const { log } = parts.run;
  const { Subscriber } = await import('../sources/mqtt/subscriber.ts');
  let trouble: string | null = source.url === undefined ? null : 'not connected yet';
  const subscriber = source.url === undefined ? null : new Subscriber({
    messages, url: source.url, user: process.env[source.userEnv ?? ''], password: process.env[source.passwordEnv ?? ''],
    onChange: (connected, reason) => {
      if (!connected && trouble === null) log.warn({ source: source.id, reason }, 'the broker is away');
      trouble = connected ? null : reason;
    },
  });
  return {
    body: () => {
      const { messages: count, failed, withheld } = messages.state;
      return { id: source.id, kind: 'mqtt', trouble, since: null, reached: null, absent: [], figures: { messages: count, failed, withheld } };
    },
    stop: async () => {
      await subscriber?.stop();
      await settled();
    },
  };
}

/** Opens them all; `broker` is the room's own, where the event wants one. */
export async function openFeeds(run: RunParts, house: House, of: { ingest: Ingest; broker: Broker | null }): Promise<Feeds> {
  const parts: Parts = { run, house, ingest: of.ingest };
  const open: Open[] = [];
  const own: Messages[] = [];
  for (const source of run.config.sources) {
    if (source.kind === 'pull') open.push(await pulled(parts, source));
    else if (source.kind === 'files') open.push(dropped(parts, source));
    else if (source.kind === 'mqtt') {
      const made = messagesOf(parts, source);
      if (source.url === undefined) own.push(made.messages);
      open.push(await listened(parts, source, made));
    }
  }
  const { access } = run.folder;
  await of.broker?.serve({ messages: own, sourceOf: (password) => { const caller = access.caller(password); return caller?.kind === 'source' ? caller.source : null; } });
  return {
    told: () => open.map(({ body }) => body()),
    stop: async () => {
      await of.broker?.close();
      await Promise.all(open.map(({ stop }) => stop()));
    },
  };
}

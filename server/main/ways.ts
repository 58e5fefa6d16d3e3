/** The ways in besides recorded and simulated air: what each source may send, counted; devices on their line. */
import type { Air } from '../../shared/fact.ts';
import { CANARY, CANARY_SOURCE } from '../../shared/canary.ts';
import type { Ingest } from '../../shared/delivery.ts';
import { notice } from '../../shared/notice.ts';
import type { CanaryBody, Hj212Body, WayBody, WaysBody } from '../../shared/ways.ts';
import type { Config } from '../config.ts';
import { failedKeeper } from '../failed.ts';
import type { HttpPorts, Receipt } from '../http/ports.ts';
import { type Devices, devicesOf, type Found } from '../sources/hj212/devices.ts';
import { intakeOf } from '../sources/hj212/intake.ts';
import type { Hj212Listening } from '../sources/hj212/server.ts';
import type { SessionParts } from '../sources/hj212/session.ts';
import { type Hj212Tally, Tally } from '../sources/hj212/tally.ts';
import { precisionOf } from '../sources/line-protocol/parse.ts';
import { type LineReader, lineReader } from '../sources/line-protocol/readings.ts';
import { type CanaryState, startCanary } from './canary.ts';
import { type Feeds, openFeeds } from './feeds.ts';
import { EVENT_SOURCE, type House } from './house.ts';
import type { RunParts } from './run.ts';
import type { Shipped } from './shipping.ts';

export type Ways = Pick<HttpPorts, 'ingest' | 'lines' | 'ways'> & { /** Lets feeds, folders and brokers in. */ open: () => Promise<void>; /** The server answers: the canary may sing. */ ready: () => void; close: () => Promise<void> };

/** Whether feeds are asked: real ones have nothing to say to simulated or recorded air. */
export const feedsOpen = (air: Air): boolean => air === 'live' || air === 'silent';

/** The devices of an event's HJ 212 sources; what an environment variable lacks is for the start to tell. */
export const devicesIn = ({ sources, stations }: Config): Found => devicesOf(sources.filter((source) => source.kind === 'hj212'), stations, process.env);

const kindOf = ({ sources }: Config, id: string): string => sources.find((source) => source.id === id)?.kind ?? 'http';

function stationsOf({ sources, stations }: Config, id: string): number {
  const own = sources.find((source) => source.id === id)?.stations;
  return own === undefined || own === 'all' ? stations.length : own.length;
}

type Count = Omit<WayBody, 'lastAt'> & { lastAt: number | null };

/** Counts by source what was sent and what became of it. */
function counted(config: Config, now: () => number, ingest: Ingest): { ingest: Ingest; told: () => WayBody[] } {
  const counts = new Map<string, Count>();
  const of = (id: string): Count => {
    let count = counts.get(id);
    if (count === undefined) {
      counts.set(id, count = { id, kind: kindOf(config, id), stations: stationsOf(config, id), deliveries: 0, accepted: 0, unchanged: 0, revised: 0, rejected: {}, withheld: 0, lastAt: null });
    }
    return count;
  };
  for (const { id } of config.sources) of(id);
  const note = (count: Count, receipt: Receipt): void => {
    count.deliveries += 1;
    count.lastAt = now();
    if (!receipt.ok) { count.withheld += 1; return; }
    for (const outcome of ['accepted', 'unchanged', 'revised'] as const) count[outcome] += receipt[outcome];
    for (const { code } of receipt.rejected) count.rejected[code] = (count.rejected[code] ?? 0) + 1;
  };
  return {
    ingest: async (delivery) => {
      const receipt = await ingest(delivery);
      note(of(delivery.source), receipt);
      return receipt;
    },
    told: () => [...counts.values()].filter(({ id, deliveries }) => id !== CANARY_SOURCE && (id !== EVENT_SOURCE || deliveries > 0))
      .map((count) => ({ ...count, lastAt: count.lastAt === null ? null : config.civil.iso(count.lastAt) })),
  };
}

function readers({ sources, stations, civil }: Config): ReadonlyMap<string, LineReader> {
  return new Map(sources.flatMap((source) => (source.kind === 'line-protocol' ? [[source.id, lineReader(source, stations, civil)] as const] : [])));
}

/** The latest instant until which a station was heard. */
function heardOf({ bench: { ledger } }: House): (station: string) => number | null {
  return (station) => (ledger.byStation.get(station) ?? []).reduce<number | null>((latest, { heard }) => (heard === null ? latest : Math.max(latest ?? heard, heard)), null);
}

function hj212Body({ config: { civil } }: RunParts, told: Hj212Tally, of: { port: number; registered: number; unkept: number }): Hj212Body {
  return {
    ...told, ...of,
    devices: told.devices.map(({ heardAt, skew, ...device }) => ({ ...device, heardAt: heardAt === null ? null : civil.iso(heardAt), skewSeconds: skew === null ? null : skew / 1000 })),
    unknown: told.unknown.map(({ at, ...unknown }) => ({ ...unknown, at: civil.iso(at) })),
  };
}

type Line = { told: () => Hj212Body | null; close: () => Promise<void> };
const NO_LINE: Line = { told: () => null, close: () => Promise.resolve() };

const NO_FEEDS: Feeds = { told: () => [], stop: () => Promise.resolve() };

/** Serves the devices' line, if there is one. */
function openLine(parts: RunParts, house: House, ingest: Ingest): Line {
  const { hj212, folder, log, config: { civil } } = parts;
  if (hj212 === null) return NO_LINE;
  const { line, devices }: { line: Hj212Listening; devices: Devices } = hj212;
  const failed = (error: unknown): void => { log.error({ error: String(error) }, 'an HJ 212 frame could not be handled'); };
  const keeper = failedKeeper(folder.dir, 'hj212', Date.now);
  const tally = new Tally();
  const session: SessionParts = {
    devices, civil, tally, now: house.clock.now, machine: Date.now, heard: heardOf(house), keepFailed: keeper.keep, intake: intakeOf(ingest, failed),
  };
  line.serve(session, failed);
  return {
    told: () => hj212Body(parts, tally.told(), { port: line.port, registered: devices.size, unkept: keeper.lost() }),
    close: async () => {
      await line.close();
      await keeper.settled();
    },
  };
}

export type WaysParts = RunParts & { shipping: Shipped['told'] };

/** The canary of real air, under a token of this start's; its silence is a notice of the journal, a line of the log and a figure. */
function openCanary({ folder: { access, store }, listening, log, config: { civil } }: RunParts, { clock, room }: House): ReturnType<typeof startCanary> {
  for (const { id, name, kind, revoked } of access.tokens()) if (kind === 'source' && name === CANARY_SOURCE && revoked === null) access.revokeToken(id);
  const token = access.addToken({ kind: 'source', name: CANARY_SOURCE });
  if (!token.ok) throw new Error(token.reason);
  return startCanary({
    url: listening.url, token: token.added.secret, store, now: clock.now,
    onChange: (failing) => {
      if (failing === null) { log.info({}, 'the room\'s own reading comes through again'); return; }
      log.error({ reason: failing }, 'the room\'s own reading does not come through');
      room.append([notice({ station: CANARY, at: clock.now(), hour: civil.hour(clock.now()), code: 'path-failed', figures: { reason: failing } })]);
    },
  });
}

const canaryBody = ({ config: { civil } }: RunParts, { at, failing }: CanaryState): CanaryBody => ({ at: at === null ? null : civil.iso(at), failing });

/** Opens them; `take` is the path. */
export function openWays(parts: WaysParts, house: House, take: Ingest): Ways {
  const { config } = parts;
  const { now } = house.clock;
  const { ingest, told } = counted(config, now, take);
  const line = openLine(parts, house, ingest);
  const lineReaders = readers(config);
  let feeds: Feeds = NO_FEEDS;
  let canary: ReturnType<typeof openCanary> | null = null;
  return {
    ingest,
    open: async () => { if (feedsOpen(house.air)) feeds = await openFeeds(parts, house, { ingest, broker: parts.broker }); },
    ready: () => { if (house.air === 'live') canary = openCanary(parts, house); },
    close: async () => {
      await canary?.stop();
      await feeds.stop();
      await line.close();
    },
    ways: (): WaysBody => ({ at: config.civil.iso(now()), sources: told(), hj212: line.told(), feeds: feeds.told(), shipping: parts.shipping(), canary: canary === null ? null : canaryBody(parts, canary.state()) }),
    lines: (source, { text, precision }) => {
      const read = lineReaders.get(source);
      const unit = precisionOf(precision);
      if (read === undefined) return 'unknown-source';
      return unit === undefined ? 'bad-precision' : read(text, { unit, now: now() });
    },
  };
}

/** A house with its faces open: requests are answered, screens are fed. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Board, createBoard } from '../board.ts';
import { builtWeb } from '../built.ts';
import type { HttpPorts, Receipt, RoomPorts } from '../http/ports.ts';
import type { HeaderState } from '../../shared/header.ts';
import type { Screens } from '../screens.ts';
import type { Progress } from './air.ts';
import type { Showing } from './faces.ts';
import { begin, type Begun, type House } from './house.ts';
import { classifier, eventInfo } from './info.ts';
import { commandPorts, type Faces, queryPorts, snapshotOf } from './ports.ts';
import { DAY } from '../../shared/time.ts';
import { darkOf } from './walls.ts';
import { loadOf, staleIn } from '../../shared/load.ts';
import { dutyNow } from './duty.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { RunParts } from './run.ts';
import { trustedProxies } from './proxies.ts';
import { publicOrigins } from './sign-on.ts';
import { capPorts } from './telling.ts';
import { openWays, type Ways, type WaysParts } from './ways.ts';

/** What changes without a reading: whether the first look is done, how far a replay has come. */
export type State = { ready: boolean; replay: Progress | null };
export type Outside = { board: Board; begun: Begun; screens: Screens; ways: Ways };

/** The version of the built web: a page of another one reloads itself. */
function webBuild(): string {
  const stamp = path.join(path.dirname(builtWeb), 'web.stamp');
  return existsSync(stamp) ? readFileSync(stamp, 'utf8').trim().slice(0, 16) : 'unbuilt';
}

const REPLAYING: Receipt = {
  ok: false, code: 'replaying', detail: 'recorded readings are being played; send again once /readyz says that the replay is done',
};

function sayWhatTheJournalDoes({ log }: RunParts, { sequencer }: House, board: Board): void {
  sequencer.onChange(({ durable, reason, queued }) => {
    board.touched();
    if (durable) log.info({ queued }, 'the journal is written again');
    else log.error({ reason, queued }, 'the journal cannot be written: what staff do is refused until it can');
  });
}

export type OutsideParts = WaysParts & {
  telling: Notifier;
  /** The walls of before the start. */
  walls: string;
  /** What is to be known here of the other room of this server, and whether a wall is there. */
  beside: () => Pick<HeaderState, 'exercise' | 'real'>;
  elsewhere?: Showing['elsewhere'];
  /** Makes HTTP and screens of it. */
  stand: (of: { http: RoomPorts; showing: Showing }) => Screens;
};

/** Opens the faces of a house. Screens are told from the first fact on. */
export function openOutside(parts: OutsideParts, house: House, state: State): Outside {
  const { clock, config } = parts;
  const told: { screens: Screens | null } = { screens: null };
  const board = createBoard({
    bench: house.bench, now: clock.now, classify: classifier(config), send: (message) => { told.screens?.move(message); }, watched: () => (told.screens?.count() ?? 0) > 0,
    state: () => ({
      durable: house.sequencer.state().durable && !house.keeper.refused(), evaluating: !state.ready, clock: clock.standing() ? 'standing' : 'running', replay: state.replay, ...parts.beside(),
    }),
  });
  const totals = { readings: 0, facts: 0 };
  house.room.onShow((facts) => { totals.facts += facts.length; told.screens?.show(facts); });
  house.room.onShow(parts.telling.take);
  const load = loadPort(house);
  sayWhatTheJournalDoes(parts, house, board);
  const begun = begin(house, board);
  const build = webBuild();
  const faces: Faces = {
    house, board, epoch: randomUUID(), info: eventInfo(config, { air: house.air, build }), readiness: () => state, sockets: () => told.screens?.count() ?? 0,
  };
  const ways = openWays(parts, house, (delivery) => {
    if (state.replay !== null && !state.replay.done) return Promise.resolve(REPLAYING);
    totals.readings += delivery.readings.length;
    return begun.take(delivery);
  });
  const showing: Showing = {
    access: parts.folder.access, epoch: faces.epoch, build, snapshot: () => snapshotOf(faces), eventNow: clock.now, dark: darkOf(parts, house), remembered: parts.walls, ...(parts.elsewhere === undefined ? {} : { elsewhere: parts.elsewhere }),
  };
  told.screens = parts.stand({ http: httpPorts({ parts, told, load, faces, begun, ways, totals }), showing });
  return { board, begun, screens: told.screens, ways };
}

function loadPort({ room, clock, config: { civil } }: House): HttpPorts['load'] {
  return (asked) => {
    const [from, now] = [asked ?? clock.now() - DAY, clock.now()];
    return { from: civil.iso(from), to: civil.iso(now), ...loadOf(room.calls().all(), { from, now }), stale: staleIn(Object.values(room.situation().alerts), now) };
  };
}

type Http = { parts: OutsideParts; told: { screens: Screens | null }; load: HttpPorts['load']; faces: Faces; begun: Begun; ways: Ways; totals: { readings: number; facts: number } };

function httpPorts({ parts, told, load, faces, begun, ways, totals }: Http): RoomPorts {
  const { config, folder, log, clock } = parts;
  return {
    ...queryPorts(faces, totals), ...commandPorts(faces, begun), access: folder.access,
    civil: config.civil, log, web: existsSync(builtWeb) ? builtWeb : null, origins: publicOrigins(process.env), proxies: trustedProxies(process.env), metricsToken: process.env['AIR_METRICS_TOKEN'] ?? null,
    ingest: ways.ingest, lines: ways.lines, ways: ways.ways, tellings: () => parts.telling.state(), duty: () => dutyNow(config, clock.now()), load, cap: capPorts(faces.house, process.env), screens: () => told.screens?.roll.body(faces.house.room.situation().seq) ?? { screens: [] },
  };
}

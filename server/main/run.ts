/** A server's life from an opened folder to its end: rooms, faces, air; stopped in reverse. */
import path from 'node:path';
import { firstStart, tellFirstStart } from '../access/first-start.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../http/ports.ts';
import type { Devices } from '../sources/hj212/devices.ts';
import type { Far } from '../readings/outbox.ts';
import type { Hj212Listening } from '../sources/hj212/server.ts';
import type { Broker } from '../sources/mqtt/broker.ts';
import { endPlanned } from './accounts.ts';
import { playRecording, simulate } from './air.ts';
import type { Listening } from './faces.ts';
import { type Folder, REPLAYED } from './folder.ts';
import { EVENT_SOURCE, type House, openHouse, SIMULATED_SOURCE } from './house.ts';
import type { StartOptions } from './options.ts';
import { openDoors } from './doors.ts';
import type { Outside, State } from './outside.ts';
import { openShipping } from './shipping.ts';
import { openTelling } from './telling.ts';
import type { Recording } from './replay.ts';
import { upkeep } from './upkeep.ts';
import { keepCheckpoints } from './remember.ts';
import { rememberWalls, wallsBefore } from './walls.ts';

export type RunParts = {
  config: Config; options: StartOptions; folder: Folder; listening: Listening; clock: Clock; log: Log; recording: Recording | null;
  /** The line for HJ 212 devices, where the event has any and a port for them. */
  hj212: { line: Hj212Listening; devices: Devices } | null;
  /** The room's own MQTT broker, where the event wants one. */
  broker: Broker | null;
  /** The InfluxDB that readings are shipped to, if any. */
  far: Far | null;
};

async function takenBack({ config, options: { air }, folder: { store, journal, checkpoints }, clock, log }: RunParts): Promise<House> {
  const house = await openHouse({ config, air, clock, store, journal, machine: Date.now, keeping: { checkpoints, log } });
  const { loaded: readings, sequencer, checkpoint } = house;
  if (readings > 0) log.info({ readings, facts: sequencer.head().seq, checkpoint, at: config.civil.iso(clock.now()) }, 'taken back from the disk');
  return house;
}

/** Opens the rooms, answers requests, says that it is ready, then lets the air in. Answers how to stop it all. */
export async function run(parts: RunParts): Promise<() => Promise<void>> {
  const { config, folder, clock, options: { air, tell }, log } = parts;
  const house = await takenBack(parts);
  await endPlanned(house, folder.access);
  const state: State = { ready: false, replay: air === 'replay' ? { done: false, at: clock.now(), percent: 0 } : null };
  const shipping = await openShipping({ ...folder, far: parts.far, log });
  const telling = await openTelling({ config, house, dir: folder.dir, log, env: process.env, tell });
  const { outside, sockets, exercises, accounts } = await openDoors({ parts: { ...parts, shipping: shipping.told, telling, walls: await wallsBefore(folder) }, house, state });
  const stops: (() => unknown)[] = [rememberWalls(folder, outside.screens), upkeep(house, outside.board, log), telling.stop, house.keeper.settled, shipping.stop, house.sequencer.close, keepCheckpoints(house), folder.close];
  await exercises.open(sockets);
  await outside.ways.open();
  await announce(parts, state);
  outside.ways.ready();
  const stopAir = await letAirIn({ parts, house, outside, state });
  stops.unshift(await accounts.begin());
  return async () => {
    await exercises.close();
    await stopAir();
    await outside.ways.close();
    clock.stop();
    for (const part of [outside.begun.watch, outside.board]) part.stop();
    outside.screens.close();
    sockets.engine.close();
    await parts.listening.close();
    for (const stopEach of stops) await stopEach();
  };
}

/** Accounts and tokens of the first start, then the line that says where the server is. */
async function announce({ folder, listening, hj212 }: RunParts, state: State): Promise<void> {
  const made = await firstStart({ dir: folder.dir, url: listening.url, source: EVENT_SOURCE, access: folder.access });
  if (made !== null) process.stderr.write(`${tellFirstStart(made, path.join(folder.dir, 'first-start.json'))}\n`);
  state.ready = true;
  process.stderr.write(`\n  指挥室已就绪 · The room is ready\n  大屏 wall  ${listening.url}/wall\n  值守台 desk  ${listening.url}/desk\n\n`);
  process.stdout.write(`QINGKONG READY ${JSON.stringify({ url: listening.url, hj212Port: hj212?.line.port ?? 0, dataDir: folder.dir })}\n`);
}

type Inside = { parts: RunParts; house: House; outside: Outside; state: State };
const NOTHING = (): Promise<void> => Promise.resolve();

/** Starts what sends readings, if anything of ours does. */
async function letAirIn({ parts, house, outside, state }: Inside): Promise<() => Promise<void>> {
  const { recording, options: { air } } = parts;
  if (recording !== null) {
    const noted = await house.store.noted(REPLAYED);
    const progress = (replay: NonNullable<State['replay']>): void => { state.replay = replay; outside.board.touched(); };
    let stopping = false;
    const playing = playRecording({ house, begun: outside.begun, recording, done: noted === null ? null : Number(noted), progress, stopped: () => stopping });
    return async () => {
      stopping = true;
      await playing;
    };
  }
  return air === 'simulated' ? simulated(parts, house) : NOTHING;
}

/** The name under which the store remembers the event time of the folder's first start. */
const FIRST = 'first-time';

async function simulated({ folder, listening, log }: RunParts, house: House): Promise<() => Promise<void>> {
  const { access } = folder;
  process.stderr.write('  空气是模拟的：北京日均值取自 2022 年公开数据，其余为虚构。The air is simulated: Beijing\'s daily means are the real ones of 2022, all else is made up.\n\n');
  const noted = await house.store.noted(FIRST);
  const first = noted === null ? house.clock.now() : Number(noted);
  await house.store.note(FIRST, String(first));
  for (const { id, name, kind, revoked } of access.tokens()) if (kind === 'source' && name === SIMULATED_SOURCE && revoked === null) access.revokeToken(id);
  const token = access.addToken({ kind: 'source', name: SIMULATED_SOURCE });
  if (!token.ok) throw new Error(token.reason);
  const simulator = simulate({ house, url: listening.url, token: token.added.secret, log, first });
  return () => simulator.stop();
}

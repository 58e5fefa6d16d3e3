/** The composition root: config → folder → rooms → listen; stopped in reverse. */
import path from 'node:path';
import { type Config, loadEvent, printed } from './config.ts';
import type { Log } from './http/ports.ts';
import { createLog } from './log.ts';
import { listen } from './main/faces.ts';
import { lackingIn, wantsBroker } from './main/feeds.ts';
import { type Folder, openFolder } from './main/folder.ts';
import { startOptions, type StartOptions } from './main/options.ts';
import { wrongProxies } from './main/proxies.ts';
import { leftOut, record, type Recording } from './main/replay.ts';
import { run, type RunParts } from './main/run.ts';
import { farOf } from './main/shipping.ts';
import { signOnLacking } from './main/sign-on.ts';
import { channelsLacking } from './main/telling.ts';
import { clockFor } from './main/time.ts';
import { devicesIn, feedsOpen } from './main/ways.ts';
import { listenHj212 } from './sources/hj212/server.ts';
import type { Broker } from './sources/mqtt/broker.ts';

/** A start that cannot be: what is wrong, a line each, and the exit code. */
type Refused = { ok: false; lines: readonly string[]; code: 0 | 1 | 2 };
const refused = (code: 0 | 1 | 2, ...lines: string[]): Refused => ({ ok: false, lines, code });

type Read = { ok: true; config: Config; recording: Recording | null };

async function read({ event, replay, layout }: StartOptions): Promise<Read | Refused> {
  const loaded = await loadEvent(event);
  if (!loaded.ok) return { ok: false, lines: loaded.problems.map(printed), code: 1 };
  const { config } = loaded;
  if (replay.length === 0) return { ok: true, config, recording: null };
  const recorded = await record(config, { files: replay, layout });
  return recorded.ok ? { ok: true, config, recording: recorded.recording } : { ok: false, lines: recorded.lines, code: 1 };
}

async function folderOf({ config, recording }: Read, { data, air, store }: StartOptions, log: Log): Promise<{ ok: true; folder: Folder } | Refused> {
  const identity = { event: config.event.id, air, ...(recording === null ? {} : { replayHash: recording.sha256 }) };
  const opened = await openFolder(path.resolve(data), identity, { ships: store !== 'sqlite', log });
  return opened.ok ? opened : refused(2, opened.reason);
}

type Listeners = Pick<RunParts, 'listening' | 'hj212' | 'broker'>;

const NO_DEVICES = { devices: new Map<string, never>(), lacking: [] };

/** What the environment has to hold for this start and does not, or holds and is wrong. */
function lackingFor(config: Config, { air, hj212Port, host, tell }: StartOptions): string[] {
  const devices = air === 'replay' || hj212Port === 0 ? [] : devicesIn(config).lacking;
  return [...devices.length > 0 ? [...devices, 'set it, or start with --hj212-port 0'] : [], ...(feedsOpen(air) ? lackingIn(config, process.env) : []), ...(tell === 'all' ? channelsLacking(config, air, process.env) : []), ...signOnLacking(config, process.env, host), ...wrongProxies(process.env)];
}

/** The room's own broker, where the event has a source that sends to it; what it is made of is loaded only there. */
async function listenBroker(config: Config, { host, mqttPort, air }: StartOptions): Promise<Broker | { refused: string } | null> {
  if (!feedsOpen(air) || mqttPort === 0 || !wantsBroker(config)) return null;
  const { listenMqtt } = await import('./sources/mqtt/broker.ts');
  return listenMqtt(host, mqttPort);
}

/** The doors for people and stations, for HJ 212 devices and for MQTT where the event has any; all of them or none. */
async function listenAll(config: Config, options: StartOptions): Promise<Listeners | { refused: string[] }> {
  const { host, port, hj212Port, air } = options;
  const lacking = lackingFor(config, options);
  if (lacking.length > 0) return { refused: lacking };
  const { devices } = air === 'replay' || hj212Port === 0 ? NO_DEVICES : devicesIn(config);
  const listening = await listen(host, port);
  if ('refused' in listening) return { refused: [listening.refused] };
  const line = devices.size === 0 ? null : await listenHj212(host, hj212Port);
  const broker = await listenBroker(config, options);
  const refusals = [line, broker].flatMap((each) => (each !== null && 'refused' in each ? [each.refused] : []));
  if (refusals.length === 0 && !(line !== null && 'refused' in line) && !(broker !== null && 'refused' in broker)) return { listening, hj212: line === null ? null : { line, devices }, broker };
  for (const each of [listening, line, broker]) if (each !== null && 'close' in each) await each.close();
  return { refused: refusals };
}

/** Everything that may refuse comes before anything is served. */
async function start(options: StartOptions): Promise<{ ok: true; stop: () => Promise<void> } | Refused> {
  const far = await farOf(options.store, process.env);
  if (!far.ok) return refused(2, ...far.lines);
  const found = await read(options);
  if (!found.ok) return found;
  const { config, recording } = found;
  const log = createLog();
  const taken = await folderOf(found, options, log);
  if (!taken.ok) return taken;
  const { folder } = taken;
  const timed = clockFor(config, options, folder.eventTime);
  const listening = timed.ok ? await listenAll(config, options) : { refused: [timed.reason] };
  if (!timed.ok || 'refused' in listening) {
    await folder.close();
    return refused(2, ...('refused' in listening ? listening.refused : []));
  }
  for (const line of recording === null ? [] : leftOut(recording)) log.warn({ line }, 'left out of the recording');
  return { ok: true, stop: await run({ config, options, folder, far: far.far, ...listening, clock: timed.clock, log, recording }) };
}

/** Stops once, however often it is asked to; the second time it goes without being done. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stderr.write('停止 · stopping\n');
    void stop().then(() => { process.exit(0); }, (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}

export async function main(args: string[]): Promise<number> {
  const parsed = startOptions(args);
  const starting = parsed.ok ? start(parsed.options) : Promise.resolve(refused(parsed.code, parsed.message));
  // From the first moment on: who is told to stop while it starts stops once it has.
  stopOnSignal(async () => {
    const started = await starting;
    if (started.ok) await started.stop();
  });
  const started = await starting;
  if (started.ok) return 0;
  (started.code === 0 ? process.stdout : process.stderr).write(`${started.lines.join('\n')}\n`);
  return started.code;
}

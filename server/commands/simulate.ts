/**
 * `npm run simulate`: a fleet of fake stations of an event against any server, over HTTP, HJ 212 or MQTT, from a process of its own.
 * They follow the server's event time, which it tells on `/healthz`, or `--now` where it does not; with faults if wanted.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, durationMs, MINUTE, parseInstant } from '../../shared/time.ts';
import { liveClock, simulatedClock, type Clock } from '../clock.ts';
import { loadEvent, printed, type Config } from '../config.ts';
import { createLog } from '../log.ts';
import { folderThere, parseOptions, refusal, tell, type OptionValues } from '../options.ts';
import { AIR_FROM, AIR_UNTIL, type SimulatedStation, whenAired } from '../sources/simulator/air.ts';
import { publisherTo } from '../sources/simulator/publisher.ts';
import { type Log, senderTo, type Send } from '../sources/simulator/sender.ts';
import { startSimulator, type Simulator } from '../sources/simulator/simulator.ts';
import { towersTo } from '../sources/simulator/tower.ts';
import { corrupting, faulty, repeated, WANTED_FAULTS, type WantedFault } from '../sources/simulator/wanted.ts';

const period = (text: string): string | null => {
  const minutes = (durationMs(text) ?? 0) / MINUTE;
  return minutes >= 1 && 60 % minutes === 0 ? null : `expected minutes that divide the hour, such as PT1M, PT5M or PT1H, not "${text}"`;
};
const span = (text: string): string | null => (durationMs(text) === null ? `expected a duration such as PT72H, not "${text}"` : null);
const instant = (text: string): string | null => (parseInstant(text) === null ? `expected an instant with its offset, as 2022-03-08T20:00:00+08:00, not "${text}"` : null);

const fault = (text: string): string | null => ((WANTED_FAULTS as readonly string[]).includes(text) ? null : `expected some of ${WANTED_FAULTS.join(', ')}, not "${text}"`);

const SPEC = {
  usage: 'npm run simulate -- --to URL… [--token T] [--event DIR] [--stations N] [--every PT1M] [--history PT72H] [--now INSTANT] [--speed N]',
  options: {
    event: { kind: 'text', shows: 'DIR', default: 'config/beijing-2022', env: 'AIR_EVENT', check: folderThere, help: 'the event folder whose stations are simulated' },
    to: { kind: 'list', shows: 'URL', help: 'the servers to send to, as http://127.0.0.1:8080, hj212://127.0.0.1:9212 (the password of devices from HJ212_PASSWORD) or mqtt://127.0.0.1:1883 (--token is the password)' },
    topic: { kind: 'text', shows: 'TOPIC', default: 'air/{station}', help: 'where each station publishes; with mqtt:// only' },
    faults: { kind: 'list', shows: 'FAULT', check: fault, help: `what goes wrong besides: ${WANTED_FAULTS.join(', ')}` },
    time: { kind: 'text', shows: 'URL', help: 'the server whose event time they follow, where --to does not tell it' },
    token: { kind: 'text', shows: 'T', env: 'AIR_SOURCE_TOKEN', help: 'a source\'s token, good for these stations; else the one of DIR/first-start.json' },
    data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the server\'s data folder, for its first-start.json' },
    history: { kind: 'text', shows: 'SPAN', default: 'PT72H', check: span, help: 'how many hours before are sent first; PT0H for none' },
    stations: { kind: 'number', shows: 'N', min: 1, help: 'how many: the first of the event; all where not said' },
    every: { kind: 'text', shows: 'PERIOD', default: 'PT1M', check: period, help: 'the averaging period of a reading' },
    now: { kind: 'text', shows: 'INSTANT', check: instant, env: 'AIR_NOW', help: 'the server\'s event time, where it does not tell it' },
    speed: { kind: 'number', shows: 'N', default: 60, min: 0.001, env: 'AIR_SPEED', help: 'event time in machine time, as the server has it' },
  },
} as const;
type Options = OptionValues<typeof SPEC>;

const refuse = (wrong: string): number => tell(refusal(SPEC, wrong), console);

const stationsOf = (config: Config, most = Infinity): SimulatedStation[] =>
  config.stations.slice(0, most).map(({ id, evaluates }) => ({ id, evaluates, city: config.cityOf(id) ?? '' }));

/** The event time a server tells, or null where it tells none or is not there. */
async function toldBy(url: string): Promise<number | null> {
  try {
    const { at } = await (await fetch(new URL('/healthz', url))).json() as { at?: unknown };
    return typeof at === 'number' ? at : typeof at === 'string' ? parseInstant(at) : null;
  } catch {
    return null;
  }
}

const protocolOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : '');
const isDevices = (url: string): boolean => protocolOf(url) === 'hj212:';
const isMqtt = (url: string): boolean => protocolOf(url) === 'mqtt:';

/** A clock like the server's; null where nobody says what time it is there. */
async function clockOf(url: string, { now, speed, time }: Options): Promise<Clock | null> {
  const start = now === undefined ? await toldBy(isDevices(url) || isMqtt(url) ? time ?? '' : url) : parseInstant(now);
  if (start === null) return null;
  return speed === 1 && Math.abs(start - Date.now()) < MINUTE ? liveClock() : simulatedClock({ start, speed });
}

type Wanted = { options: Options; token: string; config: Config; stations: SimulatedStation[] };

/** The token that was given, or that of a server's first start on this machine; null where there is neither. */
function tokenOf({ token, data }: Options): string | null {
  if (token !== undefined) return token;
  try {
    return (JSON.parse(readFileSync(path.join(data, 'first-start.json'), 'utf8')) as { sourceToken: string }).sourceToken;
  } catch {
    return null;
  }
}

const SEED = 1;
/** How long a device waits for its answer (HJ 212-2017 table 1), in its own time. */
const ANSWER_WITHIN = 10_000;
const addressOf = (url: string): { host: string; port: number; password: string } => {
  const { hostname: host, port } = new URL(url);
  return { host, port: Number(port === '' ? 9212 : port), password: process.env['HJ212_PASSWORD'] ?? '' };
};

type Sending = { url: string; clock: Clock; log: Log; signal: AbortSignal; token: string; topic: string; civil: Config['civil']; corrupt: boolean };

/** A way to send, by the address's protocol. */
function senderFor({ url, clock, log, signal, token, topic, civil, corrupt }: Sending): Send {
  if (isMqtt(url)) return publisherTo({ url, token, topic, log, signal });
  if (!isDevices(url)) return senderTo({ url, token, log, signal });
  return towersTo({ ...addressOf(url), civil, log, signal, patience: Math.max(500, ANSWER_WITHIN / clock.speed), ...(corrupt ? { spoil: corrupting(SEED) } : {}) });
}

function start(url: string, clock: Clock, { options, token, config, stations }: Wanted): Simulator {
  const log = createLog();
  const from = clock.now();
  const every = (durationMs(options.every) ?? MINUTE) / MINUTE;
  log.info({ url, stations: stations.length, every: options.every, at: config.civil.iso(from), speed: clock.speed }, 'simulated stations send');
  const until = config.civil.at(addDays(config.event.period.to, 1));
  const hour = config.civil.hour(from);
  const history = { from: config.civil.hour(hour - (durationMs(options.history) ?? 0)), to: hour };
  const wanted = new Set(options.faults as WantedFault[]);
  const sender = (signal: AbortSignal): Send => {
    const send = senderFor({ url, clock, log, signal, token, topic: options.topic, civil: config.civil, corrupt: wanted.has('corrupt') });
    return wanted.has('repeat') ? repeated(send) : send;
  };
  const setting = { wanted, civil: config.civil, seed: SEED, stations: stations.map(({ id }) => id) };
  return startSimulator({ sender, stations, clock, from: hour, until, history, every, log, spoil: (fleet) => faulty(fleet, setting) });
}

const isAired = (at: number): boolean => at >= AIR_FROM && at < AIR_UNTIL;

async function send(urls: readonly string[], wanted: Wanted): Promise<number> {
  const clocks = await Promise.all(urls.map(async (url) => ({ url, clock: await clockOf(url, wanted.options) })));
  const silent = clocks.filter(({ clock }) => clock === null).map(({ url }) => url);
  if (silent.length > 0) return refuse(`no event time from ${silent.join(', ')}: is it there? --now can say it`);
  const { civil } = wanted.config;
  const elsewhen = clocks.flatMap(({ url, clock }) => (clock === null || isAired(clock.now()) ? [] : [`at ${url} it is ${civil.iso(clock.now())}`]));
  if (elsewhen.length > 0) return refuse(`${whenAired(civil)}; ${elsewhen.join(', ')}`);
  const simulators = clocks.flatMap(({ url, clock }) => (clock === null ? [] : [start(url, clock, wanted)]));
  const stop = (): void => { for (const simulator of simulators) void simulator.stop(); };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const ends = await Promise.all(simulators.map(({ done }) => done));
  for (const { clock } of clocks) clock?.stop();
  return ends.every(({ ok }) => ok) ? 0 : 1;
}

/** What is wrong with where they are to send, or null. */
function mistakes({ to, faults }: Options): string | null {
  if (to.length === 0) return '--to is needed';
  const wrong = to.filter((url) => !/^(https?|hj212|mqtt):$/.test(protocolOf(url)));
  if (wrong.length > 0) return `--to expected addresses such as http://127.0.0.1:8080, hj212://127.0.0.1:9212 or mqtt://127.0.0.1:1883, not ${wrong.join(', ')}`;
  if (to.some(isDevices) && (process.env['HJ212_PASSWORD'] ?? '') === '') return 'the environment variable HJ212_PASSWORD is not set: devices send it as PW';
  return faults.includes('corrupt') && !to.every(isDevices) ? '--faults corrupt goes with hj212:// only: TCP itself mends the bytes of HTTP' : null;
}

/** Sends until the event is over, or until stopped; 1 where a server refused for good. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { options } = parsed;
  const { to: urls } = options;
  const wrong = mistakes(options);
  if (wrong !== null) return refuse(wrong);
  const token = urls.every(isDevices) ? '' : tokenOf(options);
  if (token === null) return refuse(`--token is needed: there is no ${options.data}/first-start.json to take it from`);
  const loaded = await loadEvent(options.event);
  if (!loaded.ok) {
    for (const problem of loaded.problems) console.error(printed(problem));
    return 2;
  }
  return await send(urls, { options, token, config: loaded.config, stations: stationsOf(loaded.config, options.stations) });
}

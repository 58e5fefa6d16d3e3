/** What `npm start` may be told, and what goes with what. */
import { layoutIds, type LayoutId } from '../layouts/recorded.ts';
import type { Air } from '../../shared/fact.ts';
import { parseInstant } from '../../shared/time.ts';
import { fileThere, folderThere, parseOptions, refusal, type OptionSpec, type Untaken } from '../options.ts';
import { type StoreKind, STORES } from './shipping.ts';

const instant = (text: string): string | null => (parseInstant(text) === null ? `"${text}" is no instant such as 2022-03-08T20:00:00+08:00` : null);
const pace = (text: string): string | null => (text === 'max' || (Number(text) > 0 && Number(text) <= 100_000) ? null : `"${text}" is neither a number above 0 nor max`);

const TELL = ['all', 'nobody'] as const;
const LAYOUT: LayoutId = 'canonical';
const SPEC = {
  usage: 'npm start -- [options]',
  options: {
    event: { kind: 'text', shows: 'DIR', help: 'the event folder', default: 'config/beijing-2022', env: 'AIR_EVENT', check: folderThere },
    air: { kind: 'choice', values: ['live', 'simulated', 'silent'], help: 'where readings come from' },
    replay: { kind: 'list', shows: 'FILE', help: 'recorded readings to play instead' },
    layout: { kind: 'choice', values: layoutIds, help: `how the recorded files are laid out (default ${LAYOUT}); with --replay only` },
    now: { kind: 'text', shows: 'INSTANT', help: 'event time at the start; not with live', env: 'AIR_NOW', check: instant },
    speed: { kind: 'text', shows: 'N|max', help: 'event seconds in a second; max with --replay only', env: 'AIR_SPEED', check: pace },
    data: { kind: 'text', shows: 'DIR', help: 'the data folder', default: './data', env: 'AIR_DATA' },
    host: { kind: 'text', shows: 'H', help: 'the address to listen on', default: '127.0.0.1', env: 'AIR_HOST' },
    port: { kind: 'number', shows: 'N', help: 'the port; 0 picks a free one', default: 8080, min: 0, max: 65_535, env: 'AIR_PORT' },
    'hj212-port': { kind: 'number', shows: 'N', help: 'the port for HJ 212 devices, where sources.yaml has any; 0: none', default: 9212, min: 0, max: 65_535, env: 'AIR_HJ212_PORT' },
    'mqtt-port': { kind: 'number', shows: 'N', help: 'the port of the room\'s own MQTT broker, where sources.yaml wants one; 0: none', default: 1883, min: 0, max: 65_535, env: 'AIR_MQTT_PORT' },
    tell: { kind: 'choice', values: TELL, help: 'who is told by the channels of duty.yaml; nobody: to look at a copy beside the room that it was made of', default: 'all', env: 'AIR_TELL' },
    store: { kind: 'choice', values: STORES, help: 'where readings are kept; InfluxDB by INFLUX_… beside the embedded store', default: 'sqlite', env: 'AIR_STORE' },
  },
} as const satisfies OptionSpec;

export type StartOptions = {
  event: string; air: Air; replay: string[]; layout: LayoutId; now: number | null; speed: number | 'max';
  data: string; host: string; port: number; hj212Port: number; mqttPort: number; store: StoreKind; tell: (typeof TELL)[number];
};
export type StartParsed = { ok: true; options: StartOptions } | Untaken;

/** Simulated air runs a day in 24 minutes, so that an episode and its alerts come while one looks. */
const SIMULATED_SPEED = 60;

export function startOptions(args: string[]): StartParsed {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return parsed;
  const { event, replay, layout, data, host, port, air: chosen, now, speed } = parsed.options;
  const air: Air = replay.length === 0 ? (chosen ?? 'simulated') : 'replay';
  // Here and not in the list above, so that a file that is not there hides no options that do not go together.
  const missing = replay.flatMap((file) => fileThere(file) ?? []).map((wrong) => `--replay ${wrong}`);
  const wrong = [mismatch({ air, chosen, layout, now, speed }) ?? [], missing].flat();
  if (wrong.length > 0) return refusal(SPEC, ...wrong);
  return {
    ok: true,
    options: { event, air, replay, layout: layout ?? LAYOUT, now: now === undefined ? null : parseInstant(now), speed: speedOf(air, speed), data, host, port, hj212Port: parsed.options['hj212-port'], mqttPort: parsed.options['mqtt-port'], store: parsed.options.store, tell: parsed.options.tell },
  };
}

function speedOf(air: Air, speed: string | undefined): number | 'max' {
  if (speed === 'max') return 'max';
  if (speed !== undefined) return Number(speed);
  return air === 'live' ? 1 : SIMULATED_SPEED;
}

type Given = { air: Air; chosen: string | undefined; layout: string | undefined; now: string | undefined; speed: string | undefined };
function mismatch({ air, chosen, layout, now, speed }: Given): string | null {
  if (air === 'replay' && chosen !== undefined) return `--replay and --air ${chosen} do not go together: a replay is its own air`;
  if (air !== 'replay' && layout !== undefined) return `--layout ${layout} goes with --replay only: it says how its files are laid out`;
  if (air === 'live' && (now !== undefined || speed !== undefined)) return '--now and --speed do not go with --air live: real time is the machine\'s';
  if (air !== 'replay' && speed === 'max') return '--speed max goes with --replay only; give a number';
  return null;
}

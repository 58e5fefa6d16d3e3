/** Which devices may send, as `sources.yaml` and `stations.csv` say: whose station each is, and how it speaks. */
import type { Station } from '../../../shared/event.ts';
import type { Quantity } from '../../../shared/reading.ts';
import type { Hj212Fault, Hj212Source } from '../../../shared/sources.ts';
import { durationMs, MINUTE } from '../../../shared/time.ts';
import { type Scales, scalesOf } from '../../../shared/units.ts';
import { quantityOf } from './factors.ts';

export type Device = {
  mn: string; station: string; source: string; password: string;
  quantity: (factor: string) => Quantity | undefined; scale: Scales;
  lenient: ReadonlySet<Hj212Fault>; systems: ReadonlySet<string>;
  /** Minutes: of the minute data, and of what an instantaneous value stands for (null: nothing). */
  interval: number; realtime: number | null;
  label: 'start' | 'end';
  /** Milliseconds. */
  history: number;
};
export type Devices = ReadonlyMap<string, Device>;
export type Found = { devices: Devices; /** What a start must be told to set, a line each. */ lacking: string[] };

type Said = Pick<Hj212Source, 'units' | 'unitOf' | 'lenient' | 'passwordEnv'>;

const minutes = (duration: string): number => (durationMs(duration) ?? 0) / MINUTE;

type Making = { source: Hj212Source; secrets: Readonly<Record<string, string | undefined>> };

function deviceOf({ source, secrets }: Making, at: { mn: string; station: string; said: Said }): Device {
  const own = new Map(Object.entries(source.names));
  return {
    mn: at.mn, station: at.station, source: source.id, password: secrets[at.said.passwordEnv] ?? '',
    quantity: (factor) => own.get(factor) ?? quantityOf(factor), scale: scalesOf(at.said),
    lenient: new Set(at.said.lenient), systems: new Set(source.systems), label: source.label,
    interval: minutes(source.interval), realtime: source.realtime === undefined ? null : minutes(source.realtime), history: durationMs(source.history) ?? 0,
  };
}

/** The devices of one source by MN: a station's id and its aliases are its numbers, unless `devices` says which is. */
function ofSource(making: Making, stations: readonly Station[]): Device[] {
  const { source } = making;
  const listed = source.devices.map(({ mn, station, ...said }) => deviceOf(making, {
    mn, station, said: { units: said.units ?? source.units, unitOf: { ...source.unitOf, ...said.unitOf }, lenient: said.lenient ?? source.lenient, passwordEnv: said.passwordEnv ?? source.passwordEnv },
  }));
  const taken = new Set(listed.map(({ station }) => station));
  const own = stations.filter(({ id }) => !taken.has(id) && (source.stations === 'all' || source.stations.includes(id)));
  return [...listed, ...own.flatMap(({ id, aliases }) => [id, ...aliases].map((mn) => deviceOf(making, { mn, station: id, said: source })))];
}

const variables = (source: Hj212Source): string[] => [source.passwordEnv, ...source.devices.flatMap(({ passwordEnv }) => passwordEnv ?? [])];

/** All devices of all sources; of two of one number the first listed counts (`check-config` tells the second). */
export function devicesOf(sources: readonly Hj212Source[], stations: readonly Station[], secrets: Making['secrets']): Found {
  const devices = new Map<string, Device>();
  for (const source of sources) {
    for (const device of ofSource({ source, secrets }, stations)) if (!devices.has(device.mn)) devices.set(device.mn, device);
  }
  const lacking = sources.flatMap((source) => [...new Set(variables(source))].filter((name) => (secrets[name] ?? '') === '')
    .map((name) => `source ${source.id}: the environment variable ${name} is not set; it holds the password that its devices send as PW`));
  return { devices, lacking };
}

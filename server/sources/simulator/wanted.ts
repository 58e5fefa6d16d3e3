/** Faults that are asked for, to see what a room makes of them. The same seed spoils the same readings. */
import { MICRO, type Reading } from '../../../shared/reading.ts';
import { type Civil, HOUR, MINUTE } from '../../../shared/time.ts';
import { chance } from './chance.ts';
import type { Fleet } from './fleet.ts';
import type { Send } from './sender.ts';

/** `repeat`: everything twice; `late`: a station in ten comes twenty minutes late; `gaps`: a station in five says nothing for a third of each hour. */
export const WANTED_FAULTS = ['repeat', 'late', 'gaps', 'stuck', 'slip', 'drift', 'corrupt', 'dust', 'fireworks'] as const;
export type WantedFault = (typeof WANTED_FAULTS)[number];

const LATE = 20 * MINUTE;
/** How far ahead a clock that drifts is. */
const DRIFT = 10 * MINUTE;

type Setting = { wanted: ReadonlySet<WantedFault>; civil: Civil; seed: number; stations: readonly string[] };

/** Whether a station is one of those that a fault is about: a share of all, at least one. */
function chosen({ seed, stations }: Setting, share: number, salt: number): ReadonlySet<string> {
  const drawn = stations.map((station, i) => ({ station, at: chance(seed, salt, i) })).sort((a, b) => a.at - b.at);
  return new Set(drawn.slice(0, Math.max(1, Math.round(stations.length * share))).map(({ station }) => station));
}

type Change = (reading: Reading) => Reading | null;
const times = (reading: Reading, by: number): Reading => ({ ...reading, value: reading.value === null ? null : Math.round((reading.value * by) / (MICRO / 10)) * (MICRO / 10) });
const plus = (reading: Reading, micrograms: number): Reading => ({ ...reading, value: reading.value === null ? null : reading.value + Math.round(micrograms * 10) * (MICRO / 10) });

/** The evening's fireworks: from 23:00 up to 250 µg/m³ more within the hour, gone by six. */
function fireworks(civil: Civil): Change {
  return (reading) => {
    const { hour, minute } = civil.parts(reading.start);
    const since = hour >= 23 ? (hour - 23) * 60 + minute : hour < 6 ? 60 + hour * 60 + minute : null;
    return since === null ? reading : plus(reading, since < 60 ? (250 * since) / 60 : 250 * (1 - (since - 60) / 360));
  };
}

/** A dust front between 14:00 and 18:00: PM10 six times, PM2.5 half as much again. */
const dust = (civil: Civil): Change => (reading) => {
  const { hour } = civil.parts(reading.start);
  if (hour < 14 || hour >= 18) return reading;
  return reading.pollutant === 'PM10' ? times(reading, 6) : reading.pollutant === 'PM2.5' ? times(reading, 1.5) : reading;
};

/** What repeats its first value for ever. */
function stuck(of: ReadonlySet<string>): Change {
  const first = new Map<string, number | null>();
  return (reading) => {
    if (!of.has(reading.station)) return reading;
    const key = `${reading.station}|${reading.pollutant}|${reading.minutes}`;
    if (!first.has(key)) first.set(key, reading.value);
    return { ...reading, value: first.get(key) ?? null };
  };
}

function changes(setting: Setting): Change[] {
  const { wanted, civil } = setting;
  const [gap, slipped, ahead] = [chosen(setting, 0.2, 11), chosen(setting, 0.05, 12), chosen(setting, 0.1, 13)];
  const all: readonly (readonly [WantedFault, Change])[] = [
    ['fireworks', fireworks(civil)], ['dust', dust(civil)], ['stuck', stuck(chosen(setting, 0.1, 14))],
    ['slip', (reading) => (slipped.has(reading.station) ? times(reading, 1000) : reading)],
    ['gaps', (reading) => (gap.has(reading.station) && civil.parts(reading.start).minute < 20 && reading.minutes < 60 ? null : reading)],
    ['drift', (reading) => (ahead.has(reading.station) && reading.minutes < 60 ? { ...reading, start: reading.start + Math.ceil(DRIFT / (reading.minutes * MINUTE)) * reading.minutes * MINUTE } : reading)],
  ];
  return all.flatMap(([fault, change]) => (wanted.has(fault) ? [change] : []));
}

/** A fleet with faults; what is late comes with the readings of its hour of arrival. */
export function faulty(fleet: Fleet, setting: Setting): Fleet {
  const through = changes(setting);
  const tardy = setting.wanted.has('late') ? chosen(setting, 0.1, 15) : new Set<string>();
  const spoiled = (readings: readonly Reading[]): Reading[] => readings.flatMap((reading) => {
    const after = through.reduce<Reading | null>((each, change) => (each === null ? null : change(each)), reading);
    return after === null ? [] : [after];
  });
  return {
    readings: (start, minutes) => {
      const now = fleet.readings(start, minutes).filter(({ station }) => !tardy.has(station));
      const before = tardy.size === 0 || minutes === 60 ? [] : fleet.readings(start - Math.ceil(LATE / (minutes * MINUTE)) * minutes * MINUTE, minutes).filter(({ station }) => tardy.has(station));
      return spoiled([...now, ...before]);
    },
    * history({ from, to }) {
      for (let hour = from; hour + HOUR <= to; hour += HOUR) yield spoiled(fleet.readings(hour, 60));
    },
  };
}

/** Everything twice, as who did not hear the answer sends it. */
export const repeated = (send: Send): Send => async (readings) => {
  const first = await send(readings);
  return first.ok ? send(readings) : first;
};

/** One frame in twenty has a byte of another value. */
export function corrupting(seed: number): (frame: Uint8Array) => Uint8Array {
  let count = 0;
  return (frame) => {
    count += 1;
    if (chance(seed, count, 16) > 0.05) return frame;
    const spoiled = Uint8Array.from(frame);
    const at = Math.floor(chance(seed, count, 17) * frame.length);
    spoiled[at] = (spoiled[at] ?? 0) ^ (1 + Math.floor(chance(seed, count, 18) * 255));
    return spoiled;
  };
}

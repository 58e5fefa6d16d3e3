/**
 * A packet of data as readings. 2051 and 2061 carry means of periods that DataTime begins (HJ 212-2017 C.16 to C.18);
 * 2011 carries instants, which stand for a period only where the source says so.
 */
import { microOfText } from '../../../shared/decimal.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { Hj212Fault } from '../../../shared/sources.ts';
import { type Civil, MINUTE } from '../../../shared/time.ts';
import { type Scale, scaled } from '../../../shared/units.ts';
import type { Device } from './devices.ts';
import { instantOf } from '../../../shared/hj212/frame.ts';
import type { Packet } from './packet.ts';

/** What a factor's value could not be, with the others of its packet taken all the same. */
export type Unread = { factor: string; detail: string };
export type Told =
  | { ok: true; readings: Reading[]; unread: Unread[]; /** Factors that nothing is kept of. */ strange: string[]; faults: Hj212Fault[] }
  | { ok: false; reason: 'datatime'; detail: string };

export const DATA_COMMANDS = ['2011', '2051', '2061'] as const;
export type DataCommand = (typeof DATA_COMMANDS)[number];
export const isData = (cn: string): cn is DataCommand => (DATA_COMMANDS as readonly string[]).includes(cn);

/** DataTime as an instant: 14 digits; a device with that fault sends milliseconds too. */
function timeOf(civil: Civil, text: string): { at: number; exact: boolean } | null {
  const exact = /^\d{14}$/.test(text);
  const at = exact || /^\d{17}$/.test(text) ? instantOf(civil, text.slice(0, 14)) : null;
  return at === null ? null : { at, exact };
}

type Period = { start: number; minutes: number; aligned: boolean };

/** The period that a label means, or that an instant falls into. */
function periodOf(civil: Civil, at: number, of: { cn: DataCommand; device: Device }): Period | null {
  const { cn, device } = of;
  const minutes = cn === '2061' ? 60 : cn === '2051' ? device.interval : device.realtime;
  if (minutes === null) return null;
  const length = minutes * MINUTE;
  const labelled = cn !== '2011' && device.label === 'end' ? at - length : at;
  const past = (labelled - civil.hour(labelled)) % length;
  return { start: labelled - past, minutes, aligned: past === 0 || cn === '2011' };
}

/** Millionths as they are kept, null for an empty value, undefined where it is no value. */
function valueOf(text: string, scale: Scale): number | null | undefined {
  if (text === '') return null;
  const micro = microOfText(text);
  return micro === null ? undefined : scaled(micro, scale);
}

type Place = { device: Device; cn: DataCommand; period: Period; faults: Set<Hj212Fault> };

function readingOf({ device, cn, period, faults }: Place, factor: string, about: ReadonlyMap<string, string>): Reading | Unread | null {
  const pollutant = device.quantity(factor);
  if (pollutant === undefined) return null;
  const [first, second] = cn === '2011' ? ['Rtd', undefined] : ['Avg', 'Rtd'];
  const flag = about.get('Flag') ?? '';
  let text = about.get(first);
  if (text === undefined && second !== undefined && about.has(second)) {
    faults.add('rtd');
    text = about.get(second);
  }
  // A flag without a value says why there is none; neither of the two says nothing of this factor.
  if (text === undefined && !about.has('Flag')) return { factor, detail: `there is no ${first}` };
  const value = valueOf(text ?? '', device.scale(pollutant));
  if (value === undefined) return { factor, detail: `expected a number of at most six decimal places; got "${(text ?? '').slice(0, 40)}"` };
  return { station: device.station, pollutant, start: period.start, minutes: period.minutes, value, flag: flag.slice(0, 16) };
}

const bad = (detail: string): Told => ({ ok: false, reason: 'datatime', detail });

/** The readings of a data packet of a device; without any where its command's values stand for no period. */
export function readingsOf(civil: Civil, packet: Packet & { cn: DataCommand }, device: Device): Told {
  const text = packet.fields.get('DataTime') ?? '';
  const time = timeOf(civil, text);
  if (time === null) return bad(`expected DataTime as YYYYMMDDhhmmss; got "${text.slice(0, 40)}"`);
  const period = periodOf(civil, time.at, { cn: packet.cn, device });
  const told = { ok: true as const, readings: [] as Reading[], unread: [] as Unread[], strange: [] as string[], faults: [] as Hj212Fault[] };
  if (period === null) return told;
  const faults = new Set<Hj212Fault>(time.exact && period.aligned ? [] : ['datatime']);
  for (const [factor, about] of packet.factors) {
    const read = readingOf({ device, cn: packet.cn, period, faults }, factor, about);
    if (read === null) told.strange.push(factor);
    else if ('detail' in read) told.unread.push(read);
    else told.readings.push(read);
  }
  told.faults = [...faults];
  return told;
}

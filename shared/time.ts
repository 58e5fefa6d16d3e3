/**
 * Instants, periods, civil days. An instant is UTC milliseconds; a civil day exists only here, with the event's zone.
 * Intervals are `[start, end)`.
 */
import { tzOffset } from '@date-fns/tz';
import { remembered } from './remembered.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** Milliseconds of an ISO 8601 duration of days, hours and minutes (`P1DT2H30M`); null where it is none. */
export function durationMs(text: string): number | null {
  const found = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text);
  if (found === null) return null;
  const [, days, hours, minutes] = found;
  return (Number(days ?? 0) * 24 + Number(hours ?? 0)) * HOUR + Number(minutes ?? 0) * MINUTE;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
/** UTC ms of an ISO 8601 instant with an offset or `Z`; null where it is none (no offset, no such date). */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const day = Number(text.slice(8, 10));
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day > last ? null : ms;
}

/** The civil time of one zone. Every function is pure; offsets are remembered an hour at a time. */
export type Civil = {
  zone: string;
  /** The civil day an instant falls in. */
  day: (instant: number) => string;
  /** When a civil day begins; with `HH:MM` (also `24:00`), that time of it. */
  at: (day: string, time?: string) => number;
  /** The civil hour an instant falls in: its start. */
  hour: (instant: number) => number;
  /** `YYYY-MM-DDTHH:MM:SS+08:00`. */
  iso: (instant: number) => string;
  /** `YYYY-MM-DDTHHMM`, for ids; of two instants of one name (clocks put back) the later has its offset behind: `…T0130.0500`. */
  name: (instant: number) => string;
  /** Year, month … in civil time, for labels. */
  parts: (instant: number) => { day: string; hour: number; minute: number; second: number };
  /** Starts of the hours of a civil day, in order (24; 23 or 25 where clocks change). */
  hours: (day: string) => number[];
};

/** The civil day `n` days after another. */
export const addDays = (day: string, n: number): string => dayName(midnight(day) / DAY + n);

/** Monday is 1, Sunday 7 (ISO 8601). */
export const weekdayOf = (day: string): number => ((((midnight(day) / DAY + 3) % 7) + 7) % 7) + 1;

/** Days from `from` to `to`, both inclusive. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Whether a zone is one the runtime knows. */
export const isZone = (zone: string): boolean => !Number.isNaN(tzOffset(zone, new Date(0)));

/** Zones change their clocks at quarters of an hour. */
const QUARTER = HOUR / 4;

function offsets(zone: string): (instant: number) => number {
  const inQuarter = remembered((quarter: number) => tzOffset(zone, new Date(quarter * QUARTER)) * MINUTE);
  return (instant) => inQuarter(Math.floor(instant / QUARTER));
}

const dayName = remembered((day: number) => new Date(day * DAY).toISOString().slice(0, 10));
const midnight = remembered((day: string) => Date.parse(`${day}T00:00:00Z`));

function isoOf(instant: number, offset: number): string {
  const shift = offset / MINUTE;
  const size = Math.abs(shift);
  return `${new Date(instant + offset).toISOString().slice(0, 19)}${shift < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** The civil time of an IANA zone. */
export function civilOf(zone: string): Civil {
  const offset = offsets(zone);
  const local = (instant: number): number => instant + offset(instant);
  const at = (day: string, time = '00:00'): number => {
    const [h = 0, m = 0] = time.split(':').map(Number);
    const wanted = midnight(day) + h * HOUR + m * MINUTE;
    const guess = wanted - offset(wanted);
    return wanted - offset(guess);
  };
  const day = (instant: number): string => dayName(Math.floor(local(instant) / DAY));
  const hour = (instant: number): number => Math.floor(local(instant) / HOUR) * HOUR - offset(instant);
  const hours = (of: string): number[] => {
    const end = at(addDays(of, 1));
    const starts: number[] = [];
    for (let start = at(of); start < end; start += HOUR) starts.push(start);
    return starts;
  };
  const parts = (instant: number) => {
    const past = Math.floor((((local(instant) % DAY) + DAY) % DAY) / 1000);
    return { day: day(instant), hour: Math.floor(past / 3600), minute: Math.floor(past / 60) % 60, second: past % 60 };
  };
  const iso = (instant: number): string => isoOf(instant, offset(instant));
  const name = remembered((instant: number) => {
    const { day: of, hour: h, minute } = parts(instant);
    const twin = at(of, `${pad(h)}:${pad(minute)}`) === instant ? '' : `.${iso(instant).slice(-5).replace(':', '')}`;
    return `${of}T${pad(h)}${pad(minute)}${twin}`;
  });
  return { zone, day, at, hour, iso, name, parts, hours };
}

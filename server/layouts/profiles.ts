/**
 * Feeds whose shape is known. OpenAQ v3: hourly values of one sensor (`/v3/sensors/{place}/hours`), each with its period and
 * unit; licences are those of its providers. Open-Meteo air quality: hours of a model (CAMS), not of an instrument; CC BY 4.0, and
 * its free service is not for commercial use.
 */
import { z } from 'zod';
import type { FeedRow } from './feed.ts';

const OpenAq = z.object({
  results: z.array(z.object({
    value: z.number().nullable(), parameter: z.object({ name: z.string(), units: z.string() }),
    period: z.object({ interval: z.string().optional(), datetimeFrom: z.object({ utc: z.string() }) }),
  })),
});

/** The period of `01:00:00`, as ours are written. */
function periodOf(interval: string | undefined): string {
  const [hours = 1, minutes = 0] = (interval ?? '01:00:00').split(':').map(Number);
  return hours === 1 && minutes === 0 ? 'PT1H' : `PT${hours * 60 + minutes}M`;
}

/** Binary fractions of a model or of a conversion, to three decimals. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

export function openAq(body: unknown, place: string): FeedRow[] {
  return OpenAq.parse(body).results.map(({ value, parameter: { name, units }, period: { interval, datetimeFrom } }) =>
    ({ station: place, pollutant: name, start: datetimeFrom.utc, period: periodOf(interval), value: rounded(value), unit: units }));
}

const Meteo = z.object({
  utc_offset_seconds: z.number().default(0), hourly_units: z.record(z.string(), z.string()),
  hourly: z.looseObject({ time: z.array(z.union([z.number(), z.string()])) }),
});

/** Seconds since 1970 (`timeformat=unixtime`), or civil time of the offset that it tells. */
function instant(time: number | string, offset: number): string {
  const ms = typeof time === 'number' ? time * 1000 : Date.parse(`${time}Z`) - offset * 1000;
  return Number.isNaN(ms) ? String(time) : new Date(ms).toISOString();
}

export function openMeteo(body: unknown, place: string): FeedRow[] {
  const { hourly, hourly_units: units, utc_offset_seconds: offset } = Meteo.parse(body);
  return Object.entries(hourly).filter(([name]) => name !== 'time').flatMap(([pollutant, values]) =>
    z.array(z.number().nullable()).parse(values).map((value, i): FeedRow =>
      ({ station: place, pollutant, start: instant(hourly.time[i] ?? '', offset), period: 'PT1H', value: rounded(value), unit: units[pollutant] })));
}

/**
 * A feed's or a dropped file's bytes as readings of a source, whatever it is laid out as: what each row says, in the units and by
 * the names of its entry in `sources.yaml`. What is no reading says why, and costs the others nothing.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Expression } from 'jsonata';
import { cut } from '../../shared/check.ts';
import { decodeReadings, minutesNamed, type Row } from '../../shared/decode.ts';
import type { Station } from '../../shared/event.ts';
import { stationNames } from '../../shared/network.ts';
import type { Reading, RejectCode } from '../../shared/reading.ts';
import type { Feed, LineSource } from '../../shared/sources.ts';
import { type Civil, MINUTE, parseInstant } from '../../shared/time.ts';
import { scaled, type Scales, scalesOf } from '../../shared/units.ts';
import { airnow } from './airnow.ts';
import { nameOf, unitScale } from './names.ts';
import { openAq, openMeteo } from './profiles.ts';
import { readText } from './recorded.ts';

/** As much of a source as its feed is read by. */
export type FeedSource = Pick<LineSource, 'units' | 'unitOf' | 'names' | 'label'> & { format: Feed; mapping?: string | undefined };
export type FeedReject = { code: RejectCode; detail: string };
export type FeedRead = { ok: true; readings: Reading[]; rejected: FeedReject[] } | { ok: false; reason: string };
/** `place`: whose station the whole of it is, where it does not say so itself. */
export type FeedReader = (bytes: Buffer, place?: string) => Promise<FeedRead>;

/** What a row of JSON may say besides. */
export type FeedRow = Row & { unit?: unknown };
type Way = { source: FeedSource; civil: Civil; stationOf: (name: string) => string | null; scales: Scales; rows: ((body: unknown, place: string) => Promise<unknown>) | null };

const failed = (reason: string): FeedRead => ({ ok: false, reason });
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error));

/** Text of bytes: UTF-8, or else GB 18030, in which Chinese tables often come. */
export const textOf = (bytes: Buffer): string => (isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'gb18030'));

function mapper(mapping: string): Way['rows'] {
  let expression: Expression | null = null;
  return async (body, place) => {
    expression ??= (await import('jsonata')).default(mapping);
    return expression.evaluate(body, { place }) as Promise<unknown>;
  };
}

function rowsOf({ format, mapping }: FeedSource): Way['rows'] {
  if (format === 'json') return mapper(mapping ?? '');
  if (format === 'openaq-v3') return (body, place) => Promise.resolve(openAq(body, place));
  return format === 'open-meteo' ? (body, place) => Promise.resolve(openMeteo(body, place)) : null;
}

/** A row with our own names; its unit is told apart. */
function named(way: Way, row: FeedRow, place: string): Row {
  const station = typeof row.station === 'string' ? row.station : place;
  const pollutant = typeof row.pollutant === 'string' ? nameOf(row.pollutant, way.source.names) : row.pollutant;
  const start = typeof row.start === 'string' && way.source.label === 'end' ? shifted(row.start, row.period) : row.start;
  return { ...row, station: way.stationOf(station) ?? station, pollutant, start, flag: row.flag ?? '' };
}

/** A label that means the end of a period, as its start. */
function shifted(start: string, period: unknown): string {
  const [at, minutes] = [parseInstant(start), minutesNamed(period)];
  return at === null || minutes === undefined ? start : new Date(at - minutes * MINUTE).toISOString();
}

function scaleRows(way: Way, readings: readonly Reading[], units: readonly unknown[]): { good: Reading[]; rejected: FeedReject[] } {
  const [good, rejected]: [Reading[], FeedReject[]] = [[], []];
  for (const [i, reading] of readings.entries()) {
    const scale = unitScale(reading.pollutant, units[i]) ?? (units[i] === undefined ? way.scales(reading.pollutant) : null);
    const value = reading.value === null ? null : scale === null ? undefined : scaled(reading.value, scale);
    if (value === undefined) rejected.push({ code: 'bad-value', detail: scale === null ? `the unit "${cut(String(units[i]))}" of ${reading.pollutant} is none that is converted here` : `${reading.pollutant} is finer than six decimal places, or too large` });
    else good.push({ ...reading, value });
  }
  return { good, rejected };
}

async function fromJson(way: Way, text: string, place: string): Promise<FeedRead> {
  const rows = await way.rows?.(JSON.parse(text), place);
  const list: unknown[] = Array.isArray(rows) ? rows : rows === undefined ? [] : [rows];
  const items = list.map((row) => (typeof row === 'object' && row !== null ? row as FeedRow : {}));
  const { readings, indexes, rejected } = decodeReadings(items.map((row) => named(way, row, place)), { hourOf: way.civil.hour, values: 'json' });
  const { good, rejected: unscaled } = scaleRows(way, readings, indexes.map((at) => items[at]?.unit));
  return { ok: true, readings: good, rejected: [...rejected.map(({ code, detail }) => ({ code, detail })), ...unscaled] };
}

const REASONS: ReadonlySet<string> = new Set(['unknown-station', 'unknown-pollutant', 'bad-start', 'bad-period', 'bad-value']);

function fromTable(way: Way, text: string): FeedRead {
  const { format } = way.source;
  const layout = format === 'airnow' ? airnow : format === 'csv' ? 'canonical' : 'cnemc-sites';
  const read = readText({ text, layout, resolveStation: way.stationOf, civil: way.civil });
  if (!read.ok) return failed(read.problems.map(({ line, message }) => `line ${line}: ${message}`).join('; '));
  const rejected = read.skipped.flatMap(({ reason, count, first }) => Array.from({ length: count }, (): FeedReject =>
    ({ code: REASONS.has(reason) ? reason as RejectCode : 'bad-value', detail: `${reason}: ${first.detail} (line ${first.line}${count > 1 ? ' and others' : ''})` })));
  // The publication by sites and AirNow have units of their own.
  const { good, rejected: unscaled } = format === 'csv' ? scaleRows(way, read.readings, []) : { good: read.readings, rejected: [] };
  return { ok: true, readings: good, rejected: [...rejected, ...unscaled] };
}

/** How a source's feed is read; a station is named by its id or an alias. */
export function feedReader(source: FeedSource, stations: readonly Station[], civil: Civil): FeedReader {
  const known = stationNames(stations);
  const way: Way = { source, civil, stationOf: (name) => known.get(name) ?? null, scales: scalesOf(source), rows: rowsOf(source) };
  return async (bytes, place = '') => {
    try {
      const text = textOf(bytes);
      return way.rows === null ? fromTable(way, text) : await fromJson(way, text.replace(/^\uFEFF/, ''), place);
    } catch (error) {
      return failed(reasonOf(error));
    }
  };
}

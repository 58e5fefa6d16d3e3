/**
 * A message of MQTT as rows: its topic says whose it is, and its body what. A topic with {pollutant} carries one value (a plain
 * number, or JSON { value, start?, period?, flag? }); one without carries JSON: a list of readings, or an object with a field for
 * each pollutant.
 */
import type { Row } from '../../../shared/decode.ts';
import { nameOf } from '../../layouts/names.ts';
import type { Quantity } from '../../../shared/reading.ts';

export type Topic = { filter: string; read: (topic: string) => { station: string; pollutant: string | null } | null };

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A pattern as what is subscribed to, and how a topic is read by it. */
export function topicOf(pattern: string): Topic {
  const filter = pattern.split('/').map((level) => (/\{\w+\}/.test(level) ? '+' : level)).join('/');
  const source = pattern.split(/(\{station\}|\{pollutant\})/).map((part) => (part === '{station}' ? '(?<station>[^/]+?)' : part === '{pollutant}' ? '(?<pollutant>[^/]+?)' : escaped(part))).join('');
  const fits = new RegExp(`^${source}$`);
  return {
    filter,
    read: (topic) => {
      const found = fits.exec(topic)?.groups;
      return found?.['station'] === undefined ? null : { station: found['station'], pollutant: found['pollutant'] ?? null };
    },
  };
}

type Of = { station: string; pollutant: string | null; names: Readonly<Record<string, Quantity>>; period: string; /** The start of the period that is just over, or running. */ start: string };
/** Fields of a JSON object that are no pollutant's. */
const ABOUT = new Set(['start', 'period', 'flag', 'station', 'time', 'timestamp']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The rows of a body; why there are none, where it is none. */
export function rowsOf(body: Buffer, of: Of): Row[] | string {
  const text = body.toString('utf8').trim();
  const value = parsed(text);
  if (value === undefined) return `neither a number nor JSON: ${text.slice(0, 60)}`;
  const { station, period, start, names } = of;
  const base = { station, period, start, flag: '' };
  if (of.pollutant !== null) {
    const pollutant = nameOf(of.pollutant, names);
    return [isObject(value) ? { ...base, flag: '', ...value, station, pollutant } : { ...base, pollutant, value }];
  }
  const items: unknown[] = Array.isArray(value) ? value : isObject(value) && Array.isArray(value['readings']) ? value['readings'] : [];
  if (items.length > 0) return items.map((item) => (isObject(item) ? { ...base, ...item, station, pollutant: typeof item['pollutant'] === 'string' ? nameOf(item['pollutant'], names) : item['pollutant'] } : {}));
  if (!isObject(value)) return `expected an object with a field for each pollutant, or a list of readings; got ${text.slice(0, 60)}`;
  const about = Object.fromEntries(Object.entries(value).filter(([name]) => ABOUT.has(name) && name !== 'station'));
  return Object.entries(value).filter(([name, each]) => !ABOUT.has(name) && (typeof each === 'number' || each === null)).map(([name, each]) => ({ ...base, ...about, pollutant: nameOf(name, names), value: each }));
}

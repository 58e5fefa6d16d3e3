/** The rows of a body: JSON, or CSV in the canonical layout. What cannot be parsed at all is told with its place. */
import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { BrokenRow, type Row } from '../../shared/decode.ts';
import { whereJsonBreaks } from '../../shared/json.ts';

/** More than this in one body is too large. */
export const MOST = 10_000;

export type Position = { line: number; column?: number; offset?: number };
export type Rows =
  | { ok: true; rows: readonly unknown[]; values: 'json' | 'text' }
  | { ok: false; code: 'bad-json' | 'too-large'; detail: string; position?: Position };

const broken = (detail: string, position?: Position): Rows => ({ ok: false, code: 'bad-json', detail, ...(position === undefined ? {} : { position }) });
const tooMany: Rows = { ok: false, code: 'too-large', detail: `a body has at most ${MOST} readings` };

function parsed(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function jsonRows(text: string): Rows {
  const body = parsed(text);
  if (!body.ok) {
    const place = whereJsonBreaks(text) ?? { line: 1, column: 1, offset: 0 };
    return broken(`no JSON from line ${place.line}, column ${place.column} (character ${place.offset}) on`, place);
  }
  const { value } = body;
  const rows: unknown = typeof value === 'object' && value !== null && 'readings' in value ? value.readings : null;
  if (!Array.isArray(rows)) return broken('expected an object { "readings": [ … ] }');
  return rows.length > MOST ? tooMany : { ok: true, rows, values: 'json' };
}

const COLUMNS = ['station', 'pollutant', 'start', 'period', 'value', 'flag'] as const;
const OPTIONAL = 'flag';

function csvRows(text: string): Rows {
  let lines: string[][];
  try {
    // One more than may be, so that too many is seen without reading all of them.
    lines = parse(text, { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true, to: MOST + 2 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return broken(error.message.slice(0, 200), { line: Number(error['lines'] ?? 1) });
  }
  const [header, ...rest] = lines;
  const places = COLUMNS.map((name) => [name, header?.indexOf(name) ?? -1] as const).filter(([, at]) => at >= 0);
  const missing = COLUMNS.filter((name) => name !== OPTIONAL && !places.some(([found]) => found === name));
  if (missing.length > 0) return broken(`the first line must name the columns ${COLUMNS.join(',')}; missing: ${missing.join(', ')}`, { line: 1 });
  if (rest.length > MOST) return tooMany;
  const rowOf = (cells: string[]): Row | BrokenRow => (cells.length === header?.length ? Object.fromEntries(places.map(([name, at]) => [name, cells[at]]))
    : new BrokenRow(`expected ${header?.length ?? 0} cells, as the first line has; got ${cells.length}`));
  return { ok: true, rows: rest.map(rowOf), values: 'text' };
}

/** The rows of a body of one of the two types. */
export function rowsOf(bytes: Buffer, type: 'json' | 'csv'): Rows {
  if (!isUtf8(bytes)) return broken('the body is no UTF-8');
  const text = bytes.toString('utf8');
  return type === 'csv' ? csvRows(text) : jsonRows(text.startsWith('\uFEFF') ? text.slice(1) : text);
}

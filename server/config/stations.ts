/** `stations.csv`: a row a station, each mistake with its line and column. */
import { parse } from 'csv-parse/sync';
import { StationRow, type Station } from '../../shared/event.ts';
import { nearest } from '../../shared/names.ts';
import type { Problem } from './problem.ts';
import { shapeMistakes } from './shape.ts';

/** Stations whose rows are right, each with its line; `spare` has what can be read of the others. */
export type StationsRead = { file: string; rows: { station: Station; line: number }[]; problems: Problem[]; spare: readonly SpareRow[] };
export type SpareRow = { id: string; area: string; line: number };

const COLUMNS = Object.keys(StationRow.shape);
type Line = { record: string[]; line: number };

function linesOf(text: string, file: string): { lines: Line[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const rows: unknown = parse(text, {
    bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, skip_records_with_error: true,
    on_skip: (error) => { problems.push({ file, line: Number(error?.['lines'] ?? 0), field: '', message: error?.message ?? 'cannot be read' }); return undefined; },
  });
  const lines = (rows as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({ record, line: info.lines }));
  return { lines, problems };
}

function headerProblems(header: readonly string[], file: string): Problem[] {
  const say = (field: string, message: string): Problem => ({ file, line: 1, field, message });
  const strange = header.filter((name) => !COLUMNS.includes(name));
  return [
    ...COLUMNS.filter((name) => !header.includes(name)).map((name) => say(name, 'this column is missing')),
    ...header.filter((name, at) => header.indexOf(name) < at).map((name) => say(name, 'this column is there twice')),
    ...strange.map((name) => say(name, `unknown column "${name}"${nearest(name, COLUMNS) === null ? '' : `; did you mean "${nearest(name, COLUMNS) ?? ''}"?`}`)),
  ];
}

function rowOf(header: readonly string[], { record, line }: Line, file: string): { station: Station; line: number } | Problem[] {
  if (record.length !== header.length) return [{ file, line, field: '', message: `has ${record.length} cells, the header has ${header.length}` }];
  const raw = Object.fromEntries(header.map((name, at) => [name, record[at] ?? '']));
  const parsed = StationRow.safeParse(raw);
  if (parsed.success) return { station: parsed.data, line };
  return shapeMistakes(parsed.error.issues, { schema: StationRow, raw })
    .map(({ path, message }) => ({ file, line, field: path.join('.'), message }));
}

/** Reads the text of `stations.csv`. */
export function readStations(text: string, file = 'stations.csv'): StationsRead {
  const { lines, problems } = linesOf(text, file);
  const [header, ...records] = lines;
  if (header === undefined) return { file, rows: [], problems: [...problems, { file, line: 1, field: '', message: `is empty; the first line is ${COLUMNS.join(',')}` }], spare: [] };
  const wrong = headerProblems(header.record, file);
  if (wrong.length > 0) return { file, rows: [], problems: [...problems, ...wrong], spare: records.map(({ record, line }) => ({ id: record[0] ?? '', area: '', line })) };
  const read: StationsRead = { file, rows: [], problems, spare: [] };
  const spare: SpareRow[] = [];
  for (const record of records) {
    const row = rowOf(header.record, record, file);
    if ('station' in row) read.rows.push(row);
    else {
      problems.push(...row);
      const cell = (name: string): string => record.record[header.record.indexOf(name)] ?? '';
      spare.push({ id: cell('id'), area: cell('area'), line: record.line });
    }
  }
  return { ...read, spare };
}

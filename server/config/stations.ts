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

const OPTIONS = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
type Lines = { lines: Line[]; problems: Problem[] };

function parsed(text: string, from: number): Line[] | string {
  try {
    const rows: unknown = parse(text, OPTIONS);
    return (rows as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({ record, line: from + info.lines }));
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read';
  }
}

/** What is wrong with a line that cannot be read by itself. */
const quoted = (reason: string): string => (reason.startsWith('Quote Not Closed') ? 'a quotation mark opens on this line and does not close on it' : reason);

/** Each line by itself, so that a quotation mark that never closes is told where it opens, and costs no line but its own. */
function byLine(text: string, file: string): Lines {
  const all: Lines = { lines: [], problems: [] };
  for (const [at, each] of text.split(/\r\n|\n|\r/).entries()) {
    const found = parsed(each, at);
    if (typeof found === 'string') all.problems.push({ file, line: at + 1, field: '', message: quoted(found) });
    else all.lines.push(...found);
  }
  return all;
}

function linesOf(text: string, file: string): Lines {
  const whole = parsed(text, 0);
  if (typeof whole === 'string') return byLine(text, file);
  const width = whole[0]?.record.length;
  // A cell that runs over lines and has commas, or whose row does not fit: most likely two quotation marks of two rows.
  const torn = whole.some(({ record }) => record.some((cell) => /[\r\n]/.test(cell) && (cell.includes(',') || record.length !== width)));
  return torn ? byLine(text, file) : { lines: whole, problems: [] };
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

/** What each cell is: the column meant where its name is misspelt, nothing where the column is unknown or was there before. */
function columnsOf(header: readonly string[]): (string | null)[] {
  const taken = new Set<string>();
  return header.map((name) => {
    const near = COLUMNS.includes(name) ? name : nearest(name, COLUMNS.filter((each) => !header.includes(each)));
    if (near === null || taken.has(near)) return null;
    taken.add(near);
    return near;
  });
}

/** Stands in for the cells of a column that is not there, so that the others are looked at. */
const STAND_IN: Record<string, string> = { name: '-', longitude: '0', latitude: '0', kind: 'micro', evaluates: 'false' };

type Table = { columns: readonly (string | null)[]; file: string };

function rowOf({ columns, file }: Table, { record, line }: Line): { station: Station; line: number } | Problem[] {
  if (record.length !== columns.length) return [{ file, line, field: '', message: `has ${record.length} cells, the header has ${columns.length}` }];
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  const raw: Record<string, string> = Object.fromEntries(missing.map((name) => [name, STAND_IN[name] ?? '']));
  columns.forEach((name, at) => { if (name !== null) raw[name] = record[at] ?? ''; });
  const row = StationRow.safeParse(raw);
  if (row.success) return { station: row.data, line };
  return shapeMistakes(row.error.issues, { schema: StationRow, raw })
    .filter(({ path }) => !missing.includes(String(path[0])))
    .map(({ path, message }) => ({ file, line, field: path.join('.'), message }));
}

/** Reads the text of `stations.csv`. */
export function readStations(text: string, file = 'stations.csv'): StationsRead {
  const { lines, problems } = linesOf(text, file);
  const [header, ...records] = lines;
  if (header === undefined) return { file, rows: [], problems: [...problems, { file, line: 1, field: '', message: `is empty; the first line is ${COLUMNS.join(',')}` }], spare: [] };
  problems.push(...headerProblems(header.record, file));
  const table = { file, columns: columnsOf(header.record) };
  const rows: StationsRead['rows'] = [];
  const spare: SpareRow[] = [];
  for (const record of records) {
    const row = rowOf(table, record);
    if ('station' in row) rows.push(row);
    else {
      problems.push(...row);
      const cell = (name: string): string => record.record[table.columns.indexOf(name)] ?? '';
      spare.push({ id: cell('id'), area: cell('area'), line: record.line });
    }
  }
  return { file, rows, problems, spare };
}

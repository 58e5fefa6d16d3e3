/** Reads recorded files of one layout: every reading they hold, what was left out and why, and the hash of it all. */
import { createHash, type Hash } from 'node:crypto';
import type { Reading } from '../../shared/reading.ts';
import type { Civil } from '../../shared/time.ts';
import { canonical } from './canonical.ts';
import { cnemcSites } from './cnemc-sites.ts';
import { uciBeijing } from './uci-beijing.ts';
import { refused, type DecodeRow, type Layout, type Reader, type SkipReason } from './layout.ts';
import { bare, cellsOf, linesOf } from './lines.ts';

const LAYOUTS = { canonical, 'uci-beijing': uciBeijing, 'cnemc-sites': cnemcSites } satisfies Record<string, Layout>;
export type LayoutId = keyof typeof LAYOUTS;
export const layoutIds = Object.keys(LAYOUTS) as LayoutId[];

export type Recording = {
  files: string[]; layout: LayoutId;
  /** A station's id by the name a file uses for it, its own id included; null where the event has none such. */
  resolveStation: (alias: string) => string | null;
  civil: Civil;
};

/** What was left out for one reason: how often (columns, where a whole column was), and the first of it. */
export type Skipped = { reason: SkipReason; count: number; first: { file: string; line: number; detail: string } };
export type Problem = { file: string; line: number; message: string };
export type Recorded =
  | { ok: true; readings: Reading[]; skipped: Skipped[]; /** Known columns and types that are not ours to read. */ ignored: string[]; sha256: string }
  | { ok: false; problems: Problem[] };

/** What reading several files gathers. */
type Gathered = { readings: Reading[]; skipped: Map<SkipReason, Skipped>; ignored: Set<string> };
type Place = { file: string; line: number };
type Input = { file: string; layout: Layout; hash: Hash };

function readerFor(recording: Pick<Recording, 'resolveStation' | 'civil'>, gathered: Gathered, place: Place): Reader {
  return {
    station: recording.resolveStation,
    civil: recording.civil,
    take: (reading) => { gathered.readings.push(reading); },
    ignore: (name) => { gathered.ignored.add(name); },
    skip: ({ reason, detail }) => {
      const known = gathered.skipped.get(reason);
      if (known === undefined) gathered.skipped.set(reason, { reason, count: 1, first: { ...place, detail } });
      else known.count += 1;
    },
  };
}

/** A decoder for the file whose header this is, or what is wrong with it. */
function opened(header: string[], layout: Layout, reader: Reader): DecodeRow | { message: string } {
  const lacks = layout.needs.filter((name) => !header.includes(name));
  if (lacks.length > 0) return { message: `the header lacks ${lacks.join(', ')}; expected ${layout.expects}` };
  const decode = layout.open(header, reader);
  return (cells) => cells.length === header.length
    ? decode(cells)
    : refused('bad-row', `${cells.length} columns instead of ${header.length}`);
}

/** Takes a table's lines, one after the other, from its header on. */
class Table {
  readonly place: Place;
  private readonly layout: Layout;
  private readonly reader: Reader;
  private decode: DecodeRow | null = null;

  constructor(file: string, layout: Layout, gather: (place: Place) => Reader) {
    this.place = { file, line: 1 };
    this.layout = layout;
    this.reader = gather(this.place);
    if (layout.headless === undefined) return;
    const { cells: count } = layout.headless;
    const decode = layout.open([], this.reader);
    this.decode = (cells) => (cells.length === count ? decode(cells) : refused('bad-row', `${cells.length} columns instead of ${count}`));
  }

  /** What is wrong with the table as a whole, or null. */
  take(line: string, number: number): Problem | null {
    const text = bare(line);
    if (text === '') return null;
    this.place.line = number;
    const cells = this.layout.headless === undefined ? cellsOf(text) : text.split(this.layout.headless.mark);
    if (this.decode === null) {
      const found = opened(cells ?? [], this.layout, this.reader);
      if ('message' in found) return { ...this.place, ...found };
      this.decode = found;
      return null;
    }
    const left = cells === null ? refused('bad-row', 'quotes that do not match') : this.decode(cells);
    if (left !== null) this.reader.skip(left);
    return null;
  }

  end(): Problem | null {
    return this.decode === null ? { ...this.place, message: `the file is empty; expected ${this.layout.expects}` } : null;
  }
}

/** Reads one file; answers what is wrong with it as a whole, or null. */
async function readFile({ file, layout, hash }: Input, gather: (place: Place) => Reader): Promise<Problem | null> {
  const table = new Table(file, layout, gather);
  for await (const { from, lines } of linesOf(file, hash)) {
    for (const [i, line] of lines.entries()) {
      const problem = table.take(line, from + i);
      if (problem !== null) return problem;
    }
  }
  return table.end();
}

export type TextRecording = Pick<Recording, 'resolveStation' | 'civil'> & { text: string; layout: LayoutId | Layout };

/** The same of a text that is there already. */
export function readText({ text, layout: wanted, ...rest }: TextRecording): Recorded {
  const layout = typeof wanted === 'string' ? LAYOUTS[wanted] : wanted;
  const gathered: Gathered = { readings: [], skipped: new Map(), ignored: new Set() };
  const table = new Table('', layout, (place) => readerFor(rest, gathered, place));
  for (const [i, line] of text.split('\n').entries()) {
    const problem = table.take(line, i + 1);
    if (problem !== null) return { ok: false, problems: [problem] };
  }
  const problem = table.end();
  if (problem !== null) return { ok: false, problems: [problem] };
  return { ok: true, readings: gathered.readings, skipped: [...gathered.skipped.values()], ignored: [...gathered.ignored], sha256: createHash('sha256').update(text).digest('hex') };
}

/** Words for what the disk or the inflater says. */
function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder, not a file';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** One file's own hash; for several, the hash of theirs in order, so that the order in which they are named is nothing. */
function hashOf(hashes: string[]): string {
  const [only = ''] = hashes;
  return hashes.length === 1 ? only : createHash('sha256').update(hashes.toSorted().join('\n')).digest('hex');
}

/** Reads one file, whatever may come of it: its hash, or what is wrong with it. */
async function attempted(input: Input, gather: (place: Place) => Reader): Promise<{ sha256: string } | Problem> {
  try {
    return await readFile(input, gather) ?? { sha256: input.hash.digest('hex') };
  } catch (error) {
    return { file: input.file, line: 0, message: unreadable(error) };
  }
}

/**
 * All readings of the files, in the files' order. A bad row is left out, counted, and named by file and line; a file
 * that is missing, cannot be read or has another header is a problem, and all problems are told at once.
 */
export async function readRecorded(recording: Recording): Promise<Recorded> {
  const gathered: Gathered = { readings: [], skipped: new Map(), ignored: new Set() };
  const gather = (place: Place) => readerFor(recording, gathered, place);
  const hashes: string[] = [];
  const problems: Problem[] = [];
  for (const file of recording.files) {
    const found = await attempted({ file, layout: LAYOUTS[recording.layout], hash: createHash('sha256') }, gather);
    if ('sha256' in found) hashes.push(found.sha256);
    else problems.push(found);
  }
  if (problems.length > 0) return { ok: false, problems };
  const { readings, skipped, ignored } = gathered;
  return { ok: true, readings, skipped: [...skipped.values()], ignored: [...ignored], sha256: hashOf(hashes) };
}

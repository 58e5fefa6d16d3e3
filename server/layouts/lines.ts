/** The lines of a recorded file, as they are read from the disk: `.gz` inflated, every line ending, no byte-order mark. */
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const CHUNK = 256 * 1024;

function bytesOf(file: string): AsyncIterable<Buffer> {
  const raw = createReadStream(file, { highWaterMark: CHUNK });
  if (!file.endsWith('.gz')) return raw;
  // `pipeline` hands a failing disk on to the reader below, who answers for it; the callback has nothing to add.
  return pipeline(raw, createGunzip({ chunkSize: CHUNK }), () => undefined);
}

/** Some whole lines of a file, and the number of the first. */
export type Lines = { from: number; lines: string[] };

/**
 * A file's lines, some thousand at a time, its contents (inflated) going into the hash. Throws where the file cannot be
 * opened, read or inflated.
 */
export async function* linesOf(file: string, hash: Hash): AsyncGenerator<Lines> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let from = 1;
  for await (const bytes of bytesOf(file)) {
    hash.update(bytes);
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop() ?? '';
    yield { from, lines };
    from += lines.length;
  }
  yield { from, lines: [rest + decoder.end()] };
}

/** The cells of a line, trimmed; null where its quotes do not match. */
export function cellsOf(line: string): string[] | null {
  // A record is a line here, so that a stray quote costs its own row and never the rest of the file.
  if (!line.includes('"')) return line.includes(' ') ? line.split(',').map((cell) => cell.trim()) : line.split(',');
  try {
    const [cells = []] = parse(line, { trim: true });
    return cells;
  } catch {
    return null;
  }
}

/** A line without its carriage return, and without the byte-order mark of a file's first. */
export const bare = (line: string): string => line.slice(line.startsWith('\uFEFF') ? 1 : 0, line.endsWith('\r') ? -1 : undefined);

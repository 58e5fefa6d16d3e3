/** The text of a file of the folder, if it is there and is UTF-8. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from './problem.ts';

export type Text = { text: string } | { missing: true } | { problem: Problem };

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** The first line (from 1) that is not UTF-8. */
function badLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    if (utf8(bytes.subarray(from, end < 0 ? bytes.length : end)) === null) return line;
    from = end < 0 ? bytes.length : end + 1;
  }
  return line;
}

/** Reads `name` of the folder `dir`; a byte order mark is dropped. */
export async function readText(dir: string, name: string): Promise<Text> {
  try {
    const bytes = await readFile(path.join(dir, name));
    const text = utf8(bytes);
    return text === null ? { problem: { file: name, line: badLine(bytes), field: '', message: 'is not UTF-8; save it as UTF-8' } } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return code === 'ENOENT' || code === 'ENOTDIR' ? { missing: true } : { problem: { file: name, line: 0, field: '', message: `cannot be read (${code})` } };
  }
}

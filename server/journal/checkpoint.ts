/**
 * A checkpoint: what is remembered of the journal's first facts, so that a start folds only those after. `journal-checkpoint` beside
 * the journal. The journal stays the one truth: a checkpoint that does not fit it, or was made by other code, is passed over, and it may be
 * deleted at any time.
 *
 * One line of JSON, the memory as JSON, the ids as they lie in memory, and a checksum of all of it.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { Memory, type Remembered } from '../../shared/memory.ts';
import { codeOf } from './code.ts';
import { GENESIS, type Head } from './journal.ts';
import { KnownIds } from './known.ts';

/** A fold of the journal's facts up to `head`, and the ids of all of them. */
export type Folded = { memory: Memory; ids: KnownIds; head: Head };
export const nothingFolded = (): Folded => ({ memory: new Memory(), ids: new KnownIds(), head: { seq: 0, hash: GENESIS } });

const FORMAT = 1;
type Header = { format: number; code: string; seq: number; hash: string; memory: number; ids: number; slots: number };
const CHECKSUM = 4;

export const checkpointBeside = (journal: string): string => path.join(path.dirname(journal), 'journal-checkpoint');

/** The parts of the file, in order. */
export function encoded({ memory, ids, head }: Folded, code = codeOf()): Uint8Array[] {
  const kept = Buffer.from(JSON.stringify(memory.kept()));
  const slots = ids.kept();
  const header: Header = { format: FORMAT, code, ...head, memory: kept.length, ids: ids.size, slots: slots.length };
  const parts = [Buffer.from(`${JSON.stringify(header)}\n`), kept, new Uint8Array(slots.buffer, slots.byteOffset, slots.byteLength)];
  const end = Buffer.alloc(CHECKSUM);
  end.writeUInt32LE(parts.reduce((sum, part) => crc32(part, sum), 0));
  return [...parts, end];
}

/** `stale`: it was good when it was made, and the program is another now. */
export type Decoded = { ok: true; folded: Folded } | { ok: false; reason: string; stale?: true };

export function decoded(bytes: Buffer, code = codeOf()): Decoded {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM));
  if (bytes.length <= CHECKSUM || crc32(body) !== bytes.readUInt32LE(body.length)) return { ok: false, reason: 'the checkpoint is damaged' };
  const line = body.indexOf('\n');
  const { format, code: by, seq, hash, memory, ids, slots } = JSON.parse(body.toString('utf8', 0, Math.max(0, line))) as Header;
  if (format !== FORMAT) return { ok: false, reason: 'it is of another format', stale: true };
  if (by !== code) return { ok: false, reason: 'it was made by another version of the program', stale: true };
  const from = line + 1 + memory;
  const table = new Uint32Array(slots);
  new Uint8Array(table.buffer).set(body.subarray(from, from + table.byteLength));
  const remembered = JSON.parse(body.toString('utf8', line + 1, from)) as Remembered;
  return { ok: true, folded: { memory: new Memory(remembered), ids: new KnownIds(table, ids), head: { seq, hash } } };
}

/** What the file holds, if it fits the journal: `hashOf` gives the hash of a fact, or null where there is none. */
export async function readCheckpoint(file: string, hashOf: (seq: number) => string | null | Promise<string | null>): Promise<Decoded | null> {
  if (!existsSync(file)) return null;
  try {
    const found = decoded(readFileSync(file));
    if (!found.ok) return found;
    const { seq, hash } = found.folded.head;
    const there = await hashOf(seq);
    if (there === null) return { ok: false, reason: `the checkpoint is of fact ${seq}, which the journal does not have` };
    return there === hash ? found : { ok: false, reason: `the checkpoint is of another journal: its fact ${seq} has another hash` };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** In one step, or not at all. */
export function writeCheckpoint(file: string, folded: Folded): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    for (const part of encoded(folded)) for (let at = 0; at < part.length;) at += writeSync(handle, part, at);
    fsyncSync(handle);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

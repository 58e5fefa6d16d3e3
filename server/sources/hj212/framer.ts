/**
 * Bytes of one connection into frames: `##`, four digits of length, the data segment, four digits of checksum, CR LF
 * (HJ 212-2017 table 2). A frame with a fault that devices are known for comes out with the fault's name: whether that is
 * allowed is the device's profile's business. What is no frame comes out as broken, whole, and costs no other frame.
 */
import { crcOf, modbusOf } from '../../../shared/hj212/crc.ts';
import type { Hj212Fault as Fault } from '../../../shared/sources.ts';

export type Piece =
  | { ok: true; segment: Buffer; raw: Buffer; faults: readonly Fault[] }
  | { ok: false; raw: Buffer; reason: 'no-frame' | 'no-end' | 'checksum' };

const HASH = 0x23;
const [CR, LF] = [0x0d, 0x0a];
const START = Buffer.from('##');
const HEAD = START.length + 4;
const CHECK = 4;
/** A length has four digits. */
const LONGEST = HEAD + 9_999 + CHECK + 2;
/** The standard's own bound of a data segment. */
const STANDARD_SEGMENT = 1_024;

const isDigits = (bytes: Buffer, from: number, to: number): boolean => bytes.length >= to && /^\d+$/.test(bytes.toString('latin1', from, to));

type Found = { segment: Buffer; check: Buffer; end: number; faults: Fault[] };

/** Where a line that began at 0 ends: the place of its CR, and behind its CR LF (or a CR CR); null: not yet. */
function lineEnd(bytes: Buffer): { at: number; end: number } | null {
  const at = bytes.indexOf(CR);
  if (at < 0 || at + 1 >= bytes.length) return null;
  return { at, end: bytes[at + 1] === LF || bytes[at + 1] === CR ? at + 2 : at + 1 };
}

/** The frame at 0 by its own length; null where its parts are not where they should be. `last`: nothing will follow. */
function byLength(bytes: Buffer, last: boolean): Found | null {
  if (!isDigits(bytes, START.length, HEAD)) return null;
  const end = HEAD + Number(bytes.toString('latin1', START.length, HEAD));
  const check = bytes.subarray(end, end + CHECK);
  if (check.length < CHECK) return null;
  const [cr, lf] = [bytes[end + CHECK], bytes[end + CHECK + 1]];
  const segment = bytes.subarray(HEAD, end);
  if (cr === CR && lf === LF) return { segment, check, end: end + CHECK + 2, faults: [] };
  const follows = cr === HASH && lf === HASH;
  return follows || (last && cr === undefined) ? { segment, check, end: end + CHECK, faults: ['ending'] } : null;
}

/** The frame at 0 by where its line ends, whatever its length says. */
function byLine(bytes: Buffer, line: { at: number; end: number }): Found | null {
  const digits = [4, 3].find((n) => isDigits(bytes, START.length, START.length + n));
  const from = START.length + (digits ?? 0);
  const to = line.at - CHECK;
  if (digits === undefined || to < from) return null;
  const segment = bytes.subarray(from, to);
  const said = Number(bytes.toString('latin1', START.length, from));
  const faults: Fault[] = [...(said === segment.length && digits === 4 ? [] : ['length' as const]), ...(bytes[line.at + 1] === LF ? [] : ['ending' as const])];
  return { segment, check: bytes.subarray(to, line.at), end: line.end, faults };
}

/** Which checksum a frame bears; null where it bears none that fits. */
function checkFaults({ segment, check }: Found): Fault[] | null {
  const text = check.toString('latin1');
  if (!/^[0-9A-Fa-f]{4}$/.test(text)) return null;
  const said = parseInt(text, 16);
  if (said === crcOf(segment)) return [];
  return said === modbusOf(segment) ? ['modbus'] : null;
}

/** Where a frame may begin: of several `#` in a row the last two, for what was broken before may end in one. */
function startIn(bytes: Buffer): number {
  let start = bytes.indexOf(START);
  while (start >= 0 && bytes[start + START.length] === HASH) start += 1;
  return start;
}

/**
 * Whether a frame reaches over another one's start. The standard's checksum is weak (1 in 256 by chance), so that of a frame with
 * a broken ending or length may fit with its neighbour swallowed: whoever stands within, whole by its own length, comes first.
 */
function swallows({ segment }: Found, bytes: Buffer, last: boolean): boolean {
  const inner = segment.indexOf(START);
  if (inner < 0) return false;
  const behind = bytes.subarray(START.length);
  const within = byLength(behind.subarray(startIn(behind)), last);
  return within !== null && checkFaults(within) !== null;
}

export class Framer {
  private bytes: Buffer = Buffer.alloc(0);

  /** How many bytes wait for the rest of their frame. */
  get waiting(): number {
    return this.bytes.length;
  }

  /** Takes what came, and answers what is whole now. `last`: no more will follow soon, so that what waits is looked at as it is. */
  push(chunk: Uint8Array, last = false): Piece[] {
    this.bytes = this.bytes.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.bytes, chunk]);
    const pieces: Piece[] = [];
    for (let piece = this.next(last); piece !== null; piece = this.next(last)) pieces.push(piece);
    return pieces;
  }

  private next(last: boolean): Piece | null {
    const { bytes } = this;
    if (bytes.length === 0) return null;
    const start = startIn(bytes);
    if (start !== 0) return this.skip(start, last);
    const whole = byLength(bytes, last);
    if (whole !== null && checkFaults(whole) !== null && !swallows(whole, bytes, last)) return this.frame(whole);
    const line = lineEnd(bytes);
    const lined = line === null ? null : byLine(bytes, line);
    if (lined !== null && checkFaults(lined) !== null && !swallows(lined, bytes, last)) return this.frame(lined);
    if (line !== null) return this.broken(line.end, 'checksum');
    if (bytes.length >= LONGEST || last) return this.broken(bytes.length, 'no-end');
    return null;
  }

  /** Drops what stands before a frame; blank lines are nobody's fault. The last byte may be half of a start. */
  private skip(start: number, last: boolean): Piece | null {
    const half = this.bytes.at(-1) === HASH && !last ? 1 : 0;
    const raw = this.take(start < 0 ? this.bytes.length - half : start);
    if (raw.length === 0) return null;
    return raw.every((byte) => byte === CR || byte === LF) ? this.next(last) : { ok: false, raw, reason: 'no-frame' };
  }

  private frame(found: Found): Piece {
    const faults = [...found.faults, ...(checkFaults(found) ?? []), ...(found.segment.length > STANDARD_SEGMENT ? ['long' as const] : [])];
    const raw = this.take(found.end);
    return { ok: true, segment: Buffer.from(found.segment), raw, faults };
  }

  /** Not past the frame that may begin within: garbage before a good frame must not cost it. */
  private broken(end: number, reason: 'no-end' | 'checksum'): Piece {
    const inner = this.bytes.subarray(0, end).indexOf(START, START.length);
    return { ok: false, raw: this.take(inner < 0 ? end : inner), reason };
  }

  private take(length: number): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, length));
    this.bytes = this.bytes.subarray(length);
    return taken;
  }
}

/**
 * A data segment told into its fields (HJ 212-2017 table 3): `QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;CP=&&…&&`. QN and Flag
 * may be missing, as they may in HJ/T 212-2005.
 */
import type { Hj212Fault as Fault } from '../../../shared/sources.ts';

export type Packet = {
  /** 17 digits that name one exchange; null: none was sent. */
  qn: string | null; st: string; cn: string; pw: string; mn: string;
  /** Whether an answer is wanted (bit A of Flag). */
  wanted: boolean;
  /** Fields of the data area that belong to no factor, as DataTime. */
  fields: ReadonlyMap<string, string>;
  /** What was sent of each factor, by its suffix: Rtd, Avg, Min, Max, Flag … */
  factors: ReadonlyMap<string, ReadonlyMap<string, string>>;
  faults: readonly Fault[];
};
export type Parsed = { ok: true; packet: Packet } | { ok: false; reason: 'no-segment' | 'no-header' | 'twice'; detail: string; mn: string | null };

const AREA = /^(.*?)CP=&&(.*)&&$/s;
const DEVICE = /^[\x21-\x7e]{1,40}$/;

type Pair = [key: string, value: string];
const pairOf = (text: string): Pair => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** Collects what is out of order while a segment is read. */
class Reading {
  readonly faults = new Set<Fault>();
  readonly fields = new Map<string, string>();
  readonly factors = new Map<string, Map<string, string>>();
  twice: string | null = null;

  /** Items of a list; empty ones are a fault of separators. */
  items(text: string, mark: string): string[] {
    const all = text.split(mark);
    const kept = all.filter((item) => item !== '');
    if (kept.length < all.length && text !== '') this.faults.add('separators');
    return kept;
  }

  pair(text: string): Pair {
    const [key, value] = pairOf(text);
    const [bare, plain] = [key.replaceAll(' ', ''), value.trim()];
    if (bare !== key || plain !== value) this.faults.add('blanks');
    return [bare, plain];
  }

  /** A pair of the data area: of a factor where its name has a suffix. */
  put([key, value]: Pair): void {
    const dash = key.indexOf('-');
    if (dash < 1) {
      this.set(this.fields, key, value);
      return;
    }
    const factor = key.slice(0, dash);
    const about = this.factors.get(factor) ?? new Map<string, string>();
    this.factors.set(factor, about);
    this.set(about, key.slice(dash + 1), value);
  }

  private set(into: Map<string, string>, key: string, value: string): void {
    const before = into.get(key);
    if (before !== undefined && before !== value) this.twice ??= key;
    into.set(key, value);
  }
}

const HEADER = ['QN', 'ST', 'CN', 'PW', 'MN', 'Flag', 'PNUM', 'PNO'];

/** Header fields in front of the data area; those that stand in it by mistake are taken out of it. */
function headerOf(reading: Reading, text: string): Map<string, string> {
  const header = new Map(reading.items(text.replace(/;$/, ''), ';').map((item) => reading.pair(item)));
  for (const name of HEADER) {
    const stray = reading.fields.get(name);
    if (stray === undefined || header.has(name)) continue;
    header.set(name, stray);
    reading.fields.delete(name);
    reading.faults.add('stray-header');
  }
  return header;
}

/** A comma where a semicolon should be joins DataTime to the first factor. */
function areaOf(reading: Reading, text: string): void {
  for (const item of reading.items(text, ';')) {
    const pairs = reading.items(item, ',').map((pair) => reading.pair(pair));
    const [first] = pairs;
    if (pairs.length > 1 && first !== undefined && !first[0].includes('-')) reading.faults.add('separators');
    for (const pair of pairs) reading.put(pair);
  }
}

const refused = (reason: 'no-segment' | 'no-header' | 'twice', detail: string, mn: string | null = null): Parsed => ({ ok: false, reason, detail, mn });

function headerFaults(reading: Reading, header: ReadonlyMap<string, string>, flag: number): void {
  const qn = header.get('QN');
  if (qn !== undefined && !/^\d{17}$/.test(qn)) reading.faults.add('qn');
  const parts = header.has('PNUM') && header.has('PNO');
  if (((flag & 2) === 2) !== parts) reading.faults.add('parts');
}

/** Reads a data segment of which the checksum is right. */
export function packetOf(segment: Buffer): Parsed {
  const found = AREA.exec(segment.toString('utf8'));
  if (found === null) return refused('no-segment', 'expected …CP=&&…&&');
  const reading = new Reading();
  areaOf(reading, found[2] ?? '');
  const header = headerOf(reading, found[1] ?? '');
  const [st, cn, pw, mn] = ['ST', 'CN', 'PW', 'MN'].map((name) => header.get(name) ?? '') as [string, string, string, string];
  const missing = [['ST', /^\d{2,3}$/, st], ['CN', /^\d{4}$/, cn], ['MN', DEVICE, mn]] as const;
  const wrong = missing.filter(([, fits, value]) => !fits.test(value)).map(([name]) => name);
  if (wrong.length > 0) return refused('no-header', `missing or no such value: ${wrong.join(', ')}`, DEVICE.test(mn) ? mn : null);
  if (reading.twice !== null) return refused('twice', `${reading.twice} is there twice, with two values`, mn);
  const said = header.get('Flag') ?? '0';
  const flag = /^\d{1,3}$/.test(said) ? Number(said) : 0;
  headerFaults(reading, header, flag);
  const { fields, factors, faults } = reading;
  return { ok: true, packet: { qn: header.get('QN') ?? null, st, cn, pw, mn, wanted: (flag & 1) === 1, fields, factors, faults: [...faults] } };
}

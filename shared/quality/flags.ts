/**
 * What flags mean, by tables, and what a meaning is worth. A source's own letters are mapped in `sources.yaml`: to a
 * table that is named here, and letter by letter.
 */
import { z } from 'zod';
import type { Worth } from '../quality.ts';

/** Every meaning a flag may have, the worth of what carries it, and its reason. A meaning is what a mapping names. */
const WORTHS = {
  normal: { validity: 'valid', why: null },
  meteorology: { validity: 'valid', why: null },
  /** A value set by hand at the station counts for nothing until a reviewer approves of it. */
  manual: { validity: 'invalid', why: 'flag-manual' },
  /** Above what the instrument can measure: kept and counted, for it is never low. */
  'over-range': { validity: 'suspect', why: 'flag-over-range' },
  'under-range': { validity: 'suspect', why: 'flag-under-range' },
  maintenance: { validity: 'invalid', why: 'flag-maintenance' },
  calibration: { validity: 'invalid', why: 'flag-calibration' },
  fault: { validity: 'invalid', why: 'flag-fault' },
  'no-link': { validity: 'invalid', why: 'flag-no-link' },
  stopped: { validity: 'invalid', why: 'flag-stopped' },
  power: { validity: 'invalid', why: 'flag-power' },
  abnormal: { validity: 'invalid', why: 'flag-abnormal' },
  insufficient: { validity: 'invalid', why: 'flag-insufficient' },
  waiting: { validity: 'invalid', why: 'flag-waiting' },
  rejected: { validity: 'invalid', why: 'flag-rejected' },
  /** Nobody knows what it means: counted as suspect. */
  unknown: { validity: 'suspect', why: 'flag-unknown' },
  /** The protocol promises a flag and there is none. */
  promised: { validity: 'suspect', why: 'flag-missing' },
} as const satisfies Record<string, Worth>;
export type Meaning = keyof typeof WORTHS;
export const MEANINGS = Object.keys(WORTHS) as [Meaning, ...Meaning[]];
export type FlagCode = Exclude<(typeof WORTHS)[Meaning]['why'], null>;
/** The reasons of flags. */
export const FLAG_CODES: readonly FlagCode[] = Object.values(WORTHS).flatMap(({ why }) => (why === null ? [] : [why]));

type Table = Readonly<Record<string, Meaning>>;

/** HJ 212-2017 table 8. */
const HJ_212_2017: Table = { N: 'normal', F: 'stopped', M: 'maintenance', S: 'manual', D: 'fault', C: 'calibration', T: 'over-range', B: 'no-link' };
/** HJ/T 212-2005: letters of pollution sources, digits of air stations. A good reading of an air station is flagged 3. */
const HJT_212_2005: Table = {
  N: 'normal', P: 'power', F: 'stopped', C: 'calibration', M: 'maintenance', T: 'over-range', D: 'fault', S: 'manual',
  '0': 'calibration', '1': 'meteorology', '2': 'abnormal', '3': 'normal',
};
/** The marks of the national network's publication, as they are commonly explained; no official source could confirm them. */
const CNEMC: Table = {
  N: 'normal', H: 'insufficient', BB: 'no-link', B: 'fault', W: 'waiting', HSp: 'over-range', LSp: 'under-range', PS: 'calibration', PZ: 'calibration',
  AS: 'calibration', CZ: 'calibration', CS: 'calibration', RM: 'rejected',
};

/** Tables that a source may name; what is not confirmed says so to whoever checks the configuration. */
export const FLAG_TABLES = {
  hj212: { table: { ...HJT_212_2005, ...HJ_212_2017 }, confirmed: true },
  'hj212-2017': { table: HJ_212_2017, confirmed: true },
  'hjt212-2005': { table: HJT_212_2005, confirmed: true },
  cnemc: { table: CNEMC, confirmed: false },
  none: { table: {}, confirmed: true },
} as const satisfies Record<string, { table: Table; confirmed: boolean }>;
export type FlagTable = keyof typeof FLAG_TABLES;

/** `flags` of a source: a table, what stands in it otherwise or besides, and what no flag at all means. */
export const SourceFlags = z.strictObject({
  table: z.enum(Object.keys(FLAG_TABLES) as [FlagTable, ...FlagTable[]]).default('hj212'),
  map: z.record(z.string().min(1).max(16), z.enum(MEANINGS)).default({}),
  /** Whether the source sends a flag with every reading: one without is then suspect. */
  always: z.boolean().default(false),
});
export type SourceFlags = z.infer<typeof SourceFlags>;

/** What each flag of a source is worth; one that is not in it is unknown. */
export type Flags = ReadonlyMap<string, Worth>;

export function flagsOf({ table, map, always }: SourceFlags): Flags {
  const named: Table = FLAG_TABLES[table].table;
  const all = Object.entries({ '': always ? 'promised' : 'normal', ...named, ...map } satisfies Record<string, Meaning> as Record<string, Meaning>);
  return new Map(all.map(([flag, meaning]) => [flag, WORTHS[meaning]]));
}

export const USUAL_FLAGS: Flags = flagsOf(SourceFlags.parse({}));
export const UNKNOWN_FLAG: Worth = WORTHS.unknown;

const AT_WORK: readonly (string | null)[] = ['flag-maintenance', 'flag-calibration'];
/** Flags by which a station says that somebody works on it, and all by which its readings are refused, of every table in use. */
export type FlagSets = { work: ReadonlySet<string>; refused: ReadonlySet<string> };
export function flagSetsOf(tables: readonly Flags[]): FlagSets {
  const all = tables.flatMap((table) => [...table]);
  const those = (wanted: (worth: Worth) => boolean) => new Set(all.filter(([, worth]) => wanted(worth)).map(([flag]) => flag));
  return { work: those(({ why }) => AT_WORK.includes(why)), refused: those(({ validity }) => validity === 'invalid') };
}

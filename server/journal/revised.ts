/** What the journal says was revised or reviewed, for whoever holds it against the readings that are kept. */
import { Fact, type FactOf } from '../../shared/fact.ts';
import { type HandVerdict, handWhy } from '../../shared/quality/hand.ts';
import { rowsOf, textIn } from '../sqlite.ts';
import { openToRead } from './schema.ts';

/** `hand`: the verdict that a reviewer set, and the `why` that the reading carries for it (null: by the rules again). */
export type RevisedReading = {
  seq: number; station: string; pollutant: string; start: number; minutes: number; revision: number; to: number | null; toFlag: string;
  hand?: { verdict: HandVerdict; why: string | null };
};

/** Facts at a time, so that the server's log need not wait for us. */
const PAGE = 500;

/** Every reading of every `readings-revised` and `readings-reviewed` fact, in order. A fact that cannot be read is passed over: the chain says so. */
export function* revisedReadings(file: string): Generator<RevisedReading> {
  const db = openToRead(file);
  try {
    for (let after = 0; ;) {
      const rows = rowsOf(db, `SELECT seq, CAST(text AS BLOB) FROM fact WHERE kind IN ('readings-revised', 'readings-reviewed') AND seq > ? ORDER BY seq LIMIT ?`, [after, PAGE]) as [number, unknown][];
      for (const [seq, text] of rows) yield* changesIn(textIn(text), seq);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.[0] ?? after;
    }
  } finally {
    db.close();
  }
}

function changesIn(text: string | null, seq: number): RevisedReading[] {
  try {
    const fact = Fact.safeParse({ ...(JSON.parse(text ?? '') as object), hash: '' });
    if (!fact.success) return [];
    if (fact.data.kind === 'readings-revised') return fact.data.changes.map((change) => ({ ...change, seq }));
    return fact.data.kind === 'readings-reviewed' ? reviewedIn(fact.data, seq) : [];
  } catch {
    return [];
  }
}

function reviewedIn({ station, pollutant, verdict, level, by, why: reason, readings }: FactOf<'readings-reviewed'>, seq: number): RevisedReading[] {
  const hand = { verdict, why: level === null ? null : handWhy({ level, by, reason }) };
  return readings.map(({ start, minutes, revision, value, flag }) => ({ seq, station, pollutant, start, minutes, revision, to: value, toFlag: flag, hand }));
}

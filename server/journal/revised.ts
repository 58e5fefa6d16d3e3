/** What the journal says was revised, for whoever holds it against the readings that are kept. */
import { Fact, type FactOf } from '../../shared/fact.ts';
import { rowsOf, textIn } from '../sqlite.ts';
import { openToRead } from './schema.ts';

export type RevisedReading = FactOf<'readings-revised'>['changes'][number] & { seq: number };

/** Facts at a time, so that the server's log need not wait for us. */
const PAGE = 500;

/** Every change of every `readings-revised` fact, in order. A fact that cannot be read is passed over: the chain says so. */
export function* revisedReadings(file: string): Generator<RevisedReading> {
  const db = openToRead(file);
  try {
    for (let after = 0; ;) {
      const rows = rowsOf(db, `SELECT seq, CAST(text AS BLOB) FROM fact WHERE kind = 'readings-revised' AND seq > ? ORDER BY seq LIMIT ?`, [after, PAGE]) as [number, unknown][];
      for (const [seq, text] of rows) yield* changesIn(textIn(text)).map((change) => ({ ...change, seq }));
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.[0] ?? after;
    }
  } finally {
    db.close();
  }
}

function changesIn(text: string | null): FactOf<'readings-revised'>['changes'] {
  try {
    const fact = Fact.safeParse({ ...(JSON.parse(text ?? '') as object), hash: '' });
    return fact.success && fact.data.kind === 'readings-revised' ? fact.data.changes : [];
  } catch {
    return [];
  }
}

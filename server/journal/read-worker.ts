/** The thread that reads the journal, on a connection of its own. */
import { workerData } from 'node:worker_threads';
import { serve } from '../thread.ts';
import type { Head } from './journal.ts';
import { openToRead, rowsOf, type Connection } from './schema.ts';
import { headOf } from './writer.ts';

/** What may be asked of the reading thread; `after` and `limit` as in the interface. */
export type ReadAsks = {
  head: [null, Head];
  read: [{ after: number; limit: number }, [text: string, hash: string][]];
  ids: [{ after: number; limit: number }, { ids: string[]; last: number }];
  close: [null, null];
};

const { file } = workerData as { file: string };
let db: Connection | null = null;
const open = (): Connection => db ??= openToRead(file);

serve<ReadAsks>({
  head: () => headOf(open()),
  read: ({ after, limit }) => rowsOf(open(), 'SELECT text, hash FROM fact WHERE seq > ? ORDER BY seq LIMIT ?', [after, limit]) as [string, string][],
  ids: ({ after, limit }) => {
    const rows = rowsOf(open(), 'SELECT seq, id FROM fact WHERE seq > ? ORDER BY seq LIMIT ?', [after, limit]) as [number, string][];
    return { ids: rows.map(([, id]) => id), last: rows.at(-1)?.[0] ?? after };
  },
  close: () => {
    db?.close();
    db = null;
    return null;
  },
});

/** The thread that reads the journal, on a connection of its own. */
import { workerData } from 'node:worker_threads';
import { serve } from '../thread.ts';
import type { Fact } from '../../shared/fact.ts';
import type { Listed, Page } from '../../shared/page.ts';
import type { Began, Head } from './journal.ts';
import { type About, Lookup } from './lookup.ts';
import { registerBeside } from './register.ts';
import { openToRead } from './schema.ts';
import { rowsOf, textIn, type Connection } from '../sqlite.ts';
import { headOf } from './writer.ts';

/** What may be asked of the reading thread; `after` and `limit` as in the interface. */
export type ReadAsks = {
  head: [null, Head];
  read: [{ after: number; limit: number }, [text: string, hash: string][]];
  ids: [{ after: number; limit: number }, { ids: string[]; last: number }];
  about: [About, Fact[]];
  begun: [Began, string[]];
  latest: [Page, Listed[]];
  close: [null, null];
};

const { file } = workerData as { file: string };
let db: Connection | null = null;
const open = (): Connection => db ??= openToRead(file);
const rows = (columns: string, range: [after: number, limit: number]): unknown[][] =>
  rowsOf(open(), `SELECT ${columns} FROM fact WHERE seq > ? ORDER BY seq LIMIT ?`, range) as unknown[][];

let lookup: Lookup | null = null;
let keepingUp: NodeJS.Timeout | null = null;
/** Opened when it is first asked, and kept up from then on, so that nobody who asks waits for long. */
function looking(): Lookup {
  if (lookup !== null) return lookup;
  const opened = lookup = new Lookup(open, registerBeside(file), (line) => { process.stderr.write(`${line}\n`); });
  keepingUp = setInterval(() => { try { opened.catchUp(); } catch { /* The next question looks at the facts themselves. */ } }, 1_000);
  return opened;
}

serve<ReadAsks>({
  head: () => headOf(open()),
  read: ({ after, limit }) => rows('CAST(text AS BLOB), CAST(hash AS BLOB)', [after, limit]).map(([text, hash]) => [textIn(text) ?? '', textIn(hash) ?? '']),
  ids: ({ after, limit }) => {
    const found = rows('seq, CAST(id AS BLOB)', [after, limit]);
    return { ids: found.map(([, id]) => textIn(id) ?? ''), last: Number(found.at(-1)?.[0] ?? after) };
  },
  about: (asked) => looking().about(asked),
  begun: (began) => looking().begun(began),
  latest: (page) => looking().latest(page),
  close: () => {
    if (keepingUp !== null) clearInterval(keepingUp);
    lookup?.close();
    lookup = null;
    db?.close();
    db = null;
    return null;
  },
});

/** The thread that writes the journal: it alone waits for the disk. */
import { workerData } from 'node:worker_threads';
import { serve } from '../thread.ts';
import { Writer, type WriteAsks } from './writer.ts';

const writer = new Writer((workerData as { file: string }).file);

/**
 * Soon, since facts are few: a fact in the file is covered by the file's own checks as well, while damage to the log
 * would merely make SQLite pass over its rest.
 */
const CHECKPOINT = 1_000;
setInterval(() => { writer.checkpoint(); }, CHECKPOINT).unref();

serve<WriteAsks>({
  open: () => writer.write([]),
  write: (rows) => writer.write(rows),
  close: () => { writer.checkpoint(); writer.close(); return null; },
});

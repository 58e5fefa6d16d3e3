/** The thread that reads readings, on a connection of its own; each answer is one short read, so that no log piles up behind it. */
import { workerData } from 'node:worker_threads';
import { serve } from '../thread.ts';
import { Reader, type ReadAsks } from './reader.ts';

const reader = new Reader((workerData as { file: string }).file);

serve<ReadAsks>({
  words: () => reader.words(),
  days: () => reader.days(),
  page: (question) => reader.page(question),
  block: (question) => reader.block(question),
  sums: (question) => reader.sums(question),
  note: (name) => reader.note(name),
  outbox: (question) => reader.outbox(question),
  owed: () => reader.owed(),
  close: () => { reader.close(); return null; },
});

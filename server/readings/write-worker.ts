/** The thread that writes readings: everything that waits is committed together, one fsync for all of it. */
import { workerData } from 'node:worker_threads';
import { serveTogether, type Question } from '../thread.ts';
import { Writer, type WriteAsks, type WriterData } from './writer.ts';
import type { Kept } from './store.ts';

const writer = new Writer(workerData as WriterData);

/** Often enough that the log stays small, seldom enough that nobody waits for it. */
const CHECKPOINT = 60_000;
setInterval(() => { writer.checkpoint(); }, CHECKPOINT).unref();

type Job = { [K in keyof WriteAsks]: { kind: K; question: WriteAsks[K][0] } }[keyof WriteAsks];

function apply(job: Job): void {
  switch (job.kind) {
    case 'keep': writer.keep(job.question); return;
    case 'note': writer.note(job.question); return;
    case 'compact': writer.compact(job.question); return;
    case 'shipped': writer.shipped(job.question); return;
    case 'open': case 'close': return;
  }
}

const together = (jobs: Job[]): Kept => writer.commit(() => { for (const job of jobs) apply(job); });

/** One that cannot be written for its own sake must not cost those that happened to wait beside it. */
serveTogether((questions: Question[]): Kept[] => {
  const jobs = questions as unknown as Job[];
  const all = together(jobs);
  const answers = all.ok || jobs.length === 1 ? jobs.map(() => all) : jobs.map((job) => together([job]));
  if (jobs.some(({ kind }) => kind === 'close')) {
    writer.checkpoint();
    writer.close();
  }
  return answers;
});

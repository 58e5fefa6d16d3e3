/** The checkpoints of one journal: read at a start, written by a thread of its own while the room goes on. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built.ts';
import { checkpointBeside, type Decoded, readCheckpoint } from './checkpoint.ts';
import type { FoldAnswer, FoldData } from './fold-worker.ts';
import type { Moment, Then } from './folding.ts';
import type { JournalStore } from './journal.ts';

export type Checkpointed = { ok: true; seq: number } | { ok: false; reason: string };
export type Checkpoints = {
  /** The last one, if it fits the journal; null: there is none. */
  read: () => Promise<Decoded | null>;
  /** Writes the next; whoever asks meanwhile gets the same answer. */
  write: () => Promise<Checkpointed>;
  /** The room at a past moment of event time, folded aside. */
  roomAt: (moment: Moment) => Promise<Then>;
};

/** A thread for one answer: what it took is freed with it. */
function folded(data: FoldData): Promise<FoldAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(builtFile(new URL('./fold-worker.ts', import.meta.url)), { workerData: data, execArgv: [] });
    worker.once('message', (answer: FoldAnswer) => { resolve(answer); });
    worker.once('error', (error) => { resolve({ ok: false, reason: error.message }); });
    worker.once('exit', (code) => { resolve({ ok: false, reason: `the thread ended: exit code ${code}` }); });
  });
}

/** `file` is the journal's, `journal` whoever reads it; `tell`: which rooms of the past were passed over, and why. */
export function openCheckpoints(file: string, journal: Pick<JournalStore, 'read'>, tell: (reason: string) => void = () => undefined): Checkpoints {
  const checkpoint = checkpointBeside(file);
  let writing: Promise<Checkpointed> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** One thread at a time, however many look back at once. */
  const asked = (moment: Moment | null): Promise<FoldAnswer> => {
    const answer = last.then(() => folded({ journal: file, checkpoint, moment }));
    last = answer.then((given) => { if (given.ok) given.passedOver.forEach(tell); });
    return answer;
  };
  const write = async (): Promise<Checkpointed> => {
    const answer = await asked(null);
    writing = null;
    if (!answer.ok) return answer;
    return 'seq' in answer ? { ok: true, seq: answer.seq } : { ok: false, reason: STRANGE };
  };
  return {
    read: () => readCheckpoint(checkpoint, async (seq) => (await journal.read(seq - 1, 1))[0]?.hash ?? null),
    write: () => (writing ??= write()),
    roomAt: async (moment) => {
      const answer = await asked(moment);
      if (answer.ok && 'room' in answer) return answer;
      throw new Error(answer.ok ? STRANGE : answer.reason);
    },
  };
}

const STRANGE = 'another answer than was asked for';

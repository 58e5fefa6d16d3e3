/** The checkpoints of one journal: read at a start, written by a thread of its own while the room goes on. */
import { Worker } from 'node:worker_threads';
import type { Room } from '../../shared/situation.ts';
import { builtFile } from '../built.ts';
import { checkpointBeside, type Decoded, readCheckpoint } from './checkpoint.ts';
import type { FoldAnswer, FoldData } from './fold-worker.ts';
import type { JournalStore } from './journal.ts';

export type Checkpointed = { ok: true; seq: number } | { ok: false; reason: string };
export type Checkpoints = {
  /** The last one, if it fits the journal; null: there is none. */
  read: () => Promise<Decoded | null>;
  /** Writes the next; whoever asks meanwhile gets the same answer. */
  write: () => Promise<Checkpointed>;
  /** The room at a past moment of event time, folded aside. */
  roomAt: (at: number) => Promise<Room>;
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

/** `file` is the journal's, `journal` whoever reads it. */
export function openCheckpoints(file: string, journal: Pick<JournalStore, 'read'>): Checkpoints {
  const checkpoint = checkpointBeside(file);
  let writing: Promise<Checkpointed> | null = null;
  const write = async (): Promise<Checkpointed> => {
    const answer = await folded({ journal: file, checkpoint, at: null });
    writing = null;
    return 'room' in answer ? { ok: false, reason: 'another answer than was asked for' } : answer;
  };
  return {
    read: () => readCheckpoint(checkpoint, async (seq) => (await journal.read(seq - 1, 1))[0]?.hash ?? null),
    write: () => (writing ??= write()),
    roomAt: async (at) => {
      const answer = await folded({ journal: file, checkpoint, at });
      if ('room' in answer) return answer.room;
      throw new Error(answer.ok ? 'another answer than was asked for' : answer.reason);
    },
  };
}

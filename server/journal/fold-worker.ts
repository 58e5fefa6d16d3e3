/** The thread that folds the journal, while the room goes on. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Room } from '../../shared/situation.ts';
import { checkpointed, roomAt } from './folding.ts';
import { openToRead } from './schema.ts';

/** What the thread is started for; it ends with its answer. */
export type FoldData = { journal: string; checkpoint: string; at: number | null };
export type FoldAnswer = { ok: true; seq: number } | { ok: true; room: Room } | { ok: false; reason: string };

async function answer({ journal, checkpoint, at }: FoldData): Promise<FoldAnswer> {
  const db = openToRead(journal);
  try {
    if (at !== null) return { ok: true, room: await roomAt(db, checkpoint, at) };
    const say = (seq: number): void => { process.stderr.write(`日志回读 · taking back the journal: ${seq}\n`); };
    return { ok: true, seq: await checkpointed(db, checkpoint, say) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    db.close();
  }
}

parentPort?.postMessage(await answer(workerData as FoldData));

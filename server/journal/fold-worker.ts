/** The thread that folds the journal, while the room goes on. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkpointed, type Moment, roomAt, type Then } from './folding.ts';
import { PastRooms, pastRoomsBeside } from './past-rooms.ts';
import { openToRead } from './schema.ts';

/** What the thread is started for; it ends with its answer. `moment`: the past one of which the room is asked; null: the next checkpoint is due. */
export type FoldData = { journal: string; checkpoint: string; moment: Moment | null };
/** `passedOver`: rooms of the past that are no good, and why. */
type Folded = { ok: true; passedOver: string[] } & ({ seq: number } | Then);
export type FoldAnswer = Folded | { ok: false; reason: string };

async function answer({ journal, checkpoint, moment }: FoldData): Promise<FoldAnswer> {
  const db = openToRead(journal);
  const passedOver: string[] = [];
  const past = new PastRooms(pastRoomsBeside(journal), db, { tell: (reason) => { passedOver.push(reason); } });
  try {
    if (moment !== null) return { ok: true, ...roomAt(db, past, moment), passedOver };
    const say = (seq: number): void => { process.stderr.write(`日志回读 · taking back the journal: ${seq}\n`); };
    return { ok: true, seq: await checkpointed(db, { checkpoint, past }, say), passedOver };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    past.close();
    db.close();
  }
}

parentPort?.postMessage(await answer(workerData as FoldData));

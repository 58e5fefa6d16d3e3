/** What a start remembers of the journal: the last checkpoint, and the facts after it; without one, all of them. */
import type { Checkpoints } from '../journal/checkpoints.ts';
import { type Folded, nothingFolded } from '../journal/checkpoint.ts';
import { foldOn } from '../journal/folding.ts';
import type { JournalStore } from '../journal/journal.ts';
import type { Log } from '../http/ports.ts';
import type { House } from './house.ts';

const PAGE = 5_000;
/** So many facts are folded by a thread of its own, which leaves a checkpoint for the next start too. */
const FAR = 20_000;

/** Where checkpoints are kept, and who is told of what became of them. */
export type Keeping = { checkpoints: Checkpoints; log: Log };

async function kept({ checkpoints, log }: Keeping): Promise<Folded> {
  const found = await checkpoints.read();
  if (found?.ok === true) return found.folded;
  if (found !== null) log.warn({ reason: found.reason }, 'the journal\'s checkpoint is passed over, and the whole journal taken back');
  return nothingFolded();
}

async function begunWith(journal: JournalStore, keeping: Keeping): Promise<Folded> {
  const folded = await kept(keeping);
  const { seq } = await journal.head();
  if (seq - folded.head.seq < FAR) return folded;
  const written = await keeping.checkpoints.write();
  if (written.ok) return await kept(keeping);
  keeping.log.warn({ reason: written.reason }, 'no checkpoint could be written');
  return folded;
}

/** `checkpoint`: the fact that it began with. */
export async function remember(journal: JournalStore, keeping: Keeping | undefined): Promise<Folded & { checkpoint: number }> {
  const folded = keeping === undefined ? nothingFolded() : await begunWith(journal, keeping);
  const { seq: checkpoint } = folded.head;
  for (;;) {
    const facts = await journal.read(folded.head.seq, PAGE);
    foldOn(folded, facts);
    if (facts.length < PAGE) return { ...folded, checkpoint };
  }
}

/** How often it is looked whether a checkpoint is due, ms; how many facts make one due, and how many at the end. */
const LOOK = 60_000;
const [DUE, AT_THE_END] = [10_000, 500];

/** Writes checkpoints now and then; the returned function writes the last one, once the journal is whole. */
export function keepCheckpoints({ keeping, sequencer, checkpoint }: Pick<House, 'keeping' | 'sequencer' | 'checkpoint'>): () => Promise<void> {
  let last = checkpoint;
  const write = async (after: number): Promise<void> => {
    if (keeping === undefined || sequencer.head().seq - last < after) return;
    const written = await keeping.checkpoints.write();
    if (written.ok) last = written.seq;
    else keeping.log.warn({ reason: written.reason }, 'no checkpoint could be written');
  };
  const timer = setInterval(() => { void write(DUE); }, LOOK);
  return async () => {
    clearInterval(timer);
    await write(AT_THE_END);
  };
}

/** The situation at a past moment: the room folded from the journal as it was then, the air from what had come by then. */
import { recall } from '../../shared/closing.ts';
import { createBoard } from '../board.ts';
import type { Snapshot } from '../../shared/wire.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import type { Refused } from '../http/ports.ts';
import { classifier } from './info.ts';
import type { Faces } from './ports.ts';
import { houseAsKnownAt } from './known.ts';
import { pastFacts } from './rebuild.ts';

/** What a screen shows of the past: a timeline of 72 hours. */
const REACH = 4 * DAY;

export async function snapshotAt({ house, epoch }: Faces, at: number): Promise<{ ok: true; snapshot: Snapshot } | Refused> {
  const known = await houseAsKnownAt(house, { from: at - REACH, to: at + HOUR, at });
  if (!known.ok) return known;
  const { bench, room } = known.known;
  // What closed hours say is what they closed with, but for what was revised by then.
  recall(bench.ledger, (await pastFacts(house.journal)).filter((fact) => fact.at <= at));
  const board = createBoard({
    bench, now: () => at, classify: classifier(house.config), send: () => undefined, watched: () => false,
    state: () => ({ durable: true, evaluating: false, clock: 'running', replay: null }),
  });
  const { airSeq, air } = board.cells();
  board.stop();
  const situation = room.situation();
  return { ok: true, snapshot: { epoch: `${epoch}@${at}`, seq: situation.seq, airSeq, at, room: situation, air } };
}

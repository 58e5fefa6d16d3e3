/** The situation at a past moment: the room folded from the journal as it was then, the air from what had come by then. */
import { recall } from '../../shared/closing.ts';
import { Memory } from '../../shared/memory.ts';
import { createBoard } from '../board.ts';
import type { Snapshot } from '../../shared/wire.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import type { Refused } from '../http/ports.ts';
import { classifier } from './info.ts';
import type { Moment, Then } from '../journal/folding.ts';
import type { Faces } from './ports.ts';
import type { House } from './house.ts';
import { benchAsKnownAt } from './known.ts';

/** What a screen shows of the past: a timeline of 72 hours. */
const REACH = 4 * DAY;

/** The room as it was, folded beside the one that goes on. */
async function roomAt({ journal, keeping }: House, moment: Moment): Promise<Then> {
  if (keeping !== undefined) return await keeping.checkpoints.roomAt(moment);
  const { seq } = await journal.head();
  return { room: new Memory().take((await journal.read(0, seq)).filter((fact) => fact.at <= moment.at)).room(), before: 0 };
}

/** Why nothing can be shown of a moment: it is still to come, or is before anything was written down; null: it can. */
async function outside({ clock, journal, config: { civil } }: House, at: number): Promise<Refused | null> {
  const now = clock.now();
  if (at > now) return { ok: false, status: 400, code: 'not-yet', detail: `${civil.iso(at)} is still to come: it is ${civil.iso(now)} by the event's clock`, extra: { at: now } };
  const first = (await journal.read(0, 1))[0]?.at ?? now;
  // The first moment that a face can name, and show: faces name minutes.
  const shown = Math.ceil(first / MINUTE) * MINUTE;
  return at >= first ? null : { ok: false, status: 404, code: 'before-records', detail: `the records begin after ${civil.iso(at)}: the first minute of theirs is ${civil.iso(shown)}`, extra: { at: shown } };
}

export async function snapshotAt({ house, epoch }: Faces, at: number): Promise<{ ok: true; snapshot: Snapshot } | Refused> {
  const none = await outside(house, at);
  if (none !== null) return none;
  const from = at - REACH;
  const known = await benchAsKnownAt(house, { from, to: at + HOUR, at });
  if (!known.ok) return known;
  const { known: bench } = known;
  const { room, before } = await roomAt(house, { at, from: from - DAY });
  // What closed hours say is what they closed with, but for what was revised by then.
  recall(bench.ledger, (await house.journal.about('kind', ['readings-revised', 'readings-reviewed'], before)).filter((fact) => fact.at <= at));
  const board = createBoard({
    bench, now: () => at, classify: classifier(house.config), send: () => undefined, watched: () => false,
    state: () => ({ durable: true, evaluating: false, clock: 'running', replay: null }),
  });
  const { airSeq, air } = board.cells();
  board.stop();
  return { ok: true, snapshot: { epoch: `${epoch}@${at}`, seq: room.seq, airSeq, at, room, air } };
}

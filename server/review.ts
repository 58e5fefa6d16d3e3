/** A reviewer's word on its way: durable already, it moves the averages, is judged, shown and kept, as a revised reading is. */
import type { Fact } from '../shared/fact.ts';
import { judge, review } from '../shared/turn.ts';
import type { ReceiveParts } from './receive.ts';

/** How many readings it is about, and how many a newer value of their station had overtaken. */
export type Reviewed = { readings: number; overtaken: number };

/** The facts are the truth: what the disk refuses here is owed to it, and made up for at a start. */
export async function applyReview({ bench, now, room, screens, keep }: ReceiveParts, facts: readonly Fact[]): Promise<Reviewed> {
  const at = now();
  const moved = review(bench, facts, at);
  room.append(judge(bench, room.alerts(), { moved, now: at }));
  screens.moved(moved);
  await keep(moved.kept);
  return { readings: moved.counts.revised, overtaken: moved.counts.unchanged };
}

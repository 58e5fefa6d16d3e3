/** What goes first of what waits: what asks for somebody before what is over, by severity; of one alert nothing overtakes what happened before. */
import type { Message } from './box.ts';

const BY_SEVERITY: Readonly<Record<string, number>> = { critical: 0, warning: 1, notice: 2 };
/** What is over comes behind all that is not. */
const OVER = 10;

type Weighed = Pick<Message, 'id' | 'what' | 'payload'>;

function gravityOf({ what, payload }: Weighed): number {
  const severity = 'severity' in payload ? BY_SEVERITY[String(payload.severity)] : undefined;
  return (what === 'resolved' ? OVER : 0) + (severity ?? BY_SEVERITY['notice'] ?? 0);
}

export const isOver = (gravity: number): boolean => gravity >= OVER;

/** By id; lower goes first. What stands before something graver in its lane is as grave as that. `all`: in the order in which it happened. */
export function gravities<M extends Weighed>(all: readonly M[], laneOf: (message: M) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const lanes = new Map<string, number>();
  for (const message of all.toReversed()) {
    const lane = laneOf(message);
    const gravity = Math.min(gravityOf(message), lanes.get(lane) ?? Infinity);
    lanes.set(lane, gravity);
    found.set(message.id, gravity);
  }
  return found;
}

/** Until when a channel has a message: people hear of it in time, whatever the channels before did. */
import type { Message } from './box.ts';

/** One try a channel has in any case, of the time that there is. */
const TRY = 1 / 12;

/**
 * When what is not delivered goes on, machine time: to the next channel, each with its share of what is left of `late` (ms from when
 * the first message of the fact was made), or to the people on duty. `opened`: since when the channel is there.
 */
export function goesOnAt({ created, since = created, rest, person }: Pick<Message, 'created' | 'since' | 'rest' | 'person'>, { late, opened }: { late: number; opened: number }): number {
  if (person !== undefined) return Infinity;
  const end = since + late;
  const at = rest.length === 0 ? end : created + Math.max(late * TRY, (end - created) / (rest.length + 1));
  return Math.max(at, opened + late * TRY);
}

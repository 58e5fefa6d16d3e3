/** How a running period stands, as a key of the words. */
import type { RunningCell } from '../../shared/air.ts'

/** A projection needs ten minutes of the hour; before that nothing is missing, it is only early. */
const EARLY_MINUTES = 10

/** Nothing to judge by because nothing has closed yet is another thing than data that should be there and are not. */
export function standingKey(average: 'day' | 'hour', { standing, closed }: Pick<RunningCell, 'standing' | 'closed'>): string {
  const early = standing === 'unknown' && closed < (average === 'day' ? 1 : EARLY_MINUTES)
  return early ? `early.${average}` : `standing.${standing}`
}

import { VIEWS } from '../../shared/screens.ts'

export type View = (typeof VIEWS)[number]

/** The view of `?view=`; anything else is everything. */
export const viewOf = (asked: unknown): View => VIEWS.find((view) => view === asked) ?? 'all'

const ROUND = [[0, 0], [2, 1], [4, 2], [2, 4], [0, 4], [-2, 2], [-4, 0], [-2, -2], [0, -4], [2, -2]] as const

/** Where the whole picture stands on its n-th step: a few pixels aside, round and round. */
export function shiftOf(step: number): string {
  const [x, y] = ROUND[step % ROUND.length] ?? [0, 0]
  return `translate(${x}px, ${y}px)`
}

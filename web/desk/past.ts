/** Why a past moment cannot be looked at, in words. */
import type { Past } from '../live.ts'
import type { Say } from './say.ts'

/** An exercise that is over, or that there never was, is said as such; the rest as the server put it. */
export const pastSaid = ({ text }: Pick<Say, 'text'>, { refused }: Past): string =>
  (refused?.code === 'no-exercise' || refused?.code === 'unknown-exercise' ? text('exercise.notThere') : text('desk.past.none', { detail: refused?.detail ?? '' }))

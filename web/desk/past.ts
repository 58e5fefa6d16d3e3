/** Why a past moment cannot be looked at, in words. */
import type { Past } from '../live.ts'
import { whyNot } from '../words/past.ts'
import type { Say } from './say.ts'

/** An exercise that is over, or that there never was, is said as such; what has no words of ours as the server put it. */
export function pastSaid({ text, moment }: Pick<Say, 'text' | 'moment'>, { refused }: Past): string {
  if (refused?.code === 'no-exercise' || refused?.code === 'unknown-exercise') return text('exercise.notThere')
  const why = refused === null ? null : whyNot(refused, (at) => `${moment(at).date} ${moment(at).time.slice(0, 5)}`)
  return text('desk.past.none', { detail: why === null ? refused?.detail ?? '' : text(why.key, why.values) })
}

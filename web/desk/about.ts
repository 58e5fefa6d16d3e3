/** What a person does about an alert beside acknowledging it, as the server is asked, and what came of it in words. */
import type { HandlingStep } from '../../shared/handling.ts'
import type { Alert } from '../../shared/situation.ts'
import type { Answer, command as Command } from '../ask.ts'
import type { Say } from './say.ts'

export type Wish =
  | { what: 'shelve'; until: number; reason: string }
  | { what: 'unshelve' }
  | { what: 'comment'; text: string }
  /** `seen`: the version that whoever writes had before them. */
  | { what: 'handle'; step: HandlingStep; seen: number }
  | { what: 'out-of-service'; station: string; reason: string; workOrder: string | null; until: number | null }
  | { what: 'in-service'; station: string }
  | { what: 'called'; calls: readonly string[]; spoke: string; note: string | null }

/** Address, body and the version that was seen. */
function askedOf(alert: Alert | null, wish: Wish): { address: string; body: object; seen: number | null } {
  if (wish.what === 'out-of-service' || wish.what === 'in-service') {
    const { what, station, ...more } = wish
    const until = 'until' in more && more.until !== null ? { until: new Date(more.until).toISOString() } : {}
    return { address: `/api/stations/${encodeURIComponent(station)}/${what}`, body: { ...more, ...('until' in more ? { until: null } : {}), ...until }, seen: null }
  }
  if (wish.what === 'called') return { address: '/api/calls', body: { calls: wish.calls, spoke: wish.spoke, note: wish.note }, seen: null }
  const address = `/api/alerts/${encodeURIComponent(alert?.id ?? '')}/${wish.what}`
  switch (wish.what) {
    case 'shelve': return { address, body: { until: new Date(wish.until).toISOString(), reason: wish.reason }, seen: alert?.version ?? null }
    case 'unshelve': return { address, body: {}, seen: alert?.version ?? null }
    // What is written says nothing of the alert's state: a version that has moved on meanwhile does no harm.
    case 'comment': return { address, body: { text: wish.text }, seen: null }
    case 'handle': return { address, body: { step: wish.step }, seen: wish.seen }
  }
}

function doneOf(alert: Alert | null, wish: Wish, { say, now }: { say: Say; now: number }): string {
  const { text, place, clock } = say
  if ('station' in wish) return text(`desk.done.${wish.what}`, { what: place(wish.station) })
  if (wish.what === 'called') return text('desk.done.called', { who: wish.spoke, n: wish.calls.length })
  const what = alert === null ? '' : say.alert(alert.id, now)
  if (wish.what === 'shelve') return text('desk.done.shelve', { what, when: clock(wish.until) })
  return wish.what === 'handle' ? text('desk.done.handle', { what, step: text(`desk.handling.${wish.step.is}`) }) : text(`desk.done.${wish.what}`, { what })
}

type Given = { command: typeof Command; say: () => Say; now: () => number; told: (tone: 'done', text: string) => void; one: <T>(subject: string, ask: () => Promise<Answer<T>>) => Promise<T | null> }

/** Asks for it; answers whether it was done. */
export const useAbout = ({ command, say, now, told, one }: Given) => async (alert: Alert | null, wish: Wish): Promise<boolean> => {
  const { address, body, seen } = askedOf(alert, wish)
  const done = await one('station' in wish ? `station:${wish.station}` : wish.what === 'called' ? 'calls' : alert?.id ?? '', () => command<object>(address, body, seen))
  if (done !== null) told('done', doneOf(alert, wish, { say: say(), now: now() }))
  return done !== null
}

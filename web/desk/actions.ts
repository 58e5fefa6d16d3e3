/** What a person does at the desk, and what came of it, in words. Nothing is sent while it is barred, and nothing later. */
import { ref, type ComputedRef } from 'vue'
import type { Level } from '../../shared/event.ts'
import type { OrderStep } from '../../shared/fact.ts'
import type { Alert, Order } from '../../shared/situation.ts'
import type { Answer, command as Command, Problem } from '../ask.ts'
import { useAbout } from './about.ts'
import { MOVE } from './orders.ts'
import type { ReviewWish } from './review.ts'
import type { Say } from './say.ts'
import type { Said } from './said.ts'

/** What is asked for: `seen` is the version of the levels of these areas that were shown. */
export type LevelWish = { ladder: string; level: Level | null; areas: string[]; reason: string; seen: number }

type Given = {
  command: typeof Command; say: ComputedRef<Say>; told: (tone: Said['tone'], text: string) => void
  barred: () => string | null; now: () => number; signedOut: () => void
}
type Acknowledged = { by: string; at: string; waits: string[] }
type LevelSet = { orders: { id: string }[] }
type ReviewSet = { readings: number }

/** A refusal in words: ours where we know its code, else the server's own. */
export function problemWords(say: Say, problem: Problem, now: number): string {
  const values = { by: problem.by ?? say.text('none'), when: problem.at === null ? say.text('none') : say.when(problem.at, now), detail: problem.detail }
  if (problem.code === 'stale-version' && problem.by !== null) return say.text('desk.first', values)
  if (say.has(`desk.code.${problem.code}`)) return say.text(`desk.code.${problem.code}`, values)
  const title = problem.titles === null ? '' : say.name(problem.titles)
  return title === '' ? say.text('desk.code.other', { code: problem.code, detail: problem.detail }) : title
}

type One = <T>(subject: string, ask: () => Promise<Answer<T>>) => Promise<T | null>

/** One thing at a time on one subject; null where it was refused, which has then been said. */
function useOne({ say, told, barred: why, now, signedOut }: Given) {
  const busy = ref<ReadonlySet<string>>(new Set())
  const one: One = async (subject, ask) => {
    const barred = why()
    if (barred !== null) { told('refused', barred); return null }
    if (busy.value.has(subject)) return null
    busy.value = new Set([...busy.value, subject])
    const answer = await ask()
    busy.value = new Set([...busy.value].filter((each) => each !== subject))
    if (answer.ok) return answer.body
    told('refused', problemWords(say.value, answer.problem, now()))
    if (answer.problem.status === 401) signedOut()
    return null
  }
  return { busy, one }
}

const noted = (note: string): { note: string | null } => ({ note: note.trim() === '' ? null : note.trim() })

/** Sets a verdict by hand; answers whether it was taken. */
const reviewing = ({ say, told, command }: Given, one: One) => async ({ from, to, ...wish }: ReviewWish): Promise<boolean> => {
  const body = { ...wish, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  const done = await one('review', () => command<ReviewSet>('/api/readings/review', body, null))
  if (done === null) return false
  const { text, place } = say.value
  told('done', text('desk.done.reviewed', { what: `${place(wish.station)} ${wish.pollutant}`, n: done.readings, verdict: text(`desk.review.done.${wish.verdict}`) }))
  return true
}

export function useActions(given: Given) {
  const { say, told, command, now } = given
  const { busy, one } = useOne(given)
  const acknowledge = async (alert: Alert, note: string): Promise<void> => {
    const { id, occurrence, version } = alert
    const done = await one(id, () => command<Acknowledged>(`/api/alerts/${encodeURIComponent(id)}/acknowledge`, { occurrence, ...noted(note) }, version))
    if (done === null) return
    const { text, when, list, alert: said } = say.value
    const waits = list(done.waits.map((role) => text(`role.${role}`)))
    told('done', text(done.waits.length > 0 ? 'desk.done.signed' : 'desk.done.acknowledged', { waits, what: said(id, now()), by: done.by, when: when(Date.parse(done.at), now()) }))
  }
  const setLevel = async ({ seen, ...wish }: LevelWish): Promise<boolean> => {
    const done = await one('level', () => command<LevelSet>('/api/response/level', wish, seen))
    if (done === null) return false
    const { text, place, list, level } = say.value
    const areas = list(wish.areas.map(place))
    told('done', wish.level === null ? text('desk.done.lifted', { areas }) : text('desk.done.level', { level: level(wish.ladder, wish.level), areas, n: done.orders.length }))
    return true
  }
  const moveOrder = async (order: Order, step: OrderStep, note: string): Promise<void> => {
    const done = await one(order.id, () => command(`/api/orders/${encodeURIComponent(order.id)}/${MOVE[step]}`, noted(note), order.version))
    if (done !== null) told('done', say.value.text('desk.done.moved', { what: `${say.value.measure(order.measure)} · ${say.value.place(order.area)}`, step: say.value.text(`order.${step}`) }))
  }
  return { busy, acknowledge, setLevel, moveOrder, review: reviewing(given, one), about: useAbout({ command, told, one, now, say: () => say.value }) }
}

/** Closed alerts that the situation no longer holds: asked for when somebody wants to see all, the latest first, a page at a time. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { AlertBody } from '../../shared/api.ts'
import type { Alert } from '../../shared/situation.ts'
import { HOUR } from '../../shared/time.ts'
import type { look as Look } from '../ask.ts'

/** How far back "all" reaches; the report and the journal have the rest. */
const BACK = 7 * 24 * HOUR

const instant = (text: string): number => Date.parse(text)
const timed = <T extends { at: string }>(word: T) => ({ ...word, at: instant(word.at) })
const maybe = <T extends { at: string }>(word: T | null) => (word === null ? null : timed(word))

function alertOf(body: AlertBody): Alert {
  const { raisedAt, changedAt, judgedAt, askedAt, period, acknowledged, signed, notes, handling, escalated, told } = body
  return {
    ...body, raisedAt: instant(raisedAt), changedAt: instant(changedAt), judgedAt: instant(judgedAt), askedAt: instant(askedAt),
    period: { start: instant(period.start), end: period.end === null ? null : instant(period.end) },
    acknowledged: maybe(acknowledged), signed: signed.map(timed), notes: notes.map(timed), escalated: escalated.map(timed), told: told.map(timed),
    handling: { orders: handling.orders, followUps: handling.followUps.map(timed), diagnosis: maybe(handling.diagnosis), disposal: maybe(handling.disposal) },
  }
}

type Page = { alerts: AlertBody[]; next: string | null }

export function useOlder({ look, wanted, now }: { look: typeof Look; wanted: () => boolean; now: () => number }) {
  const older = shallowRef<Record<string, Alert>>({})
  const loading = ref(false)
  /** Where those that are not read yet begin; null: all are. */
  const rest = ref<string | null>(null)
  async function read(page: string): Promise<void> {
    loading.value = true
    const answer = await look<Page>(page)
    loading.value = false
    if (!answer.ok) return
    older.value = { ...older.value, ...Object.fromEntries(answer.body.alerts.map((alert) => [alert.id, alertOf(alert)])) }
    rest.value = answer.body.next
  }
  watch(wanted, async (isWanted) => {
    rest.value = null
    if (!isWanted) return
    const asked = new URLSearchParams({ state: 'all', limit: '1000', from: new Date(now() - BACK).toISOString(), to: new Date(now() + 24 * HOUR).toISOString() })
    older.value = {}
    await read(`/api/alerts?${asked.toString()}`)
  })
  const earlier = async (): Promise<void> => { if (rest.value !== null && !loading.value) await read(rest.value) }
  /** Waits for what is done about an alert; one of these is looked at anew then, for nobody tells of it. */
  const anew = async (id: string | undefined, done: Promise<boolean>): Promise<boolean> => {
    const did = await done
    if (id === undefined || !Object.hasOwn(older.value, id)) return did
    const answer = await look<AlertBody>(`/api/alerts/${encodeURIComponent(id)}`)
    if (answer.ok) older.value = { ...older.value, [id]: alertOf(answer.body) }
    return did
  }
  return { older, loading, anew, more: computed(() => rest.value !== null), earlier }
}

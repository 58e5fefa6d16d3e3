/** Closed alerts that the situation no longer holds: asked for when somebody wants to see all. */
import { ref, shallowRef, watch } from 'vue'
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
  const { raisedAt, changedAt, askedAt, period, acknowledged, signed, notes, handling, escalated, told } = body
  return {
    ...body, raisedAt: instant(raisedAt), changedAt: instant(changedAt), askedAt: instant(askedAt),
    period: { start: instant(period.start), end: period.end === null ? null : instant(period.end) },
    acknowledged: maybe(acknowledged), signed: signed.map(timed), notes: notes.map(timed), escalated: escalated.map(timed), told: told.map(timed),
    handling: { orders: handling.orders, followUp: maybe(handling.followUp), diagnosis: maybe(handling.diagnosis), disposal: maybe(handling.disposal) },
  }
}

export function useOlder({ look, wanted, now }: { look: typeof Look; wanted: () => boolean; now: () => number }) {
  const older = shallowRef<Record<string, Alert>>({})
  const loading = ref(false)
  watch(wanted, async (isWanted) => {
    if (!isWanted) return
    loading.value = true
    const asked = new URLSearchParams({ state: 'all', from: new Date(now() - BACK).toISOString(), to: new Date(now() + 24 * HOUR).toISOString() })
    const answer = await look<{ alerts: AlertBody[] }>(`/api/alerts?${asked.toString()}`)
    loading.value = false
    if (answer.ok) older.value = Object.fromEntries(answer.body.alerts.map((alert) => [alert.id, alertOf(alert)]))
  })
  return { older, loading }
}

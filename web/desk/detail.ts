/** What the alert in hand needs beyond the situation: its facts, and the curve of its place. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { AqiBody, SeriesBody } from '../../shared/api.ts'
import type { Fact } from '../../shared/fact.ts'
import type { Alert } from '../../shared/situation.ts'
import { MINUTE } from '../../shared/time.ts'
import type { look as Look } from '../ask.ts'
import { type Point, isPast, pointsOf, SPAN, untilOf } from './curve.ts'

type Given = { look: typeof Look; alert: () => Alert | null; /** The city of the alert in hand. */ city: () => string | null; /** Whether the event asks for AQIs. */ asksAqi: () => boolean; /** Null: the event's description has not come yet. */ isStation: (place: string) => boolean | null; now: () => number | null; /** The past moment that is looked at: nothing is told that came later. */ past: () => number | null }

/** A place's curve is asked for again when ten minutes of the event have passed, but not more often than this (machine time). */
const REFRESH = 10 * MINUTE
const AT_MOST_EVERY = 5_000

function useFacts({ look, alert, past }: Given) {
  const facts = shallowRef<Fact[] | null>(null)
  const failed = ref(false)
  watch(() => [alert()?.id ?? null, alert()?.touched ?? 0] as const, async ([id], before) => {
    if (id !== before?.[0]) facts.value = null
    failed.value = false
    if (id === null) return
    const answer = await look<{ history: Fact[] }>(`/api/alerts/${encodeURIComponent(id)}`)
    // Another one may be in hand by now.
    if (alert()?.id !== id) return
    if (answer.ok) facts.value = answer.body.history.filter(({ at }) => at <= (past() ?? Infinity))
    else failed.value = true
  }, { immediate: true })
  return { facts, noFacts: failed }
}

function addressOf(given: Given, alert: Alert): string {
  const to = untilOf(alert, given.now() ?? alert.changedAt)
  const knownAt = given.past()
  const asked = new URLSearchParams({
    place: `${given.isStation(alert.place) === true ? 'station' : 'city'}:${alert.place}`, pollutant: alert.pollutant, average: 'hour',
    from: new Date(to - SPAN).toISOString(), to: new Date(to).toISOString(),
    ...(knownAt === null ? {} : { asKnownAt: new Date(knownAt).toISOString() }),
  })
  return `/api/series?${asked.toString()}`
}

/** Which curve an alert has: its place's up to now, or that of its own time. */
function which({ now, isStation }: Given, alert: Alert | null): string {
  if (alert === null) return ''
  const at = now() ?? alert.changedAt
  // Whether it is a station is known only once the event's description has come.
  return `${alert.place}|${isStation(alert.place)}|${alert.pollutant}|${isPast(alert, at) ? untilOf(alert, at) : ''}`
}

function useCurve(given: Given) {
  const { look, alert, now } = given
  const points = shallowRef<Point[] | null>(null)
  const failed = ref(false)
  const wanted = (): string => {
    const of = alert()
    return of === null ? '' : `${which(given, of)}|${Math.floor((now() ?? 0) / REFRESH)}`
  }
  let had = ''
  const load = async (): Promise<void> => {
    const of = alert()
    const key = wanted()
    // What is not known to be a station is not known to be a city either.
    if (of === null || key === had || given.isStation(of.place) === null) return
    had = key
    const asked = which(given, of)
    const answer = await look<SeriesBody>(addressOf(given, of))
    if (which(given, alert()) !== asked) return
    failed.value = !answer.ok
    if (answer.ok) points.value = pointsOf(answer.body)
  }
  watch(() => which(given, alert()), () => { points.value = null; had = ''; void load() }, { immediate: true })
  const again = window.setInterval(() => { void load() }, AT_MOST_EVERY)
  onScopeDispose(() => { window.clearInterval(again) })
  return { points, noPoints: failed }
}

/** The city's real-time AQI; null where its event asks for none, none has come yet, or the moment is past. */
function useAqi({ look, city, now, past, asksAqi }: Given) {
  const aqi = shallowRef<AqiBody | null>(null)
  watch(() => [city(), Math.floor((now() ?? 0) / REFRESH), asksAqi()] as const, async ([of], before) => {
    if (of !== before?.[0]) aqi.value = null
    if (of === null || past() !== null || !asksAqi()) return
    const answer = await look<AqiBody>(`/api/aqi?${new URLSearchParams({ place: `city:${of}` }).toString()}`)
    if (city() === of) aqi.value = answer.ok ? answer.body : null
  }, { immediate: true })
  return { aqi }
}

export const useDetail = (given: Given) => ({ ...useFacts(given), ...useCurve(given), ...useAqi(given) })

/** How figures, times and names are written, the same on every face. */
import { computed, type ComputedRef } from 'vue'
import { placesOf } from '../../shared/outlook.ts'
import { roundShown } from '../../shared/rounding.ts'
import { useI18n } from 'vue-i18n'
import type { Name } from '../../shared/event.ts'
import { civilOf, HOUR, MINUTE, type Civil } from '../../shared/time.ts'
import type { Language } from './language.ts'

const pad = (n: number): string => String(n).padStart(2, '0')
const DAY = 24 * HOUR

/** A concentration as it is compared: whole numbers, CO to one decimal; a dash where there is none. What was measured below nought counts so, and is shown as 0. */
export function figure(value: number | null, pollutant: string): string {
  if (value === null) return '—'
  const places = placesOf(pollutant)
  return roundShown(Math.max(0, value), places).toFixed(places)
}

/** What may still be averaged, never more than it is: rounded down. */
export function allowance(value: number, pollutant: string): string {
  const kept = Math.max(0, value)
  return pollutant === 'CO' || kept < 10 ? (Math.floor(kept * 10) / 10).toFixed(1) : String(Math.floor(kept))
}

/** `00:14`, `2:03:07`: a stopwatch of hours, minutes and seconds. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`
}

/** The parts of a length of time that are worth saying; the largest two. */
export function spanParts(ms: number): { key: 'second' | 'minute' | 'hour' | 'hourMinute' | 'day' | 'dayHour'; values: Record<string, number> } {
  const length = Math.max(0, ms)
  if (length < MINUTE) return { key: 'second', values: { n: Math.floor(length / 1000) } }
  if (length < HOUR) return { key: 'minute', values: { n: Math.floor(length / MINUTE) } }
  const [h, m] = [Math.floor(length / HOUR), Math.floor((length % HOUR) / MINUTE)]
  if (length < DAY) return m === 0 ? { key: 'hour', values: { n: h } } : { key: 'hourMinute', values: { h, m } }
  const [d, hours] = [Math.floor(h / 24), h % 24]
  return hours === 0 ? { key: 'day', values: { n: d } } : { key: 'dayHour', values: { d, h: hours } }
}

/** Times of day in the event's zone. */
export function times(civil: Civil) {
  const clock = (at: number): string => { const { hour, minute, second } = civil.parts(at); return `${pad(hour)}:${pad(minute)}:${pad(second)}` }
  const minute = (at: number): string => clock(at).slice(0, 5)
  const date = (at: number): string => civil.day(at).slice(5).replace('-', '/')
  /** With its date where it is not of the day of `now`. */
  const told = (at: number, now: number): string => (civil.day(at) === civil.day(now) ? minute(at) : `${date(at)} ${minute(at)}`)
  /** An hour by its interval. */
  const interval = (from: number, to: number): string => `${minute(from)}–${minute(to) === '00:00' ? '24:00' : minute(to)}`
  return { clock, minute, date, told, interval }
}

export type Said = {
  language: ComputedRef<Language>; name: (name: Name) => string; span: (ms: number) => string; civil: ComputedRef<Civil>
  times: ComputedRef<ReturnType<typeof times>>
}

/** The writing of a page in one zone and the language of the moment. */
export function useSaid(zone: () => string): Said {
  const { t, locale } = useI18n()
  const language = computed<Language>(() => (locale.value === 'en' ? 'en' : 'zh'))
  const civil = computed(() => civilOf(zone()))
  return {
    language, civil, times: computed(() => times(civil.value)),
    name: (name) => name[language.value],
    span: (ms) => { const { key, values } = spanParts(ms); return t(`span.${key}`, values) },
  }
}

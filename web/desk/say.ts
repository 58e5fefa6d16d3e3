/** How the desk puts names, figures, instants and spans into words. */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Level, Name } from '../../shared/event.ts'
import type { Reason } from '../../shared/fact.ts'
import { roundShown } from '../../shared/rounding.ts'
import type { Alert } from '../../shared/situation.ts'
import { civilOf, HOUR, MINUTE, type Civil } from '../../shared/time.ts'
import { undeliveredBy } from '../../shared/undelivered.ts'
import type { EventInfo } from '../../shared/wire.ts'

export type Say = {
  name: (name: Name) => string
  /** An area or a station, by its id. */
  place: (id: string) => string
  /** A measure of the plan, by its id. */
  measure: (id: string) => string
  /** A level as its ladder calls it. */
  level: (ladder: string, level: Level) => string
  /** Several names, one after the other. */
  list: (names: readonly string[]) => string
  /** A figure to one decimal at most, what was measured below nought as 0; a dash where there is none. */
  figure: (value: number | null, places?: number) => string
  unit: (pollutant: string) => string
  clock: (instant: number) => string
  /** Date and time to the second, for a clock that is looked at. */
  moment: (instant: number) => { date: string; time: string }
  /** With the day, where it is not today. */
  when: (instant: number, now: number) => string
  span: (ms: number) => string
  period: (alert: Alert) => string
  /** Which day or hour an alert is about, or since when it is silent, by its id; always with its date where `now` is null, as on paper. */
  about: (id: string, now: number | null) => string
  /** An alert by its id: where, what, and of which day or hour. */
  alert: (id: string, now: number | null) => string
  reason: (reason: Reason, pollutant: string) => string
  /** Why a message was not delivered. */
  undelivered: (reason: string) => string
  text: (key: string, values?: Record<string, string | number>) => string
  /** Whether there are words for this key. */
  has: (key: string) => boolean
}

const key: InjectionKey<ComputedRef<Say>> = Symbol('say')
const pad = (n: number): string => String(n).padStart(2, '0')

function instants(civil: Civil) {
  const clock = (instant: number): string => {
    const { hour, minute } = civil.parts(instant)
    return `${pad(hour)}:${pad(minute)}`
  }
  const when = (instant: number, now: number): string =>
    (civil.day(instant) === civil.day(now) ? clock(instant) : `${civil.day(instant).slice(5)} ${clock(instant)}`)
  /** The end of a period as its own day sees it: midnight is 24:00, not the next day's 00:00. */
  const until = (end: number): string => (clock(end) === '00:00' ? '24:00' : clock(end))
  const moment = (instant: number): { date: string; time: string } =>
    ({ date: civil.day(instant), time: `${clock(instant)}:${pad(civil.parts(instant).second)}` })
  return { clock, when, until, moment }
}

function placeNames(event: EventInfo | null, name: (name: Name) => string): Map<string, string> {
  const stations = (event?.stations ?? []).map((each): [string, string] => [each.id, each.name])
  const areas = (event?.areas ?? []).map((each): [string, string] => [each.id, name(each.name)])
  return new Map([...stations, ...areas])
}

type Text = Say['text']
/** The plan's own words for what it foresees; an id only where the plan has lost it. */
function planNames(event: EventInfo | null, name: (name: Name) => string, text: Text): Pick<Say, 'measure' | 'level'> {
  const measures = new Map((event?.measures ?? []).map((each) => [each.id, name(each.name)]))
  const levels = new Map((event?.ladders ?? []).flatMap((ladder) => ladder.levels.map((each) => [`${ladder.id}/${each.id}`, name(each.name)] as const)))
  return { measure: (id) => measures.get(id) ?? id, level: (ladder, level) => levels.get(`${ladder}/${level}`) ?? text(`level.${level}`) }
}

function spanIn(text: Text): Say['span'] {
  return (ms) => {
    const minutes = Math.max(0, Math.floor(ms / MINUTE))
    if (minutes < 1) return text('span.second', { n: Math.max(0, Math.floor(ms / 1000)) })
    if (minutes < 60) return text('span.minute', { n: minutes })
    const hours = Math.floor(minutes / 60)
    if (hours < 24) return minutes % 60 === 0 ? text('span.hour', { n: hours }) : text('span.hourMinute', { h: hours, m: minutes % 60 })
    return hours % 24 === 0 ? text('span.day', { n: hours / 24 }) : text('span.dayHour', { d: Math.floor(hours / 24), h: hours % 24 })
  }
}

/** What an alert's id says of it; of one that closed long ago there may be nothing else at hand. */
function alertsIn({ text, place, civil }: { text: Text; place: Say['place']; civil: Civil }): Pick<Say, 'about' | 'alert'> {
  const about: Say['about'] = (id, now) => {
    const [kind = '', , , name = ''] = id.split(':')
    const [date = '', time = ''] = name.split('T')
    const isToday = now !== null && civil.day(now) === date
    const day = isToday ? text('desk.today') : date.slice(5)
    const hour = time.slice(0, 2)
    if (kind === 'silent') return text('desk.since', { when: `${isToday ? '' : `${day} `}${hour}:${time.slice(2, 4)}` })
    return time === '' ? day : text('desk.ofHour', { day, hour })
  }
  const alert: Say['alert'] = (id, now) => {
    const [kind = '', where = ''] = id.split(':')
    return `${place(where)} ${text(`kind.${kind}`)} ${about(id, now)}`
  }
  return { about, alert }
}

type Composer = { t: (key: string, values?: Record<string, unknown>) => string; te: (key: string) => boolean; isChinese: boolean }

function sayIn({ t, te, isChinese }: Composer, event: EventInfo | null): Say {
  const text: Text = (at, values = {}) => t(at, values)
  const name = (each: Name): string => (isChinese ? each.zh : each.en)
  const names = placeNames(event, name)
  const civil = civilOf(event?.timezone ?? 'Asia/Shanghai')
  const { clock, when, until, moment } = instants(civil)
  const figure: Say['figure'] = (value, places = 1) => (value === null ? text('none') : String(roundShown(Math.max(0, value), places)))
  const unit: Say['unit'] = (pollutant) => (te(`unit.${pollutant}`) ? t(`unit.${pollutant}`) : '')
  const period: Say['period'] = ({ period: { start, end } }) => {
    const day = civil.day(start).slice(5)
    if (end === null) return text('desk.since', { when: `${day} ${clock(start)}` })
    return end - start > HOUR ? text('desk.wholeDay', { day }) : `${day} ${clock(start)}–${until(end)}`
  }
  const reason: Say['reason'] = (why, pollutant) => {
    const values = Object.fromEntries(Object.entries(why).map(([part, value]) => [part, typeof value === 'number' ? figure(value) : Array.isArray(value) ? value.join(', ') : value ?? text('none')]))
    return te(`desk.reason.${why.code}`) ? t(`desk.reason.${why.code}`, { ...values, unit: unit(pollutant) }) : why.code
  }
  const place: Say['place'] = (id) => names.get(id) ?? id
  const undelivered: Say['undelivered'] = (why) => {
    const known = undeliveredBy(why)
    return known === null ? why : `${text(`undelivered.${known.code}`)}${known.more}`
  }
  return {
    name, place, ...planNames(event, name, text), ...alertsIn({ text, place, civil }), list: (each) => each.join(text('desk.and')),
    figure, unit, clock, moment, when, span: spanIn(text), period, reason, undelivered, text, has: te,
  }
}

/** Made once by the page, for all its panels. */
export function provideSay(event: () => EventInfo | null): ComputedRef<Say> {
  const i18n = useI18n({ useScope: 'global' })
  // Keys have dots of their own ("PM2.5"), which the bracket form keeps whole.
  const path = (at: string): string => at.replace(/^(unit|pollutant)\.(.*)$/, "$1['$2']")
  const say = computed(() => sayIn({ t: (at, values) => i18n.t(path(at), values ?? {}), te: (at) => i18n.te(path(at)), isChinese: i18n.locale.value !== 'en' }, event()))
  provide(key, say)
  return say
}

export function useSay(): ComputedRef<Say> {
  const say = inject(key)
  if (say === undefined) throw new Error('the page provides how things are said')
  return say
}

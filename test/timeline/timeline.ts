/**
 * A room without a server: event time moves as the test says, readings come in, and every fact that follows is kept.
 * `until(…)`, `push(…)`, `facts`: values in µg/m³, instants in civil time. A fact that is decided twice is an error.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { acknowledge } from '../../shared/acknowledge.ts'
import { AlertBook } from '../../shared/book.ts'
import { decideReview, type ReviewCommand, unkeptReviews } from '../../shared/by-hand.ts'
import { recall } from '../../shared/closing.ts'
import { standardIds } from '../../shared/effective.ts'
import { POLLUTANTS, type Station } from '../../shared/event.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import type { Bench, Rules } from '../../shared/judge.ts'
import { Ledger } from '../../shared/ledger.ts'
import { QualityFile } from '../../shared/quality/parameters.ts'
import { qualityOf } from '../../shared/quality/setting.ts'
import { type KeptReading, type Quantity, type Reading, readingKey } from '../../shared/reading.ts'
import type { PersonRole } from '../../shared/roles.ts'
import { type Alert, applyAll, emptyRoom, type Room } from '../../shared/situation.ts'
import { type Standard, StandardFile } from '../../shared/standard.ts'
import { type Summary, type SummaryInput, summaryOf } from '../../shared/summary.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { average, judge, judgeCurrent, nextDue, passTime, review } from '../../shared/turn.ts'
import { calendarIn } from './event.ts'

export { eventOf } from './event.ts'

export type Setup = {
  quality?: z.input<typeof QualityFile>; event: object; stations: readonly Partial<Station>[]; from: string; rules?: Partial<Rules>; cities?: readonly string[];
  /** Districts that are judged too, each with the city it is in. */
  districts?: Readonly<Record<string, string>>;
}

export const station = (of: Partial<Station>): Station => ({
  id: 'S1', name: 'S1', area: 'beijing', longitude: 116, latitude: 40, kind: 'national', evaluates: true, aliases: [], validFrom: undefined, validTo: undefined, ...of,
})

export const RULES: Rules = {
  settle: 10 * MINUTE, newsHour: 2 * HOUR, newsDay: 12 * HOUR, silenceIntervals: 3, silenceAtLeast: 15 * MINUTE,
  severity: {
    'hour-exceeded': 'critical', 'day-exceeded': 'critical', 'hour-projected': 'warning', 'day-projected': 'warning',
    'hour-locked': 'critical', 'day-locked': 'critical', silent: 'notice',
  },
}

/** A standard that ships. */
export const standard = (id: string): Standard =>
  StandardFile.parse(parse(readFileSync(new URL(`../../config/standards/${id}.yaml`, import.meta.url), 'utf8')))

/** Air that stands still because a test says so, and is not in doubt for it. */
export const STEADY: NonNullable<Setup['quality']> = { stuck: { above: 100_000 }, lowVariance: { share: 0 } }

const sha256 = () => createHash('sha256')

export class Timeline {
  bench: Bench
  readonly facts: Fact[] = []
  readonly setup: Setup
  /** What a store would have: the last revision of each key. */
  readonly store = new Map<string, KeptReading>()
  /** Every revision that was kept, in the order they came. */
  readonly revisions: KeptReading[] = []
  room: Room = emptyRoom
  now: number
  private readonly ids = new Set<string>()

  constructor(setup: Setup) {
    this.setup = setup
    const calendar = calendarIn(setup)
    const rules = { ...RULES, ...setup.rules }
    this.now = this.instant(setup.from, calendar)
    this.bench = { ledger: this.open(calendar, rules), calendar, rules, marks: [] }
  }

  private open(calendar: Bench['calendar'], rules: Rules): Ledger {
    const stations = this.setup.stations.map(station)
    const { districts = {} } = this.setup
    const areas = new Map(stations.map((s) => [s.id, s.area]))
    const placesOf = (id: string): string[] => [areas.get(id), districts[areas.get(id) ?? '']].filter((area) => area !== undefined)
    const cities = this.setup.cities ?? [...new Set([...areas.values()].map((area) => districts[area] ?? area))]
    return new Ledger({
      civil: calendar.civil, method: calendar.event.summary, stations, cities, places: [...cities, ...Object.keys(districts)], placesOf,
      judged: [...new Set(calendar.event.limits.map((l) => l.pollutant))], settle: rules.settle,
      averaged: calendar.event.aqi === false ? [] : POLLUTANTS,
      quality: qualityOf({ rules: QualityFile.parse(this.setup.quality ?? {}), keyDates: calendar.keyDates, sources: [] }),
    }, this.now)
  }

  /** An instant of civil time, `YYYY-MM-DD HH:MM` or a day alone. */
  instant(text: string, { civil } = this.bench.calendar): number {
    const [day = '', time] = text.split(' ')
    return civil.at(day, time)
  }

  /** Event time goes on; everything that is due on the way happens. */
  until(text: string): this {
    return this.to(this.instant(text))
  }

  to(target: number): this {
    for (let due = this.due(); due <= target; due = this.due()) this.tick(due)
    this.now = Math.max(this.now, target)
    return this
  }

  due(): number {
    const due = nextDue(this.bench, this.book(), this.now)
    if (due <= this.now) throw new Error('time would stand still')
    return due
  }

  tick(now: number): void {
    const { drafts } = passTime(this.bench, this.book(), { since: this.now, now })
    this.now = now
    this.take(drafts)
  }

  /** A server that was away until `text`: averages from the store (and what only the store has), the room from the journal. */
  restart(text: string, { unseen = [], rules = {}, event }: { unseen?: readonly Reading[]; rules?: Partial<Rules>; event?: object } = {}): this {
    this.now = this.instant(text)
    const calendar = event === undefined ? this.bench.calendar : calendarIn({ ...this.setup, event })
    const { marks } = this.bench
    const changed = { ...this.bench.rules, ...rules }
    this.bench = { ledger: this.open(calendar, changed), calendar, marks, rules: changed }
    for (const reading of unseen) this.keep({ ...reading, revision: 1, validity: 'valid', why: null, arrived: this.now, source: 't' })
    const reviewed = unkeptReviews(this.bench.ledger, this.facts)
    for (const kept of [...this.store.values()]) {
      const lacking = reviewed(kept)
      for (const each of lacking) this.keep(each)
      this.bench.ledger.load(lacking.at(-1) ?? kept)
    }
    recall(this.bench.ledger, this.facts)
    this.room = applyAll(emptyRoom, this.facts)
    this.take(judgeCurrent(this.bench, this.book(), this.now))
    return this
  }

  private book(): AlertBook {
    return new AlertBook(this.room)
  }

  private keep(reading: KeptReading): void {
    this.store.set(readingKey(reading), reading)
    this.revisions.push(reading)
  }

  push(readings: readonly Reading[]): this {
    const moved = average(this.bench, readings, { at: this.now, source: 't' })
    for (const kept of moved.kept) this.keep(kept)
    this.take(judge(this.bench, this.book(), { moved, now: this.now }))
    return this
  }

  /** What somebody says of a station's readings that start from one instant on, until another one; `dies`: the server ends before more than the fact is kept. */
  review(station: string, [from, until]: [string, string], { dies = false, ...said }: Partial<ReviewCommand> & { dies?: boolean } = {}): string {
    const [first, end] = [this.instant(from), this.instant(until)]
    const kept = [...this.store.values()].filter((each) => each.station === station && each.start >= first && each.start < end)
    const decided = decideReview(this.bench.ledger, kept, { verdict: 'invalid', level: 'reviewed', reason: '采样管脱落', by: 'li', at: this.now, signs: true, ...said })
    if (!decided.ok) return decided.code
    const before = this.facts.length
    this.take(decided.drafts)
    if (!dies) this.reviewed(this.facts.slice(before))
    return 'done'
  }

  /** What is durable of reviews moves the averages. */
  reviewed(facts: readonly Fact[]): void {
    const moved = review(this.bench, facts, this.now)
    for (const kept of moved.kept) this.keep(kept)
    this.take(judge(this.bench, this.book(), { moved, now: this.now }))
  }

  /** Hour readings of some stations for the hour that starts at `text`. */
  hour(text: string, values: Record<string, number | null>, pollutant: Quantity = 'PM2.5'): Reading[] {
    const start = this.instant(text)
    return Object.entries(values).map(([id, value]) => ({ station: id, pollutant, start, minutes: 60, value: micro(value), flag: '' }))
  }

  /** Each of `count` hours from `text` on comes when it ends; event time is then the end of the last. */
  hours(text: string, count: number, values: Record<string, number | null>): this {
    const start = this.instant(text)
    for (let i = 0; i < count; i += 1) {
      this.to(start + (i + 1) * HOUR)
      this.push(this.hour(text, values).map((reading) => ({ ...reading, start: start + i * HOUR })))
    }
    return this
  }

  /** Minute readings of one station, one value, from `text` on. */
  minutes(text: string, of: { station: string; count: number; value: number | null }): Reading[] {
    const start = this.instant(text)
    return Array.from({ length: of.count }, (_, i) => ({ station: of.station, pollutant: 'PM2.5' as const, start: start + i * MINUTE, minutes: 1, value: micro(of.value), flag: '' }))
  }

  /** Minute readings that come as they end; event time is then the end of the last. */
  live(text: string, of: { station: string; count: number; value: number | null }): this {
    for (const reading of this.minutes(text, of)) this.to(reading.start + MINUTE).push([reading])
    return this
  }

  acknowledge(id: string, { by = 'wang', role = 'duty', occurrence = this.alert(id).occurrence }: { by?: string; role?: PersonRole; occurrence?: number } = {}): string {
    const answer = acknowledge(this.alert(id), { by, role, occurrence, note: null, at: this.now })
    if (!answer.ok) return answer.code
    this.take(answer.drafts)
    return 'first' in answer ? 'again' : 'done'
  }

  alert(id: string): Alert {
    const alert = this.room.alerts[id]
    if (alert === undefined) throw new Error(`no alert ${id}`)
    return alert
  }

  summary(from: string, to: string, more: Partial<SummaryInput> = {}): Summary {
    const { ledger, calendar } = this.bench
    const standards = standardIds(calendar.event).map(standard)
    return summaryOf({ calendar, ledger, standards, alertFacts: this.facts, orders: [], now: this.now, sha256, ...more }, { from, to })
  }

  take(drafts: readonly Draft[]): void {
    const fresh = drafts.map(({ id, at, actor, body }, i): Fact => {
      if (this.ids.has(id)) throw new Error(`decided twice: ${id}`)
      this.ids.add(id)
      return { seq: this.room.seq + i + 1, id, at, recorded: 0, actor, air: 'live', hash: '', ...body }
    })
    this.facts.push(...fresh)
    this.room = applyAll(this.room, fresh)
  }

  /** Every fact as one short line: when, what, about which alert. */
  said(about = ''): string[] {
    return this.facts.map((fact) => this.line(fact)).filter((line) => line.includes(about))
  }

  private line(fact: Fact): string {
    const { day, hour, minute } = this.bench.calendar.civil.parts(fact.at)
    const when = `${day.slice(5)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    if (!('alert' in fact)) return `${when} ${fact.kind}`
    const id = fact.alert.replace(/:\d{4}-/, ':')
    const more = fact.kind === 'alert-raised' && fact.occurrence > 1 ? ` again (${fact.occurrence})`
      : fact.kind === 'alert-changed' ? ` ${fact.condition}`
        : fact.kind === 'alert-closed' ? ` (${fact.reason.code})` : ''
    return `${when} ${fact.kind.slice(6)} ${id}${more}`
  }
}

export const micro = (value: number | null): number | null => (value === null ? null : Math.round(value * 1_000_000))

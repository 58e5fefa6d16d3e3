/**
 * A room without a server: event time moves as the test says, readings come in, and every fact that follows is kept.
 * `at(…).push(…)`, `until(…)`, `facts()`: hours in milliseconds.
 */
import { calendarOf } from '../../shared/calendar.ts'
import { EventFile, type Station } from '../../shared/event.ts'
import { type Draft, type Fact } from '../../shared/fact.ts'
import { type Bench } from '../../shared/judge.ts'
import { Ledger } from '../../shared/ledger.ts'
import type { Quantity, Reading } from '../../shared/reading.ts'
import { applyAll, emptyRoom, type Room } from '../../shared/situation.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { average, judge, judgeCurrent, nextDue, passTime } from '../../shared/turn.ts'

export type Setup = { event: object; stations: readonly Partial<Station>[]; from: string; settle?: number }

const station = (of: Partial<Station>): Station => ({
  id: 'S1', name: 'S1', area: 'beijing', longitude: 116, latitude: 40, kind: 'national', evaluates: true, aliases: [], validFrom: undefined, validTo: undefined, ...of,
})

export const RULES = {
  settle: 10 * MINUTE, newsHour: 2 * HOUR, newsDay: 12 * HOUR, silenceIntervals: 3, silenceAtLeast: 15 * MINUTE,
  severity: {
    'hour-exceeded': 'critical', 'day-exceeded': 'critical', 'hour-projected': 'warning', 'day-projected': 'warning',
    'hour-locked': 'critical', 'day-locked': 'critical', silent: 'notice',
  },
} as const

export class Timeline {
  readonly bench: Bench
  readonly facts: Fact[] = []
  readonly setup: Setup
  room: Room = emptyRoom
  now: number
  private ids = new Set<string>()

  constructor(setup: Setup) {
    this.setup = setup
    const made = calendarOf(EventFile.parse(setup.event))
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const { calendar } = made
    const stations = setup.stations.map(station)
    this.now = this.instant(setup.from, calendar.civil.at)
    this.bench = { ledger: this.open(calendar, stations), calendar, rules: RULES, marks: [] }
  }

  private open(calendar: Bench['calendar'], stations: Station[]): Ledger {
    const byId = new Map(stations.map((s) => [s.id, s]))
    return new Ledger({
      civil: calendar.civil, method: calendar.event.summary, stations, cities: [...new Set(stations.map((s) => s.area))],
      cityOf: (id) => byId.get(id)?.area ?? null, judged: [...new Set(calendar.event.limits.map((l) => l.pollutant))], settle: RULES.settle,
    }, this.now)
  }

  private instant(text: string, at: (day: string, time?: string) => number): number {
    const [day = '', time] = text.split(' ')
    return at(day, time)
  }

  /** Event time goes on to `YYYY-MM-DD HH:MM`; everything that is due on the way happens. */
  until(text: string): this {
    const target = this.instant(text, this.bench.calendar.civil.at)
    for (;;) {
      const due = nextDue(this.bench, this.room.alerts, this.now)
      if (due > target) break
      this.tick(due)
    }
    this.now = target
    return this
  }

  tick(now: number): void {
    const { drafts } = passTime(this.bench, this.room.alerts, { since: this.now, now })
    this.now = now
    this.take(drafts)
  }

  /** A server that was away: everything is judged once, without what happened between. */
  restart(readings: readonly Reading[], text: string): this {
    this.now = this.instant(text, this.bench.calendar.civil.at)
    const { setup } = this.bench.ledger
    const ledger = new Ledger(setup, this.now)
    for (const reading of readings) ledger.load({ ...reading, revision: 1, validity: 'valid', why: null, arrived: this.now, source: 't' })
    Object.assign(this.bench, { ledger })
    this.take(judgeCurrent(this.bench, this.room.alerts, this.now))
    return this
  }

  push(readings: readonly Reading[]): this {
    const moved = average(this.bench, readings, { at: this.now, source: 't' })
    this.take(judge(this.bench, this.room.alerts, { moved, now: this.now }))
    return this
  }

  /** Hour readings of some stations for the hour that starts at `text`. */
  hour(text: string, values: Record<string, number | null>, pollutant: Quantity = 'PM2.5'): Reading[] {
    const start = this.instant(text, this.bench.calendar.civil.at)
    return Object.entries(values).map(([id, value]) => ({ station: id, pollutant, start, minutes: 60, value: value === null ? null : value * 1_000_000, flag: '' }))
  }

  /** Minute readings of one station, one value, from `text` on. */
  minutes(text: string, of: { station: string; count: number; value: number | null }): Reading[] {
    const start = this.instant(text, this.bench.calendar.civil.at)
    return Array.from({ length: of.count }, (_, i) => ({ station: of.station, pollutant: 'PM2.5' as const, start: start + i * MINUTE, minutes: 1, value: of.value === null ? null : of.value * 1_000_000, flag: '' }))
  }

  take(drafts: readonly Draft[]): void {
    const fresh = drafts.filter(({ id }) => !this.ids.has(id)).map(({ id, at, actor, body }, i): Fact => {
      this.ids.add(id)
      return { seq: this.room.seq + i + 1, id, at, recorded: 0, actor, air: 'live', hash: '', ...body }
    })
    this.facts.push(...fresh)
    this.room = applyAll(this.room, fresh)
  }

  /** Every fact as one short line: when, what, about which alert. */
  said(): string[] {
    const { civil } = this.bench.calendar
    return this.facts.map((fact) => {
      const { day, hour, minute } = civil.parts(fact.at)
      const when = `${day.slice(5)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      if (!('alert' in fact)) return `${when} ${fact.kind}`
      const more = fact.kind === 'alert-raised' && fact.occurrence > 1 ? ` again (${fact.occurrence})` : fact.kind === 'alert-changed' ? ` ${fact.condition}` : ''
      return `${when} ${fact.kind.slice(6)} ${fact.alert}${more}`
    })
  }
}

import { describe, expect, test } from 'vitest'
import { acknowledge } from '../../shared/acknowledge.ts'
import { advance, askAgain, close, type Finding } from '../../shared/alert.ts'
import { AlertBook } from '../../shared/book.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import { COVER_LIFE, COVERINGS, coverOf, COVERS, type Cover, type Covering, type Happening, HAPPENINGS, LIFE, LIFE_STATES, type LifeState, lifeOf } from '../../shared/life.ts'
import { lifePage } from '../../shared/life-page.ts'
import { shelve, shelvesEnded, unshelve } from '../../shared/shelf.ts'
import type { Alert } from '../../shared/situation.ts'
import { HOUR } from '../../shared/time.ts'

const START = 1_644_000_000_000
/** A room of one alert, in which happenings follow each other a minute apart. */
class One {
  readonly book = new AlertBook()
  readonly facts: Fact[] = []
  at = START + HOUR
  readonly kind: Alert['kind']
  readonly needs: Alert['needs']
  readonly id: string

  constructor(kind: Alert['kind'], needs: Alert['needs'] = []) {
    this.kind = kind
    this.needs = needs
    this.id = `${kind}:beijing:PM2.5:2022-02-05T02`
  }

  get alert(): Alert | undefined { return this.book.of(this.id) }
  get state(): LifeState { return lifeOf(this.alert) }

  finding(over: Partial<Finding> = {}): Finding {
    return {
      id: this.id, kind: this.kind, place: 'beijing', pollutant: 'PM2.5', period: { start: START, end: START + HOUR }, condition: 'over', limit: 75, assumed: false, drill: false,
      severity: 'warning', current: true, revised: false, needs: this.needs, said: () => ({ value: 80, marks: [], reason: { code: 'hour-exceeded' } }), ...over,
    }
  }

  take(drafts: readonly Draft[]): string[] {
    this.at += 60_000
    const fresh = drafts.map((draft, i): Fact => ({ seq: this.facts.length + i + 1, recorded: 0, air: 'live', hash: '', id: draft.id, at: draft.at, actor: draft.actor, ...draft.body }))
    this.facts.push(...fresh)
    this.book.take(fresh)
    return fresh.map(({ kind }) => kind)
  }

  judged(over: Partial<Finding> = {}): string[] { return this.take(advance(this.alert, this.finding(over), this.at)) }
  sign(by: string, role: 'duty' | 'leader' = 'duty'): string[] {
    const answer = acknowledge(this.alert as Alert, { by, role, occurrence: this.alert?.occurrence ?? 0, note: null, at: this.at })
    return answer.ok ? this.take(answer.drafts) : ['refused']
  }
}

/** How each state is reached. */
const REACH: Record<LifeState, (one: One) => unknown> = {
  none: () => undefined,
  unacknowledged: (one) => one.judged(),
  acknowledged: (one) => [one.judged(), one.sign('li'), one.needs.length > 0 && one.sign('chen', 'leader')],
  'held-unacknowledged': (one) => [one.judged(), one.judged({ condition: 'unknown' })],
  'held-acknowledged': (one) => [REACH.acknowledged(one), one.judged({ condition: 'unknown' })],
  returned: (one) => [one.judged(), one.judged({ condition: 'under' })],
  withdrawn: (one) => [one.judged(), one.judged({ condition: 'under', revised: true })],
  closed: (one) => [REACH.acknowledged(one), one.judged({ supersededBy: null })],
}

/** The kind of alert that a happening is about: projections return, breaches are revised. */
const OF: Partial<Record<Happening, Alert['kind']>> = { under: 'hour-projected' }
const kindFor = (state: LifeState, happening: Happening): Alert['kind'] => (state === 'returned' ? 'hour-projected' : state === 'withdrawn' ? 'hour-exceeded' : OF[happening] ?? 'hour-exceeded')

const revalued: Partial<Finding> = { revised: true, said: () => ({ value: 91, marks: [], reason: { code: 'hour-exceeded' } }) }
const HAPPEN: Record<Happening, (one: One) => string[]> = {
  over: (one) => one.judged(),
  graver: (one) => (one.alert === undefined || !/acknowledged/.test(one.state) ? [] : one.judged({ severity: 'critical' })),
  revalued: (one) => (/acknowledged/.test(one.state) ? one.judged({ condition: one.alert?.condition ?? 'over', ...revalued }) : []),
  unknown: (one) => one.judged({ condition: 'unknown' }),
  under: (one) => one.judged({ condition: 'under' }),
  revised: (one) => one.judged({ condition: 'under', revised: true }),
  superseded: (one) => one.judged({ condition: 'over', supersededBy: 'hour-exceeded:x' }),
  unlimited: (one) => (/acknowledged/.test(one.state) ? one.take([close(one.alert as Alert, one.at, { code: 'limit-removed' })]) : []),
  'period-over': (one) => (one.alert?.state === 'acknowledged' ? one.take([close(one.alert, one.at, { code: 'period-over' })]) : []),
  signed: (one) => one.sign('wang'),
  acknowledged: (one) => one.sign('wang'),
  again: (one) => (one.alert === undefined ? [] : one.take(askAgain(one.alert, 'acknowledgement-expired', one.at))),
}

describe('every happening in every state of an alert leads where the table says, and writes the facts that it names', () => {
  const pairs = LIFE_STATES.flatMap((state) => HAPPENINGS.map((happening) => [state, happening] as const))
  test.each(pairs)('%s: %s', (state, happening) => {
    const one = new One(kindFor(state, happening), happening === 'signed' ? ['duty', 'leader'] : [])
    REACH[state](one)
    expect(one.state).toBe(state)
    const step = LIFE[state][happening]
    if (state === 'none' && step === 'refused') return
    const occurrence = one.alert?.occurrence ?? 0
    const told = HAPPEN[happening](one)
    if (typeof step === 'string') {
      expect(told).toEqual(step === 'refused' ? ['refused'] : [])
      expect(one.state).toBe(state)
      return
    }
    expect(told).toEqual(step.facts)
    expect(one.state).toBe(step.to)
    const asksAnew = step.facts.includes('alert-raised') || step.facts.includes('alert-asked-again')
    expect(one.alert?.occurrence).toBe(asksAnew ? occurrence + 1 : occurrence)
    // A new occurrence is never acknowledged before anybody saw it.
    if (asksAnew) expect(one.alert).toMatchObject({ acknowledged: null, signed: [] })
  })
})

const until = { by: 'chen', role: 'leader', why: '设备检修', until: START + 9 * HOUR } as const
const put = (one: One, decided: ReturnType<typeof shelve>): string[] => (decided.ok ? one.take(decided.drafts) : ['refused'])
const COVER: Record<Covering, (one: One) => string[]> = {
  shelve: (one) => put(one, shelve(one.alert as Alert, { ...until, at: one.at })),
  unshelve: (one) => put(one, unshelve(one.book, one.alert as Alert, { by: 'chen', role: 'leader', at: one.at })),
  'shelf-ends': (one) => one.take(shelvesEnded(one.book, START + 9 * HOUR)),
  graver: (one) => one.judged({ severity: 'critical', suppression: one.alert?.suppression ?? null }),
  suppress: (one) => one.judged({ suppression: 'maintenance' }),
  release: (one) => one.judged({ suppression: null }),
}
const REACH_COVER: Record<Cover, (one: One) => unknown> = {
  open: () => undefined, shelved: (one) => COVER.shelve(one), suppressed: (one) => COVER.suppress(one),
  'shelved-and-suppressed': (one) => [COVER.shelve(one), COVER.suppress(one)],
}
const cover = (one: One): Cover => coverOf(one.alert as Alert)

describe('everything that covers an acknowledged alert, or uncovers it, leads where the table says', () => {
  const pairs = COVERS.flatMap((state) => COVERINGS.map((covering) => [state, covering] as const))
  test.each(pairs)('%s: %s', (state, covering) => {
    const one = new One('hour-projected')
    REACH.acknowledged(one)
    REACH_COVER[state](one)
    expect(cover(one)).toBe(state)
    const step = COVER_LIFE[state][covering]
    const told = COVER[covering](one)
    if (covering === 'graver') {
      // What grows graver is a new occurrence, whatever covered it; only what the system suppresses stays covered.
      expect([told, one.state, cover(one)]).toEqual([['alert-raised'], 'unacknowledged', typeof step === 'string' ? state : step.to])
      return
    }
    if (typeof step === 'string') { expect([told, cover(one)]).toEqual([step === 'refused' ? ['refused'] : [], state]); return }
    expect([told, cover(one)]).toEqual([[...step.facts, ...(step.then === 'again' ? ['alert-asked-again'] : [])], step.to])
    expect(one.state).toBe(step.then === 'again' ? 'unacknowledged' : 'acknowledged')
  })
})

test.each([
  ['hour-projected', { condition: 'under' }, 'returned'], ['hour-exceeded', { condition: 'under', revised: true }, 'withdrawn'], ['hour-exceeded', { supersededBy: null }, 'closed'],
] as const)('what was suppressed and ends as that is released (%s: %j) is %s and asks nobody again, however late the asking comes', (kind, ends, state) => {
  const one = new One(kind)
  one.judged({ suppression: 'maintenance' })
  const late = askAgain(one.alert as Alert, 'suppression-ended', one.at)
  expect(one.judged({ ...ends, suppression: null })).not.toContain('alert-asked-again')
  expect(one.alert).toMatchObject({ state, occurrence: 1 })
  one.take(late)
  expect(one.alert).toMatchObject({ state, occurrence: 1 })
})

test('the page that people read is printed from the table', async () => {
  await expect(lifePage()).toMatchFileSnapshot('../../shared/life.md')
})

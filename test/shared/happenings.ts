/** What may happen in a room, drawn by chance: every kind of fact that is remembered, over some days. */
import fc from 'fast-check'
import type { Draft, Fact, FactBody } from '../../shared/fact.ts'
import { HOUR } from '../../shared/time.ts'

const T0 = Date.UTC(2022, 1, 4)
const judged = { condition: 'over', value: 90, reason: { code: 'hour-exceeded' }, marks: [] as never[] } as const
const WHATS = ['raised', 'raised', 'raised', 'acknowledged', 'acknowledged', 'closed', 'closed', 'returned', 'withdrawn', 'again', 'shelved', 'unshelved', 'suppressed', 'released', 'commented', 'told', 'handled',
  'escalated', 'level', 'issued', 'moved', 'notice', 'revised', 'reviewed', 'out', 'back', 'offered', 'signed'] as const

export type Happening = { which: number; what: (typeof WHATS)[number]; later: number }
/** `later`: minutes since the one before; now and then days, so that what is closed grows old. */
export const happenings = (most = 40, least = 0): fc.Arbitrary<Happening[]> => fc.array(fc.record({
  which: fc.nat({ max: 5 }), what: fc.constantFrom(...WHATS), later: fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 90 }) }, { weight: 1, arbitrary: fc.nat({ max: 4_000 }) }),
}), { minLength: least, maxLength: most })

/** Three hours of one point, which are shelved together, two of another, and a silence. */
const pointOf = (which: number) => ({ alertKind: which === 5 ? 'silent' : 'hour-exceeded', place: which < 3 ? 'beijing' : 'langfang', pollutant: 'PM2.5' } as const)
const EMPTY = { asking: [], acknowledged: [], unhandled: [], covered: [], levels: [], orders: [], overdue: [], outOfService: [], suspect: [], undelivered: 0 }

function bodyOf({ which, what }: Happening, n: number, at: number): FactBody {
  const of = { alert: `a${which}`, occurrence: 1, drill: false }
  const order = `event:III:x:${which}`
  switch (what) {
    case 'raised': return { kind: 'alert-raised', ...of, ...judged, marks: [], ...pointOf(which), period: { start: T0 + which * HOUR, end: which === 5 ? null : T0 + (which + 1) * HOUR }, severity: n % 3 === 0 ? 'critical' : 'warning', limit: 75, assumed: false, occurrence: 1 + (n % 2) }
    case 'acknowledged': return { kind: 'alert-acknowledged', ...of, by: '王', note: null, waits: n % 4 === 0 }
    case 'closed': return { kind: 'alert-closed', ...of, reason: { code: 'period-over' } }
    case 'returned': return { kind: 'alert-returned', ...of, ...judged, marks: [] }
    case 'withdrawn': return { kind: 'alert-withdrawn', ...of, ...judged, marks: [] }
    case 'again': return { kind: 'alert-asked-again', ...of, occurrence: 2, because: 'acknowledgement-expired' }
    case 'shelved': return { kind: 'alert-shelved', ...of, ...pointOf(which), severity: 'warning', until: at + 4 * HOUR, by: '王', why: '核实' }
    case 'unshelved': return { kind: 'alert-unshelved', ...of, ...pointOf(which), by: null }
    case 'suppressed': return { kind: 'alert-suppressed', ...of, because: 'maintenance' }
    case 'released': return { kind: 'alert-released', ...of }
    case 'commented': return { kind: 'alert-commented', ...of, by: '王', text: `第${n}条` }
    case 'told': return { kind: 'alert-told', ...of, what: 'raised', channel: 'group', state: 'delivered', reason: null, next: null }
    case 'handled': return { kind: 'alert-handled', ...of, by: '王', step: { is: 'diagnosis', cause: '燃煤', unit: '市' } }
    case 'escalated': return { kind: 'alert-escalated', ...of, step: 1, seat: 'leader', to: [], minutes: 5, severity: 'critical' }
    case 'level': return { kind: 'level-changed', start: 'event:III:x', ladder: 'event', level: n % 2 === 0 ? 'III' : null, areas: ['beijing'], by: '陈', why: '预计超限', drill: false }
    case 'issued': return { kind: 'order-issued', order, start: 'event:III:x', measure: 'dust', area: 'beijing', level: 'III', due: at + HOUR, by: '陈', drill: false }
    case 'moved': return { kind: 'order-moved', order, step: (['received', 'started', 'verified', 'lifted'] as const)[n % 4] ?? 'lifted', by: '王', note: null }
    case 'notice': return { kind: 'data-notice', station: `S${which}`, reason: { code: 'stuck' } }
    case 'revised': return { kind: 'readings-revised', source: 'gateway', changes: [{ station: 'S1', pollutant: 'PM2.5', start: T0, minutes: 60, revision: 2, from: 1, to: 2, fromFlag: 'N', toFlag: 'N' }] }
    case 'reviewed': return { kind: 'readings-reviewed', station: 'S1', pollutant: 'PM2.5', verdict: 'invalid', level: 'reviewed', by: '陈', why: '脱落', readings: [] }
    case 'out': return { kind: 'station-out-of-service', station: `S${which}`, by: '陈', why: '搬迁', workOrder: null, until: null }
    case 'back': return { kind: 'station-in-service', station: `S${which}`, by: null }
    case 'offered': return { kind: 'handover-offered', handover: `h${which}`, by: '王', note: '', sheet: EMPTY, drill: false }
    case 'signed': return { kind: 'handover-signed', handover: `h${which}`, by: '李', asking: [], drill: false }
  }
}

export function draftsOf(all: readonly Happening[]): Draft[] {
  let at = T0
  return all.map((each, n) => { at += each.later * 60_000; return { id: `${each.what}:${n}`, at, actor: 'system', body: bodyOf(each, n, at) } })
}

/** As a journal without hashes would give them. */
export const factsOf = (all: readonly Happening[]): Fact[] =>
  draftsOf(all).map(({ body, ...rest }, n): Fact => ({ seq: n + 1, recorded: 0, air: 'live', hash: '', ...rest, ...body }))

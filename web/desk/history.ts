/** What happened to an alert, in words. */
import type { Fact, FactOf } from '../../shared/fact.ts'
import { CALLED } from '../../shared/owed-calls.ts'
import { noticeSaid } from './notices.ts'
import type { Say } from './say.ts'

/** Who may come in, and as what: by whom it was changed, or by which way. */
function accessSaid(fact: FactOf<'account-changed'> | FactOf<'token-changed'>, { text }: Say): string {
  const by = fact.by ?? text(`desk.history.changedBy.${fact.way}`)
  if (fact.kind === 'token-changed') return text(`desk.history.token.${fact.what}`, { by, of: text(`desk.history.tokenOf.${fact.of}`), name: fact.name, id: fact.token })
  return text(`desk.history.account.${fact.what}`, { by, who: fact.account, role: fact.role === null ? '' : text(`role.${fact.role}`) })
}

/** What happened in the room beside its alerts. */
function roomSaid(fact: Fact, say: Say): string {
  const { text, place, list, measure, level } = say
  switch (fact.kind) {
    case 'level-changed': return text('desk.history.level-changed', { areas: list(fact.areas.map(place)), level: fact.level === null ? text('desk.level.none') : level(fact.ladder, fact.level), why: fact.why })
    case 'order-issued': return text('desk.history.order-issued', { what: `${measure(fact.measure)} · ${place(fact.area)}` })
    case 'order-moved': return text('desk.history.order-moved', { step: text(`order.${fact.step}`), note: fact.note ?? '' })
    case 'station-out-of-service': return text('desk.history.station-out-of-service', { what: place(fact.station), why: fact.why })
    case 'station-in-service': return text('desk.history.station-in-service', { what: place(fact.station) })
    case 'handover-offered': return text('desk.history.handover-offered', { by: fact.by, note: fact.note })
    case 'handover-signed': return text('desk.history.handover-signed', { by: fact.by })
    case 'account-changed': case 'token-changed': return accessSaid(fact, say)
    case 'access-stands': return text('desk.history.access-stands', { who: list(fact.accounts.filter(({ disabled }) => !disabled).map(({ account, role }) => text('desk.history.whoAs', { who: account, role: text(`role.${role}`) }))), n: fact.tokens.length })
    case 'withheld': return text('desk.history.withheld')
    case 'call-owed': return text('desk.history.call-owed', { what: say.name(fact.said) })
    case 'call-made': return text('desk.history.call-made', { by: fact.by, who: fact.spoke, n: fact.calls.length })
    case 'data-notice': return `${place(fact.station)} ${noticeSaid(fact.reason, say)}`
    case 'readings-revised': return text('desk.history.readings-revised', { n: fact.changes.length, source: fact.source })
    case 'readings-reviewed': return text('desk.history.readings-reviewed', { by: fact.by, what: `${place(fact.station)} ${fact.pollutant}`, n: fact.readings.length, why: fact.why })
    case 'journal-opened': return text('desk.history.journal-opened')
    case 'exercise-begun': return text('desk.history.exercise-begun', { by: fact.by, what: fact.script })
    case 'exercise-ended': return fact.by === null ? text('exercise.ownEnd') : text('desk.history.exercise-ended', { by: fact.by })
    case 'command-voided': return text('desk.history.command-voided', { by: fact.by })
    default: return fact.kind
  }
}

/** What became of a message, to whom and by which channel; a name that begins with @ is none of a channel. */
function receiptSaid({ what, channel, state, reason, next, person }: Fact & { kind: 'alert-told' }, { text, undelivered }: Say): string {
  const by = person === undefined || channel === CALLED ? channel : text('desk.history.toPerson', { channel, person })
  const key = state === 'delivered' ? (channel === CALLED ? 'called' : 'delivered') : next === null ? 'undelivered' : 'fellOver'
  return text(`desk.history.${key}`, { what: text(`told.${what}`), channel: by, reason: undelivered(reason ?? ''), next: next?.startsWith('@') === true ? text('desk.history.onDuty') : next ?? '', person: person ?? '' })
}

/** A fact in a sentence; of a kind that has none, its name. */
export function factSaid(fact: Fact, say: Say, now: number): string {
  const { text, figure, reason } = say
  switch (fact.kind) {
    case 'alert-raised': return `${text('desk.history.alert-raised', { n: fact.occurrence, value: figure(fact.value), limit: figure(fact.limit) })} ${reason(fact.reason, fact.pollutant)}`
    case 'alert-changed': case 'alert-returned': case 'alert-withdrawn':
      return `${text(`desk.history.${fact.kind}`, { value: figure(fact.value) })} ${text(`condition.${fact.condition}`)}`
    case 'alert-acknowledged': return text(fact.waits === true ? 'desk.history.signed' : 'desk.history.alert-acknowledged', { by: fact.by, n: fact.occurrence })
    case 'alert-asked-again': return text('desk.history.alert-asked-again', { n: fact.occurrence, why: text(`again.${fact.because}`) })
    case 'alert-shelved': return text('desk.history.alert-shelved', { by: fact.by, when: say.when(fact.until, now) })
    case 'alert-unshelved': return fact.by === null ? text('desk.history.shelfEnded') : text('desk.history.alert-unshelved', { by: fact.by })
    case 'alert-suppressed': return text('desk.history.alert-suppressed', { why: text(`suppression.${fact.because}`) })
    case 'alert-released': return text('desk.history.alert-released')
    case 'alert-escalated': return text('desk.history.alert-escalated', { seat: text(`seat.${fact.seat}`), n: fact.minutes, to: fact.to.length === 0 ? text('desk.nobody') : say.list(fact.to.map(({ name }) => name)) })
    case 'alert-told': return receiptSaid(fact, say)
    case 'alert-commented': return text('desk.history.alert-commented', { by: fact.by })
    case 'alert-handled': return text('desk.history.alert-handled', { by: fact.by, step: text(fact.step.is === 'follow-up' && fact.step.reopens === true ? 'desk.handling.reopen' : `desk.handling.${fact.step.is}`) })
    case 'alert-closed': return `${text('desk.history.alert-closed')} ${reason(fact.reason, '')}`
    default: return roomSaid(fact, say)
  }
}

/** What a person wrote. */
export function quotedIn(fact: Fact): string | null {
  switch (fact.kind) {
    case 'alert-acknowledged': return fact.note
    case 'alert-commented': return fact.text
    case 'alert-shelved': return fact.why
    case 'call-made': return fact.note
    case 'alert-handled': return fact.step.is === 'diagnosis' ? `${fact.step.cause} · ${fact.step.unit}` : fact.step.is === 'disposal' ? fact.step.reason : fact.step.is === 'follow-up' ? fact.step.note : null
    default: return null
  }
}

/** Who did it, without the kind of actor. */
export const actorSaid = (actor: string, say: Say): string => (actor === 'system' ? say.text('desk.history.system') : actor === 'withheld' ? '—' : actor.replace(/^(person|source):/, ''))

/** What the alert in hand rests on, in words: its limit and on whose word, how much data, which revision, between what the mean can lie. */
import type { Limit } from '../../shared/event.ts'
import type { Reason } from '../../shared/fact.ts'
import type { Alert } from '../../shared/situation.ts'
import type { Say } from './say.ts'

/** One ground: what it is, and what is said of it. */
export type Ground = { key: string; text: string }

const number = (reason: Reason, part: string): number | null => { const value = reason[part]; return typeof value === 'number' ? value : null }

/** A limit's figure, basis, and who set it by which document; "assumed" where nobody published it. */
export function limitSaid(limit: Limit, { text, name, unit }: Say): string {
  const { max, pollutant, assumed, basis, approver, document } = limit
  const parts = [
    `${max} ${unit(pollutant)}${assumed ? ` (${text('mark.assumed')})` : ''}`, name(basis),
    ...(approver === undefined ? [] : [text('desk.ground.approver', { by: name(approver) })]),
    ...(document === undefined ? [] : [text('desk.ground.document', { what: [name(document), ...(document.number === undefined ? [] : [document.number])].join(' ') })]),
  ]
  return parts.join(' · ')
}

function bounds(reason: Reason, { text, figure }: Say): Ground[] {
  const [least, most] = [number(reason, 'least'), number(reason, 'most')]
  if (least === null) return []
  const outcome = typeof reason['outcome'] === 'string' ? text(`desk.ground.outcome.${reason['outcome']}`) : ''
  return [{ key: 'bounds', text: text(most === null ? 'desk.ground.least' : 'desk.ground.between', { least: figure(least), most: figure(most), outcome }) }]
}

/**
 * Every ground that a reason names, in the order in which it is asked for. Changes are told where they made the figure another
 * one (`revised`): what a start took in of the hours before it came late as well, and changed nothing that anybody had seen.
 */
export function groundsSaid({ reason, marks }: Pick<Alert, 'reason' | 'marks'>, average: 'hour' | 'day', { limits, say }: { limits: readonly Limit[]; say: Say }): Ground[] {
  const { text } = say
  const named = Array.isArray(reason['limits']) ? reason['limits'] : []
  const [valid, expected, revision] = [number(reason, 'valid'), number(reason, 'expected'), number(reason, 'revision')]
  return [
    ...limits.filter(({ id }) => named.includes(id)).map((limit): Ground => ({ key: 'limit', text: limitSaid(limit, say) })),
    ...(valid === null || expected === null || expected === 0 ? [] : [{ key: 'data', text: text(`desk.ground.valid.${average}`, { valid, expected }) }]),
    ...(revision === null || revision === 0 || !marks.includes('revised') ? [] : [{ key: 'revision', text: text('desk.ground.changed', { n: revision }) }]),
    ...bounds(reason, say),
    ...(typeof reason['standard'] === 'string' ? [{ key: 'standard', text: reason['standard'] }] : []),
  ]
}

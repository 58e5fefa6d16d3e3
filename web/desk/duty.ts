/** Who is on duty and what was sent, put in order for whoever reads it. */
import type { Call } from '../../shared/owed-calls.ts'
import { type Seat, SEATS } from '../../shared/seat.ts'
import type { DutyBody, TellingsBody } from '../../shared/tellings.ts'

/** How much of it somebody should look at: what nobody got, and channels that fail now. */
export const untold = (tellings: TellingsBody | null): number =>
  (tellings === null ? 0 : tellings.failed + tellings.channels.filter(({ state }) => state === 'failing').length)

type ChannelShown = TellingsBody['channels'][number]
/** When a channel that fails is tried again, in a word: with the next message, by one that waits, or by a look that sends none. */
export const retryOf = ({ next }: ChannelShown): 'withNext' | 'tried' | 'probed' | null => {
  if (next === null) return null
  return next.at === null ? 'withNext' : next.by === 'probe' ? 'probed' : 'tried'
}

/** What went wrong first, then the latest. */
export const messagesListed = ({ messages }: TellingsBody, most = 50): TellingsBody['messages'] =>
  [...messages].sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed') || b.created - a.created).slice(0, most)

export type Callee = { id: string; name: string; phone: string | null; seats: Seat[] }

/** Whom to call: whoever is on duty now, seat by seat, then whoever was when nobody could be reached. */
export function callees(calls: readonly Call[], duty: DutyBody | null): Callee[] {
  const found = new Map<string, Callee>()
  const add = (id: string, of: { name: string; phone: string | null; seat: Seat }): void => {
    const known = found.get(id) ?? { id, name: of.name, phone: of.phone, seats: [] }
    if (!known.seats.includes(of.seat)) known.seats.push(of.seat)
    found.set(id, known)
  }
  for (const seat of SEATS) for (const shift of duty?.shifts ?? []) for (const person of shift[seat]) add(person.id, { ...person, seat })
  const phoneOf = (id: string): string | null => duty?.people.find((each) => each.id === id)?.phone ?? null
  for (const { to } of calls) for (const { id, name, seat } of to) add(id, { name, phone: phoneOf(id), seat })
  return [...found.values()]
}

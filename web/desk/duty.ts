/** Who is on duty and what was sent, put in order for whoever reads it. */
import type { TellingsBody } from '../../shared/tellings.ts'

/** How much of it somebody should look at: messages of the last day that nobody got, and channels that fail now. */
export const untold = (tellings: TellingsBody | null): number =>
  (tellings === null ? 0 : tellings.failed + tellings.channels.filter(({ state }) => state === 'failing').length)

/** What went wrong first, then the latest. */
export const messagesListed = ({ messages }: TellingsBody, most = 50): TellingsBody['messages'] =>
  [...messages].sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed') || b.created - a.created).slice(0, most)

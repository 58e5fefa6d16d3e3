/** How a screen follows the server: a snapshot, then facts and cells in order; a gap asks for a new snapshot. */
import { cellKey, type AirCells, type Cell } from '../shared/air.ts'
import { applyAll } from '../shared/situation.ts'
import type { AirMessage, FactsMessage, Snapshot, Tick } from '../shared/wire.ts'

/** What is shown: room and air, and where in the two sequences they stand. */
export type Situation = Omit<Snapshot, 'at'>

/** `awaiting`: a snapshot has been asked for, and nothing else counts until it is there. `behind`: ticks in a row that knew more than we do. */
export type Followed = Readonly<{ situation: Situation | null; awaiting: boolean; behind: number }>

export type Heard =
  | { kind: 'snapshot'; message: Snapshot }
  | { kind: 'facts'; message: FactsMessage }
  | { kind: 'air'; message: AirMessage }
  | { kind: 'tick'; message: Tick }

/** The next state, and whether a new snapshot has to be asked for. */
export type Step = { followed: Followed; resync: boolean }

/** A new connection: the server sends a snapshot by itself. What was shown stays until then. */
export const afresh = (situation: Situation | null): Followed => ({ situation, awaiting: true, behind: 0 })

/** Cells and facts of a batch travel up to a tenth of a second after the tick that counts them. */
const PATIENCE = 3

const asked = (followed: Followed): Step => ({ followed: { ...followed, awaiting: true, behind: 0 }, resync: true })
const kept = (followed: Followed): Step => ({ followed, resync: false })
const moved = (situation: Situation): Step => kept({ situation, awaiting: false, behind: 0 })

function takeFacts(followed: Followed, situation: Situation, message: FactsMessage): Step {
  if (message.from > situation.seq + 1) return asked(followed)
  const news = message.facts.filter((fact) => fact.seq > situation.seq)
  if (news.length === 0) return kept(followed)
  return moved({ ...situation, seq: message.to, room: applyAll(situation.room, news) })
}

function replaced(air: AirCells, cells: Cell[]): AirCells {
  const next: Record<string, Cell> = { ...air }
  for (const cell of cells) next[cellKey(cell)] = cell
  return next
}

function takeAir(followed: Followed, situation: Situation, message: AirMessage): Step {
  if (message.from > situation.airSeq + 1) return asked(followed)
  if (message.to <= situation.airSeq) return kept(followed)
  return moved({ ...situation, airSeq: message.to, air: replaced(situation.air, message.cells) })
}

function hearTick(followed: Followed, tick: Tick): Step {
  const { situation } = followed
  const another = situation !== null && tick.epoch !== situation.epoch
  const ahead = followed.awaiting || situation === null || tick.seq > situation.seq || tick.airSeq > situation.airSeq
  if (another && !followed.awaiting) return asked(followed)
  if (!ahead) return kept(followed.behind === 0 ? followed : { ...followed, behind: 0 })
  const behind = followed.behind + 1
  return behind >= PATIENCE ? asked(followed) : kept({ ...followed, behind })
}

/** One message further. Messages that were already in the snapshot change nothing. */
export function follow(followed: Followed, heard: Heard): Step {
  if (heard.kind === 'snapshot') {
    const { epoch, seq, airSeq, room, air } = heard.message
    return moved({ epoch, seq, airSeq, room, air })
  }
  if (heard.kind === 'tick') return hearTick(followed, heard.message)
  if (followed.awaiting || followed.situation === null) return kept(followed)
  return heard.kind === 'facts'
    ? takeFacts(followed, followed.situation, heard.message)
    : takeAir(followed, followed.situation, heard.message)
}

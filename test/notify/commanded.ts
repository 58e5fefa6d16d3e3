/** What a leader's command of a response level writes, upon what was written before. */
import { PlanFile } from '../../shared/event.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import { issueLevel, type LevelCommand } from '../../shared/response.ts'
import { applyAll, emptyRoom } from '../../shared/situation.ts'
import { civil, noon } from './room.ts'

const HOUR = 3_600_000
const names = (text: string) => ({ zh: text, en: text })
const plan = PlanFile.parse({ ladders: [{ id: 'event', name: names('赛时'), levels: (['III', 'II', 'I'] as const).map((id) => ({ id, name: names(id), colour: 'red' })) }], measures: [] })

export type Commanded = Pick<LevelCommand, 'level' | 'areas'> & { by: string; reason?: string }

/** `hours`: after noon. */
export function commanded(facts: readonly Fact[], { level, areas, by, reason = '静稳' }: Commanded, hours: number): Draft[] {
  const issued = issueLevel({ plan, room: applyAll(emptyRoom, facts), command: { ladder: 'event', level, areas, reason }, by, at: noon + hours * HOUR, drill: false, civil })
  if (!issued.ok) throw new Error(issued.detail)
  return issued.drafts
}

/** What the plan suggests for an alert, put in order: what the room does itself, then the measures that a level orders. */
import { type AlertKind, type Level, LEVELS, type Measure } from '../../shared/event.ts'

export type Suggested = { steps: Measure[]; measures: Measure[] }

/** A measure of no level is a step of the room's own: it is suggested, and nobody is ordered to do it. */
export function suggestedFor(kind: AlertKind, measures: readonly Measure[]): Suggested {
  const meant = measures.filter((measure) => measure.suggestedBy.includes(kind))
  return { steps: meant.filter(({ levels }) => levels.length === 0), measures: meant.filter(({ levels }) => levels.length > 0) }
}

/** The levels of a measure as they are spoken of: `from` one up to the hardest, or only these. */
export function levelsOf({ levels }: Pick<Measure, 'levels'>): { from: Level } | { only: Level[] } {
  const only = LEVELS.filter((level) => levels.includes(level))
  const [first] = only
  return first !== undefined && only.length > 1 && only.length === LEVELS.length - LEVELS.indexOf(first) ? { from: first } : { only }
}

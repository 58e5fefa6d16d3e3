/** What a change of a response level is a change of: for people outside, who were told of the level before. */
import { type Level, LEVELS, type Severity } from './event.ts';
import type { Fact, FactOf } from './fact.ts';

export type LevelChanged = Fact & FactOf<'level-changed'>;
export type Before = NonNullable<LevelChanged['before']>[number];
export type Move = 'started' | 'raised' | 'lowered' | 'lifted';
/** How it moved in some areas, all of which had the same before; `from` null: nothing was in force there. */
export type LevelStep = { move: Move; areas: string[]; from: Before | null };

export const LEVEL_SEVERITY: Readonly<Record<Level, Severity>> = { I: 'critical', II: 'warning', III: 'notice' };

export function moveOf(from: Level | null, to: Level | null): Move {
  if (to === null) return 'lifted';
  if (from === null) return 'started';
  return LEVELS.indexOf(to) > LEVELS.indexOf(from) ? 'raised' : 'lowered';
}

/** In the order of the areas; null where a fact of old does not say what was before. */
export function stepsOf({ before, areas, level }: LevelChanged): LevelStep[] | null {
  if (before === undefined) return null;
  const steps = new Map<string, LevelStep>();
  for (const area of areas) {
    const from = before.find((each) => each.area === area) ?? null;
    const step = steps.get(from?.fact ?? '') ?? { move: moveOf(from?.level ?? null, level), areas: [], from };
    step.areas.push(area);
    steps.set(from?.fact ?? '', step);
  }
  return [...steps.values()];
}

/** Of the levels that it leads to and comes from, the gravest first: whoever was told of a grave one is told that it is lowered or lifted. */
export function severitiesOf({ before = [], level }: LevelChanged): Severity[] {
  const levels = [...before.map((each) => each.level), ...(level === null ? [] : [level])].sort((a, b) => LEVELS.indexOf(b) - LEVELS.indexOf(a));
  return levels.length === 0 ? ['notice'] : [...new Set(levels.map((each) => LEVEL_SEVERITY[each]))];
}

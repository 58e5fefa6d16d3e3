/** Every rule of context, in the order in which its word is told. */
import { spike, step } from './jump.ts';
import type { Parameters } from './parameters.ts';
import { inversion, ratio } from './particles.ts';
import { periodic } from './periodic.ts';
import { neighbours, unitSlip } from './place.ts';
import type { Remark, Rule, View } from './rule.ts';
import { lowVariance, stuck, stuckMinutes } from './still.ts';

const RULES: readonly Rule[] = [unitSlip, stuck, stuckMinutes, lowVariance, step, spike, neighbours, inversion, ratio, periodic];

/** What all rules say of an hour; null of nothing, which is mostly. */
export function remarksOn(view: View): readonly Remark[] | null {
  let remarks: Remark[] | null = null;
  for (const rule of RULES) {
    const remark = rule.judge(view);
    if (remark !== null) (remarks ??= []).push(remark);
  }
  return remarks;
}

const AHEAD = RULES.flatMap(({ stirs }) => (stirs === undefined ? [] : [stirs]));
/** Whether a new hour's mean can matter to hours before it. */
export const stirs = (view: View): boolean => AHEAD.some((one) => one(view));

/** For how many days back the same hour is looked at. */
export const daysOf = (parameters: Parameters): number => Math.max(0, ...RULES.map((rule) => rule.days?.(parameters) ?? 0));

/** How far before and after it an hour is looked at: what lies further off cannot change what is said of it. */
export function reachOf(parameters: Parameters): { before: number; after: number } {
  const reaches = RULES.map((rule) => rule.reach(parameters));
  return { before: Math.max(...reaches.map((one) => one.before)), after: Math.max(...reaches.map((one) => one.after)) };
}

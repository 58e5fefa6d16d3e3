/** Who may do what, as one table. `screen` sees, and is nowhere in it. */
import { LEVELS, type Level } from '../../shared/event.ts';
import { hardness } from '../../shared/response.ts';
import type { Role } from '../../shared/api.ts';
import type { Refused } from '../http/ports.ts';

export const RIGHTS = {
  acknowledge: ['duty', 'leader', 'admin'],
  'move-order': ['duty', 'leader', 'admin'],
  // The mildest level cannot wait for somebody to be woken; the harder ones are a leader's word.
  'level-III': ['duty', 'leader', 'admin'],
  'level-II': ['leader', 'admin'],
  'level-I': ['leader', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

/** Null where the role has the right. */
export function lacks(role: Role, right: Right): Refused | null {
  const may: readonly Role[] = RIGHTS[right];
  if (may.includes(role)) return null;
  return { ok: false, status: 403, code: 'wrong-role', detail: `this needs one of the roles: ${may.join(', ')}` };
}

/** The right a change of level needs: that of the hardest level it touches, before or after. Lifting undoes what was ordered. */
export function rightFor(touched: readonly (Level | null)[]): Right {
  const hardest = Math.max(1, ...touched.map(hardness));
  return `level-${LEVELS[hardest - 1] ?? 'I'}`;
}

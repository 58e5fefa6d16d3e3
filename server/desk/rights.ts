/** Who may do what, as one table. `screen` sees, and is nowhere in it. */
import type { Role } from '../../shared/api.ts';
import type { Refused } from '../http/ports.ts';

export const RIGHTS = {
  acknowledge: ['duty', 'leader', 'admin'],
  'move-order': ['duty', 'leader', 'admin'],
  // To call a reading suspect takes nothing out of a mean; whatever else is said of one may turn a verdict.
  doubt: ['duty', 'leader', 'admin'],
  review: ['leader', 'admin'],
  // A response level is a leader's word, to start, change or lift; so is lifting an order that it issued.
  level: ['leader', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof RIGHTS;

/** Null where the role has the right. */
export function lacks(role: Role, right: Right): Refused | null {
  const may: readonly Role[] = RIGHTS[right];
  if (may.includes(role)) return null;
  return { ok: false, status: 403, code: 'wrong-role', detail: `this needs one of the roles: ${may.join(', ')}` };
}

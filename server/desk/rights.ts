/** Who may do what, as a refusal: the table itself is in `shared/roles.ts`. */
import { may, type Right, RIGHTS, type Role } from '../../shared/roles.ts';
import type { Refused } from '../http/ports.ts';

/** Null where the role has the right. */
export function lacks(role: Role, right: Right): Refused | null {
  if (may(role, right)) return null;
  return { ok: false, status: 403, code: 'wrong-role', detail: `this needs one of the roles: ${RIGHTS[right].join(', ')}` };
}

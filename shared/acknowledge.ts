/** A person's acknowledgement into facts. It is of one occurrence; the first person wins, and is named to the second. */
import { close } from './alert.ts';
import { isOpen } from './alert-fold.ts';
import type { Draft } from './fact.ts';
import { LIFE, lifeOf } from './life.ts';
import { type Role, SIGNING_ROLES, type SigningRole } from './roles.ts';
import type { Alert } from './situation.ts';

export type Acknowledgement = { by: string; role: Role; occurrence: number; note: string | null; at: number };
export type Acknowledged =
  /** `waits`: roles whose word is still wanted. */
  | { ok: true; drafts: Draft[]; waits: readonly SigningRole[] }
  /** The same person again on the same occurrence: nothing to do, the first result stands. */
  | { ok: true; drafts: []; waits: readonly SigningRole[]; first: { by: string; at: number; note: string | null } }
  | { ok: false; code: 'already-acknowledged'; by: string; at: number }
  | { ok: false; code: 'stale-occurrence'; occurrence: number }
  | { ok: false; code: 'nothing-to-acknowledge' };

const rank = (role: Role): number => (SIGNING_ROLES as readonly Role[]).indexOf(role);

/** Roles whose word an alert still waits for; each signature stands for one of them. */
export function waitsFor({ needs, signed, acknowledged }: Pick<Alert, 'needs' | 'signed' | 'acknowledged'>): SigningRole[] {
  if (acknowledged !== null) return [];
  const had = signed.map(({ role }) => role);
  return needs.filter((role) => !had.includes(role));
}

/** For which of them a person may speak: their own first, else the highest below it; null: for none. */
function speaksFor(waits: readonly SigningRole[], role: Role): SigningRole | null {
  return [...waits].filter((each) => rank(each) <= rank(role)).sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/** Who had said it before somebody of this role could. */
function before({ signed }: Alert, role: Role): { by: string; at: number } | undefined {
  return [...signed].reverse().find((each) => each.role === null || rank(each.role) <= rank(role)) ?? signed.at(-1);
}

/** The facts of an acknowledgement. */
export function acknowledge(alert: Alert, word: Acknowledgement): Acknowledged {
  if (word.occurrence !== alert.occurrence) return { ok: false, code: 'stale-occurrence', occurrence: alert.occurrence };
  const waits = waitsFor(alert);
  const mine = alert.signed.find(({ by }) => by === word.by);
  if (mine !== undefined) return { ok: true, drafts: [], waits, first: { by: mine.by, at: mine.at, note: mine.note } };
  if (alert.acknowledged !== null) return { ok: false, code: 'already-acknowledged', by: alert.acknowledged.by, at: alert.acknowledged.at };
  const slot = alert.needs.length === 0 ? null : speaksFor(waits, word.role);
  const had = before(alert, word.role);
  if (alert.needs.length > 0 && slot === null && had !== undefined) return { ok: false, code: 'already-acknowledged', by: had.by, at: had.at };
  const left = waits.filter((role) => role !== slot);
  if (typeof LIFE[lifeOf(alert)][left.length > 0 ? 'signed' : 'acknowledged'] === 'string') return { ok: false, code: 'nothing-to-acknowledge' };
  return { ok: true, drafts: wordOf(alert, word, { slot, left }), waits: left };
}

type Taken = { slot: SigningRole | null; left: readonly SigningRole[] };

function wordOf(alert: Alert, { by, role, note, at }: Acknowledgement, { slot, left }: Taken): Draft[] {
  const { id, occurrence, drill } = alert;
  const spoken = slot ?? role;
  const as = spoken === 'screen' ? {} : { role: spoken };
  const said: Draft = {
    id: `alert-acknowledged:${id}:${occurrence}${slot === null ? '' : `:${slot}`}`, at, actor: `person:${by}`,
    body: { kind: 'alert-acknowledged', alert: id, occurrence, by, note, drill, ...as, ...(left.length > 0 ? { waits: true } : {}) },
  };
  if (left.length > 0 || isOpen(alert)) return [said];
  return [said, close(alert, at, { code: alert.state === 'withdrawn' ? 'withdrawn' : 'returned' })];
}

/**
 * A shift handed over: what is open is written down, whoever goes signs, whoever comes signs. What nobody has acknowledged does not
 * pass silently: both name it.
 */
import { isCovered } from './alert-fold.ts';
import type { Draft, Fact, FactOf } from './fact.ts';
import type { Handover, Room } from './situation.ts';
import { written } from './written.ts';

type Sheet = FactOf<'handover-offered'>['sheet'];

/** Alerts that ask for somebody now. */
export const asking = ({ alerts }: Pick<Room, 'alerts'>): string[] =>
  Object.values(alerts).filter((alert) => (alert.state === 'unacknowledged' || alert.state === 'returned' || alert.state === 'withdrawn') && !isCovered(alert)).map(({ id }) => id).sort();

/** How many alerts ask for somebody, and how many of them are critical. */
export function askingIn(room: Pick<Room, 'alerts'>): { asking: number; critical: number } {
  const all = asking(room);
  return { asking: all.length, critical: all.filter((id) => room.alerts[id]?.severity === 'critical').length };
}

export type HandoverRefusal = 'unknown-alert' | 'offered-already' | 'asking-unnamed' | 'needs-note' | 'no-handover' | 'same-person' | 'stale-version';
export type HandoverDecided = { ok: true; drafts: Draft[] } | { ok: false; code: HandoverRefusal; asking?: string[]; /** Of the offer that stands. */ by?: string; at?: number; /** What is named and unknown. */ unknown?: string[] };

const named = (given: readonly string[], now: readonly string[]): boolean => now.every((id) => given.includes(id));

/** A name that stands for no alert is a mistake that somebody should hear of, for nothing is passed by it. */
function misnamed({ alerts }: Room, names: readonly string[]): HandoverDecided | null {
  const unknown = names.filter((id) => !Object.hasOwn(alerts, id));
  return unknown.length === 0 ? null : { ok: false, code: 'unknown-alert', unknown };
}

/** `replaces`: the other's offer that this one takes the place of. */
type Offer = { by: string; at: number; note: string; names: readonly string[]; sheet: Sheet; drill: boolean; replaces?: string | undefined };

/** Two who both hand over do not undo each other without a word: one's own offer may be made anew, another's only by naming it. */
function inTheWay({ handover: open }: Room, { by, replaces }: Offer): HandoverDecided | null {
  const waits = open !== null && open.signed === null;
  if (replaces !== undefined) return waits && open.id === replaces ? null : { ok: false, code: 'stale-version' };
  return waits && open.by !== by ? { ok: false, code: 'offered-already', by: open.by, at: open.at } : null;
}

/** Whoever goes: with a note where something asks, and naming all that does. */
export function offer(room: Room, asked: Offer): HandoverDecided {
  const { by, at, note, names, sheet, drill } = asked;
  const barred = inTheWay(room, asked) ?? misnamed(room, names);
  if (barred !== null) return barred;
  if (!named(names, sheet.asking)) return { ok: false, code: 'asking-unnamed', asking: sheet.asking };
  if (sheet.asking.length > 0 && written(note) === '') return { ok: false, code: 'needs-note' };
  return { ok: true, drafts: [{ id: `handover-offered:${at}:${by}`, at, actor: `person:${by}`, body: { kind: 'handover-offered', handover: `${at}:${by}`, by, note, sheet, drill } }] };
}

type Taking = { by: string; at: number; handover: string; names: readonly string[]; drill: boolean };

/** Whoever comes: another person, who names what asks now, which may be more than was written down. */
export function take(room: Room, { by, at, handover, names, drill }: Taking): HandoverDecided {
  const open = room.handover;
  if (open === null || open.signed !== null) return { ok: false, code: 'no-handover' };
  if (open.id !== handover) return { ok: false, code: 'stale-version' };
  if (open.by === by) return { ok: false, code: 'same-person' };
  const wrong = misnamed(room, names);
  if (wrong !== null) return wrong;
  const now = asking(room);
  if (!named(names, now)) return { ok: false, code: 'asking-unnamed', asking: now };
  return { ok: true, drafts: [{ id: `handover-signed:${handover}`, at, actor: `person:${by}`, body: { kind: 'handover-signed', handover, by, asking: now, drill } }] };
}

export function foldHandover(handover: Handover | null, fact: Fact): Handover | null {
  if (fact.kind === 'handover-offered') return { id: fact.handover, by: fact.by, at: fact.at, note: fact.note, sheet: fact.sheet, drill: fact.drill, signed: null };
  if (fact.kind !== 'handover-signed' || handover?.id !== fact.handover) return handover;
  return { ...handover, signed: { by: fact.by, at: fact.at, asking: fact.asking } };
}

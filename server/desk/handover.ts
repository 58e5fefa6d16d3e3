/** A shift handed over: `shared/handover.ts` decides; both sign, and both name what nobody has acknowledged. */
import { type HandoverDecided, type HandoverRefusal, offer, take } from '../../shared/handover.ts';
import { sheetOf } from '../../shared/sheet.ts';
import type { CommandResult, HandoverAsked, HandoverSet, Refused } from '../http/ports.ts';
import { type DeskPorts, notDurable, overtaken } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

const STATUS: Partial<Record<HandoverRefusal, 400 | 404>> = { 'needs-note': 400, 'unknown-alert': 404 };
const SAID = {
  'unknown-alert': 'an alert that is named is not there', 'offered-already': 'somebody else has offered this shift and nobody has taken it: take it, or name that offer in `replaces`',
  'asking-unnamed': 'name every alert that asks for somebody: none passes silently', 'needs-note': 'alerts ask for somebody: say what was done about them',
  'no-handover': 'no shift is being handed over', 'same-person': 'whoever hands over does not take it', 'stale-version': 'the shift was offered anew meanwhile; look again',
} as const satisfies Record<HandoverRefusal, string>;

function refusedBy({ ok: _, code, unknown, ...extra }: Extract<HandoverDecided, { ok: false }>): Refused {
  const which = unknown === undefined ? '' : `: ${unknown.slice(0, 5).map((id) => id.slice(0, 100)).join(', ')}`;
  return { ok: false, status: STATUS[code] ?? 409, code, detail: `${SAID[code]}${which}`, extra };
}

async function inTurn(ports: DeskPorts, asked: HandoverAsked): Promise<CommandResult<HandoverSet>> {
  const at = ports.now();
  const drill = ports.drillOn(ports.civil.day(at));
  const { by, names } = asked;
  const decided = 'take' in asked ? take(ports.room(), { by, at, handover: asked.take, names, drill })
    : offer(ports.room(), { by, at, note: asked.note, names, drill, replaces: asked.replaces, sheet: sheetOf(ports.room(), { at, ...ports.doubts() }) });
  if (!decided.ok) {
    return refusedBy(decided);
  }
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  const now = ports.room().handover;
  if (written.facts.length === 0 || now === null) return overtaken;
  return { ok: true, status: 200, body: { handover: now.id, by, at, signed: now.signed !== null } };
}

export const handOver = (ports: DeskPorts, turns: Turns) => async (asked: HandoverAsked): Promise<CommandResult<HandoverSet>> =>
  lacks(asked.role, 'handover') ?? turns('handover', () => inTurn(ports, asked));

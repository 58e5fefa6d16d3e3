import { issueLevel, levelVersion, type LevelRefusal } from '../../shared/response.ts';
import type { CommandResult, LevelAsked, LevelSet, Refused } from '../http/ports.ts';
import { notDurable, overtaken, type DeskPorts } from './ports.ts';
import { lacks } from './rights.ts';
import { RESPONSE } from './order.ts';
import type { Turns } from './turns.ts';

const STATUS = {
  'unknown-ladder': 400, 'unknown-level': 400, 'no-areas': 400, 'level-unchanged': 409, 'not-in-force': 409,
} as const satisfies Record<LevelRefusal, 400 | 409>;

function checked({ areas, room }: DeskPorts, asked: LevelAsked): Refused | null {
  const strange = asked.areas.filter((area) => !areas.includes(area));
  if (strange.length > 0) return { ok: false, status: 400, code: 'unknown-area', detail: `no such area: ${strange.join(', ')}` };
  const barred = lacks(asked.role, 'level');
  if (barred !== null) return barred;
  const version = levelVersion(room().levels, asked.ladder, asked.areas);
  if (asked.ifMatch === null || asked.ifMatch === version) return null;
  return { ok: false, status: 409, code: 'stale-version', detail: 'the levels of these areas were changed meanwhile', extra: { version } };
}

async function inTurn(ports: DeskPorts, asked: LevelAsked): Promise<CommandResult<LevelSet>> {
  const barred = checked(ports, asked);
  if (barred !== null) return barred;
  const { plan, civil } = ports;
  const at = ports.now();
  const { ladder, level, areas, reason, by } = asked;
  const issued = issueLevel({ plan, room: ports.room(), command: { ladder, level, areas, reason }, by, at, drill: ports.drillOn(civil.day(at)), civil });
  if (!issued.ok) return { ...issued, status: STATUS[issued.code] };
  const written = await ports.journal.command(issued.drafts);
  if (!written.ok) return notDurable;
  if (written.facts.length === 0) return overtaken;
  return { ok: true, status: 200, body: { level, orders: issued.orders.map((id) => ({ id })) } };
}

/** Levels and orders share one turn: a level lifts and issues orders, and must see each as it stands. */
export const setLevel = (ports: DeskPorts, turns: Turns) => (asked: LevelAsked): Promise<CommandResult<LevelSet>> =>
  turns(RESPONSE, () => inTurn(ports, asked));

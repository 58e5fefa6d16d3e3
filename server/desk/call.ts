/** Somebody was called about what no machine could tell anybody: `shared/calls.ts` decides. */
import { called } from '../../shared/owed-calls.ts';
import type { CallAsked, CallSet, CommandResult } from '../http/ports.ts';
import { type DeskPorts, notDurable, overtaken } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

async function inTurn(ports: DeskPorts, { by, calls, spoke, note }: CallAsked): Promise<CommandResult<CallSet>> {
  const at = ports.now();
  const decided = called(ports.room().calls, { by, at, calls, spoke, note });
  if (!decided.ok) return { ok: false, status: 404, code: decided.code, detail: 'none of these calls is owed: somebody else may have made them' };
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  const made = written.facts.flatMap((fact) => (fact.kind === 'call-made' ? fact.calls : []));
  return made.length === 0 ? overtaken : { ok: true, status: 200, body: { calls: made.length, by, at, spoke } };
}

export const call = (ports: DeskPorts, turns: Turns) => async (asked: CallAsked): Promise<CommandResult<CallSet>> =>
  lacks(asked.role, 'call') ?? turns('calls', () => inTurn(ports, asked));

/**
 * Keys that outlive the server: every fact of a command says under which key it was asked for, and whoever sends the same again after
 * a start, also after a kill, is answered from the journal what they were answered then (`answers.ts`). What was refused made no fact, and
 * is decided anew.
 */
import type { Fact } from '../../shared/fact.ts';
import type { Once } from '../../shared/once.ts';
import { printOf } from '../../shared/print.ts';
import type { Asked, CommandResult } from '../http/ports.ts';
import type { AskedBefore, CommandJournal } from './ports.ts';
import { type Command, createRepeats, reused } from './repeats.ts';
import type { Turns } from './turns.ts';

export type LastingPorts = { machine: () => number; journal: CommandJournal; asked: AskedBefore };
/** What a command answered when it was asked for this and made these facts; null: they do not say. */
export type Answer<A, B> = (asked: A, facts: readonly Fact[]) => Promise<B | null> | B | null;
type Lasting<P, A, B> = { command: string; make: (ports: P, turns: Turns) => Command<A, B>; answer: Answer<A, B> };

const stamped = (journal: CommandJournal, once: Once): CommandJournal => ({ command: (drafts) => journal.command(drafts.map((draft) => ({ ...draft, once }))) });

/** Null: the journal does not say, so that it is asked for the first time. */
async function answered<A, B>(asked: A, facts: readonly Fact[], { once: { by, key, of }, answer }: { once: Once; answer: Answer<A, B> }): Promise<CommandResult<B> | null> {
  const made = facts.filter(({ once }) => once?.by === by && once.key === key);
  if (made.some(({ once }) => once?.of !== of)) return reused;
  const body = made.length === 0 ? null : await answer(asked, made);
  return body === null ? null : { ok: true, status: 200, body };
}

/** Commands of which each is done at most once under a key. */
export function createLasting<P extends LastingPorts>(ports: P, turns: Turns) {
  const repeats = createRepeats(ports.machine);
  return <A extends Asked, B>({ command, make, answer }: Lasting<P, A, B>): Command<A, B> => repeats(command, async (asked: A, what) => {
    const { by, key } = asked;
    if (key === null) return make(ports, turns)(asked);
    const once: Once = { by, key, of: printOf(what) };
    const before = ports.asked(by, key);
    const known = before === null ? null : await answered(asked, await before, { once, answer });
    return known ?? make({ ...ports, journal: stamped(ports.journal, once) }, turns)(asked);
  });
}

/**
 * `Idempotency-Key`: a person who sends the same thing again (a lost answer, a double click) gets the first answer.
 * Bounded in number and in machine time.
 */
import type { Asked, CommandResult, Refused } from '../http/ports.ts';

const DAY = 24 * 3_600_000;
const MOST = 10_000;

type Known = { what: string; at: number; result: Promise<CommandResult<unknown>> };
export type Repeats = <A extends Asked, B>(command: string, work: (asked: A) => Promise<CommandResult<B>>) => (asked: A) => Promise<CommandResult<B>>;

export const reused: Refused = { ok: false, status: 409, code: 'key-reused', detail: 'this Idempotency-Key was used for something else' };

/** What may well come out otherwise next time is not remembered. */
const isFinal = (result: CommandResult<unknown>): boolean => result.ok || (result.status !== 503 && result.status !== 403);

function forgetOld(known: Map<string, Known>, now: number): void {
  for (const [key, { at }] of known) {
    if (known.size <= MOST && now - at < DAY) return;
    known.delete(key);
  }
}

export function createRepeats(machine: () => number): Repeats {
  const known = new Map<string, Known>();
  return <A extends Asked, B>(command: string, work: (asked: A) => Promise<CommandResult<B>>) => async (asked: A) => {
    if (asked.key === null) return work(asked);
    const key = JSON.stringify([asked.by, asked.key]);
    const { role: _, ifMatch: __, ...rest } = asked;
    const what = JSON.stringify([command, rest]);
    forgetOld(known, machine());
    const first = known.get(key);
    if (first !== undefined) return first.what === what ? (first.result as Promise<CommandResult<B>>) : reused;
    const result = work(asked);
    known.set(key, { what, at: machine(), result });
    const forget = () => { known.delete(key); };
    void result.then((done) => { if (!isFinal(done)) forget(); }, forget);
    return result;
  };
}

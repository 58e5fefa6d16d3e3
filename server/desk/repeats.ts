/**
 * `Idempotency-Key`: a person who sends the same thing again (a lost answer, a double click) gets the first answer.
 * Bounded in number and in machine time.
 */
import { MOST_KEYS, REMEMBERED } from '../../shared/once.ts';
import type { Asked, CommandResult, Refused } from '../http/ports.ts';

type Known = { what: string; at: number; result: Promise<CommandResult<unknown>> };
export type Command<A, B> = (asked: A) => Promise<CommandResult<B>>;
/** `what`: all that was asked for, as one text. */
export type Repeats = <A extends Asked, B>(command: string, work: (asked: A, what: string) => Promise<CommandResult<B>>) => Command<A, B>;

export const reused: Refused = { ok: false, status: 409, code: 'key-reused', detail: 'this Idempotency-Key was used for something else' };

/** What may well come out otherwise next time is not remembered. */
const isFinal = (result: CommandResult<unknown>): boolean => result.ok || (result.status !== 503 && result.status !== 403);

function forgetOld(known: Map<string, Known>, now: number): void {
  for (const [key, { at }] of known) {
    if (known.size <= MOST_KEYS && now - at < REMEMBERED) return;
    known.delete(key);
  }
}

/** One text for one meaning, whatever order its fields came in. */
const inOrder = (_: string, value: unknown): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

/** Whoever asks again may have another role by now, or have seen another version. */
function whatOf(command: string, { role: _, ifMatch: __, ...rest }: Asked): string {
  return JSON.stringify([command, rest], inOrder);
}

export function createRepeats(machine: () => number): Repeats {
  const known = new Map<string, Known>();
  return <A extends Asked, B>(command: string, work: (asked: A, what: string) => Promise<CommandResult<B>>) => async (asked: A) => {
    const what = whatOf(command, asked);
    if (asked.key === null) return work(asked, what);
    const key = JSON.stringify([asked.by, asked.key]);
    forgetOld(known, machine());
    const first = known.get(key);
    if (first !== undefined) return first.what === what ? (first.result as Promise<CommandResult<B>>) : reused;
    const result = work(asked, what);
    known.set(key, { what, at: machine(), result });
    const forget = () => { known.delete(key); };
    void result.then((done) => { if (!isFinal(done)) forget(); }, forget);
    return result;
  };
}

/**
 * What no machine could tell anybody: somebody at the desk is to call whoever is on duty. It stands until somebody says that they
 * have, and with whom they spoke.
 */
import type { Name } from './event.ts';
import type { Draft, Fact } from './fact.ts';
import type { Seat } from './seat.ts';

/** The channel of a receipt that says that somebody was called; no channel of `duty.yaml` can have this name. */
export const CALLED = '@call';

/** `id`: of the fact that nobody was told of; `what`: what kind of telling it was; `alert`: the one it is about, or null; `to`: who was on duty then, whom to call first. */
export type Call = {
  id: string; what: string; alert: string | null; occurrence: number | null; said: Name; at: number; drill: boolean;
  to: readonly { id: string; name: string; seat: Seat }[];
};
export type Calls = Readonly<Record<string, Call>>;

export function foldCalls(calls: Calls, fact: Fact): Calls {
  if (fact.kind === 'call-owed') {
    const { call: id, what, about, said, to, at, drill } = fact;
    return { ...calls, [id]: { id, what, alert: about?.alert ?? null, occurrence: about?.occurrence ?? null, said, to, at, drill } };
  }
  if (fact.kind !== 'call-made') return calls;
  const made = new Set(fact.calls);
  return Object.fromEntries(Object.entries(calls).filter(([id]) => !made.has(id)));
}

type Word = { by: string; at: number; calls: readonly string[]; spoke: string; note: string | null };
export type CallDecided = { ok: true; drafts: Draft[] } | { ok: false; code: 'unknown-call' };

/** On the alert it is a receipt like that of any channel. */
function receipt({ id, alert, occurrence, what, drill }: Call, { by, at, spoke }: Word): Draft[] {
  if (alert === null || occurrence === null) return [];
  return [{
    id: `alert-told:${id}|${CALLED}`, at, actor: `person:${by}`,
    body: { kind: 'alert-told', alert, occurrence, what, channel: CALLED, state: 'delivered', reason: null, next: null, person: spoke, drill },
  }];
}

/** Somebody was called about these; those of which somebody else said so before are passed over, unless it is all of them. */
export function called(owed: Calls, word: Word): CallDecided {
  const made = [...new Set(word.calls)].filter((id) => Object.hasOwn(owed, id)).flatMap((id) => owed[id] ?? []);
  const [first] = made;
  if (first === undefined) return { ok: false, code: 'unknown-call' };
  const { by, at, spoke, note } = word;
  const drill = made.every((call) => call.drill);
  const said: Draft = { id: `call-made:${at}:${by}:${first.id}`, at, actor: `person:${by}`, body: { kind: 'call-made', calls: made.map(({ id }) => id), by, spoke, note, drill } };
  return { ok: true, drafts: [said, ...made.flatMap((call) => receipt(call, word))] };
}

/**
 * The outbox of a data folder that was put back from a copy. What it owed may have been sent since by the room it was copied of: what
 * the journal says was delivered stays so; what still stands is owed again and says so; what is past is not sent, and the desk has it as undelivered.
 */
import type { Fact } from '../../shared/fact.ts';
import type { Alert } from '../../shared/situation.ts';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import { type Box, type Owed, ROSTER } from './box.ts';
import { inBoth } from './routing.ts';
import { restoredSaid } from './wording.ts';

export type RestoredParts = {
  box: Box; alert: (id: string) => Alert | undefined;
  /** A page of the journal, by `seq`. */
  journal: (after: number, limit: number) => Promise<readonly Fact[]>;
  now: () => number;
};

/** The note of when it was put back; nought once that has been seen to. */
export const RESTORED = 'restored';
const [MOST, PAGE] = [100_000, 1_000];
const PAST: readonly string[] = ['returned', 'withdrawn', 'closed'];

/** Ids of messages that the journal has as delivered. */
async function deliveredAfter(seq: number | null, { journal }: RestoredParts): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (seq === null) return found;
  let after = seq;
  for (let page = await journal(after, PAGE); page.length > 0; page = await journal(after, PAGE)) {
    for (const fact of page) if (fact.kind === 'alert-told' && fact.state === 'delivered') found.add(fact.id.slice('alert-told:'.length));
    after = page.at(-1)?.seq ?? after + PAGE;
  }
  return found;
}

/** Whether it is to be told although time has passed. */
function stands(message: Owed, { box, alert: alertOf }: RestoredParts): boolean {
  const { what, alert: id, occurrence } = message;
  if (id === null) return what === 'level' || what === 'resolved';
  if (what === 'resolved') return message.channel === ROSTER ? box.reached(id, message.seq).length > 0 : box.toldBefore(message);
  const alert = alertOf(id);
  if (alert === undefined || PAST.includes(alert.state) || alert.occurrence !== occurrence) return false;
  return what === 'raised' || alert.state === 'unacknowledged';
}

/** Once after it was put back, and before anything is sent. */
export async function takeUp(parts: RestoredParts): Promise<void> {
  const { box, now } = parts;
  if ((box.noted(RESTORED) ?? 0) === 0) return;
  const queued = [...box.owing(), ROSTER].flatMap((channel) => box.owed(channel, MOST)).sort((a, b) => a.seq - b.seq);
  const known = await deliveredAfter(queued[0]?.seq ?? null, parts);
  const settle = (some: readonly Owed[], state: 'delivered' | 'failed'): void => { box.settle(some.map(({ id }) => id), { state, reason: state === 'failed' ? UNDELIVERED.restored : null, now: now() }); };
  box.together(() => {
    settle(queued.filter(({ id }) => known.has(id)), 'delivered');
    // One after the other: whether an end is told depends on what has become of its beginning.
    for (const message of queued.filter(({ id }) => !known.has(id))) {
      if (stands(message, parts)) box.reword(message.id, inBoth((language) => ({ ...message.said[language], text: `${message.said[language].text}\n${restoredSaid(language)}` })));
      // Nobody is to be called about what is past: that no channel delivered it is on the alert.
      else settle([message], message.channel === ROSTER ? 'delivered' : 'failed');
    }
    box.note(RESTORED, 0);
  });
}

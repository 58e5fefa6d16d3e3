/** What the desk is handed. It decides, the journal makes durable, and only then is anybody told. */
import type { Draft, Fact } from '../../shared/fact.ts';
import type { Ledger } from '../../shared/ledger.ts';
import type { Plan } from '../../shared/response.ts';
import type { Alert, Room } from '../../shared/situation.ts';
import type { Civil } from '../../shared/time.ts';
import type { CommandResult, Refused } from '../http/ports.ts';
import type { ReadingsStore } from '../readings/store.ts';
import type { Reviewed } from '../review.ts';

/** The sequencer's end for people: all drafts durable and folded into the room, or none of them happened. */
export type CommandJournal = { command: (drafts: Draft[]) => Promise<{ ok: true; facts: Fact[] } | { ok: false; reason: 'not-durable' }> };

/** The facts that a person asked for under a key, from the journal; null: that it was used is not remembered there. */
export type AskedBefore = (by: string, key: string) => Promise<readonly Fact[]> | null;

/** What a reviewer's word is about, and where it goes once it is durable. */
export type ReviewPorts = {
  knows: (station: string) => boolean;
  ledger: Ledger;
  /** Resolves when what was averaged until now is kept; false: the disk refuses. */
  settled: () => Promise<boolean>;
  revisions: ReadingsStore['revisions'];
  apply: (facts: readonly Fact[]) => Promise<Reviewed>;
  replaying: () => boolean;
};

export type DeskPorts = {
  /** The room as journalled so far; what `command` made durable is in it when `command` resolves. */
  room: () => Room;
  /** An alert as shown that is at hand. */
  alert: (id: string) => Alert | undefined;
  /** One that has closed long ago, from the journal. Judgement does not move it any more, and people in its turn only. */
  longClosed: (id: string) => Promise<Alert | undefined>;
  /** Stations whose data is in doubt: for the sheet of a handover. */
  doubts: () => { suspect: readonly string[] };
  /** Event time. */
  now: () => number;
  /** Machine time, for how long an idempotency key is remembered. */
  machine: () => number;
  journal: CommandJournal;
  asked: AskedBefore;
  /** Every fact about an alert or an order, oldest first. */
  about: (of: 'alert' | 'order', id: string) => Promise<readonly Fact[]>;
  readings: ReviewPorts;
  plan: Plan;
  /** Ids of the network's areas. */
  areas: readonly string[];
  civil: Civil;
  /** Whether a civil day belongs to a drill phase of the calendar. */
  drillOn: (day: string) => boolean;
};

/** The turn of what is said about one alert. */
export const alertTurn = (id: string): string => `alert:${id}`;

/** Makes drafts about an alert durable and answers with the alert as it is then. */
export async function settle(ports: DeskPorts, { id, drafts }: { id: string; drafts: Draft[] }): Promise<CommandResult<{ alert: Alert }>> {
  const written = await ports.journal.command(drafts);
  if (!written.ok) return notDurable;
  const alert = ports.alert(id) ?? await ports.longClosed(id);
  if (written.facts.length === 0 || alert === undefined) return overtaken;
  return { ok: true, status: 200, body: { alert } };
}

export const noAlert = (id: string): Refused => ({ ok: false, status: 404, code: 'unknown-alert', detail: `no alert "${id}"` });

/** Whether the person saw another version than there is; null: no, or they did not say. */
export function staleVersion({ version }: Alert, ifMatch: number | null): Refused | null {
  if (ifMatch === null || ifMatch === version) return null;
  return { ok: false, status: 409, code: 'stale-version', detail: `the alert is at version ${version} by now, not ${ifMatch}`, extra: { version } };
}

export const notDurable: Refused = {
  ok: false, status: 503, code: 'not-durable', detail: 'the journal could not make this durable; nothing was done, try again',
};

/** The journal has this very fact already: somebody was first between the look and the leap. */
export const overtaken: Refused = {
  ok: false, status: 409, code: 'stale-version', detail: 'somebody else did the same just now; look again',
};

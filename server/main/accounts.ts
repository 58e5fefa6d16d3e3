/** The accounts put beside a house: what is done to them at its desk, and what is noticed to have been done elsewhere. */
import type { Access } from '../access/access.ts';
import { bookOf, changesBetween } from '../access/changes.ts';
import { createAccountDesk } from '../desk/account-desk.ts';
import { voided } from '../desk/accounts.ts';
import type { AccountPorts } from '../http/account-ports.ts';
import type { JournalStore } from '../journal/journal.ts';
import { EVENT_SOURCE, type House } from './house.ts';

/** What a killed server had begun to change: done where the journal knows of it, voided where it cannot be done any more, else forgotten. */
export async function endPlanned({ journal, sequencer, clock }: House, access: Access): Promise<void> {
  const planned = access.planned();
  if (planned.length === 0) return;
  const told = await holding(journal);
  for (const fact of planned) {
    const done = !told.has(fact) || access.carryOut(fact) || await voided(sequencer, { fact, by: 'system', at: clock.now(), actor: 'system' });
    if (done) access.forget(fact);
  }
}

/** Ids of the facts about accounts and tokens that hold, in their order. */
async function holding(journal: JournalStore): Promise<Set<string>> {
  const facts = await journal.about('kind', ['account-changed', 'token-changed', 'command-voided']);
  const gone = new Set(facts.flatMap((fact) => (fact.kind === 'command-voided' ? [fact.of] : [])));
  return new Set(facts.flatMap(({ id }) => (gone.has(id) ? [] : [id])));
}

/** How often it is looked at, machine milliseconds: what a command of this machine did stands in the journal that soon. */
const EVERY = 5_000;

/** `begin`: from now on what others change is told, until what it answers is called. */
export type Accounts = { commands: AccountPorts; begin: () => () => void };

export function openAccounts({ room, clock, machine, sequencer, config }: House, access: Access): Accounts {
  let [known, changes, told] = [bookOf(access), access.changes(), 0];
  let timer: NodeJS.Timeout | null = null;
  const take = (): void => { known = bookOf(access); changes = access.changes(); };
  const look = (): void => {
    // Before the first start has made its accounts there is nobody to tell of.
    if (timer === null || access.changes() === changes) return;
    const found = changesBetween(known, bookOf(access));
    take();
    room.append(found.map((body) => ({ id: `${body.kind}:noticed:${machine()}:${++told}`, at: clock.now(), actor: 'system', body })));
  };
  const sources = [EVENT_SOURCE, ...config.sources.map(({ id }) => id)];
  const commands = createAccountDesk({ access, journal: sequencer, now: clock.now, machine, watch: { look, take }, sources });
  return {
    commands,
    begin: () => {
      take();
      timer = setInterval(look, EVERY);
      return () => { clearInterval(timer ?? undefined); };
    },
  };
}

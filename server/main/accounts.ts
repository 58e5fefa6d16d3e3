/** The accounts put beside a house: what is done to them at its desk, and what is noticed to have been done elsewhere. */
import type { Access } from '../access/access.ts';
import { type Book, bookOf, changesBetween, standing, toldBy } from '../access/changes.ts';
import { createAccountDesk } from '../desk/account-desk.ts';
import { voided } from '../desk/accounts.ts';
import type { AccountPorts } from '../http/account-ports.ts';
import type { JournalStore } from '../journal/journal.ts';
import { accessTold } from '../../shared/access-told.ts';
import { CANARY_SOURCE } from '../../shared/canary.ts';
import type { FactBody } from '../../shared/fact.ts';
import { EVENT_SOURCE, type House, SIMULATED_SOURCE } from './house.ts';
import { askedBefore } from './ports.ts';

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

/** Tokens that the room makes for itself anew at each start: they are nobody's. */
const ownSource = ({ air }: House): string | null => (air === 'simulated' ? SIMULATED_SOURCE : air === 'live' ? CANARY_SOURCE : null);

/**
 * What the journal does not know at a start. Of a first start, and of a journal from before it was told of this, what stands, once: without
 * it nobody could say what is new, and each account as a change would be told as what it is not.
 */
async function untold(house: House, access: Access): Promise<FactBody[]> {
  const { people, tokens } = bookOf(access);
  const book: Book = { people, tokens: tokens.filter(({ kind, name }) => kind !== 'source' || name !== ownSource(house)) };
  const told = accessTold(await house.journal.about('kind', ['account-changed', 'token-changed', 'access-stands', 'command-voided']));
  return told === null ? [standing(book)] : changesBetween(told, book, 'down');
}

/** How often it is looked at, machine milliseconds: what a command of this machine did stands in the journal that soon. */
const EVERY = 5_000;

/** `begin`: what others have changed while the room was down is told, and from now on what they change, until what it answers is called. */
export type Accounts = { commands: AccountPorts; begin: () => Promise<() => void> };

export function openAccounts(house: House, access: Access): Accounts {
  const { room, clock, machine, sequencer, config } = house;
  let [known, changes, told] = [toldBy(bookOf(access)), access.changes(), 0];
  let timer: NodeJS.Timeout | null = null;
  const take = (): void => { known = toldBy(bookOf(access)); changes = access.changes(); };
  const tell = (found: readonly FactBody[]): void => { room.append(found.map((body) => ({ id: `${body.kind}:noticed:${machine()}:${++told}`, at: clock.now(), actor: 'system', body }))); };
  const look = (): void => {
    // Before the first start has made its accounts there is nobody to tell of.
    if (timer === null || access.changes() === changes) return;
    const found = changesBetween(known, bookOf(access), 'console');
    take();
    tell(found);
  };
  const sources = [EVENT_SOURCE, ...config.sources.map(({ id }) => id)];
  const commands = createAccountDesk({ access, journal: sequencer, asked: askedBefore(house), now: clock.now, machine, watch: { look, take }, sources });
  return {
    commands,
    begin: async () => {
      tell(await untold(house, access));
      take();
      timer = setInterval(look, EVERY);
      return () => {
        look();
        clearInterval(timer ?? undefined);
      };
    },
  };
}

/** What waits to be sent to screens: facts in order, and of each cell only the newest, for it replaces the others. */
import { cellKey, type Cell } from '../../shared/air.ts';
import type { Fact } from '../../shared/fact.ts';
import type { AirMessage, FactsMessage } from '../../shared/wire.ts';

/** How far a screen, or all of them, have been told. */
export type Told = { seq: number; airSeq: number };

export type Pending = {
  facts: (more: readonly Fact[]) => void;
  air: (message: AirMessage) => void;
  /** What of it is news to somebody told so far; null: nothing. */
  factsAfter: (seq: number) => FactsMessage | null;
  airAfter: (airSeq: number) => AirMessage | null;
  /** How far somebody is who has been told all of it. */
  told: (before: Told) => Told;
  clear: () => void;
};

export function createPending(): Pending {
  let facts: Fact[] = [];
  let air: { from: number; to: number } | null = null;
  const cells = new Map<string, Cell>();
  return {
    facts: (more) => { for (const fact of more) facts.push(fact); },
    air: ({ from, to, cells: moved }) => {
      air = air === null ? { from, to } : { from: air.from, to };
      for (const cell of moved) cells.set(cellKey(cell), cell);
    },
    factsAfter: (seq) => {
      const news = facts.filter((fact) => fact.seq > seq);
      const [first] = news;
      const last = news.at(-1);
      return first === undefined || last === undefined ? null : { from: first.seq, to: last.seq, facts: news };
    },
    airAfter: (airSeq) => {
      if (air === null || air.to <= airSeq) return null;
      // A cell that the screen has already comes again as it is: it is replaced by itself.
      return { from: Math.max(air.from, airSeq + 1), to: air.to, cells: [...cells.values()] };
    },
    told: (before) => ({ seq: Math.max(before.seq, facts.at(-1)?.seq ?? 0), airSeq: Math.max(before.airSeq, air?.to ?? 0) }),
    clear: () => {
      facts = [];
      air = null;
      cells.clear();
    },
  };
}

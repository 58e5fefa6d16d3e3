/** What the room no longer has in hand: every alert and order there ever was, with every fact about it, found in the journal. */
import { AlertBook } from '../shared/book.ts';
import type { Fact } from '../shared/fact.ts';
import { type Listed, type Page, pageOf } from '../shared/page.ts';
import { foldResponse } from '../shared/response.ts';
import type { Alert, Order } from '../shared/situation.ts';
import type { JournalStore } from './journal/journal.ts';

/** An alert with every fact about it, oldest first. */
export type AlertFile = { alert: Alert; history: readonly Fact[] };

/** `shownOnly`: facts that are shown and not durable yet; `until`: only facts of no later event time. */
type Parts = { journal: Pick<JournalStore, 'about' | 'begun' | 'latest'>; shownOnly?: () => Fact[]; until?: number };

/** Alerts at a time: more would hold up the room. */
const PAGE = 500;

const byPeriod = { from: -Infinity, to: Infinity };

export class Archive {
  private readonly journal: Parts['journal'];
  private readonly shownOnly: () => Fact[];
  private readonly until: number;

  constructor({ journal, shownOnly = () => [], until = Infinity }: Parts) {
    this.journal = journal;
    this.shownOnly = shownOnly;
    this.until = until;
  }

  async file(id: string): Promise<AlertFile | undefined> {
    return (await this.files([id]))[0];
  }

  async alert(id: string): Promise<Alert | undefined> {
    return (await this.file(id))?.alert;
  }

  /** Files of these alerts, in their order; those that nobody knows are left out. */
  async files(ids: readonly string[]): Promise<AlertFile[]> {
    const found: AlertFile[] = [];
    for (let at = 0; at < ids.length; at += PAGE) found.push(...await this.page(ids.slice(at, at + PAGE)));
    return found;
  }

  private async page(ids: readonly string[]): Promise<AlertFile[]> {
    // Asked for first: what is written meanwhile is in the journal then.
    const shown = this.shownOnly().filter((fact) => 'alert' in fact);
    const facts = joined(await this.journal.about('alert', ids), shown).filter(({ at }) => at <= this.until);
    const book = new AlertBook({}, { forgets: false });
    book.take(facts);
    const histories = new Map<string, Fact[]>(ids.map((id) => [id, []]));
    for (const fact of facts) if ('alert' in fact) histories.get(fact.alert)?.push(fact);
    return ids.flatMap((id) => { const alert = book.of(id); return alert === undefined ? [] : [{ alert, history: histories.get(id) ?? [] }]; });
  }

  /** Ids of the alerts whose period starts in `[from, to)`, in the order in which they were raised first. */
  async begun({ from, to }: { from: number; to: number } = byPeriod): Promise<string[]> {
    const shown = this.shownOnly().flatMap((fact) => (fact.kind === 'alert-raised' && fact.period.start >= from && fact.period.start < to ? [fact.alert] : []));
    return [...new Set([...await this.journal.begun({ of: 'alert', from, to }), ...shown])];
  }

  /** A page of the alerts there ever were, the latest period first. */
  async latest(page: Page): Promise<Listed[]> {
    const shown = this.shownOnly().flatMap((fact) => (fact.kind === 'alert-raised' ? [{ id: fact.alert, start: fact.period.start }] : []));
    return pageOf([...await this.journal.latest(page), ...shown], page);
  }

  /** Every fact about alerts whose period starts in a span, in order. */
  async alertFacts(span: { from: number; to: number }): Promise<Fact[]> {
    return (await this.files(await this.begun(span))).flatMap(({ history }) => history).sort((a, b) => a.seq - b.seq);
  }

  /** Orders that were issued in `[from, to)`, as they stand. */
  async orders({ from, to }: { from: number; to: number }): Promise<Order[]> {
    const shown = this.shownOnly().filter((fact) => 'order' in fact);
    const fresh = shown.flatMap((fact) => (fact.kind === 'order-issued' && fact.at >= from && fact.at < to ? [fact.order] : []));
    const ids = [...new Set([...await this.journal.begun({ of: 'order', from, to }), ...fresh])];
    const facts = joined(await this.journal.about('order', ids), shown).filter(({ at }) => at <= this.until);
    const histories = new Map<string, Fact[]>(ids.map((id) => [id, []]));
    for (const fact of facts) if ('order' in fact) histories.get(fact.order)?.push(fact);
    return ids.flatMap((id) => orderOf(id, histories.get(id) ?? []));
  }
}

/** Both in order of `seq`, each fact once. */
function joined(facts: readonly Fact[], shown: readonly Fact[]): Fact[] {
  const known = new Set(facts.map(({ seq }) => seq));
  return [...facts, ...shown.filter(({ seq }) => !known.has(seq))].sort((a, b) => a.seq - b.seq);
}

function orderOf(id: string, facts: readonly Fact[]): Order[] {
  const { orders } = facts.reduce(foldResponse, { orders: {}, levels: {} });
  const order = orders[id];
  return order === undefined ? [] : [order];
}

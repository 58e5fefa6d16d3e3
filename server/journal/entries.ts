/** What a fact is found by: the alert or order it is about, the point that is shelved, its kind. */
import type { Fact } from '../../shared/fact.ts';
import { type Listed, type Page, pageOf } from '../../shared/page.ts';
import { pointOf } from '../../shared/point.ts';
import type { Began, Sought } from './journal.ts';

/** What a fact is registered under. */
export type Entry = { name: string; begun?: number; point?: string };

const KINDS: readonly Fact['kind'][] = [
  'journal-opened', 'readings-revised', 'readings-reviewed', 'level-changed', 'account-changed', 'token-changed', 'access-stands', 'command-voided',
];
export const named = (of: Sought | 'point', id: string): string => `${of}:${id}`;

/** A shelving is about all alerts of its point, whichever it was said of. */
export function entriesOf(fact: Fact): Entry[] {
  if (KINDS.includes(fact.kind)) return [{ name: named('kind', fact.kind) }];
  if ('order' in fact) return [{ name: named('order', fact.order), ...(fact.kind === 'order-issued' ? { begun: fact.at } : {}) }];
  if (!('alert' in fact)) return [];
  const name = named('alert', fact.alert);
  switch (fact.kind) {
    case 'alert-raised': return [{ name, begun: fact.period.start, point: named('point', pointOf({ ...fact, kind: fact.alertKind })) }];
    case 'alert-shelved': case 'alert-unshelved': return [{ name }, { name: named('point', pointOf({ ...fact, kind: fact.alertKind })) }];
    default: return [{ name }];
  }
}

export type Unregistered = { seq: number; entries: readonly Entry[] };
export const unregistered = (facts: readonly Fact[]): Unregistered[] => facts.map((fact) => ({ seq: fact.seq, entries: entriesOf(fact) }));

/** The names that these mean among facts that are in no register: of an alert its point too. */
export function widened(names: readonly string[], tail: readonly Unregistered[]): Set<string> {
  const wanted = new Set(names);
  for (const { entries } of tail) for (const { name, point } of entries) if (point !== undefined && wanted.has(name)) wanted.add(point);
  return wanted;
}

export const aboutIn = (tail: readonly Unregistered[], wanted: ReadonlySet<string>): number[] =>
  tail.filter(({ entries }) => entries.some(({ name }) => wanted.has(name))).map(({ seq }) => seq);

/** As the register answers: the last that was said of when it began counts. */
function placesIn(tail: readonly Unregistered[], { of, from, to }: Began): Listed[] {
  const began = new Map<string, number>();
  const prefix = named(of, '');
  for (const { entries } of tail) for (const { name, begun } of entries) if (begun !== undefined && name.startsWith(prefix)) began.set(name, begun);
  return [...began].filter(([, begun]) => begun >= from && begun < to).map(([name, start]) => ({ id: name.slice(prefix.length), start }));
}

export const begunIn = (tail: readonly Unregistered[], began: Began): string[] => placesIn(tail, began).map(({ id }) => id);

export const latestIn = (tail: readonly Unregistered[], page: Page): Listed[] => pageOf(placesIn(tail, { ...page, of: 'alert' }), page);


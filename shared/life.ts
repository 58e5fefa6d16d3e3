/**
 * The life of an alert as one table: where each happening leads from each state, and the facts that say so. After ISA-18.2
 * (IEC 62682); *held* is ours: the condition is unknown for want of data, so an alert without data never clears itself.
 * `alert.ts` goes by this table and `life.md` is printed from it.
 */
import type { AlertFactKind } from './fact.ts';

export const LIFE_STATES = [
  'none', 'unacknowledged', 'acknowledged', 'held-unacknowledged', 'held-acknowledged', 'returned', 'withdrawn', 'closed',
] as const;
/** `none`: there never was one. A closed one stays at hand while its period could bring it back. */
export type LifeState = (typeof LIFE_STATES)[number];

export const HAPPENINGS = [
  // What judgement says.
  'over', 'graver', 'revalued', 'unknown', 'under', 'revised', 'superseded', 'unlimited', 'period-over',
  // What people and time do.
  'signed', 'acknowledged', 'again',
] as const;
/**
 * `over`: over the limit, as news; `graver`: over, and of a higher severity; `revalued`: a revision changed the figure of a
 * breach; `revised`: a revision took the ground of a breach away; `superseded`: another alert says more; `unlimited`: no limit
 * holds any more; `period-over`: the period stopped being news. `signed`: one of several roles that must acknowledge did;
 * `again`: an acknowledgement expired, or a shelf or suppression ended.
 */
export type Happening = (typeof HAPPENINGS)[number];

/** Where a happening leads, and its facts in order; `stays`: no fact, nothing changes; `refused`: only a person asks so, and is told no. */
export type Step = { to: LifeState; facts: readonly AlertFactKind[] } | 'stays' | 'refused';

const go = (to: LifeState, ...facts: AlertFactKind[]): Step => ({ to, facts });
type Row = Readonly<Record<Happening, Step>>;

const NOT_OPEN = {
  over: go('unacknowledged', 'alert-raised'),
  graver: 'stays', revalued: 'stays', unknown: 'stays', under: 'stays', revised: 'stays', superseded: 'stays', unlimited: 'stays', 'period-over': 'stays',
  signed: 'refused', acknowledged: 'refused', again: 'stays',
} as const satisfies Row;

/** Open and asking: everything that ends it without a person leaves it to be seen, until somebody acknowledges. */
const ASKING = {
  graver: go('unacknowledged', 'alert-raised'),
  under: go('returned', 'alert-returned'), revised: go('withdrawn', 'alert-withdrawn'),
  superseded: go('closed', 'alert-closed'), unlimited: go('closed', 'alert-closed'), 'period-over': 'stays',
} as const satisfies Partial<Row>;

const SEEN = {
  graver: go('unacknowledged', 'alert-raised'),
  under: go('closed', 'alert-closed'), revised: go('closed', 'alert-withdrawn', 'alert-closed'),
  superseded: go('closed', 'alert-closed'), unlimited: go('closed', 'alert-closed'), 'period-over': go('closed', 'alert-closed'),
  signed: 'refused', acknowledged: 'refused',
} as const satisfies Partial<Row>;

/** Over and gone before anybody looked: it waits to be acknowledged, which closes it. */
const GONE = (state: 'returned' | 'withdrawn'): Row => ({
  ...NOT_OPEN, signed: go(state, 'alert-acknowledged'), acknowledged: go('closed', 'alert-acknowledged', 'alert-closed'),
});

export const LIFE: Readonly<Record<LifeState, Row>> = {
  none: NOT_OPEN,
  unacknowledged: {
    ...ASKING, over: 'stays', revalued: go('unacknowledged', 'alert-changed'), unknown: go('held-unacknowledged', 'alert-changed'),
    signed: go('unacknowledged', 'alert-acknowledged'), acknowledged: go('acknowledged', 'alert-acknowledged'), again: go('unacknowledged', 'alert-asked-again'),
  },
  acknowledged: {
    ...SEEN, over: 'stays', revalued: go('acknowledged', 'alert-changed'), unknown: go('held-acknowledged', 'alert-changed'),
    again: go('unacknowledged', 'alert-asked-again'),
  },
  'held-unacknowledged': {
    ...ASKING, over: go('unacknowledged', 'alert-changed'), revalued: go('held-unacknowledged', 'alert-changed'), unknown: 'stays',
    signed: go('held-unacknowledged', 'alert-acknowledged'), acknowledged: go('held-acknowledged', 'alert-acknowledged'),
    again: go('held-unacknowledged', 'alert-asked-again'),
  },
  'held-acknowledged': {
    ...SEEN, over: go('acknowledged', 'alert-changed'), revalued: go('held-acknowledged', 'alert-changed'), unknown: 'stays',
    again: go('held-unacknowledged', 'alert-asked-again'),
  },
  returned: GONE('returned'),
  withdrawn: GONE('withdrawn'),
  closed: NOT_OPEN,
};

/** The state of an alert in the table. */
export function lifeOf(alert: { state: Exclude<LifeState, 'none' | 'held-unacknowledged' | 'held-acknowledged'>; condition: string } | undefined): LifeState {
  if (alert === undefined) return 'none';
  const { state, condition } = alert;
  return condition === 'unknown' && (state === 'unacknowledged' || state === 'acknowledged') ? `held-${state}` : state;
}

/** What covers an alert beside its state: it goes on being judged, and disturbs nobody. */
export const COVERS = ['open', 'shelved', 'suppressed', 'shelved-and-suppressed'] as const;
export type Cover = (typeof COVERS)[number];
export const COVERINGS = ['shelve', 'unshelve', 'shelf-ends', 'graver', 'suppress', 'release'] as const;
/** `graver`: what is shelved at one severity does not stay so at a higher one. `suppress` and `release` are the system's, by design. */
export type Covering = (typeof COVERINGS)[number];
/** `then`: what happens to the alert's own life with it; an unshelving by hand is that person's acknowledgement, and asks again first where other roles still lack. */
export type CoverStep = { to: Cover; facts: readonly AlertFactKind[]; then: 'acknowledged' | 'again' | null } | 'stays' | 'refused';

const cover = (to: Cover, then: 'acknowledged' | 'again' | null, ...facts: AlertFactKind[]): CoverStep => ({ to, then, facts });

/** `shelf.ts`, `alert.ts` and `book.ts` do this; a test holds them to every pair. */
export const COVER_LIFE: Readonly<Record<Cover, Readonly<Record<Covering, CoverStep>>>> = {
  open: {
    shelve: cover('shelved', null, 'alert-shelved'), unshelve: 'refused', 'shelf-ends': 'stays', graver: 'stays',
    suppress: cover('suppressed', null, 'alert-suppressed'), release: 'stays',
  },
  shelved: {
    shelve: cover('shelved', null, 'alert-shelved'), unshelve: cover('open', 'acknowledged', 'alert-unshelved'),
    'shelf-ends': cover('open', 'again', 'alert-unshelved'), graver: cover('open', null), suppress: cover('shelved-and-suppressed', null, 'alert-suppressed'), release: 'stays',
  },
  suppressed: {
    shelve: cover('shelved-and-suppressed', null, 'alert-shelved'), unshelve: 'refused', 'shelf-ends': 'stays', graver: 'stays', suppress: 'stays',
    release: cover('open', 'again', 'alert-released'),
  },
  'shelved-and-suppressed': {
    shelve: cover('shelved-and-suppressed', null, 'alert-shelved'), unshelve: cover('suppressed', 'acknowledged', 'alert-unshelved'),
    'shelf-ends': cover('suppressed', null, 'alert-unshelved'), graver: cover('suppressed', null), suppress: 'stays', release: cover('shelved', null, 'alert-released'),
  },
};

export function coverOf({ shelved, suppressed }: { shelved: boolean; suppressed: boolean }): Cover {
  if (shelved) return suppressed ? 'shelved-and-suppressed' : 'shelved';
  return suppressed ? 'suppressed' : 'open';
}

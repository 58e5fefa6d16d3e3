/**
 * The response: levels in force in areas, and the orders of the plan that come with them. Pure: what a command
 * would do is a list of drafts, so a desk can show it before anybody does it.
 */
import { type Level, type Measure, type PlanFile } from './event.ts';
import type { Draft, Fact, FactOf, OrderStep } from './fact.ts';
import type { InForce, Order, OrderState, Room } from './situation.ts';
import { durationMs, HOUR, type Civil } from './time.ts';

type Response = Pick<Room, 'orders' | 'levels'>;
export type Refused<Code extends string> = { ok: false; code: Code; detail: string };

/** Where each step leads from each state; a step that is not here is refused. `feedback` reports and moves nothing. */
export const ORDER_STEPS: Readonly<Record<OrderState, Partial<Record<OrderStep, OrderState>>>> = {
  issued: { received: 'received', returned: 'returned', lifted: 'lifted' },
  received: { started: 'started', feedback: 'received', returned: 'returned', lifted: 'lifted' },
  started: { feedback: 'started', verified: 'verified', returned: 'returned', lifted: 'lifted' },
  verified: { feedback: 'verified', returned: 'returned', lifted: 'lifted' },
  // Sent back: whoever must carry it out takes it up again from the beginning.
  returned: { received: 'received', feedback: 'returned', lifted: 'lifted' },
  lifted: {},
};

/** A lifted order is shown for three days more, then only the journal has it: a screen lives for weeks. */
const LIFTED_SHOWN = 72 * HOUR;

export const levelKey = (ladder: string, area: string): string => `${ladder}/${area}`;
/** The ladder a level start belongs to; ids of ladders have no colon. */
export const ladderOf = (start: string): string => start.slice(0, Math.max(0, start.indexOf(':')));
export const isOpen = (order: Order): boolean => order.state !== 'lifted';
/** Due means started by then; what has started, been verified or lifted is no longer late. */
export const isOverdue = (order: Order, at: number): boolean =>
  at > order.due && (order.state === 'issued' || order.state === 'received' || order.state === 'returned');

function foldLevel(levels: Room['levels'], fact: Fact & FactOf<'level-changed'>): Room['levels'] {
  const moved = new Set(fact.areas.map((area) => levelKey(fact.ladder, area)));
  const next: Record<string, InForce> = Object.fromEntries(Object.entries(levels).filter(([key]) => !moved.has(key)));
  const { ladder, level, start, by, why, drill } = fact;
  if (level === null) return next;
  for (const area of fact.areas) next[levelKey(ladder, area)] = { ladder, area, level, since: fact.at, start, by, why, drill, fact: fact.id };
  return next;
}

function foldIssued(orders: Room['orders'], fact: Fact & FactOf<'order-issued'>): Room['orders'] {
  if (Object.hasOwn(orders, fact.order)) return orders;
  const { order: id, start, measure, area, level, due, by, drill, at } = fact;
  const shown = Object.entries(orders).filter(([, each]) => isOpen(each) || (each.steps.at(-1)?.at ?? at) > at - LIFTED_SHOWN);
  const order: Order = { id, start, measure, area, level, due, issuedAt: at, issuedBy: by, state: 'issued', version: 1, drill, steps: [] };
  return { ...Object.fromEntries(shown), [id]: order };
}

function foldMoved(orders: Room['orders'], fact: Fact & FactOf<'order-moved'>): Room['orders'] {
  const order = orders[fact.order];
  const state = order === undefined ? undefined : ORDER_STEPS[order.state][fact.step];
  if (order === undefined || state === undefined) return orders;
  const step = { step: fact.step, by: fact.by, at: fact.at, note: fact.note };
  return { ...orders, [order.id]: { ...order, state, version: order.version + 1, steps: [...order.steps, step] } };
}

export function foldResponse(response: Response, fact: Fact): Response {
  switch (fact.kind) {
    case 'level-changed': return { orders: response.orders, levels: foldLevel(response.levels, fact) };
    case 'order-issued': return { orders: foldIssued(response.orders, fact), levels: response.levels };
    case 'order-moved': return { orders: foldMoved(response.orders, fact), levels: response.levels };
    default: return { orders: response.orders, levels: response.levels };
  }
}

/** What a person asks for: `level` null lifts. `areas` are ids of the network. */
export type LevelCommand = { ladder: string; level: Level | null; areas: readonly string[]; reason: string };
export type Plan = Pick<PlanFile, 'ladders' | 'measures'>;
export type LevelAsked = { plan: Plan; room: Room; command: LevelCommand; by: string; at: number; drill: boolean; civil: Civil };
export type LevelRefusal = 'unknown-ladder' | 'unknown-level' | 'no-areas' | 'level-unchanged' | 'not-in-force';
/** `orders` are issued anew, `kept` were in force before and stay, `lifted` end with this; ids of orders. */
export type LevelIssued = { ok: true; drafts: Draft[]; orders: string[]; kept: string[]; lifted: string[]; areas: string[] };

/** URL-safe, civil, and new: a clock that stands must not give a second start the name of the first. */
function startId({ command, room, at, civil }: LevelAsked): string {
  const base = `${command.ladder}:${command.level ?? 'lift'}:${civil.iso(at).slice(0, 19).replaceAll(':', '-')}`;
  const used = new Set([...Object.values(room.orders), ...Object.values(room.levels)].map((each) => each.start));
  let id = base;
  for (let n = 2; used.has(id); n += 1) id = `${base}.${n}`;
  return id;
}

function refusal({ plan, room, command }: LevelAsked): Refused<LevelRefusal> | { areas: string[] } {
  const { ladder, level } = command;
  const known = plan.ladders.find((each) => each.id === ladder);
  if (known === undefined) return { ok: false, code: 'unknown-ladder', detail: `no ladder "${ladder}" in the plan` };
  if (level !== null && !known.levels.some((each) => each.id === level))
    return { ok: false, code: 'unknown-level', detail: `ladder "${ladder}" has no level ${level}` };
  if (command.areas.length === 0) return { ok: false, code: 'no-areas', detail: 'name at least one area' };
  const areas = [...new Set(command.areas)].filter((area) => (room.levels[levelKey(ladder, area)]?.level ?? null) !== level);
  if (areas.length > 0) return { areas };
  return level === null
    ? { ok: false, code: 'not-in-force', detail: 'no level of this ladder is in force in these areas' }
    : { ok: false, code: 'level-unchanged', detail: `level ${level} is in force in all of these areas already` };
}

type AreaDone = { drafts: Draft[]; orders: string[]; kept: string[]; lifted: string[] };

const lift = (order: Order, asked: LevelAsked): Draft => ({
  id: `order-moved:${order.id}:${order.version + 1}`, at: asked.at, actor: `person:${asked.by}`,
  body: { kind: 'order-moved', order: order.id, step: 'lifted', by: asked.by, note: asked.command.reason },
});

function issue(measure: Measure, order: { id: string; start: string; area: string; level: Level }, asked: LevelAsked): Draft {
  const { by, at, drill } = asked;
  const { id, start, area, level } = order;
  const due = at + (durationMs(measure.within) ?? 0);
  return {
    id: `order-issued:${id}`, at, actor: `person:${by}`,
    body: { kind: 'order-issued', order: id, start, measure: measure.id, area, level, due, by, drill },
  };
}

/** The orders of one area moved to what the level wants there: the missing issued, the superfluous lifted. */
function moveArea(asked: LevelAsked, start: string, area: string): AreaDone {
  const { plan, room, command: { ladder, level } } = asked;
  const open = Object.values(room.orders).filter((each) => isOpen(each) && each.area === area && ladderOf(each.start) === ladder);
  const wanted = level === null ? [] : plan.measures.filter((measure) => measure.levels.includes(level));
  const leaves = open.filter((order) => !wanted.some((measure) => measure.id === order.measure));
  const fresh = wanted.filter((measure) => !open.some((order) => order.measure === measure.id))
    .map((measure) => ({ measure, id: `${start}:${measure.id}:${area}` }));
  const issued = level === null ? [] : fresh.map(({ measure, id }) => issue(measure, { id, start, area, level }, asked));
  return {
    drafts: [...issued, ...leaves.map((order) => lift(order, asked))],
    orders: fresh.map(({ id }) => id),
    kept: open.filter((order) => !leaves.includes(order)).map((order) => order.id),
    lifted: leaves.map((order) => order.id),
  };
}

/** Starts, raises, lowers or lifts a level; areas that have it already are left as they are. */
export function issueLevel(asked: LevelAsked): LevelIssued | Refused<LevelRefusal> {
  const checked = refusal(asked);
  if ('ok' in checked) return checked;
  const { command: { ladder, level, reason }, by, at, drill, room } = asked;
  const { areas } = checked;
  const start = startId(asked);
  const before = areas.flatMap((area) => room.levels[levelKey(ladder, area)] ?? []).map(({ area, level: was, since, by: whose, fact }) => ({ area, level: was, since, by: whose, fact }));
  const done = areas.map((area) => moveArea(asked, start, area));
  const changed: Draft = {
    // The room's number keeps two lifts at one instant of a standing clock apart.
    id: `level-changed:${start}:${room.seq}`, at, actor: `person:${by}`,
    body: { kind: 'level-changed', start, ladder, level, areas, by, why: reason, drill, before },
  };
  return {
    ok: true, areas, drafts: [changed, ...done.flatMap((each) => each.drafts)],
    orders: done.flatMap((each) => each.orders), kept: done.flatMap((each) => each.kept), lifted: done.flatMap((each) => each.lifted),
  };
}

/** `ifVersion` null: whatever version it has. */
export type OrderAsked = { room: Room; order: string; step: OrderStep; by: string; note: string | null; at: number; ifVersion: number | null };
export type OrderRefusal = 'unknown-order' | 'wrong-step' | 'stale-version';

/** One step in one order's life. */
export function moveOrder({ room, order: id, step, by, note, at, ifVersion }: OrderAsked): { ok: true; drafts: Draft[] } | Refused<OrderRefusal> {
  const order = Object.hasOwn(room.orders, id) ? room.orders[id] : undefined;
  if (order === undefined) return { ok: false, code: 'unknown-order', detail: `no order "${id}"` };
  if (ifVersion !== null && ifVersion !== order.version)
    return { ok: false, code: 'stale-version', detail: `the order is at version ${order.version} by now, not ${ifVersion}` };
  const next = ORDER_STEPS[order.state];
  if (next[step] === undefined)
    return { ok: false, code: 'wrong-step', detail: `an order that is ${order.state} may be: ${Object.keys(next).join(', ') || 'nothing more'}` };
  return {
    ok: true,
    drafts: [{ id: `order-moved:${id}:${order.version + 1}`, at, actor: `person:${by}`, body: { kind: 'order-moved', order: id, step, by, note } }],
  };
}

/**
 * The version of what is in force in some areas, as `If-Match` names it: 0 where nothing is, else a digest of which starts
 * hold where. Whoever saw another set of levels has seen another version.
 */
export function levelVersion(levels: Room['levels'], ladder: string, areas: readonly string[]): number {
  const starts = [...new Set(areas)].sort().flatMap((area) => levels[levelKey(ladder, area)]?.start.concat('@', area) ?? []);
  let digest = 0;
  for (const letter of starts.join('|')) digest = (digest * 31 + (letter.codePointAt(0) ?? 0)) % 999_999_937;
  return digest;
}

/**
 * What an exercise has shown: how long staff took to acknowledge, to order and to verify, by alert, by order, by person and by
 * department. Times are those of people, machine time from fact to fact: an exercise may run faster than its clock.
 */
import { z } from 'zod';
import { Name, type Measure } from './event.ts';
import type { Aims } from './exercise.ts';
import type { Fact, FactOf } from './fact.ts';
import { percentile } from './process.ts';

/** `seconds` null: not done; `met` null: not done, and its time is not over. `before`: done before it was asked for; `lifted`: its order was lifted before its time was over, and it was due no longer. */
const Took = z.object({ seconds: z.number().nullable(), by: z.string().nullable(), met: z.boolean().nullable(), before: z.boolean().optional(), lifted: z.literal(true).optional() });
export type Took = z.infer<typeof Took>;
const AlertRow = z.object({ alert: z.string(), occurrence: z.int(), kind: z.string(), place: z.string(), severity: z.string(), at: z.number().meta({ description: 'event time, UTC ms' }), acknowledged: Took, ordered: Took.nullable() });
const OrderRow = z.object({ order: z.string(), measure: z.string(), area: z.string(), by: z.string(), at: z.number(), received: Took, started: Took, verified: Took });
/** `met` and `missed` of `of` are decided, `lifted` are due no longer; seconds of those that were done. */
const Figures = z.object({ of: z.int(), done: z.int(), met: z.int(), missed: z.int(), lifted: z.int(), medianSeconds: z.number().nullable(), p90Seconds: z.number().nullable() });
export type Figures = z.infer<typeof Figures>;
const PersonRow = z.object({ name: z.string(), acknowledged: Figures, levels: z.int(), verified: Figures, steps: z.int() });
const DepartmentRow = z.object({ name: Name, received: Figures, started: Figures, verified: Figures });
export const EvaluationBody = z.object({
  begun: z.number().nullable(), ended: z.number().nullable(), speed: z.number(),
  aims: z.object({ acknowledge: z.number(), order: z.number(), verify: z.number() }).meta({ description: 'seconds' }),
  acknowledge: Figures, order: Figures, verify: Figures,
  alerts: z.array(AlertRow), orders: z.array(OrderRow), people: z.array(PersonRow), departments: z.array(DepartmentRow),
});
export type Evaluation = z.infer<typeof EvaluationBody>;

export type EvaluationInput = {
  facts: readonly Fact[]; aims: Aims; measures: readonly Pick<Measure, 'id' | 'lead'>[];
  /** Machine time: until when it is looked at, where it has not ended. */
  now: number;
};

type Done = { recorded: number; by: string };
/** How long something took from `from` on; what is not done by `until` has missed its aim once that is over. */
function took(from: number, done: Done | undefined, { aim, until }: { aim: number; until: number }): Took {
  if (done === undefined) return { seconds: null, by: null, met: until - from > aim ? false : null };
  if (done.recorded < from) return { seconds: 0, by: done.by, met: true, before: true };
  return { seconds: Math.round((done.recorded - from) / 100) / 10, by: done.by, met: done.recorded - from <= aim };
}

function figuresOf(all: readonly Took[]): Figures {
  const done = all.filter(({ seconds }) => seconds !== null);
  const sorted = done.map(({ seconds }) => seconds ?? 0).sort((a, b) => a - b);
  return {
    of: all.length, done: done.length, met: all.filter(({ met }) => met === true).length, missed: all.filter(({ met }) => met === false).length, lifted: all.filter(({ lifted }) => lifted === true).length,
    medianSeconds: percentile(sorted, 0.5), p90Seconds: percentile(sorted, 0.9),
  };
}

type Frame = { aims: Aims; until: number };
type Of<K extends Fact['kind']> = Extract<Fact, FactOf<K>>;
const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): Of<K>[] => facts.filter((fact): fact is Of<K> => fact.kind === kind);

/** The order that answered an alert first: one that was linked to it, or one for its place. Orders that were lifted before it answer nothing. */
function answering(raised: Of<'alert-raised'>, facts: readonly Fact[]): Done | undefined {
  const linked = new Set(ofKind(facts, 'alert-handled').flatMap(({ alert, step }) => (alert === raised.alert && step.is === 'orders' ? step.orders : [])));
  const gone = new Set(ofKind(facts, 'order-moved').filter(({ step, seq }) => step === 'lifted' && seq < raised.seq).map(({ order }) => order));
  return ofKind(facts, 'order-issued').find(({ order, area }) => !gone.has(order) && (area === raised.place || linked.has(order)));
}

function alertRow(raised: Of<'alert-raised'>, facts: readonly Fact[], { aims, until }: Frame): z.infer<typeof AlertRow> {
  const { alert, occurrence, alertKind, place, severity, at, recorded } = raised;
  // One that closed by itself asks nobody any more: a graver one took its place.
  const gone = ofKind(facts, 'alert-closed').find((fact) => fact.alert === alert && fact.occurrence === occurrence)?.recorded ?? until;
  const word = ofKind(facts, 'alert-acknowledged').find((fact) => fact.alert === alert && fact.occurrence === occurrence && fact.waits !== true);
  // Silence wants somebody to look, and no measure of the plan.
  const ordered = alertKind === 'silent' || occurrence > 1 ? null : took(recorded, answering(raised, facts), { aim: aims.order, until });
  return { alert, occurrence, kind: alertKind, place, severity, at, acknowledged: took(recorded, word, { aim: aims.acknowledge, until: Math.min(gone, until) }), ordered };
}

function orderRow({ order, measure, area, by, at, recorded }: Of<'order-issued'>, facts: readonly Fact[], { aims, until }: Frame): z.infer<typeof OrderRow> {
  const steps = ofKind(facts, 'order-moved').filter((fact) => fact.order === order);
  const gone = steps.find(({ step }) => step === 'lifted')?.recorded ?? null;
  const moved = (step: Of<'order-moved'>['step']): Took => {
    const done = took(recorded, steps.find((fact) => fact.step === step), { aim: aims.verify, until: Math.min(gone ?? until, until) });
    return gone !== null && done.met === null ? { ...done, lifted: true } : done;
  };
  return { order, measure, area, by, at, received: moved('received'), started: moved('started'), verified: moved('verified') };
}

/** Without the orders that a change of a level lifted: with those that it issued they are one step, the level's. Its facts stand together. */
function actsOf(facts: readonly Fact[]): Fact[] {
  let level: Of<'level-changed'> | null = null;
  return facts.filter((fact) => {
    if (fact.kind === 'level-changed') level = fact;
    else if ((fact.kind !== 'order-issued' && fact.kind !== 'order-moved') || fact.by !== level?.by || fact.at !== level.at) level = null;
    return level === null || fact.kind !== 'order-moved' || fact.step !== 'lifted';
  });
}

/** Who did it; null: nobody, or it is of the exercise itself, or of a level. */
const doerOf = (fact: Fact): string | null => ('by' in fact && fact.kind !== 'exercise-begun' && fact.kind !== 'exercise-ended' && fact.kind !== 'order-issued' ? fact.by : null);

type Rows = { alerts: z.infer<typeof AlertRow>[]; orders: z.infer<typeof OrderRow>[] };
function personRow(name: string, { alerts, orders }: Rows, facts: readonly Fact[]): z.infer<typeof PersonRow> {
  const his = (each: Took): boolean => each.by === name;
  return {
    name, acknowledged: figuresOf(alerts.map(({ acknowledged }) => acknowledged).filter(his)), verified: figuresOf(orders.map(({ verified }) => verified).filter(his)),
    levels: ofKind(facts, 'level-changed').filter(({ by }) => by === name).length,
    steps: actsOf(facts).filter((fact) => doerOf(fact) === name).length,
  };
}

function departmentRows({ orders }: Rows, measures: EvaluationInput['measures']): z.infer<typeof DepartmentRow>[] {
  const leads = new Map(measures.map(({ id, lead }) => [id, lead]));
  const by = new Map<string, { name: Name; orders: Rows['orders'] }>();
  for (const order of orders) {
    const name = leads.get(order.measure) ?? { zh: order.measure, en: order.measure };
    const of = by.get(name.zh) ?? { name, orders: [] };
    of.orders.push(order);
    by.set(name.zh, of);
  }
  const figures = (of: Rows['orders'], step: 'received' | 'started' | 'verified'): Figures => figuresOf(of.map((order) => order[step]));
  return [...by.values()].map(({ name, orders: own }) => ({ name, received: figures(own, 'received'), started: figures(own, 'started'), verified: figures(own, 'verified') }));
}

/** Of the facts of one exercise, in order. What was suppressed by design asked nobody, and is not in it. */
export function evaluationOf({ facts, aims, measures, now }: EvaluationInput): Evaluation {
  const [begun] = ofKind(facts, 'exercise-begun');
  const ended = ofKind(facts, 'exercise-ended').at(-1);
  const frame = { aims, until: ended?.recorded ?? now };
  const alerts = ofKind(facts, 'alert-raised').filter(({ suppression }) => suppression === undefined).map((raised) => alertRow(raised, facts, frame));
  const orders = ofKind(facts, 'order-issued').map((issued) => orderRow(issued, facts, frame));
  const names = [...new Set(facts.flatMap((fact) => doerOf(fact) ?? []))].sort();
  const rows = { alerts, orders };
  const seconds = (ms: number): number => ms / 1000;
  return {
    begun: begun?.recorded ?? null, ended: ended?.recorded ?? null, speed: begun?.speed ?? 1,
    aims: { acknowledge: seconds(aims.acknowledge), order: seconds(aims.order), verify: seconds(aims.verify) },
    acknowledge: figuresOf(alerts.map(({ acknowledged }) => acknowledged)), order: figuresOf(alerts.flatMap(({ ordered }) => ordered ?? [])), verify: figuresOf(orders.map(({ verified }) => verified)),
    alerts, orders, people: names.map((name) => personRow(name, rows, facts)), departments: departmentRows(rows, measures),
  };
}

/** A room with a journal in memory whose disk can be told to wait or to refuse. */
import { PlanFile, type Level } from '../../shared/event.ts';
import type { Draft, Fact, FactOf } from '../../shared/fact.ts';
import type { Plan } from '../../shared/response.ts';
import { apply, emptyRoom, type Room } from '../../shared/situation.ts';
import { Keys } from '../../shared/once.ts';
import { civilOf } from '../../shared/time.ts';
import { createDesk } from '../../server/desk/desk.ts';
import { aboutIn, named, unregistered, widened } from '../../server/journal/entries.ts';
import type { DeskPorts } from '../../server/desk/ports.ts';
import type { Asked } from '../../server/http/ports.ts';

export const civil = civilOf('Asia/Shanghai');
export const noon = civil.at('2022-02-04', '12:00');
export const hourId = 'hour-exceeded:beijing:PM2.5:2022-02-04T11';

const name = (zh: string) => ({ zh, en: zh });
const measure = (id: string, levels: Level[]) =>
  ({ id, name: name(id), family: 'dust', levels, lead: name('住建'), within: 'PT2H', what: name(id) });
export const plan = PlanFile.parse({
  ladders: [{ id: 'event', name: name('赛时管控'), levels: (['III', 'II', 'I'] as const).map((id) => ({ id, name: name(id), colour: 'yellow' })) }],
  measures: [measure('M-01', ['III', 'II', 'I']), measure('M-02', ['III']), measure('M-03', ['II', 'I'])],
});

const raisedBody: FactOf<'alert-raised'> = {
  kind: 'alert-raised', alert: hourId, occurrence: 1, alertKind: 'hour-exceeded', place: 'beijing', pollutant: 'PM2.5',
  period: { start: noon - 3_600_000, end: noon }, condition: 'over', value: 96, reason: { code: 'over-limit' }, marks: [],
  severity: 'critical', limit: 75, assumed: true, drill: false,
};
export const raised = (more: Partial<FactOf<'alert-raised'>> = {}): Draft =>
  ({ id: `raised:${more.alert ?? hourId}:${more.occurrence ?? 1}`, at: noon, actor: 'system', body: { ...raisedBody, ...more } });
export const judged = (kind: 'alert-returned' | 'alert-withdrawn', alert = hourId): Draft => ({
  id: `${kind}:${alert}`, at: noon, actor: 'system',
  body: { kind, alert, occurrence: 1, condition: 'under', value: 60, reason: { code: 'under' }, marks: [] },
});

/** What a room starts with instead of nothing. `shown` hears of each command's facts. */
export type Given = { room?: Room; plan?: Plan; areas?: string[]; readings?: DeskPorts['readings']; shown?: (facts: Fact[]) => void };
export type Disk = 'writes' | 'refuses' | 'waits';

/** Nobody reviews readings here. */
export const NO_READINGS: DeskPorts['readings'] = {
  knows: () => false, ledger: null as unknown as DeskPorts['readings']['ledger'], settled: () => Promise.resolve(true),
  revisions: () => Promise.resolve([]), apply: () => Promise.resolve({ readings: 0, overtaken: 0 }), replaying: () => false,
};

export function openRoom(start: Draft[] = [], given: Given = {}) {
  let room: Room = given.room ?? emptyRoom;
  let clock = { now: noon, machine: 0, drill: false };
  let disk: Disk = 'writes';
  let release: (durable: boolean) => void = () => undefined;
  const facts: Fact[] = [];
  const keys = new Keys();
  const fold = (draft: Draft): Fact => {
    const fact: Fact = { ...draft.body, seq: room.seq + 1, id: draft.id, at: draft.at, recorded: clock.machine, actor: draft.actor, air: 'live', hash: '', ...(draft.once === undefined ? {} : { once: draft.once }) };
    room = apply(room, fact);
    keys.take(fact);
    facts.push(fact);
    return fact;
  };
  const happened = (...drafts: Draft[]) => {
    const fresh = drafts.filter((draft) => !facts.some((fact) => fact.id === draft.id)).map(fold);
    given.shown?.(fresh);
    return fresh;
  };
  const command = async (drafts: Draft[]) => {
    const durable = disk === 'waits' ? await new Promise<boolean>((resolve) => { release = resolve; }) : disk === 'writes';
    return durable ? { ok: true as const, facts: happened(...drafts) } : { ok: false as const, reason: 'not-durable' as const };
  };
  happened(...start);
  const about: DeskPorts['about'] = (of, id) => {
    const all = unregistered(facts);
    const seqs = new Set(aboutIn(all, widened([named(of, id)], all)));
    return Promise.resolve(facts.filter(({ seq }) => seqs.has(seq)));
  };
  const asked: DeskPorts['asked'] = (by, key) => {
    const known = keys.of(by, key, clock.machine);
    return known === null ? null : Promise.resolve(facts.filter(({ seq }) => seq >= known.first && seq <= known.last));
  };
  const open = () => createDesk({
    room: () => room, alert: (id) => (Object.hasOwn(room.alerts, id) ? room.alerts[id] : undefined), longClosed: () => Promise.resolve(undefined), doubts: () => ({ suspect: [] }), now: () => clock.now, machine: () => clock.machine, journal: { command }, plan: given.plan ?? plan,
    areas: given.areas ?? ['beijing', 'zhangjiakou'], civil, drillOn: () => clock.drill, readings: given.readings ?? NO_READINGS, asked, about,
  });
  return {
    desk: open(), facts, happened,
    /** As after a restart: the room is taken back from its facts, and what was at hand is not. */
    again: open,
    room: () => room,
    clock: (next: Partial<typeof clock>) => { clock = { ...clock, ...next }; },
    disk: (next: Disk) => { disk = next; },
    /** The waiting disk answers. */
    release: (durable: boolean) => { release(durable); },
  };
}

export const who = (by: string, role: Asked['role'] = 'duty', more: Partial<Asked> = {}): Asked => ({ by, role, key: null, ifMatch: null, ...more });

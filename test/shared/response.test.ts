import { describe, expect, test } from 'vitest';
import { PlanFile, type Level } from '../../shared/event.ts';
import type { Draft, Fact, OrderStep } from '../../shared/fact.ts';
import { issueLevel, isOverdue, levelKey, levelVersion, moveOrder, ORDER_STEPS, type LevelCommand } from '../../shared/response.ts';
import { apply, emptyRoom, type Order, type OrderState, type Room } from '../../shared/situation.ts';
import { civilOf, HOUR } from '../../shared/time.ts';

const name = (zh: string) => ({ zh, en: zh });
const measure = (id: string, levels: Level[], within = 'PT4H') =>
  ({ id, name: name(id), family: 'dust', levels, lead: name('住建'), within, what: name(id) });
const plan = PlanFile.parse({
  ladders: [
    { id: 'event', name: name('赛时管控'), levels: [{ id: 'III', name: name('三级'), colour: 'yellow' }, { id: 'II', name: name('二级'), colour: 'orange' }] },
    { id: 'warning', name: name('重污染预警'), levels: [{ id: 'III', name: name('黄色'), colour: 'yellow' }] },
  ],
  measures: [measure('M-01', ['III', 'II', 'I'], 'PT2H'), measure('M-02', ['III']), measure('M-03', ['II', 'I'])],
});
const civil = civilOf('Asia/Shanghai');
const noon = civil.at('2022-02-04', '12:00');

function fold(room: Room, drafts: Draft[]): Room {
  return drafts.reduce((before, { id, at, actor, body }, n) => {
    const fact: Fact = { ...body, seq: before.seq + 1, id, at, recorded: n, actor, air: 'live', hash: '' };
    return apply(before, fact);
  }, room);
}

const ask = (room: Room, command: Partial<LevelCommand> = {}, at = noon) => issueLevel({
  plan, room, by: 'li', at, drill: false, civil, command: { ladder: 'event', level: 'III', areas: ['beijing'], reason: '预计超限', ...command },
});

function done(room: Room, command: Partial<LevelCommand> = {}, at = noon): Room {
  const result = ask(room, command, at);
  if (!result.ok) throw new Error(result.detail);
  return fold(room, result.drafts);
}

const started = done(emptyRoom);
const open = (room: Room) => Object.values(room.orders).filter((order) => order.state !== 'lifted').map((order) => order.id);
const idOf = (id: string, level: Level = 'III', area = 'beijing') => `event:${level}:2022-02-04T12-00-00:${id}:${area}`;

describe('a level', () => {
  test('that starts issues the plan\'s orders of that level for each area, due within the measure\'s time', () => {
    const result = ask(emptyRoom, { areas: ['beijing', 'zhangjiakou'] });
    expect(result).toMatchObject({ ok: true, orders: [idOf('M-01'), idOf('M-02'), idOf('M-01', 'III', 'zhangjiakou'), idOf('M-02', 'III', 'zhangjiakou')] });
    expect(started.levels[levelKey('event', 'beijing')]).toEqual({
      ladder: 'event', area: 'beijing', level: 'III', since: noon, start: 'event:III:2022-02-04T12-00-00', by: 'li', why: '预计超限', drill: false, fact: 'level-changed:event:III:2022-02-04T12-00-00:0',
    });
    expect(started.orders[idOf('M-01')]).toMatchObject({ due: noon + 2 * HOUR, state: 'issued', issuedBy: 'li', version: 1 });
  });

  test('that rises issues only what is new, keeps what stays and lifts what no longer belongs', () => {
    const result = ask(started, { level: 'II' });
    expect(result).toMatchObject({ ok: true, orders: [idOf('M-03', 'II')], kept: [idOf('M-01')], lifted: [idOf('M-02')] });
    const raised = done(started, { level: 'II' });
    expect(open(raised)).toEqual([idOf('M-01'), idOf('M-03', 'II')]);
    expect(raised.levels[levelKey('event', 'beijing')]?.level).toBe('II');
  });

  test('that is lowered lifts the orders of the harder level and issues those of the milder one again', () => {
    const lowered = done(done(started, { level: 'II' }), { level: 'III' }, noon + HOUR);
    expect(open(lowered)).toEqual([idOf('M-01'), 'event:III:2022-02-04T13-00-00:M-02:beijing']);
  });

  test('that is lifted lifts every open order of its ladder in its areas, and of no other', () => {
    const both = done(done(started, { areas: ['zhangjiakou'] }), { ladder: 'warning' });
    const lifted = done(both, { level: null, reason: '转好' });
    expect(open(lifted)).toEqual([
      idOf('M-01', 'III', 'zhangjiakou').replace('12-00-00', '12-00-00.2'), idOf('M-02', 'III', 'zhangjiakou').replace('12-00-00', '12-00-00.2'),
      'warning:III:2022-02-04T12-00-00:M-01:beijing', 'warning:III:2022-02-04T12-00-00:M-02:beijing',
    ]);
    expect(Object.keys(lifted.levels)).toEqual(['event/zhangjiakou', 'warning/beijing']);
    expect(lifted.orders[idOf('M-01')]?.steps).toEqual([{ step: 'lifted', by: 'li', at: noon, note: '转好' }]);
  });

  test('that is in force already changes nothing, and where it holds in some of the areas only the others start', () => {
    expect(ask(started)).toMatchObject({ ok: false, code: 'level-unchanged' });
    expect(ask(started, { areas: ['beijing', 'langfang'] })).toMatchObject({ ok: true, areas: ['langfang'] });
  });

  test.each([
    ['lifted where none is in force', { level: null }, 'not-in-force'],
    ['of a ladder the plan does not have', { ladder: 'none' }, 'unknown-ladder'],
    ['its ladder does not have', { level: 'I' as const }, 'unknown-level'],
    ['for no area', { areas: [] }, 'no-areas'],
  ])('%s is refused', (_, command, code) => { expect(ask(emptyRoom, command)).toMatchObject({ ok: false, code }); });

  test('started, lifted and started again while the clock stands never uses an id twice', () => {
    let room = emptyRoom;
    const ids: string[] = [];
    for (const level of ['III', null, 'III', null] as const) {
      const result = ask(room, { level });
      if (!result.ok) throw new Error(result.detail);
      ids.push(...result.drafts.map((draft) => draft.id));
      room = fold(room, result.drafts);
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(open(room)).toEqual([]);
  });

  test('asked for twice of the same room gives the same drafts, with ids that are safe in a URL', () => {
    const result = ask(emptyRoom);
    expect(ask(emptyRoom)).toEqual(result);
    for (const id of result.ok ? result.orders : []) expect(encodeURIComponent(id).replaceAll('%3A', ':')).toBe(id);
  });
});

const states = Object.keys(ORDER_STEPS) as OrderState[];
const steps: OrderStep[] = ['received', 'started', 'feedback', 'verified', 'returned', 'lifted'];
/** Every pair of state and step; `-` is refused. */
const table: Record<OrderState, Record<OrderStep, OrderState | '-'>> = {
  issued: { received: 'received', started: '-', feedback: '-', verified: '-', returned: 'returned', lifted: 'lifted' },
  received: { received: '-', started: 'started', feedback: 'received', verified: '-', returned: 'returned', lifted: 'lifted' },
  started: { received: '-', started: '-', feedback: 'started', verified: 'verified', returned: 'returned', lifted: 'lifted' },
  verified: { received: '-', started: '-', feedback: 'verified', verified: '-', returned: 'returned', lifted: 'lifted' },
  returned: { received: 'received', started: '-', feedback: 'returned', verified: '-', returned: '-', lifted: 'lifted' },
  lifted: { received: '-', started: '-', feedback: '-', verified: '-', returned: '-', lifted: '-' },
};
const roomWith = (state: OrderState): Room => {
  const order = started.orders[idOf('M-01')];
  if (order === undefined) throw new Error('no order');
  return { ...started, orders: { [order.id]: { ...order, state } } };
};
const move = (room: Room, step: OrderStep, ifVersion: number | null = null) =>
  moveOrder({ room, order: idOf('M-01'), step, by: 'wang', note: null, at: noon + HOUR, ifVersion });

describe('the version of what is in force', () => {
  const both = done(done(emptyRoom), { areas: ['zhangjiakou'] }, noon + HOUR);
  const version = (room: Room, areas: string[], ladder = 'event') => levelVersion(room.levels, ladder, areas);

  test('is 0 where nothing is, and does not depend on how areas are named', () => {
    expect([version(emptyRoom, ['beijing']), version(started, ['zhangjiakou']), version(started, ['beijing'], 'warning'), version(started, [])]).toEqual([0, 0, 0, 0])
    expect(version(both, ['zhangjiakou', 'beijing', 'beijing'])).toBe(version(both, ['beijing', 'zhangjiakou']))
  })
  test('is another one for another area, another set of areas and another start', () => {
    const seen = [version(both, ['beijing']), version(both, ['zhangjiakou']), version(both, ['beijing', 'zhangjiakou']), version(done(both, { level: 'II' }, noon + 2 * HOUR), ['beijing'])]
    expect(new Set([0, ...seen]).size).toBe(5)
    expect(version(both, ['beijing'])).toBe(version(started, ['beijing']))
  })
  test('tells which of two areas a start is in', () => {
    const there = done(emptyRoom, { areas: ['zhangjiakou'] })
    expect(version(started, ['beijing', 'zhangjiakou'])).not.toBe(version(there, ['beijing', 'zhangjiakou']))
  })
})

describe('an order', () => {
  test.each(states.flatMap((state) => steps.map((step) => [state, step, table[state][step]] as const)))(
    'that is %s and is to be %s becomes: %s', (state, step, wanted) => {
      const result = move(roomWith(state), step);
      if (wanted === '-') { expect(result).toMatchObject({ ok: false, code: 'wrong-step' }); return; }
      if (!result.ok) throw new Error(result.detail);
      const after = fold(roomWith(state), result.drafts).orders[idOf('M-01')];
      expect(after).toMatchObject({ state: wanted, version: 2, steps: [{ step, by: 'wang', at: noon + HOUR, note: null }] });
    });

  test('nobody knows is not moved', () => {
    expect(moveOrder({ room: started, order: 'constructor', step: 'received', by: 'wang', note: null, at: noon, ifVersion: null })).toMatchObject({ code: 'unknown-order' });
  });

  test('that another has moved meanwhile is not moved by one who has not seen it', () => {
    expect(move(started, 'received', 2)).toMatchObject({ ok: false, code: 'stale-version' });
    expect(move(started, 'received', 1)).toMatchObject({ ok: true });
  });

  test('is overdue only while it has not been started', () => {
    const late = (state: OrderState) => isOverdue({ ...(started.orders[idOf('M-01')] as Order), state }, noon + 3 * HOUR);
    expect(states.filter(late)).toEqual(['issued', 'received', 'returned']);
    expect(isOverdue(started.orders[idOf('M-01')] as Order, noon + 2 * HOUR)).toBe(false);
  });

  test('that was lifted days ago leaves the screens when the next one is issued', () => {
    const lifted = done(started, { level: null }, noon + HOUR);
    expect(Object.keys(done(lifted, {}, noon + 72 * HOUR).orders)).toHaveLength(4);
    expect(Object.keys(done(lifted, {}, noon + 74 * HOUR).orders)).toHaveLength(2);
  });
});

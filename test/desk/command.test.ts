import { describe, expect, test } from 'vitest';
import type { Level } from '../../shared/event.ts';
import type { Role } from '../../shared/roles.ts';
import { levelVersion } from '../../shared/response.ts';
import { openRoom, who } from './room.ts';

const start = (level: Level | null = 'III', areas = ['beijing']) => ({ ladder: 'event', level, areas, reason: '预计超限' });
const id = (measure: string, level: Level = 'III') => `event:${level}:2022-02-04T12-00-00:${measure}:beijing`;

describe('a change of level', () => {
  test('answers with the orders it issued, and they are there', async () => {
    const { desk, room } = openRoom();
    expect(await desk.setLevel({ ...who('li', 'leader'), ...start() })).toEqual({ ok: true, status: 200, body: { level: 'III', orders: [{ id: id('M-01') }, { id: id('M-02') }] } });
    expect(Object.keys(room().orders)).toEqual([id('M-01'), id('M-02')]);
  });

  test.each<[Level | null, Level | null, Role, boolean]>([
    [null, 'III', 'duty', false], [null, 'I', 'duty', false], ['III', null, 'duty', false], ['II', 'III', 'duty', false],
    [null, 'II', 'leader', true], ['II', 'I', 'leader', true], ['I', null, 'admin', true], [null, 'III', 'screen', false],
  ])('from %s to %s by the role %s: allowed is %s', async (...[before, after, role, allowed]) => {
    const { desk } = openRoom();
    if (before !== null) await desk.setLevel({ ...who('chief', 'admin'), ...start(before) });
    expect(await desk.setLevel({ ...who('li', role), ...start(after) })).toMatchObject(allowed ? { ok: true } : { ok: false, status: 403, code: 'wrong-role' });
  });

  test('of an area that the network does not have, or to what holds already, is refused', async () => {
    const { desk } = openRoom();
    expect(await desk.setLevel({ ...who('li', 'leader'), ...start('III', ['atlantis']) })).toMatchObject({ status: 400, code: 'unknown-area' });
    expect(await desk.setLevel({ ...who('li', 'leader'), ...start(null) })).toMatchObject({ status: 409, code: 'not-in-force' });
    await desk.setLevel({ ...who('li', 'leader'), ...start() });
    expect(await desk.setLevel({ ...who('li', 'leader'), ...start() })).toMatchObject({ status: 409, code: 'level-unchanged' });
  });

  test('by someone who has not seen the level in force is refused', async () => {
    const { desk, room } = openRoom();
    await desk.setLevel({ ...who('li', 'leader'), ...start() });
    const seen = levelVersion(room().levels, 'event', ['beijing']);
    expect(await desk.setLevel({ ...who('wang', 'leader', { ifMatch: 0 }), ...start(null) })).toMatchObject({ status: 409, code: 'stale-version', extra: { version: seen } });
    expect(await desk.setLevel({ ...who('wang', 'leader', { ifMatch: seen }), ...start(null) })).toMatchObject({ ok: true });
  });

  test('in a drill phase marks its facts as a drill', async () => {
    const { desk, facts, clock } = openRoom();
    clock({ drill: true });
    await desk.setLevel({ ...who('li', 'leader'), ...start() });
    expect(facts.map((fact) => 'drill' in fact && fact.drill)).toEqual([true, true, true]);
  });

  test('that the disk refuses has not happened', async () => {
    const { desk, disk, room } = openRoom();
    disk('refuses');
    expect(await desk.setLevel({ ...who('li', 'leader'), ...start() })).toMatchObject({ status: 503, code: 'not-durable' });
    expect(room().levels).toEqual({});
  });

  test('asked for by two at once happens once', async () => {
    const { desk, facts } = openRoom();
    const both = await Promise.all([desk.setLevel({ ...who('li', 'leader'), ...start() }), desk.setLevel({ ...who('wang', 'leader'), ...start() })]);
    expect(both.map((result) => result.ok || result.code)).toEqual([true, 'level-unchanged']);
    expect(facts).toHaveLength(3);
  });
});

describe('an order', () => {
  async function ordered(level: Level = 'III') {
    const opened = openRoom();
    await opened.desk.setLevel({ ...who('chief', 'admin'), ...start(level) });
    return opened;
  }

  test('goes its way from received to verified, and says its version at each step', async () => {
    const { desk } = await ordered();
    const seen = [];
    for (const move of ['receive', 'start', 'feedback', 'verify'] as const) {
      const result = await desk.moveOrder({ ...who('li'), order: id('M-01'), move, note: null });
      seen.push(result.ok ? [result.body.state, result.body.version] : result.code);
    }
    expect(seen).toEqual([['received', 2], ['started', 3], ['started', 4], ['verified', 5]]);
  });

  test('does not skip a step, and says where it stands', async () => {
    const { desk } = await ordered();
    expect(await desk.moveOrder({ ...who('li'), order: id('M-01'), move: 'verify', note: null })).toMatchObject({ status: 409, code: 'wrong-step', extra: { state: 'issued', version: 1 } });
  });

  test('nobody knows is 404, and one that was moved meanwhile is 409', async () => {
    const { desk } = await ordered();
    expect(await desk.moveOrder({ ...who('li'), order: 'none', move: 'receive', note: null })).toMatchObject({ status: 404, code: 'unknown-order' });
    await desk.moveOrder({ ...who('li'), order: id('M-01'), move: 'receive', note: null });
    expect(await desk.moveOrder({ ...who('wang', 'duty', { ifMatch: 1 }), order: id('M-01'), move: 'start', note: null })).toMatchObject({ status: 409, code: 'stale-version' });
  });

  test('of a hard level is lifted by a leader only, and by no screen at all', async () => {
    const { desk } = await ordered('II');
    const lift = { order: id('M-03', 'II'), move: 'lift', note: '已核实' } as const;
    expect(await desk.moveOrder({ ...who('li'), ...lift })).toMatchObject({ status: 403 });
    expect(await desk.moveOrder({ ...who('wall', 'screen'), ...lift, move: 'receive' })).toMatchObject({ status: 403 });
    expect(await desk.moveOrder({ ...who('chen', 'leader'), ...lift })).toMatchObject({ ok: true, body: { state: 'lifted' } });
  });
});

import { describe, expect, test } from 'vitest';
import type { Draft } from '../../shared/fact.ts';
import { Keys, MOST_KEYS, REMEMBERED } from '../../shared/once.ts';
import type { CommandPorts, CommandResult } from '../../server/http/ports.ts';
import { hourId, NO_READINGS, noon, openRoom, raised, who } from './room.ts';

const HOUR = 3_600_000;
const other = 'hour-exceeded:zhangjiakou:PM2.5:2022-02-04T11';
const owed: Draft = { id: 'call-owed:a', at: noon, actor: 'system', body: { kind: 'call-owed', call: 'a', what: 'raised', about: { alert: hourId, occurrence: 1 }, said: { zh: '超标', en: 'exceeded' }, to: [], drill: false } };
const readings = { ...NO_READINGS, knows: () => true };

/** Every command that leaves a fact, in an order in which each can be done; `another`: something else. */
const DONE: [what: string, command: (desk: CommandPorts, asked: { key: string; made: Made; another: boolean }) => Promise<CommandResult<object>>][] = [
  ['an acknowledgement', (desk, { key, another }) => desk.acknowledge({ ...who('li', 'duty', { key }), alert: hourId, occurrence: 1, note: another ? '又' : '已看' })],
  ['a note', (desk, { key, another }) => desk.comment({ ...who('li', 'duty', { key }), alert: hourId, text: another ? '又' : '已通知' })],
  ['a follow-up', (desk, { key, another }) => desk.handle({ ...who('li', 'duty', { key }), alert: hourId, step: { is: 'follow-up', note: another ? '又' : '跟进' } })],
  ['a diagnosis', (desk, { key, another }) => desk.handle({ ...who('li', 'duty', { key }), alert: hourId, step: { is: 'diagnosis', cause: another ? '又' : '静稳', unit: '环保局' } })],
  ['a disposal', (desk, { key, another }) => desk.handle({ ...who('li', 'duty', { key }), alert: hourId, step: { is: 'disposal', reason: another ? '又' : '已恢复' } })],
  ['a shelving', (desk, { key, another }) => desk.shelve({ ...who('chen', 'leader', { key }), alert: other, until: noon + HOUR, reason: another ? '又' : '检修' })],
  ['an unshelving', (desk, { key, another }) => desk.unshelve({ ...who('chen', 'leader', { key }), alert: another ? hourId : other })],
  ['a station out of service', (desk, { key, another }) => desk.setService({ ...who('admin', 'admin', { key }), station: '1001A', out: { reason: another ? '又' : '标定', workOrder: null, until: null } })],
  ['a station back in service', (desk, { key, another }) => desk.setService({ ...who('admin', 'admin', { key }), station: another ? '1002A' : '1001A', out: null })],
  ['a response level', (desk, { key, another }) => desk.setLevel({ ...who('chen', 'leader', { key }), ladder: 'event', level: 'III', areas: ['beijing'], reason: another ? '又' : '预计超限' })],
  ['a step of an order', (desk, { key, made, another }) => desk.moveOrder({ ...who('li', 'duty', { key }), order: made.order(), move: another ? 'start' : 'receive', note: null })],
  ['a level that is lifted', (desk, { key, another }) => desk.setLevel({ ...who('chen', 'leader', { key }), ladder: 'event', level: null, areas: ['beijing'], reason: another ? '又' : '已改善' })],
  ['a call', (desk, { key, another }) => desk.call({ ...who('li', 'duty', { key }), calls: ['a'], spoke: another ? '又' : '王芳', note: null })],
  ['a shift that is offered', (desk, { key, another }) => desk.handOver({ ...who('li', 'duty', { key }), note: another ? '又' : '无', names: [] })],
  ['a shift that is taken', (desk, { key, made, another }) => desk.handOver({ ...who('wang', 'duty', { key }), take: made.handover(), names: another ? [hourId] : [] })],
];
type Made = { order: () => string; handover: () => string };

async function allDone() {
  const room = openRoom([raised(), raised({ alert: other, place: 'zhangjiakou' }), owed], { readings });
  const made: Made = { order: () => Object.keys(room.room().orders)[0] ?? '', handover: () => room.room().handover?.id ?? '' };
  const first: CommandResult<object>[] = [];
  for (const [what, command] of DONE) {
    first.push(await command(room.desk, { key: what, made, another: false }));
    room.clock({ now: noon + first.length * 1_000 });
  }
  return { ...room, made, first };
}

describe('a key that is sent again after the server was started anew', () => {
  test('is answered as it was at first, of every command, whatever has happened since, and nothing is written', async () => {
    const { first, again, made, facts } = await allDone();
    expect(first.map((answer, n) => [DONE[n]?.[0], answer.ok || answer.code])).toEqual(DONE.map(([what]) => [what, true]));
    const [desk, before] = [again(), facts.length];
    for (const [n, [what, command]] of DONE.entries()) expect([what, await command(desk, { key: what, made, another: false })]).toEqual([what, first[n]]);
    expect(facts).toHaveLength(before);
  });

  test('with anything else is refused, of every command, and nothing is written', async () => {
    const { again, made, facts } = await allDone();
    const [desk, before] = [again(), facts.length];
    for (const [what, command] of DONE) expect([what, await command(desk, { key: what, made, another: true })]).toMatchObject([what, { ok: false, status: 409, code: 'key-reused' }]);
    expect(facts).toHaveLength(before);
  });

  test('by somebody else is theirs, and asks for the first time', async () => {
    const { desk, again } = openRoom([raised()]);
    await desk.comment({ ...who('li', 'duty', { key: 'k' }), alert: hourId, text: '已通知' });
    expect(await again().comment({ ...who('wang', 'duty', { key: 'k' }), alert: hourId, text: '已通知' })).toMatchObject({ ok: true, body: { alert: { notes: [{ by: 'li' }, { by: 'wang' }] } } });
  });

  test('of what was refused is decided anew', async () => {
    const { desk, again, happened } = openRoom([]);
    const asked = { ...who('li', 'duty', { key: 'k' }), alert: hourId, occurrence: 1, note: null };
    expect(await desk.acknowledge(asked)).toMatchObject({ status: 404 });
    happened(raised());
    expect(await again().acknowledge(asked)).toMatchObject({ ok: true });
  });

  test('is remembered for a day of machine time', async () => {
    const { desk, again, clock } = openRoom([raised()]);
    const note = { ...who('li', 'duty', { key: 'k' }), alert: hourId, text: '已通知' };
    await desk.comment(note);
    clock({ machine: 23 * HOUR, now: noon + 1 });
    expect(await again().comment(note)).toMatchObject({ body: { alert: { notes: [{ text: '已通知' }] } } });
    clock({ machine: 25 * HOUR });
    const later = await again().comment(note);
    expect(later.ok && later.body.alert.notes).toHaveLength(2);
  });
});

describe('what is remembered of keys', () => {
  const once = (key: string) => ({ by: 'li', key, of: 'x' });

  test('is little more than ten thousand, however many there were, the last of them, and each for a day', () => {
    const keys = new Keys();
    for (let n = 1; n <= 3 * MOST_KEYS; n += 1) keys.take({ seq: 2 * n, id: `f${n}`, recorded: n, once: once(`k${n}`) });
    expect(keys.kept().length).toBeGreaterThanOrEqual(MOST_KEYS);
    expect(keys.kept().length).toBeLessThanOrEqual(1.1 * MOST_KEYS);
    expect([keys.of('li', `k${3 * MOST_KEYS}`, 3 * MOST_KEYS), keys.of('li', 'k1', 1)]).toEqual([{ first: 6 * MOST_KEYS, last: 6 * MOST_KEYS, at: 3 * MOST_KEYS }, null]);
    expect(keys.of('li', `k${3 * MOST_KEYS}`, 3 * MOST_KEYS + REMEMBERED)).toBeNull();
  });

  test('goes on from what was kept as if all facts had come', () => {
    const facts = Array.from({ length: 9 }, (_, n) => ({ seq: n + 1, id: `f${n}`, recorded: n, once: once(`k${Math.floor(n / 3)}`) }));
    const whole = new Keys();
    for (const fact of facts) whole.take(fact);
    const begun = new Keys();
    for (const fact of facts.slice(0, 4)) begun.take(fact);
    const kept = new Keys(JSON.parse(JSON.stringify(begun.kept())) as ReturnType<Keys['kept']>);
    for (const fact of facts.slice(4)) kept.take(fact);
    expect(kept.kept()).toEqual(whole.kept());
    expect(whole.of('li', 'k1', 9)).toEqual({ first: 4, last: 6, at: 3 });
  });

  test('is nothing of what the journal then says did not come about', () => {
    const keys = new Keys();
    keys.take({ seq: 1, id: 'f1', recorded: 0, once: once('k') });
    keys.voided('f1');
    expect(keys.of('li', 'k', 0)).toBeNull();
  });
});

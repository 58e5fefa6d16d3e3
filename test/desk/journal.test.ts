import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fact } from '../../shared/fact.ts';
import { createDesk } from '../../server/desk/desk.ts';
import { openSequencer } from '../../server/journal/sequencer.ts';
import { openSqliteJournal } from '../../server/journal/sqlite.ts';
import { Room } from '../../server/room.ts';
import { Archive } from '../../server/archive.ts';
import { Memory } from '../../shared/memory.ts';
import { civil, hourId, noon, NO_READINGS, plan, raised, who } from './room.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'desk-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** The desk on a journal on the disk, as a server opens it. */
async function open() {
  const opened = await openSqliteJournal(path.join(folder, 'journal.sqlite'));
  if (!opened.ok) throw new Error(opened.reason);
  const { journal } = opened;
  const past: Fact[] = await journal.read(0, 10_000);
  const sequencer = await openSequencer({ journal, air: 'live', now: () => 0 });
  const room = new Room(sequencer, new Memory().take(past));
  const desk = createDesk({
    room: () => room.situation(), alert: (id) => room.alert(id), longClosed: (id) => new Archive({ journal }).alert(id), doubts: () => ({ suspect: [] }), now: () => noon, machine: () => 0, journal: sequencer, plan, areas: ['beijing'], civil, drillOn: () => false, readings: NO_READINGS,
    asked: (by, key) => { const found = room.asked(by, key, 0); return found === null ? null : journal.read(found.first - 1, found.last - found.first + 1) }, about: (of, id) => journal.about(of, [id]),
  });
  return { desk, room, journal, close: async () => { await sequencer.durable(sequencer.head().seq); await journal.close(); } };
}

const acknowledged = { alert: hourId, occurrence: 1, note: null };

test('what was answered is on the disk before the answer, and in the room after a restart', async () => {
  const first = await open();
  first.room.append([raised()]);
  const answer = await first.desk.acknowledge({ ...who('li'), ...acknowledged });
  expect(answer).toMatchObject({ ok: true, body: { by: 'li', version: 2 } });
  expect((await first.journal.read(0, 10)).map((fact) => fact.kind)).toEqual(['alert-raised', 'alert-acknowledged']);
  await first.close();

  const second = await open();
  expect(second.room.situation().alerts[hourId]).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'li', at: noon } });
  expect(await second.desk.acknowledge({ ...who('li'), ...acknowledged })).toEqual(answer);
  expect(await second.desk.acknowledge({ ...who('wang'), ...acknowledged })).toMatchObject({ status: 409, code: 'already-acknowledged', extra: { by: 'li' } });
  await second.close();
});

test('of ten who acknowledge at once one is first, and nine are told who', async () => {
  const { desk, room, close } = await open();
  room.append([raised()]);
  const names = Array.from({ length: 10 }, (_, n) => `p${n}`);
  const answers = await Promise.all(names.map((name) => desk.acknowledge({ ...who(name), ...acknowledged })));
  expect(answers.map((answer) => answer.ok || answer.extra?.by)).toEqual([true, ...Array.from({ length: 9 }, () => 'p0')]);
  await close();
});

test('a level, its orders and their steps come back after a restart as they were', async () => {
  const first = await open();
  const level = await first.desk.setLevel({ ...who('li', 'leader'), ladder: 'event', level: 'III', areas: ['beijing'], reason: '预计超限' });
  const order = level.ok ? level.body.orders[0]?.id ?? '' : '';
  for (const move of ['receive', 'start', 'verify'] as const) await first.desk.moveOrder({ ...who('li'), order, move, note: null });
  const before = first.room.situation();
  await first.close();
  const second = await open();
  expect(second.room.situation()).toEqual(before);
  expect(second.room.situation().orders[order]).toMatchObject({ state: 'verified', version: 4 });
  expect(await second.desk.moveOrder({ ...who('li'), order, move: 'verify', note: null })).toMatchObject({ status: 409, code: 'wrong-step' });
  await second.close();
});

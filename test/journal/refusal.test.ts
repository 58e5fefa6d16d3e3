import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openSequencer, type Sequencer } from '../../server/journal/sequencer.ts';
import { openSqliteJournal } from '../../server/journal/sqlite.ts';
import type { Fact } from '../../shared/fact.ts';
import { canFillDisk, emptyDisk, fillDisk } from '../setup/disk.ts';
import { emptyFolder } from '../setup/folder.ts';
import { T0 } from './contract.ts';
import { air, bare, Played, staff } from './played.ts';

let played: Played;
let sequencer: Sequencer;
beforeEach(async () => {
  played = new Played();
  sequencer = await played.open();
});
afterEach(async () => {
  played.refusal = null;
  await sequencer.close();
});

describe('the sequencer and a failing disk', () => {
  describe('while the disk refuses', () => {
    const changes: boolean[] = [];
    beforeEach(async () => {
      changes.length = 0;
      sequencer.onChange(({ durable }) => { changes.push(durable); });
      played.refusal = 'database or disk is full';
      sequencer.append([air('a')]);
      expect(await sequencer.durable(1)).toEqual({ ok: false, reason: 'database or disk is full' });
    });

    test('alerts are shown all the same, marked, and the lamp is lit', () => {
      sequencer.append([air('b')]);
      expect(played.shown.map(({ id, durable }) => [id, durable])).toEqual([['a', undefined], ['b', false]]);
      expect(changes).toEqual([false]);
      expect(sequencer.state()).toEqual({ durable: false, queued: 2, refusedSince: T0 + 5, reason: 'database or disk is full', full: false });
    });

    test('staff are told so at once, and nothing is numbered', async () => {
      expect(await sequencer.command([staff('acknowledged')])).toEqual({ ok: false, reason: 'not-durable' });
      expect(sequencer.head().seq).toBe(1);
      expect(played.idsShown()).toEqual(['a']);
    });

    test('no promise is given for what waits', async () => {
      const [fact] = sequencer.append([air('b')]);
      expect(await sequencer.durable(fact!.seq)).toMatchObject({ ok: false });
    });

    test('all that waited is written in its order once there is room, and staff are heard again', async () => {
      sequencer.append([air('b')]);
      sequencer.append([air('c')]);
      played.refusal = null;
      await vi.waitFor(() => { expect(sequencer.state()).toMatchObject({ durable: true, queued: 0, refusedSince: null }); }, 20_000);
      expect(changes).toEqual([false, true]);
      expect(await sequencer.command([staff('acknowledged')])).toMatchObject({ ok: true });
      expect((await played.journalled()).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'acknowledged']);
      expect(await played.journalled()).toEqual(bare(played.shown));
    });

    test('at the end one more attempt is made, and what is lost is said', async () => {
      expect(await sequencer.close()).toEqual({ ok: false, reason: '1 facts are lost: database or disk is full' });
      played.refusal = null;
      expect(await sequencer.close()).toEqual({ ok: true });
    });
  });

  test('what staff did while the disk failed did not happen: its number stays, and nobody ever saw it', async () => {
    const voids: Fact[][] = [];
    sequencer.onVoid((tail) => { voids.push(tail); expect(played.idsShown()).toEqual(['before']); });
    const release = played.holdWrites();
    sequencer.append([air('before')]);
    const first = sequencer.command([staff('level'), staff('order')]);
    sequencer.append([air('between')]);
    const second = sequencer.command([staff('acknowledged')]);
    sequencer.append([air('after')]);
    const waiting = sequencer.durable(6);
    played.refusal = 'disk I/O error';
    release();
    expect(await Promise.all([first, second, waiting])).toEqual([
      { ok: false, reason: 'not-durable' }, { ok: false, reason: 'not-durable' }, { ok: false, reason: 'disk I/O error' }]);
    expect(played.shown.map(({ seq, kind, durable }) => `${seq} ${kind} ${durable}`)).toEqual([
      '1 order-moved undefined', '2 command-voided false', '3 command-voided false', '4 order-moved false', '5 command-voided false', '6 order-moved false']);
    expect(played.shown[1]).toMatchObject({ kind: 'command-voided', of: 'level', by: 'person:张三', at: T0 });
    expect(voids).toEqual([bare(played.shown.slice(1))]);
    played.refusal = null;
    await vi.waitFor(() => { expect(sequencer.state().queued).toBe(0); }, 20_000);
    expect(await played.journalled()).toEqual(bare(played.shown));
    expect(JSON.stringify(await played.journalled())).not.toContain('level-单');
  });

  test('what was voided may be done again', async () => {
    played.refusal = 'full';
    expect(await sequencer.command([staff('acknowledged')])).toMatchObject({ ok: false });
    played.refusal = null;
    await vi.waitFor(() => { expect(sequencer.state().durable).toBe(true); }, 20_000);
    expect(await sequencer.command([staff('acknowledged')])).toMatchObject({ ok: true, facts: [{ seq: 2, id: 'acknowledged' }] });
    expect((await played.journalled()).map(({ kind }) => kind)).toEqual(['command-voided', 'order-moved']);
  });

  test('when no more can wait, nothing more is decided, and it is once there is room', async () => {
    const small = await played.open({ limit: 3 });
    played.refusal = 'full';
    small.append([air('a'), air('b')]);
    expect(await small.durable(2)).toMatchObject({ ok: false });
    expect(small.append([air('c'), air('d')])).toEqual([]);
    expect(small.append([air('c')])).toHaveLength(1);
    expect(small.state()).toMatchObject({ full: true, queued: 3 });
    expect(await small.command([staff('e')])).toMatchObject({ ok: false });
    played.refusal = null;
    await vi.waitFor(() => { expect(small.state()).toMatchObject({ full: false, queued: 0 }); }, 20_000);
    expect(small.append([air('d')])).toHaveLength(1);
    expect(await small.close()).toEqual({ ok: true });
  });

  test.runIf(canFillDisk)('on a real disk that fills up, the wall goes on, staff get a refusal, and the journal ends whole', { timeout: 60_000 }, async () => {
    const opened = await openSqliteJournal(path.join(emptyFolder(), 'journal.sqlite'));
    if (!opened.ok) throw new Error(opened.reason);
    onTestFinished(() => opened.journal.close());
    const real = await openSequencer({ journal: opened.journal, air: 'live', now: () => T0, retry: { first: 20, longest: 200 } });
    const seen: Fact[] = [];
    real.onShow((facts) => { seen.push(...facts); });
    expect(await real.command([staff('acknowledged')])).toMatchObject({ ok: true });
    fillDisk();
    try {
      const refused = real.command([staff('refused')]);
      real.append([air('alert')]);
      expect(await refused).toEqual({ ok: false, reason: 'not-durable' });
      expect(seen.map(({ kind, durable }) => `${kind} ${durable}`)).toEqual(['order-moved undefined', 'command-voided false', 'order-moved false']);
      real.append([air('another')]);
      expect(seen).toHaveLength(4);
    } finally {
      emptyDisk();
    }
    await vi.waitFor(() => { expect(real.state()).toMatchObject({ durable: true, queued: 0 }); }, 20_000);
    expect(await real.command([staff('refused')])).toMatchObject({ ok: true, facts: [{ seq: 5 }] });
    expect(await real.close()).toEqual({ ok: true });
    expect(await opened.journal.read(0, 10)).toEqual(bare(seen));
  });

  test('whatever is decided while the disk comes and goes, everybody is shown what the journal will hold', async () => {
    const step = fc.constantFrom('air', 'staff', 'refuse', 'recover', 'wait');
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const game = new Played();
      const referee = await game.open();
      const commands = new Map<string, Promise<boolean>>();
      for (const [i, what] of steps.entries()) {
        if (what === 'air') referee.append([air(`air${i}`)]);
        if (what === 'staff') commands.set(`staff${i}`, referee.command([staff(`staff${i}`), staff(`staff${i}+`)]).then(({ ok }) => ok));
        if (what === 'refuse') game.refusal = 'full';
        if (what === 'recover') game.refusal = null;
        if (what === 'wait') await new Promise((resolve) => { setTimeout(resolve, 1); });
      }
      game.refusal = null;
      await referee.close();
      const kept = await game.journalled();
      expect(bare(game.shown)).toEqual(kept);
      expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, i) => i + 1));
      const done = new Set(kept.filter(({ kind }) => kind !== 'command-voided').map(({ id }) => id));
      for (const [id, outcome] of commands) expect([id, done.has(id), done.has(`${id}+`)]).toEqual([id, await outcome, await outcome]);
    }), { numRuns: 60 });
  });
});

import { describe, expect, test } from 'vitest';
import { hourId, judged, noon, openRoom, raised, who } from './room.ts';

const said = (occurrence = 1, note: string | null = null) => ({ alert: hourId, occurrence, note });
const pause = () => new Promise((resolve) => { setTimeout(resolve, 5); });

describe('an acknowledgement', () => {
  test('is answered with who and when, and is in the journal', async () => {
    const { desk, facts, room } = openRoom([raised()]);
    expect(await desk.acknowledge({ ...who('li'), ...said(1, '已通知住建') })).toEqual({
      ok: true, status: 200, body: { alert: hourId, occurrence: 1, version: 2, by: 'li', at: noon, note: '已通知住建', waits: [] },
    });
    expect(facts.at(-1)).toMatchObject({ kind: 'alert-acknowledged', actor: 'person:li', note: '已通知住建' });
    expect(room().alerts[hourId]).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'li', at: noon } });
  });

  test('by the same person again gives the first result, even later and with another note', async () => {
    const { desk, facts, clock } = openRoom([raised()]);
    const first = await desk.acknowledge({ ...who('li'), ...said(1, '一') });
    clock({ now: noon + 60_000 });
    expect(await desk.acknowledge({ ...who('li', 'duty', { ifMatch: 1 }), ...said(1, '二') })).toEqual(first);
    expect(facts).toHaveLength(2);
  });

  test('by another person is refused, and names who was first and when', async () => {
    const { desk, clock } = openRoom([raised()]);
    await desk.acknowledge({ ...who('li'), ...said() });
    clock({ now: noon + 60_000 });
    expect(await desk.acknowledge({ ...who('wang'), ...said() })).toMatchObject({ ok: false, status: 409, code: 'already-acknowledged', extra: { by: 'li', at: noon } });
  });

  test('of an older occurrence is refused even from someone whose version is right: the new one is unseen', async () => {
    const { desk } = openRoom([raised(), raised({ occurrence: 2 })]);
    expect(await desk.acknowledge({ ...who('li', 'duty', { ifMatch: 2 }), ...said(1) })).toMatchObject({ ok: false, status: 409, code: 'stale-occurrence', extra: { occurrence: 2 } });
  });

  test('of an occurrence that never was is refused as such, not as an older one', async () => {
    const { desk } = openRoom([raised(), raised({ occurrence: 2 })]);
    const detail = async (occurrence: number) => { const result = await desk.acknowledge({ ...who('li'), ...said(occurrence) }); return result.ok ? '' : result.detail; };
    expect(await detail(1)).toBe('this alert is at occurrence 2 by now, not 1');
    expect(await detail(7)).toBe('this alert has no occurrence 7; it is at 2');
  });

  test('from a screen that had not seen the newest version is refused; the occurrence decides first', async () => {
    const { desk } = openRoom([raised()]);
    expect(await desk.acknowledge({ ...who('li', 'duty', { ifMatch: 7 }), ...said() })).toMatchObject({ status: 409, code: 'stale-version', extra: { version: 1 } });
    expect(await desk.acknowledge({ ...who('li', 'duty', { ifMatch: 7 }), ...said(3) })).toMatchObject({ status: 409, code: 'stale-occurrence' });
  });

  test('of an alert nobody knows is 404', async () => {
    const { desk } = openRoom([]);
    for (const alert of [hourId, 'constructor', '__proto__']) {
      expect(await desk.acknowledge({ ...who('li'), alert, occurrence: 1, note: null })).toMatchObject({ ok: false, status: 404, code: 'unknown-alert' });
    }
  });

  test.each(['alert-returned', 'alert-withdrawn'] as const)('of one that is %s closes it', async (kind) => {
    const { desk, room } = openRoom([raised({ alertKind: 'hour-projected' }), judged(kind)]);
    expect(await desk.acknowledge({ ...who('li'), ...said() })).toMatchObject({ ok: true, body: { by: 'li', version: 4 } });
    expect(room().alerts[hourId]).toMatchObject({ state: 'closed', acknowledged: { by: 'li' } });
  });

  test('by a screen\'s token is refused', async () => {
    const { desk, facts } = openRoom([raised()]);
    expect(await desk.acknowledge({ ...who('wall', 'screen'), ...said() })).toMatchObject({ ok: false, status: 403, code: 'wrong-role' });
    expect(facts).toHaveLength(1);
  });

  test('is answered only once it is durable', async () => {
    const { desk, disk, release, room } = openRoom([raised()]);
    disk('waits');
    let answered = false;
    const first = desk.acknowledge({ ...who('li'), ...said() }).then((result) => { answered = true; return result; });
    await pause();
    expect(answered).toBe(false);
    expect(room().alerts[hourId]?.state).toBe('unacknowledged');
    release(true);
    expect(await first).toMatchObject({ ok: true });
  });

  test('that meets one not yet durable waits for it, and loses to it', async () => {
    const { desk, disk, release } = openRoom([raised()]);
    disk('waits');
    const first = desk.acknowledge({ ...who('li'), ...said() });
    const second = desk.acknowledge({ ...who('wang'), ...said() });
    const again = desk.acknowledge({ ...who('li'), ...said() });
    await pause();
    release(true);
    expect(await first).toMatchObject({ ok: true, body: { by: 'li' } });
    expect(await second).toMatchObject({ status: 409, code: 'already-acknowledged', extra: { by: 'li' } });
    expect(await again).toEqual(await first);
  });

  test('that meets one the disk then refuses becomes the first itself', async () => {
    const { desk, disk, release } = openRoom([raised()]);
    disk('waits');
    const first = desk.acknowledge({ ...who('li'), ...said() });
    const second = desk.acknowledge({ ...who('wang'), ...said() });
    await pause();
    disk('writes');
    release(false);
    expect(await first).toMatchObject({ ok: false, status: 503, code: 'not-durable' });
    expect(await second).toMatchObject({ ok: true, body: { by: 'wang' } });
  });

  test('of one alert does not wait for another alert\'s disk', async () => {
    const other = 'silent:1001A:PM2.5:2022-02-04T10';
    const { desk, disk, release } = openRoom([raised(), raised({ alert: other })]);
    disk('waits');
    const first = desk.acknowledge({ ...who('li'), ...said() });
    await pause();
    disk('writes');
    expect(await desk.acknowledge({ ...who('wang'), alert: other, occurrence: 1, note: null })).toMatchObject({ ok: true });
    release(true);
    expect(await first).toMatchObject({ ok: true });
  });
});

describe('an idempotency key', () => {
  const keyed = (by: string, key: string) => ({ ...who(by, 'duty', { key }), ...said() });

  test('sent again by the same person gives the same result and happens once, even at the same time', async () => {
    const { desk, facts } = openRoom([raised()]);
    const [first, second] = await Promise.all([desk.acknowledge(keyed('li', 'k1')), desk.acknowledge(keyed('li', 'k1'))]);
    expect(second).toEqual(first);
    expect(facts).toHaveLength(2);
  });

  test('of another person is another key', async () => {
    const { desk } = openRoom([raised()]);
    await desk.acknowledge(keyed('li', 'k1'));
    expect(await desk.acknowledge(keyed('wang', 'k1'))).toMatchObject({ code: 'already-acknowledged' });
  });

  test('used for something else is refused, and does nothing', async () => {
    const { desk, facts } = openRoom([raised()]);
    await desk.acknowledge(keyed('li', 'k1'));
    expect(await desk.setLevel({ ...who('li', 'leader', { key: 'k1' }), ladder: 'event', level: 'III', areas: ['beijing'], reason: 'x' })).toMatchObject({ status: 409, code: 'key-reused' });
    expect(facts).toHaveLength(2);
  });

  test('whose first try the disk refused is tried again', async () => {
    const { desk, disk } = openRoom([raised()]);
    disk('refuses');
    expect(await desk.acknowledge(keyed('li', 'k1'))).toMatchObject({ status: 503 });
    disk('writes');
    expect(await desk.acknowledge(keyed('li', 'k1'))).toMatchObject({ ok: true });
  });

  test('is remembered for a day of machine time', async () => {
    const { desk, clock, happened } = openRoom([raised()]);
    const first = await desk.acknowledge(keyed('li', 'k1'));
    happened(raised({ occurrence: 2 }));
    clock({ machine: 23 * 3_600_000, now: noon + 1 });
    expect(await desk.acknowledge(keyed('li', 'k1'))).toEqual(first);
    clock({ machine: 25 * 3_600_000 });
    expect(await desk.acknowledge(keyed('li', 'k1'))).toMatchObject({ code: 'stale-occurrence' });
  });
});

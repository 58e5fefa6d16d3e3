import { describe, expect, test } from 'vitest';
import { HOUR } from '../../shared/time.ts';
import type { Alert } from '../../shared/situation.ts';
import { weakerIn } from '../../shared/weaker.ts';
import { areaOf } from '../../web/desk/areas.ts';
import { apart, frameOf, lineOf, lonely, stepsOf, summaryOf, ticksFor, untilOf, type Point } from '../../web/desk/curve.ts';
import { listed, neighbour, sounding } from '../../web/desk/listing.ts';
import { inGroup, sorted, stateSince, stepsOf as orderSteps } from '../../web/desk/orders.ts';
import { safeNext } from '../../shared/sign-on.ts';
import { event } from '../web/fixture/event.ts';
import { alert, room } from '../web/fixture/room.ts';

const make = (id: string, more: Partial<Alert> = {}) => alert({ id, kind: 'day-projected', place: 'beijing', ...more });

describe('the list of alerts', () => {
  test('has what nobody has acknowledged first, then by severity, then the oldest', () => {
    const list = [
      make('mine', { state: 'acknowledged' }), make('young', { raisedAt: 20 }), make('warned', { severity: 'warning', raisedAt: 1 }), make('old', { raisedAt: 10 }),
      make('gone', { state: 'closed' }), make('over', { state: 'returned' }),
    ];
    expect(listed(list, 'open').map((each) => each.id)).toEqual(['old', 'young', 'warned', 'over', 'mine']);
    expect(listed(list, 'all').at(-1)?.id).toBe('gone');
  });

  test('has the weaker alert right under the graver one of the same day, which says the same of it, and says so only while that is open', () => {
    const of = (what: string, place: string, more: Partial<Alert> = {}) => make(`day-${what}:${place}:PM2.5:2022-03-08`, { severity: what === 'locked' ? 'critical' : 'warning', ...more })
    const list = [of('locked', 'a'), of('locked', 'b', { raisedAt: 9 }), of('projected', 'b', { raisedAt: 1 }), of('projected', 'c', { raisedAt: 2 }), of('projected', 'a', { raisedAt: 3 })]
    const ids = (all: Alert[]) => listed(all, 'open').map(({ id }) => id.split(':').slice(0, 2).join(' '))
    expect(ids(list)).toEqual(['day-locked b', 'day-projected b', 'day-locked a', 'day-projected a', 'day-projected c'])
    expect(list.filter(weakerIn(list)).map(({ id }) => id.slice(0, 15))).toEqual(['day-projected:b', 'day-projected:a'])
    // Whoever acknowledged the graver one still finds the other among what asks.
    const had = [of('locked', 'a', { state: 'acknowledged' }), of('projected', 'a'), of('projected', 'c', { raisedAt: 30 })]
    expect(ids(had).at(-1)).toBe('day-locked a')
    expect(weakerIn([of('locked', 'a', { state: 'closed' })])(of('projected', 'a'))).toBe(false)
  });

  test('goes on to the one that stood below, although the acknowledged one has moved', () => {
    const hand = { id: 'a', order: ['a', 'b', 'c'] };
    const now = [make('new'), make('b'), make('c'), make('a')];
    expect(neighbour(now, hand, 1)).toBe('b');
    expect(neighbour([make('c'), make('a')], hand, 1)).toBe('c');
    expect(neighbour([make('new'), make('a'), make('b')], hand, -1)).toBe('new');
    expect(neighbour([make('a')], { id: 'a', order: ['a'] }, 1)).toBe('a');
    expect(neighbour([], { id: null, order: [] }, 1)).toBe(null);
  });

  test('calls by sound for critical ones that are unacknowledged, and for none that is shelved or suppressed', () => {
    const list = [make('a'), make('b', { severity: 'warning' }), make('c', { state: 'acknowledged' }), make('d', { shelved: true }), make('e', { suppressed: true })];
    expect(sounding(list).map((each) => each.id)).toEqual(['a']);
  });

  test('knows the city of a station, of a district and of a city', () => {
    expect(['1001A', 'yanqing', 'baoding', 'nowhere'].map((place) => areaOf(place, event))).toEqual(['beijing', 'beijing', 'baoding', null]);
  });
});

describe('the list of orders', () => {
  const orders = Object.values(room.orders);
  test('has the overdue ones first, and what is late longest at the top', () => {
    expect(sorted(orders, room.at).slice(0, 3).map((order) => order.id)).toEqual(['o2', 'o1', 'o9']);
    expect(orders.filter((order) => inGroup(order, 'overdue', room.at)).map((order) => order.id)).toEqual(['o1', 'o2']);
  });
  test('offers the step that usually comes next, and none for what is done', () => {
    const step = (state: 'issued' | 'started' | 'returned' | 'lifted') => orderSteps({ ...orders[0]!, state });
    expect(['issued', 'started', 'returned', 'lifted'].map((state) => step(state as 'issued').next)).toEqual(['received', 'verified', 'received', null]);
    expect(step('lifted').others).toEqual([]);
  });
});

test('an order is in its state since the step that led there, whatever was reported after it', () => {
  const [order] = Object.values(room.orders);
  const step = (name: string, at: number) => ({ step: name, by: 'li', at, note: null });
  expect(stateSince({ ...order!, steps: [step('received', 1), step('verified', 5), step('feedback', 9)] })).toBe(5);
  expect(stateSince({ ...order!, steps: [], issuedAt: 3 })).toBe(3);
});

describe('the curve', () => {
  test('never has the labels of two limits lie on each other, the hour\'s above at a tie', () => {
    expect([apart(40, 40, 16), apart(40, 44, 16), apart(44, 40, 16), apart(10, 90, 16)]).toEqual([[32, 48], [34, 50], [50, 34], [10, 90]]);
  });

  const point = (hour: number, value: number | null): Point => ({ start: hour * HOUR, value, valid: value !== null, revised: false });
  const frame = frameOf({ width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 }, { from: 0, to: 10 * HOUR, top: 100 });

  test('never bridges a gap, and draws a lone value as a dot', () => {
    const points = [point(0, 10), point(1, 20), point(2, null), point(3, 30), point(4, null), point(5, 40)];
    expect(lineOf(points, frame)).toBe('M5.0 90.0L15.0 80.0M35.0 70.0M55.0 60.0');
    expect(lonely(points).map((each) => each.value)).toEqual([30, 40]);
    expect(summaryOf(points)).toMatchObject({ last: { value: 40 }, highest: { value: 40 }, missing: 2 });
  });
  test('draws a limit as it stepped, and nothing where none held', () => {
    expect(stepsOf({ start: 0, values: [75, 75, 50, null, 50] }, frame)).toBe('M0.0 25.0H10.0H20.0V50.0H30.0M40.0 50.0H50.0');
    expect(stepsOf({ start: -5 * HOUR, values: [75, 75, 75, 75, 75] }, frame)).toBe('');
  });
  test('has a scale that starts at zero and has room above', () => {
    for (const most of [0, 40, 75, 96, 100, 480, 1000]) {
      const ticks = ticksFor(most);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1) ?? 0).toBeGreaterThan(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });
});

test('after signing in nobody is sent to another site', () => {
  expect(['/desk?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', undefined].map(safeNext)).toEqual(['/desk?x=1', '/desk', '/desk', '/desk', '/desk']);
});

test('the curve of an alert ends now, and that of one of last week some hours after what it was about', () => {
  const HOUR = 3_600_000;
  const now = 1_000 * HOUR + 1;
  const of = (start: number, end: number | null) => untilOf({ period: { start: start * HOUR, end: end === null ? null : end * HOUR } }, now) / HOUR;
  expect([of(999, 1000), of(929, 930), of(900, 924), of(900, null), of(927, 998)]).toEqual([1001, 1001, 930, 906, 1001]);
});

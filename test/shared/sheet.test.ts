import { describe, expect, test } from 'vitest';
import { suspectIn, type AirCells } from '../../shared/air.ts';
import { HandoverSheet } from '../../shared/fact.ts';
import { gravestFirst, sheetOf } from '../../shared/sheet.ts';
import type { StationCell } from '../../shared/air.ts';
import type { Alert } from '../../shared/situation.ts';
import { alert as anAlert, room } from '../web/fixture/room.ts';

const HOUR = 3_600_000;
const alert = (more: Partial<Alert> & { id: string }) => anAlert({ kind: 'day-locked', place: 'baoding', ...more });
const drawn = (alerts: ReturnType<typeof alert>[]) => sheetOf({ ...room, alerts: Object.fromEntries(alerts.map((each) => [each.id, each])) }, { at: 10 * HOUR, suspect: [] });

describe('the sheet of a shift', () => {
  test('says of each alert how it stood: since when, by whom, and who follows it up', () => {
    const { as } = drawn([
      alert({ id: 'a', state: 'unacknowledged', askedAt: HOUR, changedAt: 3 * HOUR }),
      alert({ id: 'b', state: 'acknowledged', acknowledged: { by: '李娜', at: 2 * HOUR, note: null }, changedAt: 5 * HOUR, handling: { followUps: [{ by: '王芳', at: 3 * HOUR, note: null }], diagnosis: null, orders: [], disposal: null } }),
      alert({ id: 'c', state: 'returned', askedAt: HOUR, changedAt: 4 * HOUR }),
    ]);
    expect(as?.alerts).toMatchObject({
      a: { state: 'unacknowledged', since: HOUR, by: null, follows: null }, b: { state: 'acknowledged', since: 2 * HOUR, by: '李娜', follows: '王芳' },
      c: { state: 'returned', since: 4 * HOUR },
    });
  });

  test('is kept as it was signed, whatever comes after, and is read back from the journal the same', () => {
    const sheet = drawn([alert({ id: 'a', state: 'unacknowledged' })]);
    expect(HandoverSheet.parse(JSON.parse(JSON.stringify(sheet)))).toEqual(sheet);
  });

  test('of before, with ids alone, is still read', () => {
    const { as: _, ...before } = drawn([alert({ id: 'a' })]);
    expect(HandoverSheet.parse(before)).toEqual(before);
  });

  test('lists the gravest first', () => {
    expect(gravestFirst(['a', 'b', 'c', 'gone'], { a: { severity: 'notice' }, b: { severity: 'critical' }, c: { severity: 'warning' } })).toEqual(['b', 'c', 'a', 'gone']);
  });

  test('names a station whose hour is in doubt, also where its latest minute is not', () => {
    const station = (suspect: boolean): StationCell => ({ kind: 'station', station: `S${suspect}`, evaluates: true, heard: 0, silent: false, aqiClass: null,
      latest: { 'PM2.5': { value: 50, start: 0, end: HOUR, validity: 'valid', why: null } }, hour: { start: 0, mean: 50, valid: true, suspect, running: false, reasons: [] } });
    const air: AirCells = { 'station:a': station(true), 'station:b': station(false) };
    expect(suspectIn(air)).toEqual(['Strue']);
  });
});

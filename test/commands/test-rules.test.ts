import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main as checkConfig } from '../../server/commands/check-config.ts';
import { main } from '../../server/commands/test-rules.ts';
import { changed, folder } from '../config/folder.ts';

let out: string;
let err: string;
beforeEach(() => {
  [out, err] = ['', ''];
  vi.spyOn(console, 'log').mockImplementation((line: string) => { out += `${line}\n`; });
  vi.spyOn(console, 'error').mockImplementation((line: string) => { err += `${line}\n`; });
});
afterEach(() => { vi.restoreAllMocks(); });

const TEST = `tests:
  - name: 仪式之夜 · The evening
    readings:
      - { area: beijing, from: 2022-02-04T18:00, to: 2022-02-04T20:00, value: 60 }
      - { station: 1003A, from: 2022-02-04T20:00, values: [80, 70] }
    expect:
      - at: 2022-02-04T21:10
        verdicts:
          - { place: beijing, average: hour, start: 2022-02-04T20:00, verdict: exceeded, rounded: 80, limits: [hour] }
        alerts:
          - { kind: hour-exceeded, place: beijing, start: 2022-02-04T20:00, state: unacknowledged, value: 80 }
`;
async function withTests(files: Record<string, string>, event: Record<string, string> = {}): Promise<string> {
  const dir = await folder(event);
  await mkdir(path.join(dir, 'tests'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, 'tests', name), text);
  return dir;
}
const run = async (text: string, event: Record<string, string> = {}): Promise<number> => main(['--event', await withTests({ 'evening.yaml': text }, event)]);
const swapped = (from: string, to: string): string => {
  if (!TEST.includes(from)) throw new Error(`the test has no ${from}`);
  return TEST.replace(from, to);
};

describe('the tests of a deployment\'s rules', () => {
  it.each(['config/beijing-2022', 'config/apec-2014'])('of %s all pass', async (event) => {
    expect([await main(['--event', event]), err]).toEqual([0, '']);
    expect(out).toMatch(/(\d+) of \1 tests passed\n$/);
    expect(await checkConfig(['--event', event])).toBe(0);
  });

  it('pass, each named with its file and line, and exit 0', async () => {
    expect([await run(TEST), err]).toEqual([0, '']);
    expect(out).toBe('✓ tests/evening.yaml:2 仪式之夜 · The evening\n1 of 1 tests passed\n');
  });

  it('say by file and line what was expected and what was said, and exit 1', async () => {
    expect(await run(swapped('verdict: exceeded, rounded: 80', 'verdict: met, rounded: 75'))).toBe(1);
    expect(out).toBe([
      '✗ tests/evening.yaml:2 仪式之夜 · The evening',
      '    tests/evening.yaml:9 2022-02-04T21:10 verdict beijing PM2.5 hour 2022-02-04T20:00',
      '      verdict  expected met  actual exceeded', '      rounded  expected 75   actual 80', '0 of 1 tests passed', '',
    ].join('\n'));
  });

  it.each([
    ['an alert that is not there', swapped('kind: hour-exceeded', 'kind: hour-locked'), /alert +expected hour-locked of beijing for 2022-02-04T20:00 +actual hour-exceeded:beijing:PM2\.5:2022-02-04T20 \(unacknowledged\)/],
    ['an alert that was not to be', swapped('state: unacknowledged, value: 80', 'state: none'), /alert +expected none +actual hour-exceeded:beijing/],
    ['an alert of another state', swapped('state: unacknowledged', 'state: returned'), /evening\.yaml:11 .*\n +state +expected returned +actual unacknowledged/],
    ['alerts where none were to be open', TEST.replace(/alerts:[^]*/, 'alerts: []\n'), /alerts +expected none open +actual hour-exceeded:beijing/],
    ['a period that is not closed', swapped('at: 2022-02-04T21:10', 'at: 2022-02-04T20:50'), /verdict +expected exceeded +actual open/],
    ['a reading that is refused', swapped('station: 1003A,', 'station: M1, at: 2022-02-04T19:00,'), /evening\.yaml:5 readings\[1\]\n +reading +expected accepted +actual future-time/],
    ['a pollutant that nobody judges', swapped('average: hour', 'pollutant: NO2, average: hour'), /pollutant +expected NO2 +actual not judged/],
  ])('fail for %s', async (_what, text, said) => {
    expect([await run(text), err]).toEqual([1, '']);
    expect(out).toMatch(said);
  });

  it('are of the folder\'s own limits and rules: another limit is another verdict', async () => {
    expect(await run(TEST, changed('event.yaml', 'average: hour, max: 75', 'average: hour, max: 80'))).toBe(1);
    expect(out).toMatch(/verdict +expected exceeded +actual met/);
  });

  it('look at an instant after all that was due at it', async () => {
    const closes = swapped('station: 1003A, from: 2022-02-04T20:00, values: [80, 70]', 'station: 1003A, from: 2022-02-04T20:00, to: 2022-02-04T20:50, period: PT10M, value: 80');
    expect(await run(closes.replace('T21:10', 'T21:05'))).toBe(0);
    expect(await run(closes.replace('T21:10', 'T21:04'))).toBe(1);
    expect(out).toMatch(/verdict +expected exceeded +actual open/);
  });

  it('deliver late what says when it comes, and revise by what stands later in the file', async () => {
    const late = swapped('    expect:', '      - { station: 1003A, from: 2022-02-04T20:00, value: 50, at: 2022-02-04T21:30 }\n    expect:');
    expect(await run(late)).toBe(0);
    expect(await run(late.replace('at: 2022-02-04T21:10', 'at: 2022-02-04T21:30'))).toBe(1);
    expect(out).toMatch(/state +expected unacknowledged +actual withdrawn/);
  });

  it('that are none prove nothing: exit 1', async () => {
    expect(await main(['--event', await folder({})])).toBe(1);
    expect(err).toMatch(/has no tests: none in .*\/tests\/\*\.yaml/);
  });
});

describe('a file of tests that is malformed', () => {
  it.each([
    ['a field that is not there', swapped('rounded: 80', 'round: 80'), 'tests/evening.yaml:9 tests[0].expect[0].verdicts[0].round: '],
    ['an instant that is none', swapped('at: 2022-02-04T21:10', 'at: 2022-02-30T21:10'), 'tests/evening.yaml:7 tests[0].expect[0].at: no such date'],
    ['a value and values', swapped('values: [80, 70]', 'values: [80, 70], value: 3'), 'tests/evening.yaml:5 tests[0].readings[1]: exactly one of "value" and "values" is needed'],
    ['a station that is not there', swapped('station: 1003A', 'station: 1003B'), 'tests/evening.yaml:5 tests[0].readings[1].station: no station "1003B"; did you mean "1003A"?'],
    ['a city that is not there', swapped('place: beijing, average', 'place: beijng, average'), 'tests/evening.yaml:9 tests[0].expect[0].verdicts[0].place: no city "beijng"; did you mean "beijing"?'],
    ['a day for an hour', swapped('average: hour, start: 2022-02-04T20:00', 'average: hour, start: 2022-02-04'), 'tests/evening.yaml:9 tests[0].expect[0].verdicts[0].start: expected when the hour begins'],
    ['an area without evaluating stations', swapped('area: beijing', 'area: wild'), 'tests/evening.yaml:4 tests[0].readings[0]: is of no station'],
    ['a period that does not divide the hour', swapped('values: [80, 70]', 'values: [80], period: PT7M'), 'tests/evening.yaml:5 tests[0].readings[1].period: PT7M is no period of a reading'],
    ['an instant before the test begins', swapped('at: 2022-02-04T21:10', 'at: 2022-02-03T21:10').replace('    readings:', '    from: 2022-02-04T10:00\n    readings:'), 'tests/evening.yaml:8 tests[0].expect[0].at: 2022-02-03T21:10 is before the test begins'],
    ['no YAML', 'tests:\n  - {', 'tests/evening.yaml:'],
  ])('for %s is told by file, line and field, with exit 2; check-config tells the same', async (_what, text, said) => {
    const dir = await withTests({ 'evening.yaml': text });
    expect([await main(['--event', dir]), out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(await checkConfig(['--event', dir])).toBe(1);
    expect(out).toContain(said);
  });

  it('is told with every other one at once', async () => {
    expect(await main(['--event', await withTests({ 'a.yaml': swapped('rounded: 80', 'round: 80'), 'b.yaml': swapped('1003A', '1003B') })])).toBe(2);
    expect([err.includes('tests/a.yaml:9'), err.includes('tests/b.yaml:5')]).toEqual([true, true]);
  });

  it('stands in the way of nothing but itself: the event starts all the same', async () => {
    const dir = await withTests({ 'a.yaml': 'tests: 3' });
    const { loadEvent } = await import('../../server/config.ts');
    expect((await loadEvent(dir)).ok).toBe(true);
  });
});

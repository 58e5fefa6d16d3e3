import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliveries } from '../../server/sources/replay/groups.ts';
import { QUANTITIES, readingKey, type Reading } from '../../shared/reading.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';

const noon = Date.UTC(2022, 1, 4, 4);
const reading = (station: string, start: number, minutes = 60): Reading =>
  ({ station, pollutant: 'PM2.5', start, minutes, value: 1, flag: '' });

test('what ends at one instant is delivered together, earlier ends first, stations in order', () => {
  const given = [reading('b', noon), reading('a', noon + 30 * MINUTE, 30), reading('c', noon - HOUR), reading('a', noon + HOUR), reading('a', noon)];
  expect([...deliveries(given)].map(({ at, readings }) => [at - noon, readings.map((r) => `${r.station} ${r.start - noon}`)])).toEqual([
    [0, [`c ${-HOUR}`]],
    [HOUR, ['a 0', `a ${30 * MINUTE}`, 'b 0']],
    [2 * HOUR, [`a ${HOUR}`]],
  ]);
});

test('a later row of the same key stays behind the earlier, whose revision it is', () => {
  const [delivery] = deliveries([reading('b', noon), ...[2, 1, 3].map((value) => ({ ...reading('a', noon), value }))]);
  expect(delivery?.readings.map((r) => r.value)).toEqual([2, 1, 3, 1]);
});

test('the order of the file does not matter', () => {
  const any: fc.Arbitrary<Reading> = fc.record({
    station: fc.constantFrom('1001A', '1002A', '1003A', '10'), pollutant: fc.constantFrom(...QUANTITIES),
    start: fc.integer({ min: 0, max: 12 }).map((n) => noon + n * 10 * MINUTE), minutes: fc.constantFrom(1, 5, 10, 30, 60),
    value: fc.option(fc.integer()), flag: fc.constantFrom('', 'N'),
  });
  const set = fc.uniqueArray(any, { selector: readingKey, maxLength: 60 });
  fc.assert(fc.property(set.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), ([rows, shuffled]) => {
    const inOrder = [...deliveries(rows)];
    expect([...deliveries(shuffled)]).toEqual(inOrder);
    expect(inOrder.flatMap((d) => d.readings)).toHaveLength(rows.length);
    expect(inOrder.every((d, i) => i === 0 || d.at > (inOrder[i - 1]?.at ?? Infinity))).toBe(true);
  }));
});

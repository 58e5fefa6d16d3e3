import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microOfNumber, microOfText, textOfMicro } from '../../shared/decimal.ts';

test('a decimal keeps every one of its six places', () => {
  for (const [text, micro] of [
    ['48.2', 48_200_000], ['0.000001', 1], ['-5', -5_000_000], ['.5', 500_000], ['+1', 1_000_000], ['0', 0],
    ['900', 900_000_000], ['0.9', 900_000], ['1.2500000', 1_250_000], ['007', 7_000_000], ['1010.3', 1_010_300_000],
  ] as const) expect(microOfText(text), text).toBe(micro);
});

test('what is not a decimal of at most six places has no value', () => {
  for (const text of ['', '-', '.', 'NA', '1e3', '1,5', ' 1', '1 ', '0x10', '1.', '٣', '0.0000001', '1.0000001', '1.2.3', '1.2.', '-.', '9007199255', 'NaN', '--1'])
    expect(microOfText(text), text).toBeNull();
});

test('a number of JSON is read as the decimal that was sent', () => {
  for (const [value, micro] of [
    [48.2, 48_200_000], [0.1 + 0.2, null], [1e-6, 1], [1e-7, null], [1.5e-6, null], [123e-5, 1_230], [0.29, 290_000],
    [1e9, 1e15], [9_007_199_254.74099, 9_007_199_254_740_990], [1e10, null], [1e21, null], [Number.NaN, null], [Infinity, null], [-0, 0],
  ] as const) expect(microOfNumber(value), String(value)).toBe(micro);
});

test('there is only one nought', () => {
  expect(Object.is(microOfText('-0.0'), 0)).toBe(true);
  expect(Object.is(microOfNumber(-0), 0)).toBe(true);
});

test('writing millionths and reading them again changes nothing, as text or as a number', () => {
  fc.assert(fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (micro) => {
    const text = textOfMicro(micro);
    expect(microOfText(text)).toBe(micro);
    expect(microOfNumber(Number(text))).toBe(micro);
  }));
});

test('a number and its own text always agree', () => {
  fc.assert(fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
    const text = String(value);
    fc.pre(!text.includes('e'));
    expect(microOfNumber(value)).toBe(microOfText(text));
  }));
});

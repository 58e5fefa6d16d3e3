import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nowcast } from '../../shared/nowcast.ts';
import { compare, type Rational, roundMicro } from '../../shared/rounding.ts';
import { exact } from './standards.ts';

const of = (hours: readonly (number | null)[]): Rational | null => nowcast(hours.map((each) => (each === null ? null : exact(each))));
const shown = (hours: readonly (number | null)[], places: number): number | null => {
  const found = of(hours);
  return found === null ? null : roundMicro(found, places);
};
const nothing = (count: number): null[] => Array.from({ length: count }, () => null);

describe('the NowCast of particles', () => {
  it('leans to the newest hours after an episode: weights of a half', () => {
    expect(shown([13, 16, 10, 21, 74, 64, 53, 82, 90, 75, 80, 50], 1)).toBe(17.4);
  });

  it('passes over a missing hour and weighs by the range: 38 of 50 is 0.76', () => {
    expect(shown([50, null, 45, 40, 38, 42, 41, 39, 44, 46, 43, 40], 2)).toBe(44.28);
  });

  it('of steady air is that air, and of none at all nought', () => {
    expect([shown(Array.from({ length: 12 }, () => 100), 6), shown(Array.from({ length: 12 }, () => 0), 6), shown([-2, -1, -3], 6)]).toEqual([100, 0, -2]);
  });

  it('needs two of the latest three hours', () => {
    expect([of([null, null, 30, ...Array.from({ length: 9 }, () => 30)]), of([30, null, null, 30]), of([])]).toEqual([null, null, null]);
    expect([shown([null, 30, 30], 0), shown([30, null, 30], 0), shown([30, 30], 0)]).toEqual([30, 30, 30]);
  });

  it('knows nothing of a thirteenth hour', () => {
    expect(shown([50, 50, ...nothing(10), 500], 0)).toBe(50);
  });

  it('never leaves the range of its hours', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 2, maxLength: 12 }), (hours) => {
      const found = of(hours);
      expect(found !== null && compare(found, exact(Math.min(...hours))) >= 0 && compare(found, exact(Math.max(...hours))) <= 0).toBe(true);
    }));
  });
});

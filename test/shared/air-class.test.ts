import { describe, expect, it } from 'vitest';
import { classOf, hourClass, pmClasses } from '../../shared/air-class.ts';
import { cn2012, cn2026, exact, us2024, who2021 } from './standards.ts';

describe('classes', () => {
  it.each([[0, 1], [35, 1], [36, 2], [75, 2], [76, 3], [115, 3], [116, 4], [150, 4], [151, 5], [250, 5], [251, 6], [900, 6]])(
    'an hour of PM2.5 at %i µg/m³ is of class %i by the daily breakpoints', (value, level) => { expect(hourClass(cn2012, exact(value))).toBe(level); });

  it('an hour between two whole figures has the class of the rounded one', () => {
    expect(['35.4', '35.5', '115.5', '114.5'].map((value) => hourClass(cn2012, exact(value)))).toEqual([1, 2, 4, 3]);
  });

  it('an hour of 70 is good by the tables of 2012 and light pollution by those of 2026', () => {
    expect([hourClass(cn2012, exact(70)), hourClass(cn2026, exact(70))]).toEqual([2, 3]);
  });

  it('of China have the colours and names of HJ 633, and their ends as concentrations', () => {
    const told = (standard: typeof cn2012) => pmClasses(standard).map((each) => [each.level, each.name.zh, each.colour, each.upTo]);
    expect(told(cn2012)).toEqual([
      [1, '优', '#00E400', 35], [2, '良', '#FFFF00', 75], [3, '轻度污染', '#FF7E00', 115], [4, '中度污染', '#FF0000', 150],
      [5, '重度污染', '#99004C', 250], [6, '严重污染', '#7E0023', null],
    ]);
    expect(pmClasses(cn2026).map((each) => each.upTo)).toEqual([35, 60, 115, 150, 250, null]);
    expect(cn2012.index && [50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500].map((iaqi) => cn2012.index && classOf(cn2012.index, iaqi).level)).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
  });

  it('of the US have their own names, and a purple of their own', () => {
    expect(pmClasses(us2024).map((each) => [each.name.en, each.colour, each.upTo])).toEqual([
      ['Good', '#00E400', 9], ['Moderate', '#FFFF00', 35.4], ['Unhealthy for Sensitive Groups', '#FF7E00', 55.4], ['Unhealthy', '#FF0000', 125.4],
      ['Very Unhealthy', '#8F3F97', 225.4], ['Hazardous', '#7E0023', null],
    ]);
    expect([9, 9.1, 400].map((value) => hourClass(us2024, exact(value)))).toEqual([1, 2, 6]);
  });

  it('of guidelines there are none, and no hour has one', () => {
    expect([pmClasses(who2021), hourClass(who2021, exact(20))]).toEqual([[], null]);
  });
});

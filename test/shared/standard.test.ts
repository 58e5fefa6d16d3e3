import { describe, expect, it } from 'vitest';
import { limitsOn } from '../../shared/effective.ts';
import { standardMistakes } from '../../shared/standard-mistakes.ts';
import { StandardFile, type Standard } from '../../shared/standard.ts';
import { cn2012, cn2026, us2024, who2021 } from './standards.ts';

const all = [cn2012, cn2026, us2024, who2021];
/** `PM2.5 day` and the largest value, of one grade or target, as they hold on a day. */
const limits = (standard: Standard, day: string, of: { grade?: 1 | 2; target?: string }): Record<string, number> => Object.fromEntries(
  limitsOn(standard, day).filter((each) => each.grade === of.grade && each.target === of.target).map(({ pollutant, average, max }) => [`${pollutant} ${average}`, max]));
const columns = (standard: Standard) => Object.fromEntries((standard.index?.breakpoints ?? []).map(({ pollutant, average, at }) => [`${pollutant} ${average}`, at]));

/** GB 3095, grade 1 and grade 2: 2012, the transition to the end of 2030, final. */
const GB3095: [string, [number, number], [number, number], [number, number]][] = [
  ['SO2 year', [20, 60], [20, 60], [20, 20]], ['SO2 day', [50, 150], [50, 150], [50, 50]], ['SO2 hour', [150, 500], [150, 500], [150, 150]],
  ['NO2 year', [40, 40], [40, 40], [30, 30]], ['NO2 day', [80, 80], [80, 80], [50, 50]], ['NO2 hour', [200, 200], [200, 200], [200, 200]],
  ['CO day', [4, 4], [4, 4], [4, 4]], ['CO hour', [10, 10], [10, 10], [10, 10]],
  ['O3 8-hours', [100, 160], [100, 160], [100, 160]], ['O3 hour', [160, 200], [160, 200], [160, 200]],
  ['PM10 year', [40, 70], [40, 60], [20, 50]], ['PM10 day', [50, 150], [50, 120], [50, 100]],
  ['PM2.5 year', [15, 35], [15, 30], [10, 25]], ['PM2.5 day', [35, 75], [35, 60], [25, 50]],
];
const gradeOf = (phase: 1 | 2 | 3, grade: 1 | 2): Record<string, number> => Object.fromEntries(GB3095.map((row) => [row[0], row[phase][grade - 1] ?? 0]));

describe('GB 3095', () => {
  it.each([1, 2] as const)('has the limits of 2012, of the transition and the final ones, to the day: grade %i', (grade) => {
    expect(limits(cn2012, '2022-02-04', { grade })).toEqual(gradeOf(1, grade));
    for (const day of ['2026-03-01', '2030-12-31']) expect(limits(cn2026, day, { grade }), day).toEqual(gradeOf(2, grade));
    for (const day of ['2031-01-01', '2040-01-01']) expect(limits(cn2026, day, { grade }), day).toEqual(gradeOf(3, grade));
  });

  it('judges days before and after its own time by its first and by its last figures', () => {
    expect(limits(cn2026, '2022-02-04', { grade: 2 })).toEqual(gradeOf(2, 2));
    expect(limits(cn2012, '2027-02-04', { grade: 2 })).toEqual(gradeOf(1, 2));
  });

  it('has no limit for an hour of PM2.5 in any version', () => {
    expect([cn2012, cn2026].flatMap((each) => each.limits).filter((each) => each.pollutant === 'PM2.5' && each.average === 'hour')).toEqual([]);
  });

  it('asks for 45 minutes, 20 hours and 6 of 8', () => {
    for (const each of [cn2012, cn2026]) expect(each.validity).toMatchObject({ hourMinutes: 45, dayHours: 20, eightHours: 6 });
  });
});

describe('HJ 633', () => {
  const table = {
    'SO2 day': [0, 50, 150, 475, 800, 1600, 2100, 2620], 'SO2 hour': [0, 150, 500, 650, 800],
    'NO2 day': [0, 40, 80, 180, 280, 565, 750, 940], 'NO2 hour': [0, 100, 200, 700, 1200, 2340, 3090, 3840],
    'PM10 day': [0, 50, 150, 250, 350, 420, 500, 600], 'CO day': [0, 2, 4, 14, 24, 36, 48, 60], 'CO hour': [0, 5, 10, 35, 60, 90, 120, 150],
    'O3 hour': [0, 160, 200, 300, 400, 800, 1000, 1200], 'O3 8-hours': [0, 100, 160, 215, 265, 800], 'PM2.5 day': [0, 35, 75, 115, 150, 250, 350, 500],
  };

  it('has its tables of 2012, and those of 2026, in which only the particles are others', () => {
    expect(columns(cn2012)).toEqual(table);
    expect(columns(cn2026)).toEqual({ ...table, 'PM10 day': [0, 50, 120, 250, 350, 420, 500, 600], 'PM2.5 day': [0, 35, 60, 115, 150, 250, 350, 500] });
    for (const each of [cn2012, cn2026]) expect(each.index?.iaqi).toEqual([0, 50, 100, 150, 200, 300, 400, 500]);
  });

  it('by 2026 has a table of the hour for the real-time report alone, ozone too, and publishes with gaps only above 100', () => {
    const flags = (standard: Standard) => standard.index?.breakpoints.filter((each) => each.realTimeOnly).map((each) => `${each.pollutant} ${each.average}`);
    expect([flags(cn2012), flags(cn2026)]).toEqual([['SO2 hour', 'NO2 hour', 'CO hour'], ['SO2 hour', 'NO2 hour', 'CO hour', 'O3 hour']]);
    expect([cn2012.index?.integrity, cn2026.index?.integrity?.publishAbove]).toEqual([undefined, 100]);
  });
});

describe('the guidelines of the WHO', () => {
  const at = (target: string) => limits(who2021, '2024-01-01', { target });

  it('have their levels and their interim targets, and no index', () => {
    expect(at('guideline')).toEqual({
      'PM2.5 year': 5, 'PM2.5 day': 15, 'PM10 year': 15, 'PM10 day': 45, 'O3 8-hours': 100, 'O3 peak-season': 60, 'NO2 year': 10, 'NO2 day': 25, 'SO2 day': 40, 'CO day': 4,
    });
    expect(at('interim-1')).toEqual({ 'PM2.5 year': 35, 'PM2.5 day': 75, 'PM10 year': 70, 'PM10 day': 150, 'O3 8-hours': 160, 'NO2 year': 40, 'NO2 day': 120, 'SO2 day': 125, 'CO day': 7 });
    expect(at('interim-2')).toEqual({ 'PM2.5 year': 25, 'PM2.5 day': 50, 'PM10 year': 50, 'PM10 day': 100, 'O3 8-hours': 120, 'NO2 year': 30, 'NO2 day': 50, 'SO2 day': 50 });
    expect(at('interim-3')).toEqual({ 'PM2.5 year': 15, 'PM2.5 day': 37.5, 'PM10 year': 30, 'PM10 day': 75, 'NO2 year': 20 });
    expect(at('interim-4')).toEqual({ 'PM2.5 year': 10, 'PM2.5 day': 25, 'PM10 year': 20, 'PM10 day': 50 });
    expect(who2021.index).toBeUndefined();
  });
});

describe('the standards that ship', () => {
  it('are free of contradiction, and name a clause for every figure', () => {
    expect(all.flatMap(standardMistakes)).toEqual([]);
    for (const { index, limits: list } of all) {
      expect([...(index?.breakpoints ?? []), ...(index?.breakpoints ?? []).map((each) => each.above), ...list].every((each) => each.clause.en.length > 5 && each.clause.zh.length > 5)).toBe(true);
    }
  });

  it('begin when they came into force', () => {
    expect(all.map(({ inForce }) => [inForce.from, inForce.to])).toEqual([['2016-01-01', '2026-02-28'], ['2026-03-01', undefined], ['2024-05-06', undefined], ['2021-09-22', undefined]]);
  });
});

describe('a standard that contradicts itself', () => {
  type Index = NonNullable<Standard['index']>;
  const bent = (standard: Standard, change: (index: Index) => Partial<Index>): string[] => {
    const index = standard.index as Index;
    return standardMistakes({ ...standard, index: { ...index, ...change(index) } }).map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const column = (standard: Standard, at: number, more: object) => bent(standard, ({ breakpoints }) => ({ breakpoints: breakpoints.map((each, index) => (index === at ? { ...each, ...more } : each)) }));

  it.each([
    ['has a column that does not rise', () => column(cn2012, 2, { at: [0, 40, 40] }), ['index.breakpoints.2.at: does not rise']],
    ['has a column that is too long', () => column(cn2012, 9, { at: [0, 35, 75, 115, 150, 250, 350, 500, 600] }), ['index.breakpoints.9.at: has more figures than iaqi (8)']],
    ['has steps that leave a gap', () => column(us2024, 0, { at: [[0, 9], [9.2, 35.4]] }), ['index.breakpoints.0.at: leaves a gap below 9.2']],
    ['has steps that lie over each other', () => column(us2024, 0, { at: [[0, 9], [9, 35.4]] }), ['index.breakpoints.0.at: does not rise', 'index.breakpoints.0.at: leaves a gap below 9']],
    ['mixes points and steps', () => column(us2024, 0, { at: [0, [9, 35.4]] }), ['index.breakpoints.0.at: has points and steps; expected one of both']],
    ['has a column of nothing', () => column(us2024, 0, { at: [null, null] }), ['index.breakpoints.0.at: has no figure']],
    ['ends in a column that is not there', () => column(cn2012, 1, { above: { use: 'year', clause: { zh: '无', en: 'nowhere' } } }), ['index.breakpoints.1.at: ends in another average, and there is no column for year']],
    ['has a column twice', () => column(cn2012, 1, { average: 'day', above: { iaqi: 500, clause: { zh: '某', en: 'x' } } }), ['index.breakpoints.1: SO2 day is there twice']],
    ['has an index that does not rise', () => bent(cn2012, () => ({ iaqi: [0, 100, 50, 150, 200, 300, 400, 500] })), ['index.iaqi: does not rise']],
    ['has a last class with an end', () => bent(cn2012, ({ classes }) => ({ classes: { ...classes, list: classes.list.slice(0, 5) } })), ['index.classes.list: does not rise to one last class without an end']],
    ['has neither limits nor an index', () => standardMistakes({ ...who2021, limits: [] }).map(({ path, message }) => `${path.join('.')}: ${message}`), ['limits: neither limits nor an index']],
    ['ends before it begins', () => standardMistakes({ ...who2021, inForce: { from: '2021-09-22', to: '2020-01-01' } }).map(({ path, message }) => `${path.join('.')}: ${message}`), ['inForce.to: 2020-01-01 is before 2021-09-22']],
  ])('%s', (_what, wrong, told) => { expect(wrong()).toEqual(told); });

  it('has no colour but one of six digits', () => {
    expect(StandardFile.safeParse({ ...cn2012, index: { ...cn2012.index, classes: { clause: { zh: '某', en: 'x' }, list: [{ level: 1, name: { zh: '优', en: 'x' }, upTo: null, colour: 'green' }] } } }).success).toBe(false);
  });
});

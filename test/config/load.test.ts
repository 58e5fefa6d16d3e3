import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { project } from '../../server/built.ts';
import { loadEvent, printed, type Config } from '../../server/config.ts';
import { ALERT_KINDS, type AlertKind } from '../../shared/event.ts';
import { durationMs, HOUR } from '../../shared/time.ts';
import { configOf, folder, good } from './folder.ts';

const shipped = async (dir: string): Promise<Config> => {
  const loaded = await loadEvent(path.join(project, dir));
  if (!loaded.ok) throw new Error(loaded.problems.map(printed).join('\n'));
  return loaded.config;
};
const limitOn = (config: Config, area: string, average: 'hour' | 'day') => (day: string) =>
  config.calendar.limitOn({ area, pollutant: 'PM2.5', average, day })?.limit.max ?? null;

describe('an event folder that is right', () => {
  it('answers where a station lies, and knows it by id and by alias', async () => {
    const config = await configOf();
    expect(config.cities.map((city) => city.id)).toEqual(['beijing', 'baoding']);
    expect(['1003A', '1051A', 'M1', 'nobody'].map(config.cityOf)).toEqual(['beijing', 'baoding', null, null]);
    expect(['1003A', 'Dongsi', 'DS', 'dongsi', 'M1'].map((name) => config.stationByAlias(name)?.id)).toEqual(['1003A', '1003A', '1003A', undefined, 'M1']);
    expect(config.stationsIn('beijing').map((each) => each.id)).toEqual(['1003A']);
    expect(config.stationById('M1')).toMatchObject({ evaluates: false, validFrom: '2022-01-01', longitude: 115.4 });
    expect(config.standardOn('2030-01-01').id).toBe('cn-2012');
  });

  it('needs three files; the others have defaults', async () => {
    const config = await configOf({ 'rules.yaml': null, 'plan.yaml': null, 'sources.yaml': null });
    expect(config.rules).toMatchObject({ settle: 'PT10M', news: { hour: 'PT2H', day: 'PT12H' }, severity: { 'day-exceeded': 'critical' } });
    expect(config.plan.ladders.map((ladder) => ladder.levels.map((level) => level.id))).toEqual([['III', 'II', 'I']]);
    expect(config.sources).toEqual([{ id: 'default', kind: 'http', stations: 'all', interval: 'PT1H', label: 'start' }]);
  });

  it('says what is worth a look: assumed limits, stations nobody sends, files nobody reads', async () => {
    const dir = await folder({ 'sources.yml': 'sources: []\n' });
    const loaded = await loadEvent(dir);
    expect(loaded.ok && loaded.config.notices.map(printed)).toEqual([
      'event.yaml limits.day: 75 is assumed: example', 'sources.yaml sources: no source sends M1', 'sources.yml: is not read; did you mean sources.yaml?',
    ]);
  });

  it('limits apply to cities only, unless they name an area', async () => {
    const config = await configOf({ 'event.yaml': (good['event.yaml'] ?? '').replace('average: hour', 'areas: [dongcheng], average: hour') });
    expect(['beijing', 'dongcheng', 'wild'].map((area) => limitOn(config, area, 'day')('2022-02-04'))).toEqual([75, null, null]);
    expect(['beijing', 'dongcheng'].map((area) => limitOn(config, area, 'hour')('2022-02-04'))).toEqual([null, 75]);
  });

  it('may bring a standard of its own beside the event folders', async () => {
    const dir = await folder({ 'event.yaml': (good['event.yaml'] ?? '').replace('cn-2012', 'own') });
    const missing = await loadEvent(dir);
    expect(missing.ok).toBe(false);
    await mkdir(path.join(dir, '..', 'standards'));
    const text = await readFile(path.join(project, 'config', 'standards', 'cn-2012.yaml'), 'utf8');
    await writeFile(path.join(dir, '..', 'standards', 'own.yaml'), text.replace('id: cn-2012', 'id: own'));
    expect((await loadEvent(dir)).ok).toBe(true);
    await writeFile(path.join(dir, '..', 'standards', 'own.yaml'), text.replace('[0, 35, 75, 115', '[0, 75, 35, 115'));
    const broken = await loadEvent(dir);
    expect(broken.ok ? [] : broken.problems.map(printed)).toEqual([
      'standards/own.yaml:2 id: is "cn-2012", the file is own.yaml', expect.stringMatching(/^standards\/own\.yaml:\d+ index\.breakpoints\[9\]\.at: does not rise$/),
    ]);
  });

  it('a damaged line never brings the check down: what is wrong is told with its file', async () => {
    const lines = (good['event.yaml'] ?? '').split('\n');
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: lines.length - 2 }), fc.string({ maxLength: 20 }), async (at, damage) => {
      const loaded = await loadEvent(await folder({ 'event.yaml': lines.map((line, index) => (index === at ? damage : line)).join('\n') }));
      if (!loaded.ok) expect(loaded.problems.map((each) => each.file)).toContain('event.yaml');
    }), { numRuns: 30 });
  });
});

describe('the Winter Games of 2022', () => {
  const games = shipped('config/beijing-2022');

  it('have 101 stations in 17 cities, all but the control site of Dingling evaluating', async () => {
    const config = await games;
    expect([config.stations.length, config.cities.length]).toEqual([101, 17]);
    expect(config.stations.filter((each) => !each.evaluates).map((each) => each.id)).toEqual(['1002A']);
    expect(config.cities.filter((each) => each.role === 'host').map((each) => each.id)).toEqual(['beijing', 'zhangjiakou']);
    expect(config.stations.every((each) => config.cityOf(each.id) !== null)).toBe(true);
    expect(['Wanliu', 'Aotizhongxin', 'Dingling'].map((name) => config.stationByAlias(name)?.id)).toEqual(['1007A', '1011A', '1002A']);
  });

  it.each([
    ['2022-01-04', null, null], ['2022-01-05', 75, null], ['2022-01-10', null, null], ['2022-02-03', null, null], ['2022-02-04', 75, 75],
    ['2022-02-05', 75, null], ['2022-02-20', 75, 75], ['2022-02-21', null, null], ['2022-03-04', 75, 75], ['2022-03-09', 75, null],
    ['2022-03-10', 75, null], ['2022-03-11', 75, null], ['2022-03-13', 75, 75], ['2022-03-14', null, null],
  ])('on %s a day is held to %s and an hour to %s', async (day, ofDay, ofHour) => {
    const config = await games;
    expect([limitOn(config, 'beijing', 'day')(day), limitOn(config, 'zhangjiakou', 'hour')(day)]).toEqual([ofDay, ofHour]);
  });

  it('mark every limit as assumed, since the order never named its figures', async () => {
    expect((await games).event.limits.map((each) => each.assumed)).toEqual([true, true]);
  });

  it('have four ceremonies and five lunar nodes, on the days they fell', async () => {
    expect((await games).calendar.keyDates.map((each) => each.date)).toEqual([
      '2022-02-04', '2022-02-20', '2022-03-04', '2022-03-13', '2022-01-25', '2022-01-31', '2022-02-01', '2022-02-05', '2022-02-15',
    ]);
  });

  const suggestedFor = async (kind: AlertKind) => (await games).plan.measures.filter((each) => each.suggestedBy.includes(kind));

  it('have a plan that suggests something for every alert', async () => {
    for (const kind of ALERT_KINDS) expect(await suggestedFor(kind), kind).not.toEqual([]);
  });

  it('suggest nothing for an hour at stake that may begin later than in two hours', async () => {
    for (const kind of ['hour-projected', 'hour-locked', 'hour-exceeded'] as const) {
      const slow = (await suggestedFor(kind)).filter(({ levels, within }) => levels.length > 0 && (durationMs(within) ?? 0) > 2 * HOUR);
      expect(slow.map(({ id }) => id), kind).toEqual([]);
    }
  });

  it('say of a day that is lost: hold, confer, find the cause, check, report; and protect people', async () => {
    for (const kind of ['day-locked', 'day-exceeded'] as const) {
      const ids = (await suggestedFor(kind)).map(({ id }) => id);
      expect(ids, kind).toEqual(expect.arrayContaining(['hold', 'confer', 'find-cause', 'check-measures', 'report', 'health-advice', 'schools']));
    }
  });
});

describe('the other events', () => {
  it('APEC 2014 holds every day to 75 and the hours of the dinner day too', async () => {
    const config = await shipped('config/apec-2014');
    expect(config.calendar.limitsOn('2014-11-01').map((each) => each.id)).toEqual(['day']);
    expect(config.calendar.limitsOn('2014-11-10').map((each) => each.id)).toEqual(['day', 'dinner-hour']);
    expect(config.stations.filter((each) => each.evaluates)).toHaveLength(12);
    expect([limitOn(config, 'beijing', 'day')('2014-10-31'), limitOn(config, 'beijing', 'day')('2014-11-12'), limitOn(config, 'beijing', 'day')('2014-11-13')]).toEqual([null, 75, null]);
  });

  it("the Spring Festival of 2017 holds the hours of New Year's Eve and of the day after", async () => {
    const config = await shipped('test/events/winter-2017');
    expect(['2017-01-26', '2017-01-27', '2017-01-28', '2017-01-29'].map(limitOn(config, 'beijing', 'hour'))).toEqual([null, 75, 75, null]);
    expect(config.civil.iso(config.calendar.keyDates[0]?.end ?? 0)).toBe('2017-01-28T06:00:00+08:00');
  });
});

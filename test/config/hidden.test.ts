import { describe, expect, it } from 'vitest';
import { changed, good, problemsOf } from './folder.ts';

const event = good['event.yaml'] ?? '';
const network = good['network.yaml'] ?? '';
const stations = good['stations.csv'] ?? '';
const placesOf = async (files: Record<string, string>): Promise<string[]> => (await problemsOf(files)).map((each) => each.split(': ')[0] ?? '');

describe('a period that is wrong hides nothing else of the event', () => {
  const rest = event
    .replace('Asia/Shanghai', 'Asia/Nowhere').replace('cn-2012', 'cn-1912')
    .replace('from: 2022-01-20, to: 2022-01-31 }', 'from: 2022-01-19, to: 2022-02-01 }')
    .replace('date: 2022-02-04', 'date: 2022-03-04').replace('[show]', '[shows]').replace('id: hour', 'id: day').replace('[opening]', '[closing]');
  const found = [
    'event.yaml:3 timezone', 'event.yaml:4 standard', 'event.yaml:7 phases[0].from', 'event.yaml:8 phases[1].from', 'event.yaml:10 keyDates[0].date',
    'event.yaml:13 limits[0].on.phases[0]', 'event.yaml:14 limits[1].id', 'event.yaml:14 limits[1].on.keyDates[0]',
  ];
  const place = (line: string): number => Number(/:(\d+)/.exec(line)?.[1]);

  it('its ends the wrong way round: days are held to the period that is meant', async () => {
    const turned = rest.replace('{ from: 2022-01-20, to: 2022-02-10 }', '{ from: 2022-02-10, to: 2022-01-20 }');
    expect((await placesOf({ 'event.yaml': turned })).sort((a, b) => place(a) - place(b))).toEqual([...found.slice(0, 2), 'event.yaml:5 period', ...found.slice(2)]);
  });

  it.each([
    ['an end that is no date', 'to: 2022-02-30 }', 'event.yaml:5 period.to'],
    ['an end that is missing', '}', 'event.yaml:5 period.to'],
  ])('%s: what needs no end is told', async (_what, end, where) => {
    const places = await placesOf({ 'event.yaml': rest.replace('to: 2022-02-10 }', end) });
    expect(places).toEqual([...found.slice(0, 2), where, ...found.slice(2).filter((each) => !each.includes('.date'))]);
  });

  it.each([
    ['a year mistaken', '{ from: 2022-01-20, to: 2021-02-10 }', 'event.yaml:5 period'],
    ['a date mistaken', '{ from: 2022-01-20, to: soon }', 'event.yaml:5 period.to'],
    ['nothing that could be read', 'all winter', 'event.yaml:5 period'],
  ])('and puts nothing else in the wrong: %s', async (_what, period, where) => {
    expect([...new Set(await placesOf({ 'event.yaml': event.replace('{ from: 2022-01-20, to: 2022-02-10 }', period) }))]).toEqual([where]);
  });

  it('nor do phases that are no list at all put the limits on them in the wrong', async () => {
    const [head, tail] = [event.slice(0, event.indexOf('phases:')), event.slice(event.indexOf('keyDates:'))];
    expect(await placesOf({ 'event.yaml': `${head}phases: many\n${tail}` })).toEqual(['event.yaml:6 phases']);
  });
});

describe('a standard with wrong dates hides nothing of the others', () => {
  it('a name that is not there beside a date that is none', async () => {
    const list = 'standard: [{ id: cn-2012, from: soon }, { id: cn-2102 }]';
    expect(await placesOf({ 'event.yaml': event.replace('standard: cn-2012', list) })).toEqual(['event.yaml:4 standard[0].from', 'event.yaml:4 standard[1].id']);
  });
});

describe('a header that is wrong hides nothing of the rows', () => {
  const rows = `${stations}M2,站,mars,x,38,micro,false,,,\nM1,站,wild,115,38,micro,false,DS,,\n`;
  const found = ['stations.csv:5 longitude', 'stations.csv:5 area', 'stations.csv:6 id', 'stations.csv:6 aliases'];

  it('a column that is there twice', async () => {
    const twice = rows.split('\n').map((line, at) => (line === '' ? '' : `${line}${at === 0 ? ',name' : ',x'}`)).join('\n');
    const places = await placesOf({ 'stations.csv': twice, 'sources.yaml': 'sources:\n  - { id: gateway, kind: http, stations: [1003A, 9999A], interval: PT5M }\n' });
    expect(places).toEqual(['stations.csv:1 name', ...found, 'sources.yaml:2 sources[0].stations[1]']);
  });

  it('a column that is misspelt is read as the one that is meant', async () => {
    expect(await placesOf({ 'stations.csv': rows.replace('longitude', 'longitud') }))
      .toEqual(['stations.csv:1 longitude', 'stations.csv:1 longitud', ...found]);
  });

  it('a column that is missing: the others are looked at, and no row is told to lack it', async () => {
    const without = rows.split('\n').map((line) => line.split(',').filter((_cell, at) => at !== 6).join(',')).join('\n');
    expect(await placesOf({ 'stations.csv': without })).toEqual(['stations.csv:1 evaluates', ...found]);
  });
});

describe('a wrong field of an item hides no other of it', () => {
  it('the parent of an area, the stations of a source, an id that is there twice', async () => {
    expect(await placesOf({
      'network.yaml': network.replace('kind: district, parent: beijing', 'kind: distric, parent: beijin').replace('id: wild, name: { zh: 野外, en: Wild }', 'id: baoding, name: { zh: 野外 }')
        .replace('kind: zone', 'kind: zone, parent: dongcheng'),
      'stations.csv': stations.replaceAll(',wild,', ',beijing,'),
      'sources.yaml': 'sources:\n  - { id: gateway, kind: http, stations: [1003A, 9999A], interval: often }\n',
    })).toEqual([
      'network.yaml:4 areas[2].kind', 'network.yaml:4 areas[2].parent', 'network.yaml:5 areas[3].name.en', 'network.yaml:5 areas[3].id',
      'sources.yaml:2 sources[0].interval', 'sources.yaml:2 sources[0].stations[1]',
    ]);
  });

  it('a station that is there twice, once with a wrong coordinate', async () => {
    expect(await placesOf({ 'stations.csv': `${stations}M1,站,wild,east,38,micro,false,,,\n` })).toEqual(['stations.csv:5 longitude', 'stations.csv:5 id']);
  });

  it('measures are held to the levels although the only ladder has a wrong colour', async () => {
    const plan = (good['plan.yaml'] ?? '').replace('colour: red', 'colour: pink');
    expect(await placesOf({ 'plan.yaml': plan })).toEqual(['plan.yaml:6 ladders[0].levels[1].colour']);
    expect(await placesOf({ 'plan.yaml': `${plan}${plan.slice(plan.indexOf('  - { id: trucks'))}` })).toEqual(['plan.yaml:6 ladders[0].levels[1].colour', 'plan.yaml:9 measures[1].id']);
  });
});

describe('a quotation mark that never closes', () => {
  it.each([
    ['alone', 'M2,"站,wild,115,38,micro,false,,,\nM3,站,mars,115,38,micro,false,,,\n'],
    ['with another after it', 'M2,"站,wild,115,38,micro,false,,,\nM3,"站",mars,115,38,micro,false,,,\n'],
    ['that another one closes', 'M2,"站,wild,115,38,micro,false,,,\nM3,站",mars,115,38,micro,false,,,\n'],
  ])('is told where it opens, and the rows after it are looked at: %s', async (_what, lines) => {
    const places = await placesOf({ 'stations.csv': `${stations}${lines}` });
    expect(places[0]).toBe('stations.csv:5');
    expect(places.at(-1)).toMatch(/^stations\.csv:6/);
  });

  it('is no fault where it closes on the next line and the row is whole', async () => {
    expect(await problemsOf(changed('stations.csv', '微站', '"微\n站"'))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { changed, folder, good, problemsOf } from './folder.ts';
import { loadEvent } from '../../server/config.ts';

type Case = [what: string, files: Record<string, string | null>, expected: string];
const check = (cases: Case[]) => {
  it.each(cases)('%s', async (_what, files, expected) => {
    expect(await problemsOf(files)).toEqual([expected]);
  });
};

describe('an event file that is wrong is told by line and field', () => {
  check([
    ['a field nobody knows, with what was meant', changed('event.yaml', 'average: hour', 'averag: hour, average: hour'), 'event.yaml:14 limits[1].averag: unknown field "averag"; did you mean "average"?'],
    ['a field nobody knows, with what there is', changed('event.yaml', 'id: fair', 'id: fair\ncolour: red'), 'event.yaml:2 colour: unknown field "colour"; there are id, name, timezone, standard, period, phases, keyDates, limits, summary, targets, aqi'],
    ['a misspelt day of a limit', changed('event.yaml', '{ phases: [show] }', '{ phase: [show] }'), 'event.yaml:13 limits[0].on.phase: unknown field "phase"; did you mean "phases"?'],
    ['a limit on two kinds of day at once', changed('event.yaml', '{ phases: [show] }', '{ phases: [show], keyDates: [opening] }'), 'event.yaml:13 limits[0].on.keyDates: "keyDates" cannot stand beside phases'],
    ['text where a number belongs', changed('event.yaml', 'max: 75', 'max: seventy'), 'event.yaml:13 limits[0].max: expected a number, not "seventy"'],
    ['a limit of nothing', changed('event.yaml', 'max: 75', 'max: 0'), 'event.yaml:13 limits[0].max: too small: expected number to be >0, not 0'],
    ['a pollutant nobody measures', changed('event.yaml', 'pollutant: PM2.5', 'pollutant: PM25'), 'event.yaml:13 limits[0].pollutant: expected one of PM2.5, PM10, SO2, NO2, O3, CO, not "PM25"; did you mean "PM2.5"?'],
    ['a name in one language', changed('event.yaml', '{ zh: 展, en: show }', '{ zh: 展 }'), 'event.yaml:8 phases[1].name.en: is missing'],
    ['a date that is none', changed('event.yaml', 'to: 2022-02-10 }\nkeyDates', 'to: 2022-02-30 }\nkeyDates'), 'event.yaml:8 phases[1].to: no such date, not "2022-02-30"'],
    ['a time of day that is none', changed('event.yaml', '"22:30"', '"25:30"'), 'event.yaml:10 keyDates[0].to: expected HH:MM, 24:00 or "+1 HH:MM", not "25:30"'],
    ['a key date with two dates', changed('event.yaml', 'date: 2022-02-04', 'date: 2022-02-04, lunar: { month: 1, day: 4 }'), 'event.yaml:10 keyDates[0]: exactly one of "date", "lunar", "yearly" and "weekday" is needed'],
    ['a lunar month that is none', changed('event.yaml', '{ day: new-year-eve }', '{ month: 13, day: 1 }'), 'event.yaml:11 keyDates[1].lunar.month: too big: expected number to be <=12, not 13'],
    ['a lunar day that never comes', changed('event.yaml', '{ day: new-year-eve }', '{ month: 12, day: 30 }'), 'event.yaml:11 keyDates[1].lunar: no such lunar day from 2022-01-20 to 2022-02-10'],
    ['a zone nobody knows', changed('event.yaml', 'Asia/Shanghai', 'Asia/Peking2'), 'event.yaml:3 timezone: no time zone "Asia/Peking2"; expected one such as Asia/Shanghai'],
    ['a standard that is not there', changed('event.yaml', 'cn-2012', 'cn-2021'), 'event.yaml:4 standard: no standard "cn-2021"; did you mean "cn-2012"?'],
    ['phases that overlap', changed('event.yaml', 'to: 2022-01-31', 'to: 2022-02-01'), 'event.yaml:8 phases[1].from: overlaps the phase "before" (2022-01-20 to 2022-02-01)'],
    ['a phase outside the period', changed('event.yaml', 'from: 2022-01-20, to: 2022-01-31', 'from: 2022-01-10, to: 2022-01-31'), "event.yaml:7 phases[0].from: 2022-01-10 is before the event's first day 2022-01-20"],
    ['a limit on a phase that is not there', changed('event.yaml', '[show]', '[shows]'), 'event.yaml:13 limits[0].on.phases[0]: no phase "shows"; did you mean "show"?'],
    ['a limit on a key date that is not there', changed('event.yaml', '[opening]', '[opening, closing]'), 'event.yaml:14 limits[1].on.keyDates[1]: no key date "closing"; there are opening, eve'],
    ['a limit for an area that is not there', changed('event.yaml', 'average: hour', 'areas: [chongli], average: hour'), 'event.yaml:14 limits[1].areas[0]: no area "chongli"; there are beijing, baoding, dongcheng, wild'],
    ['a limit for an area without evaluating stations', changed('event.yaml', 'average: hour', 'areas: [wild], average: hour'), 'event.yaml:14 limits[1].areas[0]: "wild" has no station that evaluates'],
    ['a limit for the same area twice', changed('event.yaml', 'average: hour', 'areas: [beijing, beijing], average: hour'), 'event.yaml:14 limits[1].areas[1]: "beijing" is there twice'],
    ['a limit for a class of places that no city has', changed('event.yaml', 'average: hour', 'roles: [host, neighbour], average: hour'), 'event.yaml:14 limits[1].roles[1]: no city has the role "neighbour"'],
    ['a limit for a class whose cities have no evaluating station', { ...changed('event.yaml', 'average: hour', 'roles: [host], average: hour'), ...changed('stations.csv', 'national,true,Dongsi', 'national,false,Dongsi') }, 'event.yaml:14 limits[1].roles[0]: no city of the role "host" has a station that evaluates'],
    ['a limit for areas and a class of places', changed('event.yaml', 'average: hour', 'areas: [beijing], roles: [host], average: hour'), 'event.yaml:14 limits[1]: only one of "areas", "roles" and "classes" may stand here'],
    ['a pollutant that nobody knows, not monitored', changed('event.yaml', 'standard: cn-2012', 'standard: cn-2012\naqi: { notMonitored: [PM1] }'), 'event.yaml:5 aqi.notMonitored[0]: expected one of PM2.5, PM10, SO2, NO2, O3, CO, not "PM1"; did you mean "PM10"?'],
    ['a share of three hundred percent', changed('rules.yaml', 'settle: PT5M', 'settle: PT5M\nquality: { inversion: { share: 3 } }'), 'rules.yaml:2 quality.inversion.share: expected a share of 1 at most, as 0.1 for 10 %, not 3'],
    ['a delay that outlasts its hour', changed('rules.yaml', 'settle: PT5M', 'settle: PT5M\nprojected: { onDelay: { hour: PT2H } }'), 'rules.yaml:2 projected.onDelay.hour: longer than PT1H: the hour would be over, not "PT2H"'],
    ['a period that is no news any more when it closes', changed('rules.yaml', 'settle: PT5M', 'settle: PT3H'), 'rules.yaml:1 news.hour: PT2H is not longer than settle, PT3H: what closes would be no news any more, and raise nothing'],
    ['a limit for a class that no area has', { ...changed('event.yaml', 'average: hour', 'classes: [defend], average: hour'), ...changed('network.yaml', 'kind: district', 'kind: district, class: lead') }, 'event.yaml:14 limits[1].classes[0]: no area has the class "defend"; there are lead'],
    ['a limit for a class none of whose areas has an evaluating station', { ...changed('event.yaml', 'average: hour', 'classes: [lead], average: hour'), ...changed('network.yaml', 'kind: zone', 'kind: zone, class: lead') }, 'event.yaml:14 limits[1].classes[0]: no area of the class "lead" has a station that evaluates'],
    ['a day of the year that never comes', changed('event.yaml', 'lunar: { day: new-year-eve }', 'yearly: { month: 5, day: 1 }'), 'event.yaml:11 keyDates[1].yearly: no such day from 2022-01-20 to 2022-02-10'],
    ['a limit with an approver in one language', changed('event.yaml', 'average: hour', 'approver: { zh: 市政府 }, average: hour'), 'event.yaml:14 limits[1].approver.en: is missing'],
    ['two limits of one id', changed('event.yaml', 'id: hour', 'id: day'), 'event.yaml:14 limits[1].id: "day" is there twice'],
    ['a missing comma or bracket', changed('event.yaml', 'to: 2022-01-31 }', 'to: 2022-01-31'), 'event.yaml:8: Flow map in block collection must be sufficiently indented and end with a }'],
    ['a key that is there twice', changed('event.yaml', 'id: fair', 'id: fair\nid: fair'), 'event.yaml:2: Map keys must be unique'],
    ['a file with nothing in it', { 'event.yaml': '' }, 'event.yaml:1: expected a mapping, not nothing'],
    ['an event file that is missing', { 'event.yaml': null }, 'event.yaml: is missing; an event needs event.yaml, network.yaml and stations.csv'],
  ]);
});

describe('a network that is wrong is told by line and field', () => {
  const row = (text: string) => ({ 'stations.csv': `${good['stations.csv'] ?? ''}${text}\n` });
  const micro = (id: string, more = '') => row(`${id},站,wild,115,38,micro,false,${more},,`);
  check([
    ['a parent that is not there', changed('network.yaml', 'parent: beijing', 'parent: beijin'), 'network.yaml:4 areas[2].parent: no area "beijin"; did you mean "beijing"?'],
    ['two districts of one area code', changed('network.yaml', 'Dongcheng }, kind: district, parent: beijing', 'Dongcheng }, kind: district, parent: beijing, adcode: "110000"'), 'network.yaml:4 areas[2].adcode: "110000" is already that of "beijing"'],
    ['areas that lie in each other', changed('network.yaml', 'zh: 保定市, en: Baoding }, kind: city', 'zh: 保定市, en: Baoding }, kind: city, parent: baoding'), 'network.yaml:3 areas[1].parent: "baoding" lies in itself'],
    ['two areas of one id', changed('network.yaml', '  - { id: wild', '  - { id: baoding, name: { zh: 定, en: ding }, kind: zone }\n  - { id: wild'), 'network.yaml:5 areas[3].id: "baoding" is there twice'],
    ['an area code that is none', changed('network.yaml', '"110000"', '110000'), 'network.yaml:2 areas[0].adcode: expected text, not 110000'],
    ['a station of an area that is not there', row('M2,站,dongchen,115,38,micro,false,,,'), 'stations.csv:5 area: no area "dongchen"; did you mean "dongcheng"?'],
    ['a coordinate that is none', row('M2,站,wild,E115,38,micro,false,,,'), 'stations.csv:5 longitude: expected degrees as a decimal number, not "E115"'],
    ['a coordinate that was left empty', row('M2,站,wild,115,,micro,false,,,'), 'stations.csv:5 latitude: expected degrees as a decimal number, not ""'],
    ['a coordinate off the globe', row('M2,站,wild,115,380,micro,false,,,'), 'stations.csv:5 latitude: too big: expected number to be <=90, not "380"'],
    ['a kind nobody knows', row('M2,站,wild,115,38,nation,false,,,'), 'stations.csv:5 kind: expected one of national, provincial, city, park, micro, super, not "nation"; did you mean "national"?'],
    ['neither true nor false', row('M2,站,wild,115,38,micro,yes,,,'), 'stations.csv:5 evaluates: expected one of true, false, not "yes"'],
    ['a cell too few', row('M2,站,wild,115,38,micro,false,,'), 'stations.csv:5: has 9 cells, the header has 10'],
    ['a station that is there twice', micro('M1'), 'stations.csv:5 id: "M1" is already a station'],
    ['an alias that is a station', micro('M2', '1003A'), 'stations.csv:5 aliases: "1003A" is already a station'],
    ['an alias of another', micro('M2', 'x|DS'), 'stations.csv:5 aliases: "DS" is already an alias of 1003A'],
    ['a station that ends before it begins', row('M2,站,wild,115,38,micro,false,,2022-02-01,2022-01-01'), 'stations.csv:5 validTo: 2022-01-01 is before 2022-02-01'],
    ['an evaluating station outside every city', row('M2,站,wild,115,38,national,true,,,'), 'stations.csv:5 evaluates: evaluates, but its area "wild" lies in no city'],
    ['a quotation mark that never ends', row('M2,"站,wild,115,38,micro,false,,,'), 'stations.csv:5: a quotation mark opens on this line and does not close on it'],
  ]);

  it('columns that are missing, twice there or unknown', async () => {
    const header = (good['stations.csv'] ?? '').replace('kind,', 'kinds,').replace('validTo', 'id');
    expect(await problemsOf({ 'stations.csv': header })).toEqual([
      'stations.csv:1 kind: this column is missing', 'stations.csv:1 validTo: this column is missing',
      'stations.csv:1 id: this column is there twice', 'stations.csv:1 kinds: unknown column "kinds"; did you mean "kind"?',
    ]);
  });

  it('a limit that no city could ever be judged by, on every such limit', async () => {
    const none = (good['stations.csv'] ?? '').replaceAll(',true,', ',false,');
    expect(await problemsOf({ 'stations.csv': none })).toEqual([
      'event.yaml:13 limits[0]: no city has a station that evaluates, so nothing can be judged by it',
      'event.yaml:14 limits[1]: no city has a station that evaluates, so nothing can be judged by it',
    ]);
  });

  it('a file that is not UTF-8, by the line of the first strange byte', async () => {
    const [head = '', ...rest] = (good['stations.csv'] ?? '').split('\n');
    const gb = Buffer.concat([Buffer.from(`${head}\n1003A,`), Buffer.from([0xb6, 0xab, 0xcb, 0xc4]), Buffer.from(`,${rest.join('\n')}`)]);
    expect(await problemsOf({ 'stations.csv': gb, 'sources.yaml': null })).toEqual(['stations.csv:2: is not UTF-8; save it as UTF-8']);
  });
});

describe('rules, plan and sources that are wrong are told by line and field', () => {
  check([
    ['a duration that is none', changed('rules.yaml', 'PT5M', '5min'), 'rules.yaml:1 settle: expected a duration such as PT10M, PT2H or P1D, not "5min"'],
    ['a rule of quality nobody knows', { 'rules.yaml': 'settle: PT5M\nquality:\n  spike: { leest: 40 }\n' }, 'rules.yaml:3 quality.spike.leest: unknown field "leest"; did you mean "least"?'],
    ['a range that is the wrong way round', { 'rules.yaml': 'quality:\n  dust: false\n  range: { PM10: [2000, -5] }\n' }, 'rules.yaml:3 quality.range.PM10: the first bound is not below the second'],
    ['a severity nobody knows', changed('rules.yaml', 'warning', 'warn'), 'rules.yaml:3 severity.silent: expected one of notice, warning, critical, not "warn"'],
    ['a kind of alert nobody knows', changed('rules.yaml', 'silent:', 'silnet:'), 'rules.yaml:3 severity.silnet: unknown field "silnet"; did you mean "silent"?'],
    ['a measure of a level that no ladder has', changed('plan.yaml', 'levels: [II, I]', 'levels: [III, I]'), 'plan.yaml:8 measures[0].levels[0]: no level "III"; did you mean "II"?'],
    ['a measure that no level orders and no alert suggests', changed('plan.yaml', 'levels: [II, I]', 'levels: []'), 'plan.yaml:8 measures[0]: no level orders it and no alert suggests it, so nobody will ever see it'],
    ['a level that is there twice', changed('plan.yaml', '      - { id: I,', '      - { id: II, name: { zh: 二, en: ii }, colour: red }\n      - { id: I,'), 'plan.yaml:6 ladders[0].levels[1].id: "II" is there twice'],
    ['a source of a station that is not there', changed('sources.yaml', '1051A', '1052A'), 'sources.yaml:2 sources[0].stations[1]: no station "1052A"; did you mean "1051A"?'],
    ['a source of the same station twice', changed('sources.yaml', '1051A]', '1051A, 1051A]'), 'sources.yaml:2 sources[0].stations[2]: "1051A" is there twice'],
    ['minutes that do not divide the hour', changed('sources.yaml', 'PT5M', 'PT7M'), 'sources.yaml:2 sources[0].interval: expected minutes that divide the hour, such as PT1M, PT5M or PT1H, not "PT7M"'],
    ['a source that never sends', changed('sources.yaml', 'PT5M', 'PT0M'), 'sources.yaml:2 sources[0].interval: expected minutes that divide the hour, such as PT1M, PT5M or PT1H, not "PT0M"'],
    ['a source of no known kind', changed('sources.yaml', 'kind: http', 'kind: modbus'), 'sources.yaml:2 sources[0].kind: expected one of http, hj212, line-protocol, pull, files, mqtt, not "modbus"'],
  ]);
});

describe('all problems at once', () => {
  it('in the order of files and lines, over every file', async () => {
    const problems = await problemsOf({
      ...changed('event.yaml', 'max: 75, on: { phases: [show] }', 'max: x, on: { phases: [gone] }'),
      ...changed('network.yaml', 'parent: beijing', 'parent: nowhere'),
      'stations.csv': `${good['stations.csv'] ?? ''}M2,站,mars,x,38,micro,false,,,\nM1,站,moon,1,2,micro,false,,,\n`,
      ...changed('rules.yaml', 'PT5M', 'soon'),
      ...changed('plan.yaml', 'PT2H', 'later'),
      ...changed('sources.yaml', '1051A', 'M2, M3'),
    });
    expect(problems.map((each) => each.split(': ')[0])).toEqual([
      'event.yaml:13 limits[0].max', 'event.yaml:13 limits[0].on.phases[0]', 'network.yaml:4 areas[2].parent',
      'stations.csv:5 longitude', 'stations.csv:5 area', 'stations.csv:6 id', 'stations.csv:6 area',
      'rules.yaml:1 settle', 'plan.yaml:8 measures[0].within', 'sources.yaml:2 sources[0].stations[2]',
    ]);
  });

  it('a wrong item hides neither what is wrong beside it nor what refers to others', async () => {
    const problems = await problemsOf({
      'event.yaml': (good['event.yaml'] ?? '').replace('kind: ceremony', 'kind: parade').replace('lunar: { day: new-year-eve }', 'date: 2023-01-01').replace('[show]', '[gone]'),
    });
    expect(problems.map((each) => each.split(': ')[0])).toEqual(['event.yaml:10 keyDates[0].kind', 'event.yaml:11 keyDates[1].date', 'event.yaml:13 limits[0].on.phases[0]']);
  });

  it('what refers to a wrong item is not called dangling', async () => {
    expect(await problemsOf(changed('event.yaml', 'kind: ceremony', 'kind: parade'))).toEqual(['event.yaml:10 keyDates[0].kind: expected one of ceremony, fireworks, not "parade"']);
    expect(await problemsOf(changed('stations.csv', '115.493', 'east'))).toEqual(['stations.csv:3 longitude: expected degrees as a decimal number, not "east"']);
  });

  it('two wrong items that refer to each other are two problems, not three', async () => {
    const event = (good['event.yaml'] ?? '').replace('kind: ceremony', 'kind: parade').replace('average: hour', 'average: week');
    expect(await problemsOf({ 'event.yaml': event })).toEqual([
      'event.yaml:10 keyDates[0].kind: expected one of ceremony, fireworks, not "parade"', 'event.yaml:14 limits[1].average: expected one of hour, day, not "week"',
    ]);
  });

  it('a folder that is not there is one problem', async () => {
    const loaded = await loadEvent(`${await folder({})}-not`);
    expect(loaded.ok).toBe(false);
  });
});

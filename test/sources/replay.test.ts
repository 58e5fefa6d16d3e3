import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecorded, type LayoutId, type Recorded } from '../../server/layouts/recorded.ts';
import { civilOf } from '../../shared/time.ts';
import { describeWithShared } from '../setup/shared.ts';

const civil = civilOf('Asia/Shanghai');
const stations = new Map([['Wanshouxigong', '1001A'], ['1001A', '1001A'], ['1003A', '1003A'], ['Dongsi', '1003A']]);
let folder = '';
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'recorded-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

function file(name: string, contents: string | Buffer): string {
  const place = path.join(folder, name);
  writeFileSync(place, contents);
  return place;
}
const read = (layout: LayoutId, ...files: string[]): Promise<Recorded> =>
  readRecorded({ files, layout, civil, resolveStation: (alias) => stations.get(alias) ?? null });

async function good(layout: LayoutId, ...files: string[]) {
  const recorded = await read(layout, ...files);
  if (!recorded.ok) throw new Error(JSON.stringify(recorded.problems));
  return recorded;
}
/** A reading as one line: station, pollutant, start in civil time, minutes, value in millionths. */
const lines = (recorded: { readings: { station: string; pollutant: string; start: number; minutes: number; value: number | null }[] }) =>
  recorded.readings.map((r) => [r.station, r.pollutant, civil.iso(r.start), r.minutes, r.value].join(' '));

const CANONICAL = 'station,pollutant,start,period,value,flag\n';
const UCI = 'No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,station\n';
const SITES = 'date,hour,type,1001A,9999A,1003A\n';

describe('the canonical layout', () => {
  test('every row is a reading, in any order of columns', async () => {
    const recorded = await good('canonical', file('a.csv',
      'value,flag,station,start,period,pollutant\n48.2,N,1001A,2022-02-04T19:00:00+08:00,PT1H,PM2.5\n,B,Dongsi,2022-02-04T11:05:00Z,PT5M,CO\n'));
    expect(lines(recorded)).toEqual([
      '1001A PM2.5 2022-02-04T19:00:00+08:00 60 48200000', '1003A CO 2022-02-04T19:05:00+08:00 5 ',
    ]);
    expect(recorded.readings.map((r) => r.flag)).toEqual(['N', 'B']);
    expect(recorded.skipped).toEqual([]);
  });

  test('a bad row is named by its file and line, and costs no other', async () => {
    const place = file('b.csv', CANONICAL + [
      '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N',
      '1234X,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N',
      '1001A,PM1,2022-02-04T19:00:00+08:00,PT1H,48.2,N',
      '1001A,PM2.5,2022-02-04T19:00:00,PT1H,48.2,N',
      '1001A,PM2.5,2022-02-04T19:10:00+08:00,PT1H,48.2,N',
      '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT7M,48.2,N',
      '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,4 8,N',
      '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2',
      '1001A,"PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N',
      '1001A,PM2.5,2022-02-04T20:00:00+08:00,PT1H,48.3,N',
    ].join('\n'));
    const recorded = await good('canonical', place);
    expect(recorded.readings.map((r) => r.value)).toEqual([48_200_000, 48_300_000]);
    expect(recorded.skipped.map(({ reason, count, first }) => [reason, count, first.line])).toEqual([
      ['unknown-station', 1, 3], ['unknown-pollutant', 1, 4], ['bad-start', 2, 5], ['bad-period', 1, 7], ['bad-value', 1, 8], ['bad-row', 2, 9],
    ]);
    expect(recorded.skipped[0]?.first).toEqual({ file: place, line: 3, detail: '1234X' });
  });

  test('a file from a spreadsheet is read: its mark, its line endings, its quotes, its empty last lines', async () => {
    const recorded = await good('canonical', file('c.csv',
      '\uFEFFstation,pollutant,start,period,value,flag\r\n"1001A","PM2.5",2022-02-04T19:00:00+08:00,PT1H,"48.2","N, so"\r\n\r\n'));
    expect(lines(recorded)).toEqual(['1001A PM2.5 2022-02-04T19:00:00+08:00 60 48200000']);
    expect(recorded.readings[0]?.flag).toBe('N, so');
    expect(recorded.skipped).toEqual([]);
  });

  test('a compressed file is read as it is, and is the same air as the plain one', async () => {
    const text = `${CANONICAL}1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N\n`;
    const [plain, packed] = [await good('canonical', file('d.csv', text)), await good('canonical', file('d.csv.gz', gzipSync(text)))];
    expect(packed).toEqual(plain);
    expect(plain.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the order in which files are named changes nothing about which air it is, their contents do', async () => {
    const [one, two] = ['48.2', '48.3'].map((value, i) =>
      file(`e${i}.csv`, `${CANONICAL}1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,${value},N\n`)) as [string, string];
    const [ab, ba, aa] = [await good('canonical', one, two), await good('canonical', two, one), await good('canonical', one)];
    expect(ba.sha256).toBe(ab.sha256);
    expect(aa.sha256).not.toBe(ab.sha256);
  });

  test('a file cut anywhere between two blocks of the disk loses no character', async () => {
    const row = (i: number) => `1001A,PM2.5,${civil.iso(civil.at('2022-01-01') + i * 3_600_000)},PT1H,${i},${'备注'.repeat(40)}${i}`;
    const recorded = await good('canonical', file('long.csv', CANONICAL + Array.from({ length: 6_000 }, (_, i) => row(i)).join('\n')));
    expect(recorded.readings).toHaveLength(6_000);
    expect(recorded.readings.every((r, i) => r.value === i * 1_000_000 && r.flag === `${'备注'.repeat(40)}${i}`)).toBe(true);
  });
});

describe('files that are not what they should be', () => {
  test('every one of them is told at once, with what was expected', async () => {
    const recorded = await read('uci-beijing', path.join(folder, 'none.csv'), file('f.csv', UCI.replace('PM10,', '')),
      file('empty.csv', ''), file('torn.csv.gz', gzipSync(UCI.repeat(9)).subarray(0, 40)), folder);
    if (recorded.ok) throw new Error('read what cannot be read');
    expect(recorded.problems.map(({ file: place, line, message }) => `${path.basename(place)}:${line} ${message}`)).toEqual([
      'none.csv:0 there is no such file',
      `f.csv:1 the header lacks PM10; expected ${UCI.trim()}`,
      `empty.csv:1 the file is empty; expected ${UCI.trim()}`,
      'torn.csv.gz:0 cannot be read: unexpected end of file',
      `${path.basename(folder)}:0 is a folder, not a file`,
    ]);
  });
});

describe('the layout of the UCI data', () => {
  test('the hour is the start of the period, in the civil time of the event', async () => {
    const recorded = await good('uci-beijing', file('g.csv', `${UCI}1,2014,11,4,23,97,120.5,3,40,900,2,-0.7,1010.3,14.8,0,NNE,1.2,Dongsi\n`));
    expect(lines(recorded)).toEqual([
      ['PM2.5', 97_000_000], ['PM10', 120_500_000], ['SO2', 3_000_000], ['NO2', 40_000_000], ['O3', 2_000_000], ['CO', 900_000],
      ['temperature', -700_000], ['pressure', 1_010_300_000], ['wind-direction', 22_500_000], ['wind-speed', 1_200_000],
    ].map(([name, value]) => `1003A ${name ?? ''} 2014-11-04T23:00:00+08:00 60 ${value ?? ''}`));
    expect(recorded.ignored).toEqual(['DEWP', 'RAIN']);
  });

  test('what was not measured is a reading without a value', async () => {
    const recorded = await good('uci-beijing', file('h.csv', `${UCI}1,2014,11,4,0,NA,,3,NA,NA,2,NA,1010.3,NA,NA,NA,1.2,Dongsi\n`));
    expect(recorded.readings.filter((r) => r.value === null).map((r) => r.pollutant)).toEqual(['PM2.5', 'PM10', 'NO2', 'CO', 'temperature', 'wind-direction']);
    expect(recorded.skipped).toEqual([]);
  });

  test('a station nobody knows, an hour that is none and a value that is none are left out and counted', async () => {
    const recorded = await good('uci-beijing', file('i.csv', UCI + [
      '1,2014,11,4,0,97,99,3,40,900,2,1,1010,14,0,N,1,Nowhere', '1,2014,11,31,0,97,99,3,40,900,2,1,1010,14,0,N,1,Dongsi',
      '1,2014,11,4,24,97,99,3,40,900,2,1,1010,14,0,N,1,Dongsi', '1,2014,11,4,0,many,99,3,40,0.0001,2,1,1010,14,0,up,1,Dongsi',
    ].join('\n')));
    expect(recorded.skipped.map(({ reason, count, first }) => [reason, count, first.line])).toEqual([['unknown-station', 1, 2], ['bad-start', 2, 3], ['bad-value', 3, 5]]);
    expect(recorded.readings).toHaveLength(7);
  });

  test('weather that was interpolated is kept to six places; a pollutant is never rounded', async () => {
    const recorded = await good('uci-beijing', file('j.csv', `${UCI}1,2014,11,4,0,1.2345678,99,3,40,900,2,-2.77555756156289e-17,1010.63333333333,14,0,N,1,Dongsi\n`));
    expect(recorded.readings.filter((r) => r.pollutant === 'temperature' || r.pollutant === 'pressure').map((r) => r.value)).toEqual([0, 1_010_633_333]);
    expect(recorded.skipped.map((s) => [s.reason, s.count])).toEqual([['bad-value', 1]]);
  });
});

describe('the layout of the national sites', () => {
  test('the hour labels the end of its period, and midnight belongs to the day that ends with it', async () => {
    const recorded = await good('cnemc-sites', file('k.csv', `${SITES}20220204,20,PM2.5,7,8,9\n20220205,0,CO,0.3,8,\n20220205,00,SO2,3,,2\n20220204,24,O3,50,,51\n`));
    expect(lines(recorded)).toEqual([
      '1001A PM2.5 2022-02-04T19:00:00+08:00 60 7000000', '1003A PM2.5 2022-02-04T19:00:00+08:00 60 9000000',
      '1001A CO 2022-02-04T23:00:00+08:00 60 300000', '1003A CO 2022-02-04T23:00:00+08:00 60 ',
      '1001A SO2 2022-02-04T23:00:00+08:00 60 3000000', '1003A SO2 2022-02-04T23:00:00+08:00 60 2000000',
      '1001A O3 2022-02-04T23:00:00+08:00 60 50000000', '1003A O3 2022-02-04T23:00:00+08:00 60 51000000',
    ]);
  });

  test('only the six hourly means are taken; indices and running means are named as left alone', async () => {
    const recorded = await good('cnemc-sites', file('l.csv', SITES + ['AQI', 'PM2.5', 'PM2.5_24h', 'PM10', 'PM10_24h', 'SO2', 'SO2_24h', 'NO2', 'NO2_24h',
      'O3', 'O3_24h', 'O3_8h', 'O3_8h_24h', 'CO', 'CO_24h', 'Pb'].map((type) => `20220204,20,${type},7,8,9`).join('\n')));
    expect(recorded.readings.filter((r) => r.station === '1001A').map((r) => r.pollutant)).toEqual(['PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO']);
    expect(recorded.ignored).toEqual(['AQI', 'PM2.5_24h', 'PM10_24h', 'SO2_24h', 'NO2_24h', 'O3_24h', 'O3_8h', 'O3_8h_24h', 'CO_24h']);
    expect(recorded.skipped.map(({ reason, count, first }) => [reason, count, first.detail])).toEqual([['unknown-station', 1, '9999A'], ['unknown-pollutant', 1, 'Pb']]);
  });

  test('a date or an hour that is none is left out', async () => {
    const recorded = await good('cnemc-sites', file('m.csv', `${SITES}20220230,1,PM2.5,7,8,9\n20220204,25,PM2.5,7,8,9\n2022-02-04,1,PM2.5,7,8,9\n20220204,1.5,PM2.5,7,8,9\n`));
    expect(recorded.readings).toEqual([]);
    expect(recorded.skipped.find((s) => s.reason === 'bad-start')).toMatchObject({ count: 4, first: { line: 2, detail: '20220230 1' } });
  });
});

describeWithShared('the recorded air of November 2014', (shared) => {
  test('is read whole: twelve stations, 768 hours, ten quantities', async () => {
    const recorded = await readRecorded({
      files: [path.join(shared, 'data/uci-beijing/apec-2014.csv.gz')], layout: 'uci-beijing', civil, resolveStation: (alias) => alias,
    });
    if (!recorded.ok) throw new Error('not read');
    expect(recorded.skipped).toEqual([]);
    expect(recorded.readings).toHaveLength(12 * 768 * 10);
    expect(new Set(recorded.readings.map((r) => r.station)).size).toBe(12);
    const starts = recorded.readings.map((r) => r.start);
    expect(civil.iso(starts.reduce((a, b) => Math.min(a, b)))).toBe('2014-10-20T00:00:00+08:00');
    expect(civil.iso(starts.reduce((a, b) => Math.max(a, b)))).toBe('2014-11-20T23:00:00+08:00');
  });
});

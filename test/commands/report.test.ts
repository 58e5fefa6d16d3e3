import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../server/commands/report.ts';
import { emptyFolder } from '../setup/folder.ts';

let said: string;
let file: string;
const event = ['--event', 'config/apec-2014'];

beforeEach(() => {
  said = '';
  file = path.join(emptyFolder(), 'readings.csv');
  writeFileSync(file, 'station,pollutant,start,period,value,flag\n1001A,PM2.5,2014-11-03T00:00:00+08:00,PT1H,35,\n');
  vi.spyOn(console, 'error').mockImplementation((line: string) => { said += `${line}\n`; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { said += String(text); return true; });
});
afterEach(() => { vi.restoreAllMocks(); });

describe('the report from files', () => {
  it('is written where it is wanted, and exits 0', async () => {
    const out = path.join(path.dirname(file), 'summary.json');
    expect(await main([...event, '--readings', file, '--out', out])).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ event: 'apec-2014' });
  });

  it.each([
    ['a folder that is not there', '/nope/x', /--out cannot be written: "\/nope" is no folder/],
    ['a folder instead of a file', 'config', /--out "config" is a folder; expected a file/],
  ])('refuses %s before it works, with a sentence, and exits 2', async (_what, out, sentence) => {
    expect(await main([...event, '--readings', file, '--out', out])).toBe(2);
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/^ +at /m);
  });

  it('says so where the disk refuses after all, and exits 2', async () => {
    if (!existsSync('/dev/full')) return;
    expect(await main([...event, '--readings', file, '--out', '/dev/full'])).toBe(2);
    expect(said).toMatch(/^\/dev\/full cannot be written: ENOSPC/m);
  });

  it.each([
    [['--from', '2015-01-01'], /--from 2015-01-01 is after the event's period 2014-\d\d-\d\d to 2014-\d\d-\d\d/],
    [['--to', '2013-01-01'], /--to 2013-01-01 is before the event's period/],
    [['--from', '2014-11-05', '--to', '2014-11-03'], /--from 2014-11-05 is after --to 2014-11-03/],
  ])('refuses days that are none of the event, %j, naming its period', async (days, sentence) => {
    expect(await main([...event, '--readings', file, ...days])).toBe(2);
    expect(said).toMatch(sentence);
    expect(said).toContain('Usage: npm run report');
  });

  it.each([
    ['no files', [], '--readings needs at least one file'],
    ['a file that is not there', ['--readings', '/nope.csv'], '--readings "/nope.csv" is not there; expected a file'],
    ['a folder instead of a file', ['--readings', 'config'], '--readings "config" is a folder'],
  ])('%s: prints what is allowed and exits 2', async (_what, args, sentence) => {
    expect(await main([...event, ...args])).toBe(2);
    expect(said).toContain(sentence);
    expect(said).toContain('Usage: npm run report');
  });

  it('a file that is there and cannot be understood is no wrong option: 1', async () => {
    writeFileSync(file, 'a,b\n1,2\n');
    expect(await main([...event, '--readings', file])).toBe(1);
    expect(said).toContain('the header lacks');
  });
});

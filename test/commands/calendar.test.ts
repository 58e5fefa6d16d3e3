import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../server/commands/calendar.ts';
import { CalendarBody } from '../../shared/preview.ts';
import { changed, folder } from '../config/folder.ts';

let out: string;
let err: string;
beforeEach(() => {
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => { out += text; done?.(); return true; }) as typeof process.stdout.write);
  vi.spyOn(console, 'error').mockImplementation((line: string) => { err += `${line}\n`; });
});
afterEach(() => { vi.restoreAllMocks(); });
const games = (...more: string[]) => main(['--event', 'config/beijing-2022', ...more]);
const line = (date: string): string => out.split('\n').find((each) => each.startsWith(`  ${date}  `)) ?? '';

describe('the calendar of an event as a table', () => {
  it('has a row a civil day with weekday, lunar day, phase, key dates and limits, Chinese first', async () => {
    expect(await games()).toBe(0);
    expect(line('2022-01-31')).toMatch(/周一 Mon +腊月廿九 +赛前攻坚 Preparation +除夕 New Year's Eve 18:00–02-01 06:00 +无限值 no limit$/);
    expect(line('2022-02-01')).toContain("除夕 New Year's Eve 01-31 18:00–06:00；春节（正月初一） New Year's Day 00:00–24:00");
    expect(line('2022-02-04')).toContain('冬奥会开幕式 Winter Games opening ceremony 20:00–22:30');
    expect(line('2022-02-04')).toMatch(/PM2\.5 日均值 day ≤75 暂定 assumed；PM2\.5 小时均值 hour ≤75 暂定 assumed$/);
    expect(line('2022-01-05')).toContain('演练 drill');
    expect(out).toContain('依据 basis: 指令规定的日均限值未公开');
  });

  it('is JSON as the interface gives it', async () => {
    expect(await games('--format', 'json')).toBe(0);
    const body = CalendarBody.parse(JSON.parse(out));
    expect([body.days.length, body.days[0]?.date, body.days.at(-1)?.date, body.next?.day]).toEqual([71, '2022-01-05', '2022-03-16', '2022-01-05']);
  });

  it('is CSV with a header and as many cells in every row', async () => {
    expect(await games('--format', 'csv')).toBe(0);
    const rows = out.trimEnd().split('\n');
    expect(rows).toHaveLength(72);
    expect(rows[31]).toMatch(/^2022-02-04,周五,Fri,正月初四,1-4,games,/);
    expect(rows[31]).toContain('PM2.5<=75@beijing+zhangjiakou+');
    expect(out).not.toMatch(/undefined|\[object/);
  });

  it('says where a limit for a class of places holds, who approved it and by which document', async () => {
    const network = changed('network.yaml', 'Baoding }, kind: city', 'Baoding }, kind: city, role: guarantee');
    const dir = await folder({ ...network, ...changed('event.yaml', 'average: hour', 'roles: [host], approver: { zh: 市政府, en: City }, document: { zh: 方案, en: Plan, number: 京〔1〕号 }, average: hour') });
    expect(await main(['--event', dir])).toBe(0);
    expect(line('2022-02-04')).toContain('PM2.5 小时均值 hour ≤75 [北京市]');
    expect(out).toContain('批准 approved by: 市政府 City');
    expect(out).toContain('文件 document: 方案 · Plan (京〔1〕号)');
  });

  it('refuses a wrong folder with 1 and a wrong option with 2', async () => {
    expect(await main(['--event', await folder(changed('event.yaml', 'to: 2022-02-10', 'to: 2022-02-30'))])).toBe(1);
    expect(err).toContain('event.yaml:5');
    expect(await games('--format', 'xml')).toBe(2);
    expect(err).toContain('Usage: npm run calendar');
  });
});

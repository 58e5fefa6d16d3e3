import { describe, expect, test } from 'vitest';
import { reportHtml, type ReportInput } from '../../server/reports/html.ts';
import { escaped } from '../../server/reports/markup.ts';
import { summaryJson } from '../../server/reports/json.ts';
import { civil } from '../desk/room.ts';
import { summary, told } from './fixture.ts';

const at = civil.at('2022-02-11', '10:00');
const input = (more: Partial<ReportInput> = {}): ReportInput => ({ summary: summary(), event: told, at, ...more });
/** The words of one language's half, without markup. */
function half(page: string, language: 'zh' | 'en'): string {
  const start = page.indexOf(`<article class="${language}"`);
  return page.slice(start, page.indexOf('</article>', start));
}
const plain = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const zh = (more: Partial<ReportInput> = {}): string => plain(half(reportHtml(input(more)), 'zh'));

describe('the printed assessment', () => {
  test('says first how many city days exceeded, met or could not be judged, drill days apart', () => {
    const days = summary().cities.flatMap((city) => city.days.filter((day) => day.drill !== true));
    const count = (verdict: string) => days.filter((day) => day.verdict === verdict).length;
    expect(count('exceeded')).toBeGreaterThan(0);
    expect(zh()).toContain(`城市日: 达标 ${count('met')} · 超标 ${count('exceeded')} · 数据不足 ${count('insufficient')}`);
    expect(zh()).toContain('城市日因数据不足不能判定');
  });

  test('never says that all was met where a day could not be judged', () => {
    const made = summary(['beijing'], '2022-02-07');
    const quiet = made.cities.map((city) => ({ ...city, hours: [], days: city.days.map((day) => (day.verdict === 'exceeded' ? { ...day, verdict: 'met' as const } : day)) }));
    expect(zh({ summary: { ...made, cities: quiet } })).not.toContain('全部达标');
  });

  test('shows each verdict by a sign as well as a colour', () => {
    const page = half(reportHtml(input()), 'zh');
    for (const [verdict, sign] of [['met', '✓'], ['exceeded', '▲'], ['insufficient', '?'], ['unlimited', '○']]) {
      const cells = [...page.matchAll(new RegExp(`<td class="${verdict ?? ''}">(.*?)</td>`, 'g'))].map((found) => found[1] ?? '');
      expect(cells.length, verdict).toBeGreaterThan(0);
      expect(cells.every((cell) => cell.includes(`>${sign ?? ''}</i>`)), verdict).toBe(true);
    }
  });

  test('prints rounded means, which alone are compared, and every limit with its basis and whether it is assumed', () => {
    expect(zh()).toContain('PM2.5 日 75 µg/m³ 全部城市 冬奥赛时管控 2022-02-04 至 2022-02-20 暂定 · GB 3095-2012 二级');
    expect(zh()).toContain('PM2.5 小时 75 µg/m³ 全部城市 冬奥会开幕式 2022-02-04 保障方案');
  });

  test('names who set a limit and by which document, where the event says so', () => {
    const set = { approver: { zh: '市政府', en: 'the city' }, document: { zh: '保障方案', en: 'the plan', number: '〔2022〕1号' } };
    expect(zh({ event: { ...told, limits: told.limits.map((limit) => ({ ...limit, ...set })) } })).toContain('市政府批准、保障方案 〔2022〕1号');
    expect(zh()).not.toContain('批准');
  });

  test('marks each figure of a limit that was assumed, where it judges, and says so in the result', () => {
    const page = zh();
    expect(page).toContain('2022-02-04 75* ');
    expect(page).toContain('2022-02-04 · 限值 75 ');
    expect(page.slice(0, page.indexOf('一、'))).toContain('所用限值有暂定值');
    const sure = { ...told, limits: told.limits.map((limit) => ({ ...limit, assumed: false })) };
    expect(zh({ event: sure })).not.toMatch(/75\*|暂定/);
  });

  test('says by how many valid days a mean stands, and in what unit', () => {
    const valid = summary().cities[0]?.days.filter((day) => day.drill !== true && day.mean !== null).length ?? 0;
    expect(zh()).toContain(`北京市 PM2.5 µg/m³ ${valid} 51.25 51 `);
  });

  test('keeps the drill days in an annex, and out of the table of results', () => {
    const page = zh();
    const [results = '', annex = ''] = page.split('附、演练日');
    expect(results).not.toContain('2022-01-07 75');
    expect(annex).toContain('2022-01-07 75');
    expect(zh({ summary: { ...summary(), cities: [] } })).not.toContain('附、演练日');
  });

  test('has the 24 hours of a ceremony day with the highest of them', () => {
    const page = zh();
    const hours = page.slice(page.indexOf('五、保障小时'), page.indexOf('六、达标统计'));
    expect(hours).toContain('2022-02-04 · 限值 75');
    expect(hours).toMatch(/北京市 45 ✓ .* 68 ✓ 68 /);
    expect(hours).toContain('76 ▲');
    expect(half(reportHtml(input()), 'en')).not.toMatch(/Invalid|undefined|NaN|null/);
  });

  test('never rounds completeness up to 100 %, and prints the digest of the data', () => {
    expect(zh()).toMatch(/缺失 有效率 存疑（计入） 无效（不计入） 10000 1 99\.9 % 4 2/);
    expect(zh()).toContain('ab12'.repeat(16));
    expect(zh({ summary: { ...summary(), data: { ...summary().data, missing: 0 } } })).toContain(' 0 100.0 % 4 2');
  });

  test('names the order by which a city\'s day was made', () => {
    expect(zh()).toContain('先求各站点日均值再求平均');
    const by = { ...summary(), method: { ...summary().method, cityMean: 'city-hour-first' as const } };
    expect(zh({ summary: by })).toContain('先求城市小时均值再求平均，须 20 个以上有效城市小时');
    expect(zh({ summary: by })).not.toContain('先求各站点日均值');
    expect(plain(half(reportHtml(input({ summary: by })), 'en'))).toContain('its day is the mean of its own hours');
  });

  test('marks a mean over less than everything, and no other', () => {
    const [first, ...cities] = summary().cities;
    const days = first!.days.map((day, n) => (n === 30 ? { ...day, incomplete: { valid: 264, expected: 288 } } : day));
    const page = reportHtml(input({ summary: { ...summary(), cities: [{ ...first!, days }, ...cities] } }));
    expect(page.match(/<sup title="数据不全（有效\/应有站点小时） 264\/288">°<\/sup>/g)).toHaveLength(1);
    expect(reportHtml(input())).not.toContain('<sup');
  });

  test('says on each page that the air was simulated or replayed, and nothing of the kind of live air', () => {
    expect(reportHtml(input({ event: { ...told, air: 'replay' } }))).toMatch(/@page zh \{ @bottom-left \{ content: "回放[\s\S]*@page en \{ @bottom-left \{ content: "Replay/);
    expect(zh({ event: { ...told, air: 'simulated' } })).toContain('模拟数据：并非实测');
    expect(reportHtml(input())).not.toMatch(/模拟|回放|Replay/);
  });

  test('is Chinese first; English is in the same file, and first where it is asked for', () => {
    expect(reportHtml(input())).toMatch(/<html lang="zh-CN">[\s\S]*id="zh" aria-label="zh-CN" checked>/);
    expect(reportHtml(input({ language: 'en' }))).toMatch(/<html lang="en">[\s\S]*id="en" aria-label="en" checked>/);
    expect(plain(half(reportHtml(input()), 'en'))).toContain('City days over their limit: 2.');
  });

  test('takes nothing that was configured for markup', () => {
    const name = { zh: '<script>alert(1)</script>', en: '"><img src=x>' };
    const page = reportHtml(input({ event: { ...told, name, areas: [{ id: 'beijing', name, kind: 'city' }], limits: told.limits.map((limit) => ({ ...limit, basis: name })) } }));
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;script&gt;');
    expect(escaped('&"\'<>')).toBe('&amp;&quot;&#39;&lt;&gt;');
  });

  test('of a period that has not ended says how far the data go; of one not begun, that no day has ended', () => {
    expect(zh({ summary: { ...summary(), to: '2022-03-16' } })).toContain('数据截至 2022-02-10');
    expect(zh({ summary: { ...summary(), through: null, cities: [] } })).toContain('没有已结束的日子');
  });

  test('prints alerts and orders as the summary counts them', () => {
    expect(zh()).toContain('触发 7 · 已确认 6 · 确认用时中位数 95 秒 · 确认用时 90 百分位 10 分');
    expect(zh()).toContain('已下达 26 · 已核查 21 · 超时 2');
  });

  test('of the same summary is the same byte for byte, and so is the JSON', () => {
    expect(reportHtml(input())).toBe(reportHtml(input()));
    expect(summaryJson(summary())).toBe(summaryJson(summary()));
    expect(summaryJson(summary()).startsWith('{\n  "event": "beijing-2022",\n  "standard": "cn-2012",\n  "timezone"')).toBe(true);
  });
});

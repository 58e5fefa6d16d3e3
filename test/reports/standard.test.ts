import { describe, expect, test } from 'vitest';
import type { SummaryAqi, SummaryAqiDay } from '../../shared/city-aqi.ts';
import type { Summary } from '../../shared/summary.ts';
import { reportHtml } from '../../server/reports/html.ts';
import { civil } from '../desk/room.ts';
import { summary, told } from './fixture.ts';

const at = civil.at('2022-02-11', '10:00');
const plain = (more: Partial<Summary>, language: 'zh' | 'en'): string => {
  const page = reportHtml({ summary: { ...summary(), ...more }, event: told, at });
  const start = page.indexOf(`<article class="${language}"`);
  return page.slice(start, page.indexOf('</article>', start)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};
const [first] = summary().standards as [Summary['standards'][number]];

describe('the assessment says what it was judged by', () => {
  test('the standard in full, with its documents, in both languages', () => {
    expect(plain({}, 'zh')).toContain('评价标准 环境空气质量标准（2012） (cn-2012) GB 3095-2012、HJ 633-2012 ');
    expect(plain({}, 'en')).toContain('Standard China 2012 (cn-2012) GB 3095-2012, HJ 633-2012 ');
  });

  test('each of several standards with its days', () => {
    const standards = [{ ...first, to: '2022-01-31' }, { ...first, id: 'own', from: '2022-02-01', to: '2022-02-10' }];
    expect(plain({ standards }, 'zh')).toContain('HJ 633-2012；2022-01-07 至 2022-01-31 环境空气质量标准（2012） (own) GB 3095-2012、HJ 633-2012；2022-02-01 至 2022-02-10');
  });

  test('that a standard judges days outside its own time, where it does', () => {
    expect(plain({ standards: [{ ...first, inForce: { from: '2026-03-01', to: null } }] }, 'zh')).toContain('该标准自2026-03-01起施行，本活动指定采用');
    expect(plain({ standards: [{ ...first, inForce: { from: '2010-01-01', to: '2015-12-31' } }] }, 'en')).toContain('in force from 2010-01-01 to 2015-12-31, chosen by the event');
    expect(plain({}, 'zh')).not.toContain('本活动指定采用');
  });

  test('the clause of a figure that a limit equals, and none for one that is of no standard', () => {
    expect(plain({}, 'zh')).toContain('GB 3095-2012 二级 与GB 3095-2012 表1 二级限值相同');
    expect(plain({}, 'en')).toContain('the same as GB 3095-2012 table 1 grade II');
    expect(plain({}, 'zh').match(/限值相同/g)).toHaveLength(1);
    const [day] = summary().limits;
    const interim = { standard: 'who-2021', clause: { zh: '准则', en: 'guidelines' }, grade: null, target: 'interim-1' as const };
    expect(plain({ limits: day === undefined ? [] : [{ ...day, figures: [interim] }] }, 'zh')).toContain('与准则 过渡期目标1限值相同');
  });
});

describe('the assessment states the AQI', () => {
  const name = { zh: '轻度污染', en: 'Lightly polluted' };
  const clause = { zh: '某条', en: 'a clause' };
  const day = (date: string, more: Partial<SummaryAqiDay> = {}): SummaryAqiDay => ({
    date, standard: 'cn-2012', aqi: 130, level: 3, class: name, primary: ['PM2.5', 'O3'], reason: 'highest', clause, indices: [], missing: [], ...more,
  });
  const nothing = { aqi: null, level: null, class: null, primary: [] };
  const days = [
    day('2022-02-04'), day('2022-02-05', { aqi: 40, level: 1, class: { zh: '优', en: 'Excellent' }, primary: [] }),
    day('2022-02-06', { ...nothing, reason: 'incomplete', missing: [{ pollutant: 'SO2', average: 'day' }] }), day('2022-02-07', { ...nothing, reason: 'no-mean', clause: null }),
    day('2022-02-08', { missing: [{ pollutant: 'O3', average: 'hour' }, { pollutant: 'O3', average: '8-hours' }] }),
  ];
  const aqi: SummaryAqi[] = [{ id: 'beijing', notMonitored: [], days }];

  test('each day with its class and its primary pollutants, NA and what is missing where it is so', () => {
    const page = plain({ aqi }, 'zh');
    expect(page).toContain('2022-02-04 130 轻度污染 PM2.5、O3 2022-02-05 40 优 — 2022-02-06 NA 缺 SO2 2022-02-07 — 2022-02-08 130 轻度污染 PM2.5、O3 缺 O3-1h、O3-8h ');
    expect(plain({ aqi }, 'en')).toContain('2022-02-04 130 Lightly polluted PM2.5, O3');
  });

  test('how many days each class had, best first, and how many none', () => {
    expect(plain({ aqi }, 'zh')).toContain('各级别天数 城市 优 轻度污染 NA或无数据 北京市 1 2 2');
  });

  test('what is not monitored by design, and that a standard has no index', () => {
    expect(plain({ aqi: [{ id: 'beijing', notMonitored: ['SO2'], days }] }, 'zh')).toContain('按设计不监测： SO2。');
    expect(plain({ aqi: [{ id: 'beijing', notMonitored: [], days: [day('2022-02-04', { ...nothing, reason: 'no-index', clause: null })] }] }, 'zh')).toContain('部分日期所用标准无空气质量指数。');
    expect(plain({ aqi }, 'zh')).not.toMatch(/按设计不监测|无空气质量指数/);
  });

  test('not at all where the event asks for none, or no day has ended', () => {
    expect(plain({}, 'zh')).not.toContain('空气质量指数（AQI）');
    expect(plain({ aqi: [{ id: 'beijing', notMonitored: [], days: [] }] }, 'zh')).not.toContain('空气质量指数（AQI）');
  });

  test('of many cities in tables of five', () => {
    const page = reportHtml({ summary: { ...summary(), aqi: Array.from({ length: 11 }, (_, n) => ({ id: `city-${n}`, notMonitored: [], days: [day('2022-02-04')] })) }, event: told, at });
    expect(page.match(/<table class="aqi long">/g)).toHaveLength(6);
  });
});

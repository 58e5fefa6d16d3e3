/** A made-up summary with every verdict in it: one hour and one day too high, one day short of data, a drill day. */
import type { Summary, SummaryCity, SummaryDay, Verdict } from '../../shared/summary.ts';
import { daysBetween } from '../../shared/time.ts';
import type { Told } from '../../server/reports/html.ts';

const verdictOf = (rounded: number | null, limit: number | null): Verdict =>
  limit === null ? 'unlimited' : rounded === null ? 'insufficient' : rounded > limit ? 'exceeded' : 'met';

function dayOf(date: string, mean: number | null, limit: number | null): SummaryDay {
  const rounded = mean === null ? null : Math.round(mean);
  return { date, mean, rounded, stations: mean === null ? 3 : 12, limit, verdict: verdictOf(rounded, limit) };
}

function city(id: string, shift: number, dates: readonly string[]): SummaryCity {
  const days = dates.map((date, n) => {
    const drill = date < '2022-01-10';
    const limit = drill || date >= '2022-02-04' ? 75 : null;
    const day = dayOf(date, n === 31 && shift === 0 ? null : 40 + shift + ((n * 17) % 37), limit);
    return drill ? { ...day, drill: true as const } : day;
  });
  const hours = Array.from({ length: 24 }, (_, n) => {
    const mean = 45 + shift + n;
    const rounded = Math.round(mean);
    return { start: `2022-02-04T${String(n).padStart(2, '0')}:00:00+08:00`, mean, rounded, stations: 12, limit: 75, verdict: verdictOf(rounded, 75) };
  });
  const count = (verdict: Verdict): number => days.filter((day) => day.verdict === verdict && day.drill !== true).length;
  const [met, exceeded] = [count('met'), count('exceeded')];
  return { id, pollutant: 'PM2.5', mean: 51.25 + shift, rounded: 51 + shift, days, hours, attainment: { met, exceeded, insufficient: count('insufficient'), unlimited: count('unlimited'), rate: met + exceeded === 0 ? null : 96.8 } };
}

export function summary(cities: readonly string[] = ['beijing', 'zhangjiakou'], to = '2022-02-10'): Summary {
  const dates = daysBetween('2022-01-07', to);
  return {
    event: 'beijing-2022', standard: 'cn-2012', timezone: 'Asia/Shanghai', from: '2022-01-07', to,
    method: { cityMean: 'station-day-first', rounding: 'GB/T 8170', hourMinutes: 45, dayHours: 20, stationShare: 0.5 }, through: to,
    data: { readings: 10_000, missing: 1, suspect: 4, invalid: 2, state: 'provisional', sha256: 'ab12'.repeat(16) },
    cities: cities.map((id, n) => city(id, n * 9, dates)),
    alerts: { raised: 7, acknowledged: 6, medianAcknowledgeSeconds: 95, p90AcknowledgeSeconds: 610 }, orders: { issued: 26, verified: 21, overdue: 2 },
    standards: [{
      id: 'cn-2012', name: { zh: '环境空气质量标准（2012）', en: 'China 2012' }, from: '2022-01-07', to, inForce: { from: '2016-01-01', to: '2026-02-28' },
      documents: [{ number: 'GB 3095-2012', name: { zh: '环境空气质量标准', en: 'standard' } }, { number: 'HJ 633-2012', name: { zh: '技术规定', en: 'regulation' } }],
    }],
    limits: [
      { id: 'day', pollutant: 'PM2.5', average: 'day', max: 75, assumed: true, basis: { zh: 'GB 3095-2012 二级', en: 'GB 3095-2012 grade II' },
        figures: [{ standard: 'cn-2012', clause: { zh: 'GB 3095-2012 表1', en: 'GB 3095-2012 table 1' }, grade: 2, target: null }] },
      { id: 'ceremony-hour', pollutant: 'PM2.5', average: 'hour', max: 75, assumed: false, basis: { zh: '保障方案', en: 'the plan' }, figures: [] },
    ],
    aqi: null, review: { reviewed: 0, verified: 0 },
  };
}

export const told: Told = {
  name: { zh: '北京2022年冬奥会和冬残奥会空气质量保障', en: 'Beijing 2022 Winter Games air-quality support' }, air: 'live',
  phases: [{ id: 'games', name: { zh: '冬奥赛时管控', en: 'Games' }, from: '2022-02-04', to: '2022-02-20', drill: false }],
  keyDates: [{ id: 'opening', name: { zh: '冬奥会开幕式', en: 'Opening ceremony' }, kind: 'ceremony', from: '20:00', to: '22:30', date: '2022-02-04', start: 0, end: 0 }],
  limits: [
    { id: 'day', pollutant: 'PM2.5', average: 'day', max: 75, on: { phases: ['games'] }, basis: { zh: 'GB 3095-2012 二级', en: 'GB 3095-2012 grade II' }, assumed: true },
    { id: 'ceremony-hour', pollutant: 'PM2.5', average: 'hour', max: 75, on: { keyDates: ['opening'] }, basis: { zh: '保障方案', en: 'the plan' }, assumed: false },
  ],
  areas: [
    { id: 'beijing', name: { zh: '北京市', en: 'Beijing' }, kind: 'city' }, { id: 'zhangjiakou', name: { zh: '张家口市', en: 'Zhangjiakou' }, kind: 'city' },
  ],
};

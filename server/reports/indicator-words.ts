/** The wording of a year's indicators, in both languages; figures go into the braces. */
import type { Language } from './words.ts';

const zh = {
  title: '{event} · 年度指标', range: '{from} 至 {to}', basis: '标准 {standards}；城市均值：{method}；修约 GB/T 8170；数据未审核',
  'station-day-first': '先求各站点日均值再求平均', 'city-hour-first': '先求城市小时均值再求日均值',
  goodDays: '优良天数比例', heavyDays: '重污染天数比例', mean: '{pollutant} 均值', percentile: '{pollutant} 第 {p} 百分位', ozone: 'O3 日最大 8 小时第 {p} 百分位',
  composite: '综合指数', lacking: '缺 {list}', counted: '{n} 天', rests: '有效 {valid}/{of} 天', and: '、', none: '—', open: '（', shut: '）', comma: '，', colon: '：', semicolon: '；',
  'no-days': '无有效日', 'too-few-days': '有效日不足', 'short-month': '有月份有效日不足', 'not-from-new-year': '时段非自 1 月 1 日起，不计算剩余',
  targets: '城市自定目标', 'good-days': '优良天数比例 ≥ {target} %', 'pm25-mean': 'PM2.5 均值 ≤ {target} µg/m³', 'heavy-days': '重污染天数比例 ≤ {target} %',
  met: '达到', missed: '未达到', toDate: '至今 {value}{unit}（{met}）', badAllowed: '其余 {left} 天中还可有 {n} 天不优良', heavyAllowed: '其余 {left} 天中还可有 {n} 天重污染',
  restAllowed: '其余 {left} 天平均不得超过 {n} µg/m³', gone: '其余 {left} 天无论如何已不能达到', over: '全年已结束',
  gregorian: '同比（公历同期 {from} 至 {to}）', lunar: '同比（农历同期 {from} 至 {to}）', unpaired: '{n} 天在上年无对应农历日', points: '{n} 个百分点', percent: '{n} %',
};
export type IndicatorWords = { [K in keyof typeof zh]: string };

const en: IndicatorWords = {
  title: '{event} · indicators of the year', range: '{from} to {to}', basis: 'Standard {standards}; city mean: {method}; rounding GB/T 8170; data provisional',
  'station-day-first': 'the mean of its stations\' days', 'city-hour-first': 'the mean of the city\'s hours',
  goodDays: 'Good days', heavyDays: 'Heavy-pollution days', mean: '{pollutant} mean', percentile: '{pollutant} percentile {p}', ozone: 'O3 daily maximum 8 h, percentile {p}',
  composite: 'Composite index', lacking: 'lacks {list}', counted: '{n} d', rests: 'valid {valid}/{of} d', and: ', ', none: '—', open: ' (', shut: ')', comma: ', ', colon: ': ', semicolon: '; ',
  'no-days': 'no valid day', 'too-few-days': 'too few valid days', 'short-month': 'a month has too few valid days', 'not-from-new-year': 'the range does not begin on 1 January: nothing said of the rest',
  targets: 'The city\'s own targets', 'good-days': 'Good days ≥ {target} %', 'pm25-mean': 'PM2.5 mean ≤ {target} µg/m³', 'heavy-days': 'Heavy-pollution days ≤ {target} %',
  met: 'met', missed: 'missed', toDate: 'to date {value}{unit} ({met})', badAllowed: 'of the other {left} days {n} may still be no good ones', heavyAllowed: 'of the other {left} days {n} may still be of heavy pollution',
  restAllowed: 'the other {left} days may average at most {n} µg/m³', gone: 'out of reach whatever the other {left} days bring', over: 'the year is over',
  gregorian: 'Year on year (same dates, {from} to {to})', lunar: 'Year on year (same lunar days, {from} to {to})', unpaired: 'days without such a lunar day in the year before: {n}', points: '{n} percentage points', percent: '{n} %',
};

export const INDICATOR_WORDS: Readonly<Record<Language, IndicatorWords>> = { zh, en };
